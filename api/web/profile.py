"""A newcomer's page: who she is, what she can, wants and likes, and what could be hers."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web import entry_page, history_page, profile_conflicts, profile_page
from api.web.dependencies import FormDep, MayMap, MayReadProfiles, WebPageDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go
from api.web.profile_forms import TERMS, part_fields, wish_fields
from api.web.profile_page import saved
from kompetanse import clock
from kompetanse.competence import service as competence
from kompetanse.competence.service import ProfilePart
from kompetanse.errors import Invalid, Stale

router = APIRouter(prefix="/people/{person_id}")


@router.get("")
def show(request: Request, person_id: UUID, who: MayReadProfiles, session: WebSessionDep) -> Response:
    """The whole page."""
    return profile_page.show(request, session, who, person_id)


@router.post("/profile/terms")
def change_wishes(request: Request, person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """Store the wishes that are single values."""
    try:
        competence.change_wishes(session, who, person_id, form.version(), wish_fields(form))
    except Invalid as error:
        refused = Filled(form, complaints(error.faults), TERMS)
        return profile_page.show(request, session, who, person_id, refused)
    except Stale:
        return profile_conflicts.change_terms(request, session, who, person_id, form)
    return saved(person_id, TERMS, "saved")


@router.post("/profile/confirm")
def confirm(person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """The person says today that all of it holds."""
    competence.change_wishes(session, who, person_id, form.version(), {"confirmed_on": clock.today()})
    return go(f"/people/{person_id}", "confirmed")


@router.get("/history")
def show_history(
    request: Request, person_id: UUID, who: MayReadProfiles, session: WebSessionDep, paging: WebPageDep
) -> Response:
    """What was changed in the profile, by whom and when; each change can be undone."""
    return history_page.show(request, session, who, person_id, paging)


@router.post("/history/{change_id}/restore")
def restore(person_id: UUID, change_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """Undo one change."""
    competence.restore(session, who, person_id, form.version(), change_id)
    return saved(person_id, form.raw("at"), "undone")


@router.post("/profile/{part}")
def add(
    request: Request, person_id: UUID, part: ProfilePart, form: FormDep, who: MayMap, session: WebSessionDep
) -> Response:
    """Write down an entry in one part of the profile."""
    try:
        competence.add_part(session, who, person_id, form.version(), part, part_fields(part, form))
    except Invalid as error:
        refused = Filled(form, complaints(error.faults), part.value)
        return profile_page.show(request, session, who, person_id, refused)
    except Stale:
        return profile_conflicts.add_entry(request, session, who, person_id, part, form)
    return saved(person_id, part, "added")


@router.get("/profile/{part}/{part_id}")
def changing(
    request: Request, person_id: UUID, part: ProfilePart, part_id: UUID, who: MayMap, session: WebSessionDep
) -> Response:
    """The form of one entry, as it stands."""
    return entry_page.show(request, session, who, person_id, part, part_id)


@router.post("/profile/{part}/{part_id}")
def change(
    request: Request,
    person_id: UUID,
    part: ProfilePart,
    part_id: UUID,
    form: FormDep,
    who: MayMap,
    session: WebSessionDep,
) -> Response:
    """State an entry anew; what is left empty is not stated afterwards."""
    try:
        competence.change_part(session, who, person_id, form.version(), part, part_id, part_fields(part, form))
    except Invalid as error:
        refused = Filled(form, complaints(error.faults))
        return entry_page.show(request, session, who, person_id, part, part_id, refused)
    except Stale:
        return profile_conflicts.change_entry(request, session, who, person_id, part, part_id, form)
    return saved(person_id, part, "saved")


@router.post("/profile/{part}/{part_id}/confirm")
def confirm_entry(
    person_id: UUID, part: ProfilePart, part_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep
) -> Response:
    """Say that an entry holds as its owner changed it."""
    competence.confirm_part(session, who, person_id, form.version(), part, part_id)
    return saved(person_id, part, "entry-confirmed")


@router.post("/profile/{part}/{part_id}/remove")
def remove(
    person_id: UUID, part: ProfilePart, part_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep
) -> Response:
    """Take an entry out; afterwards it is not stated."""
    try:
        competence.remove_part(session, who, person_id, form.version(), part, part_id)
    except Stale:
        profile_conflicts.remove_entry(session, who, person_id, part, part_id, form)
    return saved(person_id, part, "removed")
