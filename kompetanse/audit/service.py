"""Recording events, in the transaction of what they tell of."""

from collections.abc import Iterable
from contextlib import nullcontext
from itertools import groupby
from uuid import UUID

from sqlalchemy import Connection, insert, select, update
from sqlmodel import Session, col

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.audit.rules import GENESIS, Event, Link, chain
from kompetanse.audit.tables import AuditEvent, AuditHead
from kompetanse.database import Database, insert_or_ignore, seeing_all

_PENDING = "audit_pending"


def event_of(
    actor: Actor, action: str, record_type: str, ids: Iterable[UUID | str] = (), fields: Iterable[str] = ()
) -> Event:
    """What the actor does now, as an event."""
    return Event(
        municipality_no=actor.municipality_no,
        occurred_at=clock.now(),
        actor_id=actor.id,
        actor_kind=actor.kind.value,
        purpose=actor.purpose.value,
        action=action,
        record_type=record_type,
        record_ids=tuple(str(i) for i in ids),
        fields=tuple(fields),
        request_id=actor.request_id,
    )


def record(
    session: Session,
    actor: Actor,
    action: str,
    record_type: str,
    ids: Iterable[UUID | str] = (),
    fields: Iterable[str] = (),
) -> None:
    """Note that `actor` did `action` to the records; written with the transaction or not at all.

    Events wait in the session and are chained as its last act, so that the chain's end is locked for
    a moment only. Reading counts: it is recorded like any other action.
    """
    session.info.setdefault(_PENDING, []).append(event_of(actor, action, record_type, ids, fields))


def install(database: Database) -> None:
    """Let every session of the database write its events before it commits."""

    def write_pending(session: Session) -> None:
        events: list[Event] = session.info.pop(_PENDING, [])
        if events:
            if not session.info["write"]:
                database.follow_up(session)
            else:
                session.flush()
            together = "saw_all" in session.info  # what several did together, the trail of each tells
            with seeing_all(session) if together else nullcontext():
                append(session.connection(), events)

    database.before_commit.append(write_pending)


def append(connection: Connection, events: Iterable[Event]) -> None:
    """Put events at the end of their municipalities' chains. The caller commits."""
    ordered = sorted(events, key=lambda e: e.municipality_no)  # one order of locking, so no deadlock
    for municipality_no, group in groupby(ordered, key=lambda e: e.municipality_no):
        seq, last_hash = _lock_head(connection, municipality_no)
        links = chain(group, seq, last_hash)
        connection.execute(insert(AuditEvent), [_row(link) for link in links])
        connection.execute(
            update(AuditHead)
            .where(col(AuditHead.municipality_no) == municipality_no)
            .values(seq=links[-1].seq, hash=links[-1].hash)
        )


def _lock_head(connection: Connection, municipality_no: str) -> tuple[int, str]:
    head = select(col(AuditHead.seq), col(AuditHead.hash)).where(col(AuditHead.municipality_no) == municipality_no)
    found = connection.execute(head.with_for_update()).one_or_none()
    if found is None:
        _start_chain(connection, municipality_no)
        found = connection.execute(head.with_for_update()).one()
    return found.seq, found.hash


def _start_chain(connection: Connection, municipality_no: str) -> None:
    """Begin a chain; two who begin at once end up with one."""
    row = {"municipality_no": municipality_no, "seq": 0, "hash": GENESIS}
    connection.execute(insert_or_ignore(connection, AuditHead), row)


def _row(link: Link) -> dict[str, object]:
    event = link.event
    return {
        "municipality_no": event.municipality_no,
        "seq": link.seq,
        "occurred_at": event.occurred_at,
        "actor_id": event.actor_id,
        "actor_kind": event.actor_kind,
        "purpose": event.purpose,
        "action": event.action,
        "record_type": event.record_type,
        "record_ids": list(event.record_ids),
        "fields": list(event.fields),
        "request_id": event.request_id,
        "previous_hash": link.previous_hash,
        "hash": link.hash,
    }
