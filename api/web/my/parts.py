"""The entries of her profile: adding, changing and taking out one at a time, with few and plain questions."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.forms import Filled, Typed
from api.web.my.dependencies import MayChangeOwn, OwnFormDep, OwnSessionDep
from api.web.my.pages import go, own_page
from api.web.my.part_forms import entry_form, stated_anew, stated_first
from api.web.my.profile import PROFILE
from api.web.my.words import complaints
from api.web.profile_forms import part_fields
from api.web.profile_page import concept_names
from kompetanse.competence.parts import Row
from kompetanse.competence.service import PersonProfile, ProfilePart
from kompetanse.errors import Invalid, NotFound
from kompetanse.self_service import service

router = APIRouter(prefix="/profile")

_NAMED_BY = {ProfilePart.LANGUAGES: "language", ProfilePart.LICENCES: "licence"}
"""The parts that the domain states anew when they are added again, by what they are told apart by."""


@router.get("/{part}")
def adding(request: Request, part: ProfilePart, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """The form of a new entry."""
    return _page(request, part, service.read(session, who), Filled())


@router.post("/{part}")
def add(request: Request, part: ProfilePart, form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Write an entry down."""
    try:
        stated = stated_first(part, form, _standing(session, service.read(session, who), part, form))
        service.add_part(session, who, form.version(), part, part_fields(part, stated))
    except Invalid as error:
        return _page(request, part, service.read(session, who), Filled(form, complaints(error.faults)))
    return go(PROFILE, "saved")


@router.get("/{part}/{entry_id}")
def changing(
    request: Request, part: ProfilePart, entry_id: UUID, who: MayChangeOwn, session: OwnSessionDep
) -> Response:
    """The form of an entry as it stands."""
    found = service.read(session, who)
    row = _row(found, part, entry_id)
    return _page(request, part, found, Filled(entry_form(part, row, concept_names(session, found.profile))), entry_id)


@router.post("/{part}/{entry_id}")
def change(
    request: Request, part: ProfilePart, entry_id: UUID, form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep
) -> Response:
    """State an entry anew; what the page does not ask stays as it is."""
    found = service.read(session, who)
    try:
        fields = part_fields(part, _whole(session, found, part, entry_id, form))
        service.change_part(session, who, form.version(), part, entry_id, fields)
    except Invalid as error:
        return _page(request, part, found, Filled(form, complaints(error.faults)), entry_id)
    return go(PROFILE, "saved")


@router.post("/{part}/{entry_id}/remove")
def remove(part: ProfilePart, entry_id: UUID, form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Take an entry out; it can be undone."""
    service.remove_part(session, who, form.version(), part, entry_id)
    return go(PROFILE, "removed")


def _standing(session: Session, found: PersonProfile, part: ProfilePart, form: Typed) -> Typed | None:
    """The form of the language or licence that would be stated anew by adding it."""
    column = _NAMED_BY.get(part)
    if column is None:
        return None
    row = next((one for one in found.profile.part(part) if getattr(one, column) == form.text(column)), None)
    return None if row is None else entry_form(part, row, concept_names(session, found.profile))


def _whole(session: Session, found: PersonProfile, part: ProfilePart, entry_id: UUID, form: Typed) -> Typed:
    standing = entry_form(part, _row(found, part, entry_id), concept_names(session, found.profile))
    return stated_anew(part, standing, form)


def _row(found: PersonProfile, part: ProfilePart, entry_id: UUID) -> Row:
    row = next((one for one in found.profile.part(part) if one.id == entry_id), None)
    if row is None:
        raise NotFound("entry")
    return row


def _page(
    request: Request, part: ProfilePart, found: PersonProfile, form: Filled, entry_id: UUID | None = None
) -> Response:
    return own_page(
        request,
        "entry.html",
        422 if form.complaints else 200,
        part=part,
        form=form,
        entry_id=entry_id,
        version=found.profile.version,
    )
