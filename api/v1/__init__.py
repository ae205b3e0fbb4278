"""Version 1 of the REST interface: one thin router a domain."""

from functools import cache

from fastapi import APIRouter
from starlette.routing import BaseRoute

from api.assembling import assembled
from api.v1 import (
    accounts,
    advertised,
    agreements,
    analytics,
    audit,
    candidate_files,
    consents,
    contacts,
    courses,
    exports,
    extraction,
    feed,
    gaps,
    households,
    imports,
    marks,
    matching,
    oauth,
    own_data,
    people,
    people_list,
    people_lists,
    placing,
    pooling,
    profiles,
    referrals,
    releases,
    saved_searches,
    shared,
    shared_description,
    shared_requests,
    shared_webhooks,
    system,
    taxonomy,
    today,
    transfers,
    tuning,
    vacancies,
    worklists,
)

_PREFIXED = (
    people_list,  # its two routes first, then profiles: FastAPI tries one after the other, and these are read most
    own_data,
    pooling,
    profiles,
    extraction,
    people,
    consents,
    households,
    people_lists,
    saved_searches,
    vacancies,
    advertised,
    referrals,
    matching,
    candidate_files,
    gaps,
    placing,
    tuning,
    marks,
    courses,
    worklists,
    today,
    taxonomy,
    shared,
    shared_description,
    shared_requests,
    agreements,
    releases,
    contacts,
    shared_webhooks,
    imports,
    analytics,  # before exports, whose addresses would take it for one
    exports,
    feed,
    transfers,
    audit,
    accounts,
    oauth,
)


def _versioned(router: APIRouter) -> APIRouter:
    """The router under this version's address. One for each: FastAPI walks all that a common one holds."""
    versioned = APIRouter(prefix="/api/v1")
    versioned.include_router(router)
    return versioned


ROUTERS: tuple[APIRouter, ...] = (*(_versioned(module.router) for module in _PREFIXED), system.router)


@cache
def routes() -> tuple[BaseRoute, ...]:
    """The whole interface, for an app to take in."""
    return assembled(ROUTERS)
