"""Selects of the audit trail, each born in the municipality of who asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlmodel import col

from kompetanse.actor import Actor
from kompetanse.audit.tables import AuditEvent, AuditHead
from kompetanse.database import holds_text

CHUNK = 1000
"""Events that are held at once while a chain is read from end to end."""

Chosen = TypeVar("Chosen", bound=Select[*tuple[Any, ...]])

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
    also: frozenset[UUID] | None = None
    """Other ids that the record had, before records were merged."""
    actions: frozenset[str] | None = None
    """Several actions, of which one is enough."""


def events(actor: Actor, wanted: EventFilter, before: int | None, limit: int | None) -> Select[AuditEvent]:
    """At most `limit` events, all when it is None, newest first, that are older than number `before`."""
    found = _narrowed(select(AuditEvent), actor, wanted)
    if before is not None:
        found = found.where(col(AuditEvent.seq) < before)
    return found.order_by(col(AuditEvent.seq).desc()).limit(limit)


def heads(actor: Actor, wanted: EventFilter) -> Select[*tuple[Any, ...]]:
    """Number, actor, action and moment of every event, newest first: what is counted without reading all of it."""
    chosen: Select[*tuple[Any, ...]] = select(
        col(AuditEvent.seq), col(AuditEvent.actor_id), col(AuditEvent.actor_kind), col(AuditEvent.action),
        col(AuditEvent.occurred_at),
    )  # fmt: skip
    return _narrowed(chosen, actor, wanted).order_by(col(AuditEvent.seq).desc())


def events_numbered(actor: Actor, numbers: Collection[int]) -> Select[AuditEvent]:
    """Events by their numbers, newest first."""
    own = select(AuditEvent).where(col(AuditEvent.municipality_no) == actor.municipality_no)
    return own.where(col(AuditEvent.seq).in_(numbers)).order_by(col(AuditEvent.seq).desc())


def last_by_actor(actor: Actor, action: str, record_type: str) -> Select[*tuple[Any, ...]]:
    """When each actor did an action to a type of record last."""
    found: Select[*tuple[Any, ...]] = select(col(AuditEvent.actor_id), func.max(col(AuditEvent.occurred_at)))
    done = EventFilter(action=action, record_type=record_type)
    return _narrowed(found, actor, done).group_by(col(AuditEvent.actor_id))


def _about(record_id: UUID) -> ColumnElement[bool]:
    """Whether an event names a record: looked for in the text of the list, where an id has the same 36 characters."""
    return holds_text(cast(AuditEvent.record_ids, String), f'"{record_id}"')


def _narrowed(found: Chosen, actor: Actor, wanted: EventFilter) -> Chosen:
    """The actor's own events that a filter lets through."""
    found = found.where(col(AuditEvent.municipality_no) == actor.municipality_no)
    if wanted.record_id is not None:
        found = found.where(or_(*(_about(one) for one in (wanted.record_id, *sorted(wanted.also or ())))))
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
    if wanted.actions is not None:
        found = found.where(col(AuditEvent.action).in_(sorted(wanted.actions)))
    return found


def end_of_chain(actor: Actor) -> Select[int, str]:
    """Number and hash of the last event."""
    return select(col(AuditHead.seq), col(AuditHead.hash)).where(
        col(AuditHead.municipality_no) == actor.municipality_no
    )


def whole_chain(actor: Actor, last: int) -> Select[*tuple[Any, ...]]:
    """Every column of every event up to number `last`, oldest first, streamed."""
    chain = select(*_CHAIN).where(col(AuditEvent.municipality_no) == actor.municipality_no, col(AuditEvent.seq) <= last)
    return chain.order_by(col(AuditEvent.seq)).execution_options(yield_per=CHUNK)
