"""Pages of vacancies: the list, writing, ending, and the ranked candidates."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import conflict_page, formats, people_filters, vacancy_page
from api.web.conflict_page import Origin, Saved, Standing, harmless, met, refused
from api.web.dependencies import FormDep, MayReadVacancies, MayWriteVacancies, WebPageDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed, filled
from api.web.names import name_lists
from api.web.pages import go, page
from api.web.profile_page import choices
from api.web.rankings import ShownDep
from api.web.vacancy_forms import rows, vacancy_fields, vacancy_form
from kompetanse import clock
from kompetanse.actor import Actor, Operation, Role
from kompetanse.audit import lookups
from kompetanse.codes.licences import authorisations, licences
from kompetanse.codes.work import VacancyStatus
from kompetanse.errors import Invalid, Stale
from kompetanse.matching import following
from kompetanse.taxonomy import service as taxonomy
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import VacancyFilter

router = APIRouter(prefix="/vacancies")


@router.get("")
def show_list(
    request: Request,
    who: MayReadVacancies,
    session: WebSessionDep,
    paging: WebPageDep,
    text: Annotated[str, Query(max_length=100)] = "",
    status: Annotated[str, Query(max_length=20)] = VacancyStatus.OPEN.value,
    occupation: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Vacancies by deadline. Words of a vacancy are no personal data, so the search is in the address."""
    wanted = VacancyFilter(
        text=text.strip(),
        status=VacancyStatus(status) if status in set(VacancyStatus) else None,
        styrk=people_filters.styrk(occupation, taxonomy.lexicon(session, who)),
    )
    found = vacancies.list_vacancies(session, who, wanted, paging)
    following = request.url.include_query_params(cursor=str(found.next)).remove_query_params("notice")
    first = request.url.remove_query_params(["cursor", "notice"])
    return page(
        request,
        "vacancies/list.html",
        form=Filled(filled(text=text, status=status, occupation=occupation)),
        found=found,
        new=_new_candidates(session, who),
        searching=bool(text or occupation or status != VacancyStatus.OPEN),
        next_url=f"{following.path}?{following.query}" if found.next else None,
        first_url=f"{first.path}?{first.query}" if paging.after else None,
    )


def _new_candidates(session: Session, who: Actor) -> dict[UUID, int]:
    """How many came among the best of each vacancy lately, for those who match."""
    if not who.may(Operation.MATCH):
        return {}
    return {one.vacancy.id: one.people for one in following.newly_met(session, who, clock.now() - following.NEW_FOR)}


@router.get("/new")
def writing(request: Request, who: MayWriteVacancies) -> Response:
    """The form for a new vacancy."""
    return _form(request, who, Filled(filled(positions=1, unit=who.unit)), None)


@router.post("/new")
def create(request: Request, form: FormDep, who: MayWriteVacancies, session: WebSessionDep) -> Response:
    """Write down a vacancy."""
    try:
        record = vacancies.create(session, who, vacancy_fields(form, taxonomy.lexicon(session, who)))
    except Invalid as error:
        return _form(request, who, Filled(form, complaints(error.faults)), None)
    return go(f"/vacancies/{record.vacancy.id}", "published")


@router.get("/{vacancy_id}")
def show(
    request: Request, vacancy_id: UUID, who: MayReadVacancies, session: WebSessionDep, shown: ShownDep
) -> Response:
    """A vacancy, what it asks for, and who fits."""
    return vacancy_page.show(request, session, who, vacancy_id, shown)


@router.get("/{vacancy_id}/edit")
def editing(request: Request, vacancy_id: UUID, who: MayWriteVacancies, session: WebSessionDep) -> Response:
    """The form of a vacancy."""
    record = vacancies.read(session, who, vacancy_id)
    return _form(request, who, Filled(vacancy_form(record)), vacancy_id)


@router.post("/{vacancy_id}/edit")
def change(
    request: Request, vacancy_id: UUID, form: FormDep, who: MayWriteVacancies, session: WebSessionDep
) -> Response:
    """Store what the form says."""
    try:
        vacancies.change(session, who, vacancy_id, form.version(), vacancy_fields(form, taxonomy.lexicon(session, who)))
    except Invalid as error:
        return _form(request, who, Filled(form, complaints(error.faults)), vacancy_id)
    except Stale:
        return _put_together(request, session, who, vacancy_id, form)
    return go(f"/vacancies/{vacancy_id}", "published")


def _put_together(request: Request, session: Session, who: Actor, vacancy_id: UUID, form: Typed) -> Response:
    """Save the form together with what somebody else saved meanwhile, or ask which stands."""
    record = vacancies.read(session, who, vacancy_id)
    changed_at = record.vacancy.updated_at
    last = lookups.last_change(session, who, "vacancy", vacancy_id, changed_at)
    now = Standing(vacancy_form(record), record.vacancy.version, Saved(*(last or (None, changed_at))))
    merged = met(form, now)
    if not harmless(form, merged):
        return conflict_page.show(request, session, who, merged, now, Origin(f"/vacancies/{vacancy_id}"))
    try:
        vacancies.change(
            session, who, vacancy_id, now.version, vacancy_fields(merged.typed, taxonomy.lexicon(session, who))
        )
    except Invalid as error:
        return _form(request, who, Filled(refused(merged, now), complaints(error.faults)), vacancy_id)
    return go(f"/vacancies/{vacancy_id}", "merged-with")


@router.post("/{vacancy_id}/end")
def end(vacancy_id: UUID, form: FormDep, who: MayWriteVacancies, session: WebSessionDep) -> Response:
    """End a vacancy: filled, or without anybody."""
    status = VacancyStatus.FILLED if form.raw("status") == "filled" else VacancyStatus.CLOSED
    vacancies.close(session, who, vacancy_id, form.version(), status)
    return go(f"/vacancies/{vacancy_id}", "ended")


def _form(request: Request, who: Actor, form: Filled, vacancy_id: UUID | None) -> Response:
    typed: Typed = form.typed
    return page(
        request,
        "vacancies/form.html",
        422 if form.complaints else 200,
        form=form,
        vacancy_id=vacancy_id,
        language_row_numbers=rows(typed, "language"),
        licence_values=[*typed.all("licences"), "", ""],
        licence_choices=[(one.code, formats.named(one)) for one in licences()],
        authorisation_choices=[(one.code, formats.named(one)) for one in authorisations()],
        own_unit=who.unit if Role.COORDINATOR not in who.roles else None,
        **choices(),
        **name_lists(),
    )
