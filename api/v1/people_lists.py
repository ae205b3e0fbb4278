"""Lists of people over REST."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import IfMatch, MayReadPeople, MayRegister, OnceDep, SessionDep, set_etag
from api.problems import responses
from kompetanse.finding import lists
from kompetanse.finding.lists import ListView
from schemas.finding import ListChangeOut, PeopleChosen, PeopleListIn, PeopleListOut, PeopleLists

router = APIRouter(prefix="/people-lists", tags=["people"])


@router.get("", responses=responses())
def find(who: MayReadPeople, session: SessionDep) -> PeopleLists:
    """The municipality's lists, by name."""
    return PeopleLists(items=[PeopleListOut.model_validate(one) for one in lists.every_list(session, who)])


@router.post("", status_code=201, responses=responses(409, 422))
def create(
    body: PeopleListIn, who: MayRegister, session: SessionDep, once: OnceDep, response: Response
) -> PeopleListOut:
    """Make a list with nobody on it. 409 when there is one of this name."""
    made = once.create(lambda: lists.create(session, who, body.name).id)
    response.headers["Location"] = f"/api/v1/people-lists/{made}"
    return _answer(lists.read(session, who, made), response)


@router.get("/{list_id}", responses=responses(404, 422))
def read(list_id: UUID, who: MayReadPeople, session: SessionDep, response: Response) -> PeopleListOut:
    """A list, without who is on it: `POST /people/search` with `in_list` tells that."""
    return _answer(lists.read(session, who, list_id), response)


@router.put("/{list_id}", responses=responses(404, 409, 412, 422, 428))
def rename(
    list_id: UUID, body: PeopleListIn, who: MayRegister, version: IfMatch, session: SessionDep, response: Response
) -> PeopleListOut:
    """Call a list something else."""
    return _answer(lists.rename(session, who, list_id, version, body.name), response)


@router.delete("/{list_id}", status_code=204, responses=responses(404, 412, 422, 428))
def delete(list_id: UUID, who: MayRegister, version: IfMatch, session: SessionDep) -> None:
    """Delete a list, but nobody who is on it."""
    lists.delete(session, who, list_id, version)


@router.post("/{list_id}/members", responses=responses(404, 422))
def add(list_id: UUID, body: PeopleChosen, who: MayRegister, session: SessionDep) -> ListChangeOut:
    """Put people on a list; whoever is on it stays. Those who are archived, or nobody's, are passed over."""
    return ListChangeOut.model_validate(lists.add(session, who, list_id, body.people))


@router.post("/{list_id}/removals", responses=responses(404, 422))
def remove(list_id: UUID, body: PeopleChosen, who: MayRegister, session: SessionDep) -> ListChangeOut:
    """Take people off a list; who is not on it is passed over."""
    return ListChangeOut.model_validate(lists.remove(session, who, list_id, body.people))


@router.post("/{list_id}/changes/{change_id}/undo", responses=responses(404, 422))
def undo(list_id: UUID, change_id: UUID, who: MayRegister, session: SessionDep) -> ListChangeOut:
    """Undo a change of a list, as far as nobody changed it since. What is undone already is about nobody."""
    return ListChangeOut(id=change_id, people=lists.undo(session, who, list_id, change_id))


def _answer(view: ListView, response: Response) -> PeopleListOut:
    set_etag(response, view.version)
    return PeopleListOut.model_validate(view)
