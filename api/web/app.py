"""The pages as an app of their own, mounted beside the REST interface: `mount_web(app, state)`."""

from functools import cache
from os import PathLike, stat_result

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from api.assembling import assembled
from api.state import State
from api.web import (
    account,
    accounts,
    administration,
    agreements,
    analytics,
    answering,
    chosen,
    comparing,
    concepts,
    consents,
    contacts,
    courses,
    erasures,
    errors,
    exchange,
    exports,
    feed,
    free_text,
    gaps,
    home,
    imports,
    interests,
    inviting,
    marks,
    names,
    national_number,
    neighbours,
    opportunities,
    oversight,
    overview,
    own_data,
    people,
    people_list,
    people_lists,
    person_edit,
    person_trail,
    personal_links,
    placing,
    pooling,
    profile,
    proposed,
    publishing,
    referrals,
    relations,
    saved_searches,
    sharing,
    shortlists,
    timeline,
    vacancies,
    weights,
    worklists,
)
from api.web.compressing import CompressedPages
from api.web.headers import FOR_EVER, LastNet, PageHeaders
from api.web.mapping import sheet as mapping_sheet
from api.web.mapping import views as mapping_views
from api.web.my.app import create_my
from api.web.my.pages import HOME
from api.web.pages import STATIC, warm_up
from api.web.sessions import Cookies
from api.web.speech import STAFF, Speaking

NOT_PAGES = ("/api/", "/healthz", "/readyz")
"""What the pages never answer for, so that an unknown address of the API is told in the API's own way."""


_PAGES = (
    account,
    home,
    people_list,
    people_lists,
    saved_searches,
    chosen,
    inviting,
    people,
    mapping_sheet,  # before the views, which would take it for a question
    mapping_views,
    person_edit,
    profile,
    timeline,
    free_text,
    relations,
    worklists,
    concepts,
    consents,
    names,
    national_number,
    comparing,
    feed,  # before vacancies, whose addresses would take it for one
    vacancies,
    proposed,
    publishing,
    marks,
    referrals,
    shortlists,
    interests,
    opportunities,
    gaps,
    placing,
    courses,
    weights,
    exchange,
    own_data,
    personal_links,
    erasures,
    pooling,
    imports,
    exports,
    analytics,
    agreements,
    contacts,
    answering,
    neighbours,
    sharing,
    overview,
    oversight,
    person_trail,
    administration,
    accounts,
)


class _Pages(Mount):
    """Everything that is not the REST interface's."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the address is a page's."""
        if scope["type"] == "http" and str(scope["path"]).startswith(NOT_PAGES):
            return Match.NONE, {}
        return super().matches(scope)


class _Files(StaticFiles):
    """Static files, kept by browsers for ever when the address names their content."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """One file."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        if b"v=" in scope["query_string"]:
            answer.headers["Cache-Control"] = FOR_EVER
        return answer


def create_web(state: State) -> FastAPI:
    """The pages of the web client. They call the same services as the REST interface, in the process."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.kompetanse = state
    app.state.cookies = Cookies.of(state.settings)
    app.add_middleware(LastNet, broken=_broken)
    app.add_middleware(PageHeaders)
    app.add_middleware(CompressedPages)
    app.add_middleware(Speaking, cookies=app.state.cookies, readers=STAFF)
    errors.install(app)
    warm_up()
    app.router.routes.extend(_routes())
    app.mount(HOME, create_my(state), name="my")
    app.mount("/static", GZipMiddleware(_Files(directory=STATIC)), name="static")
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    return assembled(module.router for module in _PAGES)


def mount_web(app: FastAPI, state: State) -> None:
    """Serve the pages from `/`; call it after the REST routers, whose addresses stay theirs."""
    app.router.routes.append(_Pages("/", create_web(state), name="web"))


async def _broken(scope: Scope, receive: Receive, send: Send) -> None:
    await errors.broken_page(Request(scope))(scope, receive, send)
