"""The list of newcomers over REST."""

from dataclasses import replace
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import MayReadPeople, PageDep, StateDep, link_next
from api.problems import responses
from kompetanse.codes.cefr import Cefr
from kompetanse.competence.listing import PeopleFilter, listed_event, listing
from schemas.base import Styrk
from schemas.competence import PeoplePage

router = APIRouter(prefix="/people", tags=["people"])


async def get_filter(
    text: Annotated[str, Query(max_length=100, description="Words of a name, or part of a phone or e-mail.")] = "",
    occupation: Annotated[Styrk | None, Query(description="STYRK-08 code or the beginning of one.")] = None,
    norwegian_at_least: Annotated[Cefr | None, Query(description="Spoken.")] = None,
    skill: Annotated[str | None, Query(max_length=200, description="A concept's URI, or words.")] = None,
    archived: Annotated[bool, Query(description="Only archived ones, instead of only the others.")] = False,
    needs_interpreter: Annotated[bool | None, Query(description="As stated; left out means either.")] = None,
    not_mapped: Annotated[bool, Query(description="Only those without a mapping day.")] = False,
) -> PeopleFilter:
    """The filters of the list, as query parameters."""
    return PeopleFilter(text, occupation, norwegian_at_least, skill, archived, needs_interpreter, not_mapped)


@router.get("", response_model=PeoplePage, responses=responses(422))
async def find(
    wanted: Annotated[PeopleFilter, Depends(get_filter)],
    who: MayReadPeople,
    state: StateDep,
    page: PageDep,
    request: Request,
    response: Response,
    count: Annotated[
        bool, Query(description="Say in `total` how many there are in all: slower than the page.")
    ] = False,
) -> Response:
    """Newcomers by name. Every filter that is given must hold."""
    found = await state.hot.run(listing(who, wanted, replace(page, counted=count)), who.municipality_no)
    await state.audit_writer.write(listed_event(who, wanted, found))
    body = {"items": found.items, "next": link_next(request, response, found), "total": found.total}
    json = orjson.dumps(body, option=orjson.OPT_UTC_Z)
    return Response(json, media_type="application/json", headers=response.headers)
