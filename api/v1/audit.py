"""The audit trail over REST, for the data-protection officer."""

from dataclasses import asdict, dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AwareDatetime

from api.dependencies import MayReadAudit, PageDep, SessionDep, link_next
from api.problems import responses
from kompetanse.audit import oversight
from kompetanse.identity import service as identity
from schemas.audit import AuditEventOut, AuditEventPage, AuditVerification

router = APIRouter(prefix="/audit", tags=["audit"])


@dataclass(frozen=True, slots=True)
class EventQuery:
    """The filters of the trail, as query parameters."""

    record_id: Annotated[UUID | None, Query(description="Events about this record, a person's for example.")] = None
    actor_id: Annotated[UUID | None, Query(description="Events by this account or API client.")] = None
    since: Annotated[AwareDatetime | None, Query(description="Events from this moment on.")] = None
    until: Annotated[AwareDatetime | None, Query(description="Events until this moment.")] = None


@router.get("/events", responses=responses(422))
def find(
    wanted: Annotated[EventQuery, Depends()],
    who: MayReadAudit,
    session: SessionDep,
    page: PageDep,
    request: Request,
    response: Response,
) -> AuditEventPage:
    """Who did what to which records, when and why; newest first. Looking is itself an event."""
    found = oversight.events(session, who, page, oversight.EventFilter(**asdict(wanted)))
    names = identity.names_of(session, who, {event.actor_id for event in found.items})
    items = [
        AuditEventOut.model_validate(event).model_copy(update={"actor_name": names.get(event.actor_id)})
        for event in found.items
    ]
    return AuditEventPage(items=items, next=link_next(request, response, found))


@router.get("/verification", responses=responses())
def verify(who: MayReadAudit, session: SessionDep) -> AuditVerification:
    """Prove the whole trail: every event's hash, their order, and that none is missing at the end."""
    broken = oversight.verify(session, who)
    return AuditVerification(whole=broken is None, first_broken=broken)
