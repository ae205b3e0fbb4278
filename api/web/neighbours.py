"""Neighbours in the same deployment, as a recipient's coordinator uses them: what they share, and asking contact."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.beat import on_the_beat
from api.dependencies import StateDep
from api.web import formats, people_filters
from api.web.dependencies import FormDep, MayAskNeighbours, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed, filled
from api.web.handed_over import entry
from api.web.names import name_lists
from api.web.pages import go, page
from api.web.profile_page import choices
from api.web.reading import Reader
from api.web.vacancy_forms import rows, vacancy_fields
from kompetanse.codes.consent import ShareSection
from kompetanse.codes.licences import authorisations, licences
from kompetanse.codes.municipalities import municipality
from kompetanse.contacts import announcing, handover, service, vacancy_requests
from kompetanse.contacts.service import RequestFields
from kompetanse.errors import BudgetSpent, Invalid
from kompetanse.sharing import service as sharing
from kompetanse.sharing import visiting
from kompetanse.sharing.periods import period_name
from kompetanse.taxonomy import service as taxonomy

router = APIRouter(prefix="/neighbours")


@router.get("")
def show_list(request: Request, who: MayAskNeighbours, state: StateDep) -> Response:
    """Who shares with us."""
    return page(request, "neighbours/list.html", neighbours=visiting.neighbours(state.database, who))


@router.get("/{municipality_no}")
def show(
    request: Request,
    municipality_no: str,
    who: MayAskNeighbours,
    session: WebSessionDep,
    state: StateDep,
    occupation: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """What a neighbour shares: classes to ask contact with, vacancies that were tried, requests and their answers."""
    there = visiting.as_recipient(who, municipality_no)
    announcing.tend(state.database, state.sealer, municipality_no)
    styrk = people_filters.styrk(occupation, taxonomy.lexicon(session, who)) or ""
    with state.database.session(municipality_no, write=False) as other:
        view = sharing.shared_view(other, there, state.sealer)
        tried, asked = vacancy_requests.own(other, there), handover.own_requests(other, there)
        return page(
            request,
            "neighbours/show.html",
            there=municipality(municipality_no),
            view=view,
            period=None if view.period is None else period_name(view.period),
            classes=[(handle, one) for handle, one in view.classes if one.occupation.startswith(styrk)],
            form=Filled(filled(occupation=occupation)),
            tried=tried,
            asked=asked,
        )


@router.get("/{municipality_no}/vacancy")
def writing(request: Request, municipality_no: str, who: MayAskNeighbours) -> Response:
    """The form of a vacancy to be tried at a neighbour's."""
    visiting.as_recipient(who, municipality_no)
    return _vacancy_form(request, municipality_no, Filled())


@router.post("/{municipality_no}/vacancy")
def try_vacancy(
    request: Request, municipality_no: str, form: FormDep, who: MayAskNeighbours, state: StateDep
) -> Response:
    """Post a vacancy and hear whether fewer than five fit, or more."""
    there = visiting.as_recipient(who, municipality_no)

    def make() -> UUID:
        with state.database.session(municipality_no) as other:
            fields = vacancy_fields(form)
            content = {"title": fields.get("title", ""), **dict(form.visible())}
            return vacancy_requests.post(other, there, fields, content).id

    try:
        on_the_beat(make)
    except Invalid as error:
        return _vacancy_form(request, municipality_no, Filled(form, complaints(error.faults)))
    except BudgetSpent:
        return _vacancy_form(request, municipality_no, Filled(form), spent=True)
    return go(f"/neighbours/{municipality_no}", part="tried")


@router.get("/{municipality_no}/contact")
def asking(
    request: Request,
    municipality_no: str,
    who: MayAskNeighbours,
    state: StateDep,
    handle: Annotated[str, Query(max_length=64)] = "",
    vacancy: UUID | None = None,
) -> Response:
    """The form of a request for contact, for a class or for a vacancy that was tried."""
    there, title = visiting.as_recipient(who, municipality_no), ""
    if vacancy is not None:
        with state.database.session(municipality_no, write=False) as other:
            title = str(vacancy_requests.read(other, there, vacancy).content["title"])
    started = filled(
        handle=handle,
        vacancy=vacancy,
        title=title,
        employer=f"{municipality(who.municipality_no).name} kommune",  # sent to the neighbour, in whose language it is
        sections=[one.value for one in ShareSection],
    )
    return _contact_form(request, municipality_no, Filled(started))


@router.post("/{municipality_no}/contact")
def request_contact(
    request: Request, municipality_no: str, form: FormDep, who: MayAskNeighbours, state: StateDep
) -> Response:
    """Ask for contact."""
    there = visiting.as_recipient(who, municipality_no)

    def make() -> UUID:
        with state.database.session(municipality_no) as other:
            reader = Reader(form)
            vacancy_id = reader.id("vacancy")
            reader.refuse()
            return service.request_contact(
                other, there, state.sealer, fields=_fields(form), handle=form.text("handle"), vacancy_id=vacancy_id
            ).id

    try:
        made = on_the_beat(make)
    except Invalid as error:
        return _contact_form(request, municipality_no, Filled(form, complaints(error.faults)))
    return go(f"/neighbours/{municipality_no}/requests/{made}", "contact-asked")


@router.get("/{municipality_no}/requests/{request_id}")
def show_request(
    request: Request, municipality_no: str, request_id: UUID, who: MayAskNeighbours, state: StateDep
) -> Response:
    """A request, and whoever said yes. That it was opened is recorded, and each of them sees it."""
    there = visiting.as_recipient(who, municipality_no)

    def make() -> Response:
        handover.tend(state.database, municipality_no)
        with state.database.session(municipality_no) as other:
            answered = handover.read(other, there, request_id)
            return page(
                request,
                "neighbours/request.html",
                there=municipality(municipality_no),
                answered=answered,
                told=entry,
            )

    return on_the_beat(make)


def _fields(form: Typed) -> RequestFields:
    return RequestFields(
        title=form.raw("title").strip(),
        employer=form.text("employer"),
        place=form.text("place"),
        description=form.text("description"),
        contact_name=form.raw("contact_name").strip(),
        contact_email=form.text("contact_email"),
        contact_phone=form.text("contact_phone"),
        sections=[one for one in ShareSection if one.value in form.all("sections")],
    )


def _contact_form(request: Request, municipality_no: str, form: Filled) -> Response:
    status = 422 if form.complaints else 200
    return page(request, "neighbours/contact.html", status, there=municipality(municipality_no), form=form)


def _vacancy_form(request: Request, municipality_no: str, form: Filled, *, spent: bool = False) -> Response:
    return page(
        request,
        "neighbours/vacancy.html",
        422 if form.complaints or spent else 200,
        there=municipality(municipality_no),
        form=form,
        spent=spent,
        language_row_numbers=rows(form.typed, "language"),
        licence_values=[*form.typed.all("licences"), "", ""],
        licence_choices=[(one.code, formats.named(one)) for one in licences()],
        authorisation_choices=[(one.code, formats.named(one)) for one in authorisations()],
        **choices(),
        **name_lists(),
    )
