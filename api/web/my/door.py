"""Coming in: the page of a link, which a messenger may look at without spending it, and the code that can be typed.

Nothing here says whose a link is.
"""

import secrets
from collections.abc import Mapping

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web.dependencies import CookiesDep, OpenFormDep
from api.web.forms import Typed
from api.web.i18n import mark as _
from api.web.i18n import speaking
from api.web.my.pages import FRONT, go, note_whose, own_page
from api.web.sessions import Cookies
from api.web.speech import NEWCOMERS, Speech, remember
from kompetanse.database import EVERYWHERE
from kompetanse.personal_links import door
from kompetanse.personal_links.door import Opened, Refusal

router = APIRouter()

REFUSALS: Mapping[Refusal, str] = {
    Refusal.UNKNOWN: _("Lenken eller koden er ikke riktig. Se på den en gang til."),
    Refusal.SPENT: _("Lenken er brukt eller stoppet. Du trenger en ny."),
    Refusal.EXPIRED: _("Lenken er for gammel. Du trenger en ny."),
    Refusal.TOO_MANY: _("Noen har prøvd for mange koder. Vent en time, eller bruk lenken."),
}


@router.get("/open/{secret}")
def show_link(request: Request, secret: str, state: StateDep, cookies: CookiesDep) -> Response:
    """What a link opens, with the button that spends it; in the language that it was made for.

    Who is in by it already, and taps it once more, comes to her pages.
    """
    with state.database.session(EVERYWHERE, write=False) as session:
        met = door.look(session, secret, _browser(request, state, cookies))
        if _is_in(session, request, secret, state, cookies):
            return go(FRONT)
    _greet(request, met.language)
    with speaking(request.scope["speech"].shown):
        answer = own_page(request, "open.html", 200 if met.refusal is None else 410, refused=_told(met.refusal))
    if met.refusal is None:
        _mark(request, answer, cookies)
    return answer


@router.post("/open/{secret}")
def open_link(request: Request, secret: str, form: OpenFormDep, state: StateDep, cookies: CookiesDep) -> Response:
    """Spend a link. A browser that was let in before gets a new device, and the old one is out."""
    request_id = request.scope.get("request_id", "")
    with state.database.session(EVERYWHERE) as session:
        opened = door.open_by_link(session, secret, request_id, _browser(request, state, cookies))
        if isinstance(opened, Opened):
            _leave_before(session, request, opened, cookies)
        elif _is_in(session, request, secret, state, cookies):
            return go(FRONT)
    if isinstance(opened, Opened):
        return _welcome(request, opened, cookies, form)
    return own_page(request, "open.html", 410, refused=_told(opened))


@router.get("/enter")
def enter(request: Request, cookies: CookiesDep) -> Response:
    """The page for whoever has a code, and for whoever has nothing any more."""
    answer = own_page(request, "enter.html", refused=None)
    _mark(request, answer, cookies)
    return answer


@router.post("/enter")
def enter_code(request: Request, form: OpenFormDep, state: StateDep, cookies: CookiesDep) -> Response:
    """Spend a link by its code."""
    request_id = request.scope.get("request_id", "")
    address = request.client.host if request.client else ""
    with state.database.session(EVERYWHERE) as session:
        browser = _browser(request, state, cookies)
        opened = door.open_by_code(session, state.sealer, form.raw("code"), address, request_id, browser)
        if isinstance(opened, Opened):
            _leave_before(session, request, opened, cookies)
    if isinstance(opened, Opened):
        return _welcome(request, opened, cookies, form)
    return own_page(request, "enter.html", 429 if opened is Refusal.TOO_MANY else 422, refused=_told(opened))


def _welcome(request: Request, opened: Opened, cookies: Cookies, form: Typed) -> Response:
    answer = go(FRONT)
    cookies.write(answer, opened.token, lasting=not form.ticked("shared"))
    note_whose(answer, cookies, shared=form.ticked("shared"))
    cookies.of_openings().clear(answer)  # an answer that is lost clears nothing, and can be asked for once more
    if NEWCOMERS.cookie not in request.cookies and opened.language in NEWCOMERS.languages:
        remember(answer, NEWCOMERS, opened.language, cookies)
    return answer


def _mark(request: Request, answer: Response, cookies: Cookies) -> None:
    """Give a browser something to be known by when it has to spend its link once more."""
    openings = cookies.of_openings()
    if openings.read(request) is None:
        openings.write(answer, secrets.token_urlsafe(32))


def _browser(request: Request, state: State, cookies: Cookies) -> str | None:
    given = cookies.of_openings().read(request)
    return door.browser_key(state.sealer, given) if given else None


def _leave_before(session: Session, request: Request, opened: Opened, cookies: Cookies) -> None:
    """Let out the device that the browser was in with before, if it is not the very same."""
    held = cookies.read(request)
    if held is not None and held != opened.token:
        door.sign_out(session, held, request.scope.get("request_id", ""))


def _is_in(session: Session, request: Request, secret: str, state: State, cookies: Cookies) -> bool:
    token = cookies.read(request)
    return token is not None and door.is_in(session, secret, token, state.settings.personal_device_days)


def _greet(request: Request, language: str | None) -> None:
    """Meet somebody in her link's language, unless she has chosen another."""
    chosen = NEWCOMERS.cookie in request.cookies or NEWCOMERS.parameter in request.query_params
    if language in NEWCOMERS.languages and not chosen:
        request.scope["speech"] = Speech(language)


def _told(refusal: Refusal | None) -> str | None:
    return None if refusal is None else REFUSALS[refusal]
