"""Pages of newcomers: registering, archiving."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.dependencies import FormDep, MayRegister, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.names import name_lists
from api.web.pages import go, page
from api.web.person_forms import person_fields
from kompetanse.errors import Invalid, PossibleDuplicate
from kompetanse.people import service as people
from kompetanse.people.service import PersonRecord

router = APIRouter(prefix="/people")


@router.get("/new")
def registration(request: Request, _who: MayRegister) -> Response:
    """The form for a new person."""
    return _registration(request, Filled(), 200)


@router.post("/new")
def register(request: Request, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Register a person, after pointing out those who may be the same."""
    try:
        fields = person_fields(form)
        record = people.register(session, who, fields, despite_duplicates=form.ticked("despite_duplicates"))
    except PossibleDuplicate as doubt:
        alike = [people.read(session, who, UUID(match)) for match in doubt.matches]
        return _registration(request, Filled(form), 409, alike)
    except Invalid as error:
        return _registration(request, Filled(form, complaints(error.faults)), 422)
    return go(f"/people/{record.person.id}", "registered")


@router.post("/{person_id}/archive")
def archive(person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Take a person out of lists, matches and what is shared."""
    people.archive(session, who, person_id, form.version(), told=form.ticked("told"))
    return go(f"/people/{person_id}", "archived")


@router.post("/{person_id}/restore")
def restore(person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Undo archiving."""
    people.restore(session, who, person_id, form.version())
    return go(f"/people/{person_id}", "restored")


def _registration(request: Request, form: Filled, status: int, alike: list[PersonRecord] | None = None) -> Response:
    return page(request, "people/new.html", status, form=form, alike=alike or [], **name_lists())
