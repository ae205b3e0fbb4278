"""What routes ask for in their signatures: who asks and whether they may, the session, the page, the version.

Whatever does not wait is a coroutine: FastAPI sends plain functions to a thread, at the price of the hot reads.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.models import OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import OAuth2
from sqlmodel import Session

from api.authentication import bearer_token
from api.state import State
from kompetanse.actor import Actor, Operation
from kompetanse.errors import FieldFault, Invalid, PreconditionRequired
from kompetanse.identity import idempotency
from kompetanse.paging import LIMIT_DEFAULT, LIMIT_MAXIMUM, Page, PageRequest

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_client_credentials = OAuthFlowClientCredentials(tokenUrl="/api/v1/oauth/token", scopes={})
oauth2 = OAuth2(flows=OAuthFlows(clientCredentials=_client_credentials), auto_error=False)


async def get_state(request: Request) -> State:
    """What the running server holds."""
    return State.of(request)


StateDep = Annotated[State, Depends(get_state)]


async def get_actor(request: Request, _: Annotated[str | None, Depends(oauth2)]) -> Actor:
    """Who asks, by the bearer token."""
    state = State.of(request)
    token = bearer_token(request.headers.get("authorization"))
    actor = state.bearers.known(token)
    if actor is None:
        actor = await run_in_threadpool(state.bearers.check, token)
    return replace(actor, request_id=request.scope.get("request_id", ""))


ActorDep = Annotated[Actor, Depends(get_actor)]


def may(operation: Operation) -> Any:  # noqa: ANN401 - FastAPI's Depends has no narrower type
    """The actor, if a role grants the operation. Part of a route's signature, and found there by a test."""

    async def guard(actor: ActorDep) -> Actor:
        return actor.doing(operation)

    guard.operation = operation  # type: ignore[attr-defined]
    return Depends(guard)


MayReadPeople = Annotated[Actor, may(Operation.READ_PEOPLE)]
MayRegister = Annotated[Actor, may(Operation.REGISTER_PEOPLE)]
MayReadProfiles = Annotated[Actor, may(Operation.READ_PROFILES)]
MayMap = Annotated[Actor, may(Operation.MAP_COMPETENCE)]
MayHandOut = Annotated[Actor, may(Operation.HAND_OUT_DATA)]
MayReadConsents = Annotated[Actor, may(Operation.READ_CONSENTS)]
MayRecordConsents = Annotated[Actor, may(Operation.RECORD_CONSENTS)]
MayReadVacancies = Annotated[Actor, may(Operation.READ_VACANCIES)]
MayWriteVacancies = Annotated[Actor, may(Operation.WRITE_VACANCIES)]
MayPushVacancies = Annotated[Actor, may(Operation.PUSH_VACANCIES)]
MayMatch = Annotated[Actor, may(Operation.MATCH)]
MayTune = Annotated[Actor, may(Operation.TUNE_MATCHING)]
MayReadCourses = Annotated[Actor, may(Operation.READ_COURSES)]
MayWriteCourses = Annotated[Actor, may(Operation.WRITE_COURSES)]
MayRefer = Annotated[Actor, may(Operation.REFER)]
MayReadReferrals = Annotated[Actor, may(Operation.READ_REFERRALS)]
MayRequestContact = Annotated[Actor, may(Operation.REQUEST_CONTACT)]
MayHandleContacts = Annotated[Actor, may(Operation.HANDLE_CONTACTS)]
MayRelease = Annotated[Actor, may(Operation.RELEASE_CLASSES)]
MayReadReleases = Annotated[Actor, may(Operation.READ_RELEASES)]
MayReadAgreements = Annotated[Actor, may(Operation.READ_AGREEMENTS)]
MayManageAgreements = Annotated[Actor, may(Operation.MANAGE_AGREEMENTS)]
MayReadShared = Annotated[Actor, may(Operation.READ_SHARED)]
MaySubscribe = Annotated[Actor, may(Operation.SUBSCRIBE)]
MayExport = Annotated[Actor, may(Operation.EXPORT_JOB_SERVICE)]
MayExportAnalytics = Annotated[Actor, may(Operation.EXPORT_ANALYTICS)]
MayImport = Annotated[Actor, may(Operation.IMPORT_PEOPLE)]
MayReadReports = Annotated[Actor, may(Operation.READ_REPORTS)]
MayReadAudit = Annotated[Actor, may(Operation.READ_AUDIT)]
MayAdminister = Annotated[Actor, may(Operation.ADMINISTER_ACCOUNTS)]


def get_session(request: Request, state: StateDep, actor: ActorDep) -> Iterator[Session]:
    """The request's transaction, in the actor's municipality; committed before the answer is sent."""
    with state.database.session(actor.municipality_no, write=request.method not in SAFE_METHODS) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session, scope="function")]


async def get_page(
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAXIMUM, description="At most how many.")] = LIMIT_DEFAULT,
    cursor: Annotated[UUID | None, Query(description="From the `next` link of the page before.")] = None,
) -> PageRequest:
    """Which page of a list is asked for."""
    return PageRequest(limit, cursor)


PageDep = Annotated[PageRequest, Depends(get_page)]


def link_next(request: Request, response: Response, page: Page[Any]) -> str | None:
    """Set `Link: rel="next"` (RFC 8288) when there is a next page, and return the cursor."""
    if page.next is None:
        return None
    following = request.url.include_query_params(cursor=str(page.next))
    response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return str(page.next)


async def get_if_match(
    if_match: Annotated[str | None, Header(description='The `ETag` read last: `"3"`.')] = None,
) -> int:
    """The version that a change is meant for (RFC 9110 § 13.1.1). Raises PreconditionRequired, Invalid."""
    if if_match is None:
        raise PreconditionRequired("Send If-Match with the ETag of the version that you change")
    try:
        return int(if_match.strip().removeprefix("W/").strip('"'))
    except ValueError:
        fault = FieldFault("If-Match", "Not an ETag of this API", 'Send it as it was read, for example "3"')
        raise Invalid(fault) from None


IfMatch = Annotated[int, Depends(get_if_match)]


def set_etag(response: Response, version: int) -> None:
    """Say which version the answer is."""
    response.headers["ETag"] = f'"{version}"'


@dataclass(frozen=True, slots=True)
class Once:
    """Creates at most once for each `Idempotency-Key` of an actor."""

    session: Session
    actor: Actor
    key: str | None
    request_hash: str

    def create(self, make: Callable[[], UUID]) -> UUID:
        """The id of what `make` creates, or of what it created when the same request came before.

        Raises:
            Invalid: the key was used for another request.
        """
        if self.key is None:
            return make()
        return idempotency.once(self.session, self.actor, self.key, self.request_hash, make)


async def get_once(
    request: Request,
    state: StateDep,
    session: SessionDep,
    actor: ActorDep,
    idempotency_key: Annotated[
        str | None, Header(max_length=200, description="Repeating a POST with the same key creates nothing new.")
    ] = None,
) -> Once:
    """The Idempotency-Key of a POST, bound to what it asks."""
    body = await request.body()
    asked = hashlib.sha256(f"{request.method} {request.url.path}\0".encode() + body).hexdigest()
    signature = state.sealer.fingerprint(asked, "idempotency")  # keyed: a body may be guessed from its plain digest
    return Once(session, actor, idempotency_key, signature)


OnceDep = Annotated[Once, Depends(get_once)]
