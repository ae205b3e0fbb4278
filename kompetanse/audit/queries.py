"""Selects of the audit trail, each born in the municipality of who asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, select
from sqlmodel import col

from kompetanse.actor import Actor
from kompetanse.audit.tables import AuditEvent, AuditHead

CHUNK = 1000
"""Events that are held at once while a chain is read from end to end."""

_CHAIN = tuple(AuditEvent.__table__.columns)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events: about a record, by somebody, between two moments, of one action, about one type of record.

    What is None filters nothing. `not_by` leaves out what somebody did, but for coming in by a link: whether it was she
    who came is for her to say.
    """

    record_id: UUID | None = None
    actor_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    action: str | None = None
    record_type: str | None = None
    not_by: UUID | None = None


def events(actor: Actor, wanted: EventFilter, before: int | None, limit: int) -> Select[AuditEvent]:
    """At most `limit` events, newest first, that are older than number `before`.

    A record's id is looked for in the text of the stored list: it has the same 36 characters everywhere.
    """
    found = select(AuditEvent).where(col(AuditEvent.municipality_no) == actor.municipality_no)
    if wanted.record_id is not None:
        found = found.where(cast(AuditEvent.record_ids, String).contains(f'"{wanted.record_id}"'))
    if wanted.actor_id is not None:
        found = found.where(col(AuditEvent.actor_id) == wanted.actor_id)
    if wanted.not_by is not None:
        came_in = (col(AuditEvent.action) == "open") & (col(AuditEvent.record_type) == "personal_link")
        found = found.where((col(AuditEvent.actor_id) != wanted.not_by) | came_in)
    if wanted.since is not None:
        found = found.where(col(AuditEvent.occurred_at) >= wanted.since)
    if wanted.until is not None:
        found = found.where(col(AuditEvent.occurred_at) <= wanted.until)
    if wanted.action is not None:
        found = found.where(col(AuditEvent.action) == wanted.action)
    if wanted.record_type is not None:
        found = found.where(col(AuditEvent.record_type) == wanted.record_type)
    if before is not None:
        found = found.where(col(AuditEvent.seq) < before)
    return found.order_by(col(AuditEvent.seq).desc()).limit(limit)


def end_of_chain(actor: Actor) -> Select[int, str]:
    """Number and hash of the last event."""
    return select(col(AuditHead.seq), col(AuditHead.hash)).where(
        col(AuditHead.municipality_no) == actor.municipality_no
    )


def whole_chain(actor: Actor, last: int) -> Select[*tuple[Any, ...]]:
    """Every column of every event up to number `last`, oldest first, streamed."""
    chain = select(*_CHAIN).where(col(AuditEvent.municipality_no) == actor.municipality_no, col(AuditEvent.seq) <= last)
    return chain.order_by(col(AuditEvent.seq)).execution_options(yield_per=CHUNK)
