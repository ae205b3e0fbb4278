"""Reading the audit trail, and proving it whole: the work of the data-protection officer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlmodel import Session

from kompetanse.actor import Actor, ActorKind, Operation
from kompetanse.audit import queries
from kompetanse.audit.queries import EventFilter
from kompetanse.audit.rules import GENESIS, Event, Link, first_break
from kompetanse.audit.service import record
from kompetanse.audit.tables import AuditEvent
from kompetanse.errors import Forbidden
from kompetanse.paging import Page, PageRequest

__all__ = [
    "ALL",
    "AuditEvent",
    "EventFilter",
    "Tally",
    "Verified",
    "all_events",
    "events",
    "events_about_me",
    "last_verified",
    "trail_about",
    "verify",
]

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


def all_events(session: Session, actor: Actor, wanted: EventFilter) -> Sequence[AuditEvent]:
    """Every event that is asked for, newest first. The caller records why they are read at once. Raises Forbidden."""
    actor = actor.doing(Operation.READ_AUDIT)
    return session.scalars(queries.events(actor, wanted, None, None)).all()


@dataclass(frozen=True, slots=True)
class Tally:
    """How often somebody did one action to the records that were asked about, and when last."""

    actor_id: UUID
    actor_kind: ActorKind
    action: str
    times: int
    last: datetime


def trail_about(
    session: Session, actor: Actor, page: PageRequest, about: EventFilter, wanted: EventFilter = ALL
) -> tuple[Page[AuditEvent], Sequence[Tally]]:
    """A page of the events about one record, and of all of them who did what how often, the latest first.

    The trail is read once: an id stands inside the events' lists, which no index finds. Looking is itself an event.

    Args:
        session: of the request.
        actor: who looks.
        page: which part of the events.
        about: the record, under every id that it had.
        wanted: which of the events the page shows, by actor, time and actions.

    Raises:
        Forbidden: the actor does not oversee.
    """
    actor = actor.doing(Operation.READ_AUDIT)
    heads = session.execute(queries.heads(actor, about)).all()
    before = page.after.int if page.after else _LAST_POSSIBLE
    numbers = [one.seq for one in heads if one.seq < before and _is_wanted(one, wanted)][: page.limit + 1]
    shown = session.scalars(queries.events_numbered(actor, numbers[: page.limit])).all()
    record(session, actor, "read", "audit_event", [about.record_id] if about.record_id else [], _asked(wanted))
    following = UUID(int=shown[-1].seq) if len(numbers) > page.limit else None
    return Page(shown, following), _tallied(heads)


def _is_wanted(head: Row[Any], wanted: EventFilter) -> bool:
    return (
        (wanted.actor_id is None or head.actor_id == wanted.actor_id)
        and (wanted.since is None or head.occurred_at >= wanted.since)
        and (wanted.until is None or head.occurred_at <= wanted.until)
        and (wanted.actions is None or head.action in wanted.actions)
    )


def _tallied(heads: Iterable[Row[Any]]) -> list[Tally]:
    found: dict[tuple[UUID, ActorKind, str], Tally] = {}
    for one in heads:  # newest first, so the first of its kind is the last that was done
        key = one.actor_id, one.actor_kind, one.action
        before = found.get(key) or Tally(*key, 0, one.occurred_at)
        found[key] = replace(before, times=before.times + 1)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Verified:
    """When the trail was last proven, and whether it was whole then."""

    at: datetime
    whole: bool


def last_verified(session: Session, actor: Actor) -> Verified | None:
    """The last proof of the trail; None when it never was proven. Raises Forbidden."""
    actor = actor.doing(Operation.READ_AUDIT)
    wanted = EventFilter(action="verify", record_type="audit_event")
    found = session.scalars(queries.events(actor, wanted, None, 1)).first()
    return Verified(found.occurred_at, found.fields == ["whole"]) if found else None


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
