"""Puts the parts together: `create_app(settings)` is the whole server."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import FastAPI

from api import problems
from api.requests import RequestContext
from api.state import State, open_state
from api.v1 import routes
from api.web.app import mount_web
from kompetanse import __version__, logs
from kompetanse.codes import lists
from kompetanse.settings import Settings
from kompetanse.taxonomy import current

DESCRIPTION = """
The registry of a Norwegian municipality's newcomers' competence.

* **Log in**: OAuth 2.0 client credentials at `/api/v1/oauth/token`; send the token as `Authorization: Bearer`.
  Neighbours may send a token of Maskinporten instead.
* **Changes** need `If-Match` with the `ETag` that was read: 428 without it, 412 when somebody was quicker.
* **POSTs that create** take an `Idempotency-Key`.
* **Lists** are followed by `Link: rel="next"`.
* **Errors** are `application/problem+json` (RFC 9457) with a stable `type`.
* **Not stated** is `null` or absent, and never the same as `false`, `0` or an empty list.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The server as an ASGI application. Settings come from the environment unless given."""
    settings = settings or Settings()
    logs.configure(settings.log_level)
    lists.use_folder(settings.codes_dir)
    state = open_state(settings)
    app = FastAPI(
        title="Kompetanse",
        version=__version__,
        description=DESCRIPTION,
        lifespan=_lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # the usual page fetches its scripts from elsewhere
        redoc_url=None,
    )
    app.state.kompetanse = state
    app.add_middleware(RequestContext)
    problems.install(app)
    app.router.routes.extend(routes())
    mount_web(app, state)
    return app


@cache
def _settle() -> None:
    """Let what start-up made, which lives as long as the process, be left alone: p99 is four times as long else."""
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: State = app.state.kompetanse
    await state.open()
    current.linker(state.database.derived)  # so that no visitor waits for it
    _settle()
    yield
    await state.close()
