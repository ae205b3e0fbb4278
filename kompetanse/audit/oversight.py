"""Reading the audit trail, and proving it whole: the work of the data-protection officer."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlmodel import Session

from kompetanse.actor import Actor, Operation
from kompetanse.audit import queries
from kompetanse.audit.queries import EventFilter
from kompetanse.audit.rules import GENESIS, Event, Link, first_break
from kompetanse.audit.service import record
from kompetanse.audit.tables import AuditEvent
from kompetanse.errors import Forbidden
from kompetanse.paging import Page, PageRequest

__all__ = ["ALL", "EventFilter", "events", "events_about_me", "verify"]

ALL = EventFilter()
_LAST_POSSIBLE = 2**63 - 1


def events(session: Session, actor: Actor, page: PageRequest, wanted: EventFilter = ALL) -> Page[AuditEvent]:
    """Who did what, when and why, newest first. Looking is itself an event.

    A cursor is the number of an event in the form of a UUID. What happened to a record before it was merged
    into another is found under its own id, which the event of the merge names.

    Raises:
        Forbidden: the actor does not oversee.
    """
    actor = actor.doing(Operation.READ_AUDIT)
    before = min(page.after.int, _LAST_POSSIBLE) if page.after else None
    rows = session.scalars(queries.events(actor, wanted, before, page.limit + 1)).all()
    shown = rows[: page.limit]
    record(session, actor, "read", "audit_event", [wanted.record_id] if wanted.record_id else [], _asked(wanted))
    return Page(shown, UUID(int=shown[-1].seq) if len(rows) > page.limit else None)


def events_about_me(session: Session, actor: Actor, page: PageRequest) -> Page[AuditEvent]:
    """What others did with a newcomer's data, newest first, for herself (GDPR art. 15 (1) c). Looking is an event.

    Each time that somebody came in by a link of hers is among it: it may have been another.

    Raises:
        Forbidden: the actor is nobody whom the registry is about.
    """
    actor = actor.doing(Operation.READ_OWN)
    if actor.person_id is None:
        raise Forbidden("The registry holds nothing of this actor")
    before = min(page.after.int, _LAST_POSSIBLE) if page.after else None
    wanted = EventFilter(record_id=actor.person_id, not_by=actor.id)
    rows = session.scalars(queries.events(actor, wanted, before, page.limit + 1)).all()
    shown = rows[: page.limit]
    record(session, actor, "read", "audit_event", [actor.person_id])
    return Page(shown, UUID(int=shown[-1].seq) if len(rows) > page.limit else None)


def verify(session: Session, actor: Actor) -> int | None:
    """The number of the first event that was edited, removed or put in; None when the trail is whole.

    The trail is streamed, so its length costs time and no memory.

    Raises:
        Forbidden: the actor does not oversee.
    """
    actor = actor.doing(Operation.READ_AUDIT)
    end = session.execute(queries.end_of_chain(actor)).one_or_none()
    last, last_hash = (int(end[0]), str(end[1])) if end else (0, GENESIS)
    with session.execute(queries.whole_chain(actor, last)) as rows:  # closed also when it ends at a break
        broken = first_break(_links(rows), (last, last_hash))
    record(session, actor, "verify", "audit_event", (), ["broken" if broken else "whole"])
    return broken


def _asked(wanted: EventFilter) -> list[str]:
    return [name for name in EventFilter.__dataclass_fields__ if getattr(wanted, name) is not None]


def _links(rows: Iterable[Row[Any]]) -> Iterator[Link]:
    for row in rows:
        event = Event(
            municipality_no=row.municipality_no,
            occurred_at=row.occurred_at,
            actor_id=row.actor_id,
            actor_kind=row.actor_kind.value,
            purpose=row.purpose.value,
            action=row.action,
            record_type=row.record_type,
            record_ids=_listed(row.record_ids),
            fields=_listed(row.fields),
            request_id=row.request_id,
        )
        yield Link(event, row.seq, row.previous_hash, row.hash)


def _listed(stored: object) -> tuple[str, ...]:
    """What a list column holds; whoever edited it into something else is found by the hash, not by a crash."""
    return tuple(stored) if isinstance(stored, list) else ()
