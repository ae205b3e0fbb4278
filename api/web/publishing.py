"""The page of an own vacancy's advertisement at NAV: what NAV would get or lacks, sending it, and what NAV answered."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web.dependencies import FormDep, MayWriteVacancies, WebSessionDep
from api.web.faults import Complaint, complaints
from api.web.pages import go, page
from kompetanse.actor import Actor
from kompetanse.errors import Conflict, Invalid, NotFound, Unavailable
from kompetanse.feeds import publishing
from kompetanse.feeds.nav_import import NavImport
from kompetanse.vacancies import service as vacancies

router = APIRouter(prefix="/vacancies/{vacancy_id}/nav")


@router.get("")
def show(
    request: Request, vacancy_id: UUID, who: MayWriteVacancies, session: WebSessionDep, state: StateDep
) -> Response:
    """How the vacancy stands with NAV, and what it lacks to be sent."""
    return _page(request, session, who, vacancy_id, state)


@router.post("/send")
def send(request: Request, vacancy_id: UUID, _: FormDep, who: MayWriteVacancies, state: StateDep) -> Response:
    """Send it. NAV is asked outside of any transaction."""
    try:
        with _client(state) as client:
            [told] = publishing.publish(state.database, client, who, [vacancy_id])
    except (Invalid, Unavailable) as error:
        return _unsent(request, who, vacancy_id, state, error)
    return go(f"/vacancies/{vacancy_id}/nav", "nav-refused" if told.receipt.status == "ERROR" else "nav-sent")


@router.post("/stop")
def stop(request: Request, vacancy_id: UUID, _: FormDep, who: MayWriteVacancies, state: StateDep) -> Response:
    """Have NAV take it down."""
    try:
        with _client(state) as client:
            publishing.stop(state.database, client, who, vacancy_id)
    except Unavailable as error:
        return _unsent(request, who, vacancy_id, state, error)
    return go(f"/vacancies/{vacancy_id}/nav", "nav-stopped")


def _client(state: State) -> NavImport:
    settings = state.settings
    if not settings.sends_to_nav or settings.nav_import_token is None:
        raise Conflict("Nothing is sent to NAV from here")
    return NavImport(
        settings.nav_import_url, settings.nav_import_provider, settings.nav_import_token.get_secret_value()
    )


def _unsent(request: Request, who: Actor, vacancy_id: UUID, state: State, error: Exception) -> Response:
    with state.database.session(who.municipality_no, write=False) as session:
        return _page(request, session, who, vacancy_id, state, unreached=isinstance(error, Unavailable))


def _page(
    request: Request, session: Session, who: Actor, vacancy_id: UUID, state: State, *, unreached: bool = False
) -> Response:
    vacancy = vacancies.get(session, who, vacancy_id)
    sent = publishing.read_publication(session, who, vacancy_id)
    draft, lacking = None, list[Complaint]()
    can_be_sent = publishing.is_own(vacancy)
    if not can_be_sent and sent is None:
        raise NotFound("advertisement")
    if can_be_sent:
        try:
            [draft] = publishing.drafts(session, who, [vacancy_id])
        except Invalid as error:
            lacking = complaints(error.faults)
    return page(
        request,
        "vacancies/nav.html",
        503 if unreached else 200,
        vacancy=vacancy,
        sent=sent,
        draft=draft,
        lacking=lacking,
        can_be_sent=can_be_sent and not lacking,
        sends=state.settings.sends_to_nav,
        unreached=unreached,
    )
