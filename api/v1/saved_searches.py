"""Searches that are kept and watched, over REST."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import IfMatch, MayReadPeople, MayRegister, OnceDep, SessionDep, set_etag
from api.problems import responses
from kompetanse.competence import searches
from kompetanse.competence.searches import KeptSearch
from kompetanse.finding.criteria import PeopleFilter, stored
from schemas.finding import SavedSearchIn, SavedSearchList, SavedSearchOut

router = APIRouter(prefix="/saved-searches", tags=["people"])


@router.get("", responses=responses())
def find(who: MayReadPeople, session: SessionDep) -> SavedSearchList:
    """The reader's own searches, and those that colleagues share."""
    return SavedSearchList(items=[_out(one) for one in searches.every_search(session, who)])


@router.post("", status_code=201, responses=responses(409, 422))
def save(
    body: SavedSearchIn, who: MayRegister, session: SessionDep, once: OnceDep, response: Response
) -> SavedSearchOut:
    """Keep a search. A name or number that was searched for is not kept. 409 when one's own has this name."""
    wanted = PeopleFilter(**body.criteria.asked())
    made = once.create(lambda: searches.save(session, who, body.name, wanted, shared=body.shared, replacing=False).id)
    response.headers["Location"] = f"/api/v1/saved-searches/{made}"
    return _answer(searches.read(session, who, made), response)


@router.get("/{search_id}", responses=responses(404, 422))
def read(search_id: UUID, who: MayReadPeople, session: SessionDep, response: Response) -> SavedSearchOut:
    """A search. Send its `criteria` to `POST /people/search` to see who fits."""
    return _answer(searches.read(session, who, search_id), response)


@router.put("/{search_id}", responses=responses(404, 412, 422, 428))
def change(
    search_id: UUID, body: SavedSearchIn, who: MayRegister, version: IfMatch, session: SessionDep, response: Response
) -> SavedSearchOut:
    """Change one of one's own searches."""
    wanted = PeopleFilter(**body.criteria.asked())
    changed = searches.change(session, who, search_id, version, name=body.name, wanted=wanted, shared=body.shared)
    return _answer(changed, response)


@router.delete("/{search_id}", status_code=204, responses=responses(404, 412, 422, 428))
def delete(search_id: UUID, who: MayRegister, version: IfMatch, session: SessionDep) -> None:
    """Forget one of one's own searches, and whoever watches it."""
    searches.delete(session, who, search_id, version)


@router.put("/{search_id}/watch", status_code=204, responses=responses(404, 422))
def watch(search_id: UUID, who: MayRegister, session: SessionDep) -> None:
    """Be told in `GET /today` when somebody fits who does not fit now."""
    searches.watch(session, who, search_id)


@router.delete("/{search_id}/watch", status_code=204, responses=responses(422))
def end_watch(search_id: UUID, who: MayRegister, session: SessionDep) -> None:
    """Be told no more."""
    searches.end_watch(session, who, search_id)


@router.post("/{search_id}/opened", responses=responses(404, 422))
def opened(search_id: UUID, who: MayRegister, session: SessionDep, response: Response) -> SavedSearchOut:
    """Say that those who fit now have been seen, so that only others are told of."""
    return _answer(searches.open_search(session, who, search_id), response)


def _answer(found: KeptSearch, response: Response) -> SavedSearchOut:
    set_etag(response, found.version)
    return _out(found)


def _out(found: KeptSearch) -> SavedSearchOut:
    criteria: dict[str, Any] = stored(found.wanted) if found.wanted else {}
    return SavedSearchOut(
        id=found.id, version=found.version, name=found.name, criteria=criteria, shared=found.shared, own=found.own,
        watched=found.watch_id is not None,
    )  # fmt: skip
