"""The list of newcomers over REST."""

from dataclasses import replace
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.dependencies import MayReadPeople, PageDep, StateDep, link_next
from api.problems import responses
from api.state import State
from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.competence.listing import listed_event, listing
from kompetanse.competence.understanding import understand
from kompetanse.finding.criteria import AS_WRITTEN, PeopleFilter, Understood
from kompetanse.paging import PageRequest
from schemas.base import Styrk
from schemas.competence import PeoplePage
from schemas.finding import PeopleWanted

router = APIRouter(prefix="/people", tags=["people"])


async def get_filter(
    occupation: Annotated[Styrk | None, Query(description="STYRK-08 code or the beginning of one.")] = None,
    norwegian_at_least: Annotated[Cefr | None, Query(description="Spoken.")] = None,
    skill: Annotated[str | None, Query(max_length=200, description="A concept's URI, or words.")] = None,
    archived: Annotated[bool, Query(description="Only archived ones, instead of only the others.")] = False,
    needs_interpreter: Annotated[bool | None, Query(description="As stated; left out means either.")] = None,
    not_mapped: Annotated[bool, Query(description="Only those without a mapping day.")] = False,
) -> PeopleFilter:
    """The filters of the list, as query parameters."""
    return PeopleFilter("", occupation, norwegian_at_least, skill, archived, needs_interpreter, not_mapped)


async def get_counted_page(
    page: PageDep,
    count: Annotated[bool, Query(description="Say in `total` how many there are in all, which is slower.")] = False,
) -> PageRequest:
    """Which page, and whether to count."""
    return replace(page, counted=count)


FilterDep = Annotated[PeopleFilter, Depends(get_filter)]
CountedPageDep = Annotated[PageRequest, Depends(get_counted_page)]


@router.get("", response_model=PeoplePage, responses=responses(422))
async def find(
    wanted: FilterDep, who: MayReadPeople, state: StateDep, page: CountedPageDep, request: Request, response: Response
) -> Response:
    """Newcomers by name. Every filter that is given must hold."""
    return await _answer(wanted, who, state, page, request, response)


@router.post("/search", response_model=PeoplePage, responses=responses(422))
async def search(
    body: PeopleWanted,
    wanted: FilterDep,
    who: MayReadPeople,
    state: StateDep,
    page: CountedPageDep,
    request: Request,
    response: Response,
) -> Response:
    """Newcomers whose name, phone or e-mail is searched for: in the body, because addresses end up in logs.

    `criteria` asks for anything in the profile, as a saved search does, in place of the filters of the address; its
    text may be an occupation or a skill, too. Send the same body to the next page.
    """
    if body.criteria is None:
        return await _answer(replace(wanted, text=body.text), who, state, page, request, response)
    wanted = PeopleFilter(**body.criteria.asked())
    wanted = replace(wanted, text=body.text or wanted.text)
    understood = await run_in_threadpool(_understood, state, who, wanted)
    return await _answer(wanted, who, state, page, request, response, understood)


async def _answer(
    wanted: PeopleFilter,
    who: Actor,
    state: State,
    page: PageRequest,
    request: Request,
    response: Response,
    understood: Understood | None = None,
) -> Response:
    if understood is None:
        understood = await run_in_threadpool(_linked, state, who, wanted) if wanted.skill else AS_WRITTEN
    found = await state.hot.run(listing(who, wanted, page, understood), who.municipality_no)
    await state.audit_writer.write(listed_event(who, wanted, found))
    body = {"items": found.items, "next": link_next(request, response, found), "total": found.total}
    json = orjson.dumps(body, option=orjson.OPT_UTC_Z)
    return Response(json, media_type="application/json", headers=response.headers)


def _linked(state: State, who: Actor, wanted: PeopleFilter) -> Understood:
    return _understood(state, who, replace(wanted, text=""))


def _understood(state: State, who: Actor, wanted: PeopleFilter) -> Understood:
    with state.database.session(who.municipality_no, write=False) as session:
        return understand(session, who, wanted)
