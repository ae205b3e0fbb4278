"""Pages of what others advertise: how vacancies came in from NAV's feed, what changed, and what went."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web.dependencies import (
    PAGE_LENGTH,
    FormDep,
    MayMatch,
    MayReadVacancies,
    MayWriteVacancies,
    WebPageDep,
    WebSessionDep,
)
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go, page
from kompetanse.actor import Actor
from kompetanse.errors import Invalid
from kompetanse.feeds import pushing, service
from kompetanse.feeds.rules import ChangeKind
from kompetanse.paging import PageRequest

router = APIRouter(prefix="/vacancies/feed")


@router.get("")
def show_list(
    request: Request, who: MayReadVacancies, session: WebSessionDep, paging: WebPageDep, state: StateDep
) -> Response:
    """When vacancies came in, and how the feed stands."""
    return _list_page(request, who, session, state, paging, Filled())


@router.post("/files")
def import_file(
    request: Request,
    form: FormDep,
    who: MayMatch,
    session: WebSessionDep,
    state: StateDep,
) -> Response:
    """Take a file of advertisements, and show what came of each."""
    sent = form.files.get("file")
    content = sent.file.read() if sent is not None else b""
    try:
        intake = pushing.import_file(session, who, (sent.filename if sent else None) or "?", content)
    except Invalid as error:
        return _list_page(
            request, who, session, state, PageRequest(PAGE_LENGTH), Filled(form, complaints(error.faults))
        )
    return go(f"/vacancies/feed/{intake.id}")


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
        next_url=f"/vacancies/feed/{intake_id}?cursor={found.next}" if found.next else None,
        first_url=f"/vacancies/feed/{intake_id}" if paging.after else None,
    )


def _list_page(
    request: Request, who: Actor, session: Session, state: State, paging: PageRequest, form: Filled
) -> Response:
    found = service.list_intakes(session, who, paging)
    return page(
        request,
        "feed/list.html",
        422 if form.complaints else 200,
        form=form,
        most=state.settings.max_upload_megabytes,
        found=found,
        feed=service.state_of(session, who),
        followed=bool(state.settings.feed_url) and who.municipality_no in state.settings.feed_municipalities,
        next_url=f"/vacancies/feed?cursor={found.next}" if found.next else None,
        first_url="/vacancies/feed" if paging.after else None,
    )
