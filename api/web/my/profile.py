"""Her profile as she reads it, and what is one answer to one question: wishes for work, how to reach her."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.forms import NOTHING, Filled, Typed, filled
from api.web.my.dependencies import MayChangeOwn, MayReadOwn, OwnFormDep, OwnSessionDep
from api.web.my.pages import HOME, go, own_page
from api.web.my.words import PARTS, complaints
from api.web.person_forms import contacts
from api.web.profile_page import concept_names
from api.web.reading import Reader
from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.languages import find_language
from kompetanse.codes.work import Shift
from kompetanse.competence.service import WishFields
from kompetanse.errors import Invalid
from kompetanse.people.rules import PersonFields
from kompetanse.self_service import service

router = APIRouter()

PROFILE = f"{HOME}/profile"


@router.get("/profile")
def show(request: Request, who: MayReadOwn, session: OwnSessionDep) -> Response:
    """All that the registry knows of what she can, wants and likes."""
    found = service.read(session, who)
    return own_page(
        request,
        "profile.html",
        person=found.record.person,
        contacts=found.record.contacts,
        profile=found.profile,
        parts=PARTS,
        concepts=concept_names(session, found.profile),
        undoable=service.last_change(session, who) is not None,
    )


@router.post("/profile/confirm")
def confirm(form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """She says today that all of it holds."""
    service.change_wishes(session, who, form.version(), WishFields(confirmed_on=clock.today()))
    return go(PROFILE, "confirmed")


@router.post("/profile/undo")
def undo(form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Undo what she changed last."""
    service.undo(session, who, form.version())
    return go(PROFILE, "undone")


@router.get("/terms")
def terms(request: Request, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """How much, when and how far away she wants to work."""
    return _terms(request, session, who)


@router.post("/terms")
def change_terms(request: Request, form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Keep that. What the page does not ask stays as it is."""
    try:
        service.change_wishes(session, who, form.version(), _wishes(form))
    except Invalid as error:
        return _terms(request, session, who, form, error)
    return go(PROFILE, "saved")


def _wishes(form: Typed) -> WishFields:
    reader = Reader(form)
    fields = WishFields(
        percentage_min=reader.whole("percentage_min"),
        percentage_max=reader.whole("percentage_max"),
        shifts=[Shift(one) for one in form.all("shifts") if one in set(Shift)] or None,
        commute_minutes=reader.whole("commute_minutes"),
        available_from=reader.day("available_from"),
        wishes_as_spoken=form.text("wishes_as_spoken"),
    )
    reader.refuse()
    return fields


def _terms(
    request: Request, session: Session, who: Actor, typed: Typed = NOTHING, error: Invalid | None = None
) -> Response:
    profile = service.read(session, who).profile
    standing = filled(
        percentage_min=profile.percentage_min,
        percentage_max=profile.percentage_max,
        shifts=profile.shifts or [],
        commute_minutes=profile.commute_minutes,
        available_from=profile.available_from,
        wishes_as_spoken=profile.wishes_as_spoken,
    )
    form = Filled(typed, complaints(error.faults)) if error else Filled(standing)
    return own_page(request, "terms.html", 422 if error else 200, form=form, version=profile.version)


@router.get("/reach")
def reach(request: Request, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """How the municipality reaches her, and in which language."""
    return _reach(request, session, who)


@router.post("/reach")
def change_reach(request: Request, form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Keep that. Languages that she speaks beside the one chosen stay."""
    try:
        service.change_reach(session, who, form.version(), _reached(session, who, form))
    except Invalid as error:
        return _reach(request, session, who, form, error)
    return go(PROFILE, "saved")


def _reached(session: Session, who: Actor, form: Typed) -> PersonFields:
    reader = Reader(form)
    chosen = reader.code("contact_language", find_language, "Not a language")
    reader.refuse()
    others = [one for one in service.read(session, who).record.person.contact_languages or [] if one != chosen]
    return PersonFields(
        contacts=contacts(form.raw("contacts")),
        contact_languages=[chosen, *others] if chosen else others or None,
        needs_interpreter=form.answer("needs_interpreter"),
    )


def _reach(
    request: Request, session: Session, who: Actor, typed: Typed = NOTHING, error: Invalid | None = None
) -> Response:
    record = service.read(session, who).record
    standing = filled(
        contacts="\n".join(one.value for one in record.contacts),
        contact_language=next(iter(record.person.contact_languages or ()), None),
        needs_interpreter=record.person.needs_interpreter,
    )
    form = Filled(typed, complaints(error.faults)) if error else Filled(standing)
    return own_page(request, "reach.html", 422 if error else 200, form=form, version=record.person.version)
