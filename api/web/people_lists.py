"""Lists of people by name: which there are, who is on one, and what is done with it."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web import people_columns, searches
from api.web.dependencies import PAGE_LENGTH, FormDep, MayReadPeople, MayRegister, WebPageDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import NOTHING, Filled, Typed, filled
from api.web.pages import Undo, go, page, undoable
from kompetanse.actor import Actor, Operation
from kompetanse.competence.listing import list_people
from kompetanse.errors import Invalid
from kompetanse.finding import lists
from kompetanse.finding.criteria import PeopleFilter
from kompetanse.paging import PageRequest

router = APIRouter(prefix="/people/lists")


@dataclass(frozen=True, slots=True)
class Seen:
    """The list that is shown, and the form of its name that was refused."""

    list_id: UUID
    paging: PageRequest = PageRequest(PAGE_LENGTH)  # noqa: RUF009 - it is frozen
    refused: Filled | None = None


@router.get("")
def show_all(request: Request, who: MayReadPeople, session: WebSessionDep) -> Response:
    """The municipality's lists, and a form for another."""
    return _all(request, session, who)


@router.post("")
def create(request: Request, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Make a list with nobody on it."""
    try:
        made = lists.create(session, who, form.raw("name"), by_hand=True)
    except Invalid as error:
        return _all(request, session, who, Filled(form, complaints(error.faults)))
    return go(f"/people/lists/{made.id}", "list-made")


@router.get("/{list_id}")
def show(
    request: Request,
    list_id: UUID,
    who: MayReadPeople,
    session: WebSessionDep,
    state: StateDep,
    paging: WebPageDep,
) -> Response:
    """Who is on a list; what was done to it just now can be undone."""
    return _one(request, session, state, who, Seen(list_id, paging))


@router.post("/{list_id}")
def rename(
    request: Request, list_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep, state: StateDep
) -> Response:
    """Call a list something else."""
    try:
        lists.rename(session, who, list_id, form.version(), form.raw("name"))
    except Invalid as error:
        refused = Filled(form, complaints(error.faults))
        return _one(request, session, state, who, Seen(list_id, refused=refused))
    return go(f"/people/lists/{list_id}", "saved")


@router.post("/{list_id}/undo")
def undo(list_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Undo what was done to a list."""
    lists.undo(session, who, list_id, change_of(form))
    return go(f"/people/lists/{list_id}", "list-undone")


@router.get("/{list_id}/delete")
def ask_delete(request: Request, list_id: UUID, who: MayRegister, session: WebSessionDep) -> Response:
    """Ask before a list is deleted, which cannot be undone."""
    return page(request, "people/list_delete.html", list=lists.read(session, who, list_id))


@router.post("/{list_id}/delete")
def delete(list_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Delete a list, but nobody on it."""
    lists.delete(session, who, list_id, form.version())
    return go("/people/lists", "list-deleted")


def change_of(form: Typed) -> UUID:
    """The change that a form is about. Raises Invalid."""
    try:
        return UUID(form.raw("change"))
    except ValueError:
        raise Invalid() from None


def _all(request: Request, session: Session, who: Actor, form: Filled | None = None) -> Response:
    found = lists.every_list(session, who)
    return page(request, "people/lists.html", 422 if form else 200, lists=found, form=form or Filled(NOTHING))


def _one(request: Request, session: Session, state: State, who: Actor, seen: Seen) -> Response:
    list_id, paging, refused = seen.list_id, seen.paging, seen.refused
    found = lists.read(session, who, list_id)
    wanted = PeopleFilter(in_list=list_id)
    columns = people_columns.chosen(request)
    people = list_people(session, who, wanted, paging, people_columns.read_besides(columns))
    own = f"/people/lists/{list_id}"
    change = undoable(request, "put-on-list", "taken-off-list")
    return page(
        request,
        "people/one_list.html",
        422 if refused else 200,
        list=found,
        people=people,
        rows=people_columns.rows(session, who, people.items, columns),
        columns=columns,
        sealed=searches.seal(state.sealer, who, wanted),
        form=refused or Filled(filled(name=found.name)),
        renaming=bool(refused),
        undo=Undo(f"{own}/undo", {"change": str(change)}) if change and who.may(Operation.REGISTER_PEOPLE) else None,
        next_url=f"{own}?cursor={people.next}" if people.next else None,
        first_url=own if paging.after else None,
    )
