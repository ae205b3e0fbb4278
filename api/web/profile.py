"""A newcomer's page: who she is, what she can, wants and likes, and what could be hers."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web import profile_page
from api.web.dependencies import FormDep, MayMap, MayReadProfiles, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go
from api.web.profile_forms import TERMS, part_fields, wish_fields
from kompetanse.competence import service as competence
from kompetanse.competence.service import ProfilePart
from kompetanse.errors import Invalid

router = APIRouter(prefix="/people/{person_id}")

SECTIONS = {
    ProfilePart.WISHED_OCCUPATIONS: "wants",
    ProfilePart.WISHES: "wants",
    ProfilePart.INTERESTS: "likes",
}
"""Where on the page a part is shown, when it is not under what the person can."""


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
    return go(f"/people/{person_id}", "saved", "wants")


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
    return go(f"/people/{person_id}", "added", SECTIONS.get(part, "can"))


@router.post("/profile/{part}/{part_id}/remove")
def remove(
    person_id: UUID, part: ProfilePart, part_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep
) -> Response:
    """Take an entry out; afterwards it is not stated."""
    competence.remove_part(session, who, person_id, form.version(), part, part_id)
    return go(f"/people/{person_id}", "removed", SECTIONS.get(part, "can"))
