"""Version 1 of the REST interface: one thin router a domain."""

from fastapi import APIRouter

from api.v1 import (
    accounts,
    audit,
    consents,
    exports,
    feed,
    households,
    imports,
    matching,
    people,
    people_list,
    profiles,
    referrals,
    shared,
    system,
    vacancies,
)

_PREFIXED = (
    profiles,  # first, because FastAPI tries one router after the other, and this is what is read most
    people_list,
    people,
    consents,
    households,
    vacancies,
    referrals,
    matching,
    shared,
    imports,
    exports,
    feed,
    audit,
    accounts,
)


def _versioned() -> APIRouter:
    router = APIRouter(prefix="/api/v1")
    for module in _PREFIXED:
        router.include_router(module.router)
    return router


ROUTERS: tuple[APIRouter, ...] = (_versioned(), system.router)
