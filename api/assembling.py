"""Routers put together once a process, for as many apps as are made of them."""

from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute


def assembled(routers: Iterable[APIRouter]) -> tuple[BaseRoute, ...]:
    """The routes of all routers, in their order and ready to answer.

    `include_router` would prepare each route when the app is first asked for something: a tenth of a second for
    whoever asks first, and once more in every other app of the process.
    """
    whole = APIRouter()
    for router in routers:
        whole.include_router(router)
    for _ in iter_route_contexts(whole.routes):
        pass  # walking over a route prepares it
    return tuple(whole.routes)
