"""Pages of what others advertise: how vacancies came in from NAV's feed, what changed, and what went."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web.dependencies import FormDep, MayReadVacancies, MayWriteVacancies, WebPageDep, WebSessionDep
from api.web.pages import go, page
from kompetanse.feeds import service
from kompetanse.feeds.rules import GOING, ChangeKind

router = APIRouter(prefix="/vacancies/feed")


@router.get("")
def show_list(
    request: Request, who: MayReadVacancies, session: WebSessionDep, paging: WebPageDep, state: StateDep
) -> Response:
    """When vacancies came in, and how the feed stands."""
    found = service.list_intakes(session, who, paging)
    following = request.url.include_query_params(cursor=str(found.next)).remove_query_params("notice")
    return page(
        request,
        "feed/list.html",
        found=found,
        feed=service.state_of(session, who),
        followed=bool(state.settings.feed_url) and who.municipality_no in state.settings.feed_municipalities,
        next_url=f"{following.path}?{following.query}" if found.next else None,
        first_url="/vacancies/feed" if paging.after else None,
    )


@router.post("/read")
def ask(_: FormDep, who: MayWriteVacancies, session: WebSessionDep) -> Response:
    """Have the feed read within seconds."""
    service.ask(session, who)
    return go("/vacancies/feed", "feed-asked")


@router.get("/{intake_id}")
def show(
    request: Request, intake_id: UUID, who: MayReadVacancies, session: WebSessionDep, paging: WebPageDep
) -> Response:
    """What came, changed and went in one intake, and what could not be read."""
    found = service.list_changes(session, who, intake_id, paging)
    return page(
        request,
        "feed/intake.html",
        intake=service.read_intake(session, who, intake_id),
        found=found,
        colours={ChangeKind.CAME: "success", ChangeKind.CHANGED: "info", ChangeKind.UNREADABLE: "warning"},
        going=GOING,
        next_url=f"/vacancies/feed/{intake_id}?cursor={found.next}" if found.next else None,
        first_url=f"/vacancies/feed/{intake_id}" if paging.after else None,
    )
