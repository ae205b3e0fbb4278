"""Version 1 of the REST interface: one thin router a domain."""

from fastapi import APIRouter

from api.v1 import (
    accounts,
    audit,
    consents,
    exports,
    extraction,
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
    taxonomy,
    vacancies,
    worklists,
)

_PREFIXED = (
    profiles,  # first, because FastAPI tries one router after the other, and this is what is read most
    extraction,
    people_list,
    people,
    consents,
    households,
    vacancies,
    referrals,
    matching,
    worklists,
    taxonomy,
    shared,
    imports,
    exports,
    feed,
    audit,
    accounts,
)


def _versioned(router: APIRouter) -> APIRouter:
    """The router under this version's address. One for each: FastAPI walks all that a common one holds."""
    versioned = APIRouter(prefix="/api/v1")
    versioned.include_router(router)
    return versioned


ROUTERS: tuple[APIRouter, ...] = (*(_versioned(module.router) for module in _PREFIXED), system.router)
