"""Courses, tests and procedures on offer, which close what a vacancy asks for and a person lacks."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import conflict_page, formats
from api.web.conflict_page import Origin, Saved, Standing, harmless, met, refused
from api.web.course_forms import Offered, course_fields, course_form, leads_to, level_choices
from api.web.dependencies import FormDep, MayReadCourses, MayWriteCourses, WebPageDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed, filled
from api.web.names import name_lists
from api.web.pages import go, page
from api.web.profile_page import choices
from kompetanse.actor import Actor
from kompetanse.audit import lookups
from kompetanse.codes.licences import authorisations, licences
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses import service as courses
from kompetanse.courses.service import CourseOfferFields, CourseOfferFilter
from kompetanse.errors import Invalid, Stale
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import Concept

router = APIRouter(prefix="/courses")


@router.get("")
def show_list(
    request: Request,
    who: MayReadCourses,
    session: WebSessionDep,
    paging: WebPageDep,
    kind: Annotated[str, Query(max_length=20)] = "",
    retired: Annotated[str, Query(max_length=3)] = "",
) -> Response:
    """What is on offer, by the day that it begins. Courses are no personal data, so the filter is in the address."""
    wanted = CourseOfferFilter(CourseOfferKind(kind) if kind in set(CourseOfferKind) else None, open=not retired)
    found = courses.list_offers(session, who, wanted, paging)
    following = request.url.include_query_params(cursor=str(found.next)).remove_query_params("notice")
    first = request.url.remove_query_params(["cursor", "notice"])
    return page(
        request,
        "courses/list.html",
        form=Filled(filled(kind=kind, retired=retired)),
        found=found,
        concepts=_concepts(session, found.items),
        leads_to=leads_to,
        retired=bool(retired),
        searching=bool(kind or retired),
        next_url=f"{following.path}?{following.query}" if found.next else None,
        first_url=f"{first.path}?{first.query}" if paging.after else None,
    )


@router.get("/new")
def choosing(request: Request, _who: MayWriteCourses) -> Response:
    """Which kind of offer is written down: each has a form of its own."""
    return page(request, "courses/kinds.html")


@router.get("/new/{kind}")
def writing(request: Request, kind: CourseOfferKind, _who: MayWriteCourses) -> Response:
    """The form of a new offer."""
    return _form(request, kind, Filled(), {})


@router.post("/new/{kind}")
def create(
    request: Request, kind: CourseOfferKind, form: FormDep, who: MayWriteCourses, session: WebSessionDep
) -> Response:
    """Write down what is on offer."""
    try:
        courses.create(session, who, course_fields(kind, form))
    except Invalid as error:
        return _refused(request, session, kind, form, error)
    return go("/courses", "course-saved")


@router.get("/{offer_id}")
def changing(request: Request, offer_id: UUID, who: MayWriteCourses, session: WebSessionDep) -> Response:
    """The form of an offer, as it stands."""
    offer = courses.read(session, who, offer_id)
    concepts = _concepts(session, [offer])
    return _form(request, offer.kind, Filled(course_form(offer, concepts)), concepts, offer_id, is_open=offer.open)


@router.post("/{offer_id}")
def change(request: Request, offer_id: UUID, form: FormDep, who: MayWriteCourses, session: WebSessionDep) -> Response:
    """Store what the form says; the kind of an offer stays."""
    offer = courses.read(session, who, offer_id)
    try:
        fields = course_fields(offer.kind, form)
        courses.change(session, who, offer_id, form.version(), _without_what_stands(fields, offer))
    except Invalid as error:
        return _refused(request, session, offer.kind, form, error, offer_id, is_open=offer.open)
    except Stale:
        return _put_together(request, session, who, offer_id, form)
    return go("/courses", "course-saved")


def _put_together(request: Request, session: Session, who: Actor, offer_id: UUID, form: Typed) -> Response:
    """Save the form together with what somebody else saved meanwhile, or ask which stands."""
    offer = courses.read(session, who, offer_id)
    last = lookups.last_change(session, who, "course_offer", offer_id, offer.updated_at)
    stands = course_form(offer, _concepts(session, [offer]))
    now = Standing(stands, offer.version, Saved(*(last or (None, offer.updated_at))))
    merged = met(form, now)
    if not harmless(form, merged):
        return conflict_page.show(request, session, who, merged, now, Origin("/courses"))
    try:
        fields = course_fields(offer.kind, merged.typed)
        courses.change(session, who, offer_id, now.version, _without_what_stands(fields, offer))
    except Invalid as error:
        return _refused(request, session, offer.kind, refused(merged, now), error, offer_id, is_open=offer.open)
    return go("/courses", "merged-with")


@router.post("/{offer_id}/retire")
def retire(offer_id: UUID, form: FormDep, who: MayWriteCourses, session: WebSessionDep) -> Response:
    """Say that it cannot be taken any more."""
    courses.retire(session, who, offer_id, form.version())
    return go("/courses", "course-retired")


@router.post("/{offer_id}/open")
def open_again(offer_id: UUID, form: FormDep, who: MayWriteCourses, session: WebSessionDep) -> Response:
    """Say that it can be taken again."""
    courses.change(session, who, offer_id, form.version(), CourseOfferFields(open=True))
    return go("/courses", "course-opened")


def _without_what_stands(fields: CourseOfferFields, offer: Offered) -> CourseOfferFields:
    """What is changed; a key that stands may be of a concept that is retired since, and is not judged anew."""
    changed = fields.copy()
    del changed["kind"]
    if changed["key"] == offer.key:
        del changed["key"]
    return changed


def _refused(
    request: Request,
    session: Session,
    kind: CourseOfferKind,
    form: Typed,
    error: Invalid,
    offer_id: UUID | None = None,
    *,
    is_open: bool = True,
) -> Response:
    """The form with what is wrong with it, and what was chosen in it."""
    concepts = taxonomy.concepts(session, [form.raw("concept")])
    return _form(request, kind, Filled(form, complaints(error.faults)), concepts, offer_id, is_open=is_open)


def _form(
    request: Request,
    kind: CourseOfferKind,
    form: Filled,
    concepts: dict[str, Concept],
    offer_id: UUID | None = None,
    *,
    is_open: bool = True,
) -> Response:
    return page(
        request,
        "courses/form.html",
        422 if form.complaints else 200,
        form=form,
        kind=kind,
        offer_id=offer_id,
        is_open=is_open,
        concepts=concepts,
        levels=level_choices(kind),
        licence_choices=[(one.code, formats.named(one)) for one in licences()],
        authorisation_choices=[(one.code, formats.named(one)) for one in authorisations()],
        education_fields=choices()["education_fields"],
        **name_lists(),
    )


def _concepts(session: Session, offers: Iterable[Offered]) -> dict[str, Concept]:
    """The concepts of the skills that offers are for."""
    return taxonomy.concepts(session, {one.key for one in offers if one.kind is CourseOfferKind.SKILL and one.key})
