"""What pages ask for in their signatures: who looks, whether she may, the form (proved to be ours), the session."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request
from sqlmodel import Session

from api.dependencies import SAFE_METHODS, StateDep
from api.web.catalogues import SOURCE
from api.web.conflicts import settle
from api.web.forms import Typed
from api.web.i18n import speak
from api.web.sessions import CSRF_FIELD, Cookies, Visitor
from kompetanse.actor import Actor, Operation
from kompetanse.database import EVERYWHERE
from kompetanse.errors import FieldFault, Invalid, Unauthenticated
from kompetanse.identity import service as identity
from kompetanse.identity.service import Holder
from kompetanse.paging import PageRequest

PAGE_LENGTH = 30


async def get_cookies(request: Request) -> Cookies:
    """How this server writes its session cookie."""
    found: Cookies = request.app.state.cookies
    return found


CookiesDep = Annotated[Cookies, Depends(get_cookies)]


def get_holder(request: Request, state: StateDep, cookies: CookiesDep) -> Holder:
    """Who holds the session's cookie. Raises Unauthenticated."""
    token = cookies.read(request)
    if token is None:
        raise Unauthenticated("Log in to go on")
    with state.database.session(EVERYWHERE, write=False) as session:
        return identity.holder_of(session, token)


async def get_visitor(request: Request, cookies: CookiesDep, holder: Annotated[Holder, Depends(get_holder)]) -> Visitor:
    """Who looks at the page, which is in her language from here on, whatever the browser's is.

    Not in a thread of its own, from which what is set for the request would not come back.
    """
    actor = replace(holder.actor, request_id=request.scope.get("request_id", ""))
    visitor = Visitor(actor, holder.name, cookies.csrf_token(cookies.read(request) or ""))
    request.state.visitor = visitor
    speak(holder.language or SOURCE)
    return visitor


VisitorDep = Annotated[Visitor, Depends(get_visitor)]


async def get_web_actor(visitor: VisitorDep) -> Actor:
    """Who asks, whatever she may do."""
    return visitor.actor


WebActorDep = Annotated[Actor, Depends(get_web_actor)]


def may(operation: Operation) -> Any:  # noqa: ANN401 - FastAPI's Depends has no narrower type
    """The actor, if a role grants the operation. Part of a page's signature, and found there by a test."""

    async def guard(visitor: VisitorDep) -> Actor:
        return visitor.actor.doing(operation)

    guard.operation = operation  # type: ignore[attr-defined]
    return Depends(guard)


MayReadPeople = Annotated[Actor, may(Operation.READ_PEOPLE)]
MayRegister = Annotated[Actor, may(Operation.REGISTER_PEOPLE)]
MayHandleContacts = Annotated[Actor, may(Operation.HANDLE_CONTACTS)]
MayAskNeighbours = Annotated[Actor, may(Operation.ASK_NEIGHBOURS)]
MayRelease = Annotated[Actor, may(Operation.RELEASE_CLASSES)]
MayReadReleases = Annotated[Actor, may(Operation.READ_RELEASES)]
MayReadAgreements = Annotated[Actor, may(Operation.READ_AGREEMENTS)]
MayManageAgreements = Annotated[Actor, may(Operation.MANAGE_AGREEMENTS)]
MayReadProfiles = Annotated[Actor, may(Operation.READ_PROFILES)]
MayMap = Annotated[Actor, may(Operation.MAP_COMPETENCE)]
MayHandOut = Annotated[Actor, may(Operation.HAND_OUT_DATA)]
MayRecordConsents = Annotated[Actor, may(Operation.RECORD_CONSENTS)]
MayReadVacancies = Annotated[Actor, may(Operation.READ_VACANCIES)]
MayWriteVacancies = Annotated[Actor, may(Operation.WRITE_VACANCIES)]
MayMatch = Annotated[Actor, may(Operation.MATCH)]
MayTuneMatching = Annotated[Actor, may(Operation.TUNE_MATCHING)]
MayReadCourses = Annotated[Actor, may(Operation.READ_COURSES)]
MayWriteCourses = Annotated[Actor, may(Operation.WRITE_COURSES)]
MayRefer = Annotated[Actor, may(Operation.REFER)]
MayExport = Annotated[Actor, may(Operation.EXPORT_JOB_SERVICE)]
MayExportAnalytics = Annotated[Actor, may(Operation.EXPORT_ANALYTICS)]
MayReadConsents = Annotated[Actor, may(Operation.READ_CONSENTS)]
MayReadReports = Annotated[Actor, may(Operation.READ_REPORTS)]
MayReadAudit = Annotated[Actor, may(Operation.READ_AUDIT)]
MayAdminister = Annotated[Actor, may(Operation.ADMINISTER_ACCOUNTS)]
MayExportPeople = Annotated[Actor, may(Operation.EXPORT_PEOPLE)]
MayImport = Annotated[Actor, may(Operation.IMPORT_PEOPLE)]


async def read_typed(request: Request, state: StateDep) -> AsyncIterator[Typed]:
    """The form as it was sent, if it is not too large; its files are gone when the page is sent."""
    most = state.settings.max_upload_megabytes * 1024 * 1024
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > most:
        detail = f"The file is larger than {state.settings.max_upload_megabytes} MB"
        raise Invalid(FieldFault("/file", detail, "Send it in parts"))
    async with request.form() as data:
        typed = settle(Typed.of(data))
        request.state.typed = typed
        yield typed


async def get_open_form(request: Request, cookies: CookiesDep, typed: Annotated[Typed, Depends(read_typed)]) -> Typed:
    """A form of somebody who is not logged in. Raises ForgedForm when it comes from another site."""
    cookies.check_origin(request.headers)
    return typed


OpenFormDep = Annotated[Typed, Depends(get_open_form)]


async def get_form(visitor: VisitorDep, cookies: CookiesDep, typed: OpenFormDep) -> Typed:
    """A form of somebody who is logged in. Raises ForgedForm when it is not of her session."""
    cookies.check_csrf(visitor, typed.text(CSRF_FIELD))
    return typed


FormDep = Annotated[Typed, Depends(get_form)]


def get_web_session(request: Request, state: StateDep, visitor: VisitorDep) -> Iterator[Session]:
    """The request's transaction, in the visitor's municipality; committed before the page is sent."""
    write = request.method not in SAFE_METHODS
    with state.database.session(visitor.actor.municipality_no, write=write) as session:
        yield session


WebSessionDep = Annotated[Session, Depends(get_web_session, scope="function")]


async def get_web_page(cursor: Annotated[UUID | None, Query()] = None) -> PageRequest:
    """Which page of a list is shown."""
    return PageRequest(PAGE_LENGTH, cursor)


WebPageDep = Annotated[PageRequest, Depends(get_web_page)]
