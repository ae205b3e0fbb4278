"""Going out: of this device, of all of them, or of the registry."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web.dependencies import CookiesDep
from api.web.my.dependencies import MayChangeOwn, MayReadOwn, OwnFormDep, OwnSessionDep
from api.web.my.errors import ENTER
from api.web.my.pages import HOME, go, own_page
from kompetanse.database import EVERYWHERE
from kompetanse.personal_links import door
from kompetanse.self_service import service

router = APIRouter(prefix="/leaving")


@router.get("")
def show(request: Request, who: MayReadOwn, session: OwnSessionDep, state: StateDep) -> Response:
    """Where she is in, and how to go; what the law keeps when she asks to be erased."""
    return own_page(
        request,
        "leaving.html",
        devices=service.devices(session, who, state.settings.personal_device_days),
        erasure=service.last_erasure(session, who),
    )


@router.post("/here")
def sign_out(request: Request, _form: OwnFormDep, _who: MayReadOwn, state: StateDep, cookies: CookiesDep) -> Response:
    """Let this device out."""
    with state.database.session(EVERYWHERE) as session:
        door.sign_out(session, cookies.read(request) or "", request.scope.get("request_id", ""))
    return _out("out", cookies)


@router.post("/everywhere")
def sign_out_everywhere(_form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep, cookies: CookiesDep) -> Response:
    """Let every device out, as when a phone is lost."""
    service.sign_out_everywhere(session, who)
    return _out("out-everywhere", cookies)


@router.post("/erase")
def ask_for_erasure(_form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Ask to be erased."""
    service.ask_for_erasure(session, who)
    return go(f"{HOME}/leaving", "asked")


@router.post("/stay")
def stay(_form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Take it back."""
    service.take_back_erasure(session, who)
    return go(f"{HOME}/leaving", "stays")


def _out(notice: str, cookies: CookiesDep) -> Response:
    answer = go(ENTER, notice)
    cookies.clear(answer)
    return answer
