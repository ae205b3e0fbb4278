"""Logging in and out, and the language of one's pages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from api.dependencies import StateDep
from api.web.dependencies import CookiesDep, FormDep, OpenFormDep, WebActorDep, WebSessionDep
from api.web.forms import Filled, Typed, filled
from api.web.pages import go, local, page
from api.web.speech import STAFF, remember
from kompetanse.actor import Actor
from kompetanse.database import EVERYWHERE
from kompetanse.errors import FieldFault, Invalid, Unauthenticated
from kompetanse.identity import service as identity
from kompetanse.identity.rules import StaffLanguage

router = APIRouter()


@router.get("/log-in")
def log_in_page(
    request: Request,
    state: StateDep,
    cookies: CookiesDep,
    back: Annotated[str, Query(alias="next", max_length=200)] = "/",
) -> Response:
    """The log-in form; whoever is logged in already goes on."""
    token = cookies.read(request)
    if token is not None:
        try:
            with state.database.session(EVERYWHERE, write=False) as session:
                identity.holder_of(session, token)
            return RedirectResponse(local(back), 303)
        except Unauthenticated:
            pass
    asked = request.query_params.get(STAFF.parameter, "")
    chosen = asked if asked in STAFF.languages else ""
    return _form(request, filled(next=local(back), pages_in=chosen))


@router.post("/log-in")
def log_in(request: Request, typed: OpenFormDep, state: StateDep, cookies: CookiesDep) -> Response:
    """Open a session, or say that e-mail and password do not fit."""
    with state.database.session(EVERYWHERE) as session:
        opened = identity.log_in(
            session,
            email=typed.raw("email"),
            password=typed.raw("password"),
            attempts=state.settings.login_attempts,
            hours=state.settings.session_hours,
        )
        spoken = _language(session, opened, typed) if opened else None
    if opened is None or spoken is None:
        return _form(request, typed, refused=True)
    answer = RedirectResponse(local(typed.raw("next")), 303)
    cookies.write(answer, opened[0])
    remember(answer, STAFF, spoken, cookies)
    return answer


def _language(session: Session, opened: tuple[str, Actor], typed: Typed) -> StaffLanguage:
    """The language of the account, which was perhaps chosen on the log-in page; that of the browser counts no more."""
    token, who = opened
    chosen = typed.raw("pages_in")
    if chosen in set(StaffLanguage):
        identity.choose_language(session, who, StaffLanguage(chosen))
    return identity.holder_of(session, token).language or StaffLanguage.BOKMAAL


@router.post("/log-out")
def log_out(request: Request, _form: FormDep, _who: WebActorDep, state: StateDep, cookies: CookiesDep) -> Response:
    """End the session, in the registry and in the browser."""
    with state.database.session(EVERYWHERE) as session:
        identity.log_out(session, cookies.read(request) or "")
    answer = go("/log-in", "logged-out")
    cookies.clear(answer)
    return answer


@router.post("/language")
def choose_language(
    request: Request, form: FormDep, who: WebActorDep, session: WebSessionDep, cookies: CookiesDep
) -> Response:
    """Have one's pages in another language: in every browser, and in this one before logging in too."""
    try:
        chosen = StaffLanguage(form.raw("pages_in"))
    except ValueError:
        raise Invalid(FieldFault("/pages_in", "Not a language of these pages")) from None
    identity.choose_language(session, who, chosen)
    answer = RedirectResponse(local(form.raw("at")), 303)
    remember(answer, STAFF, chosen, cookies)
    return answer


def _form(request: Request, typed: Typed, *, refused: bool = False) -> Response:
    back, chosen = local(typed.raw("next")), typed.raw("pages_in")
    status = 401 if refused else 200
    return page(request, "log_in.html", status, form=Filled(typed), refused=refused, next=back, chosen=chosen)
