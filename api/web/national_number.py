"""A newcomer's national number: stored sealed, and never shown."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web import profile_page
from api.web.dependencies import FormDep, MayRegister, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go
from kompetanse.codes.national_id import parse_national_id
from kompetanse.errors import Conflict, FieldFault, Invalid
from kompetanse.people import service as people

router = APIRouter(prefix="/people/{person_id}/national-number")


@router.post("")
def store(
    request: Request, person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep, state: StateDep
) -> Response:
    """Store a number, or another in its place. What was typed is never shown again, not even when it is wrong."""
    try:
        number = parse_national_id(form.raw("number"))
    except Invalid as error:
        return profile_page.show(request, session, who, person_id, _refused(error.faults[0].detail))
    try:
        people.set_national_id(session, who, person_id, form.version(), number, state.sealer)
    except Conflict as error:
        return profile_page.show(request, session, who, person_id, _refused(str(error)))
    return go(f"/people/{person_id}", "number-stored", "upkeep")


@router.post("/remove")
def remove(person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep, state: StateDep) -> Response:
    """Remove the number."""
    people.set_national_id(session, who, person_id, form.version(), None, state.sealer)
    return go(f"/people/{person_id}", "number-removed", "upkeep")


def _refused(detail: str) -> Filled:
    return Filled(complaints=complaints([FieldFault("/number", detail)]), prefix=profile_page.NATIONAL_NUMBER)
