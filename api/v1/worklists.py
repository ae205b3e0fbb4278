"""What the coordinator works through, over REST."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import MayReadProfiles, PageDep, SessionDep, link_next
from api.problems import responses
from kompetanse.competence import worklists
from kompetanse.competence.upkeep import STALE_MONTHS, WARN_DAYS
from kompetanse.paging import Page
from schemas.insight import IncompletePage, RunsOutPage, StalePage, UnmappedPage, UnrecognisedPage, UnusedPage

router = APIRouter(prefix="/worklists", tags=["worklists"])


@router.get("/unused-competence", responses=responses(422))
def unused_competence(
    who: MayReadProfiles, session: SessionDep, page: PageDep, request: Request, response: Response
) -> UnusedPage:
    """Those whose present work asks for less than they can, and skilled people whose present work is not known."""
    return UnusedPage.model_validate(_page(worklists.list_unused(session, who, page), request, response))


@router.get("/incomplete", responses=responses(422))
def incomplete(
    who: MayReadProfiles, session: SessionDep, page: PageDep, request: Request, response: Response
) -> IncompletePage:
    """Those in whose profiles something is missing for a fair match."""
    return IncompletePage.model_validate(_page(worklists.list_incomplete(session, who, page), request, response))


@router.get("/stale", responses=responses(422))
def stale(
    who: MayReadProfiles,
    session: SessionDep,
    page: PageDep,
    request: Request,
    response: Response,
    months: Annotated[int, Query(ge=1, le=120, description="Older than so many months.")] = STALE_MONTHS,
) -> StalePage:
    """Those whose profiles should be confirmed."""
    return StalePage.model_validate(_page(worklists.list_stale(session, who, page, months), request, response))


@router.get("/running-out", responses=responses(422))
def running_out(
    who: MayReadProfiles,
    session: SessionDep,
    page: PageDep,
    request: Request,
    response: Response,
    days: Annotated[int, Query(ge=0, le=3650, description="Within so many days.")] = WARN_DAYS,
) -> RunsOutPage:
    """Those of whom a licence, course, decision or permission has run out or will."""
    return RunsOutPage.model_validate(_page(worklists.list_running_out(session, who, page, days), request, response))


@router.get("/unrecognised", responses=responses(422))
def unrecognised(
    who: MayReadProfiles, session: SessionDep, page: PageDep, request: Request, response: Response
) -> UnrecognisedPage:
    """Those whose education from abroad is not recognised, with what is needed for it."""
    return UnrecognisedPage.model_validate(_page(worklists.list_unrecognised(session, who, page), request, response))


@router.get("/unmapped", responses=responses(422))
def unmapped(
    who: MayReadProfiles, session: SessionDep, page: PageDep, request: Request, response: Response
) -> UnmappedPage:
    """Those whose mapping under the Integration Act is due or overdue."""
    return UnmappedPage.model_validate(_page(worklists.list_unmapped(session, who, page), request, response))


def _page(found: Page[Any], request: Request, response: Response) -> dict[str, object]:
    return {"items": found.items, "next": link_next(request, response, found), "total": found.total}
