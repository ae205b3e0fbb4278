"""The newcomer's pages as an app of their own, mounted in the pages: own cookie, own errors, own languages."""

from functools import cache

from fastapi import FastAPI
from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from api.assembling import assembled
from api.state import State
from api.web.headers import LastNet
from api.web.my import consents, data, door, errors, helping, home, jobs, leaving, parts, profile, questions, trail
from api.web.my.pages import HOME
from api.web.sessions import Cookies
from api.web.speech import NEWCOMERS, Speaking

_PAGES = (door, home, jobs, helping, profile, parts, consents, questions, trail, data, leaving)


def create_my(state: State) -> FastAPI:
    """Her pages. They call services that act for nobody but her."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.kompetanse = state
    app.state.cookies = cookies = Cookies.of_devices(state.settings, HOME)
    app.add_middleware(LastNet, broken=_broken)
    app.add_middleware(Speaking, cookies=cookies, readers=NEWCOMERS)
    errors.install(app)
    app.router.routes.extend(_routes())
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    return assembled(module.router for module in _PAGES)


async def _broken(scope: Scope, receive: Receive, send: Send) -> None:
    await errors.broken_page(Request(scope))(scope, receive, send)
