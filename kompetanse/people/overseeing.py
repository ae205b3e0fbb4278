"""Who looked at one person, when and why: what the data-protection officer answers her with (GDPR art. 15).

The officer may know of nobody, so `queries.in_scope` gives her none. This is the only door that she has: it finds
people by name, and each look stands in the trail that it reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, or_

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.audit import oversight
from kompetanse.audit.oversight import EventFilter, Tally
from kompetanse.audit.tables import AuditEvent
from kompetanse.errors import NotFound
from kompetanse.paging import Page, PageRequest
from kompetanse.people import queries
from kompetanse.people.tables import Person

_SLACK = timedelta(days=1)
"""Whose registration is an event that bears a moment before her row does, was in the same transaction."""

MOST_FOUND = 20
"""So many people of a name are told at most; whoever has more writes more of the name."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a trail is about, the ids that she had before records of hers were merged, and when the first was made."""

    person: Person
    earlier: frozenset[UUID]
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class PersonTrail:
    """What was done with a person's data: a page of events, newest first, and of all how often by whom."""

    subject: Subject
    events: Page[AuditEvent]
    tallies: Sequence[Tally]


def find_people(session: Session, actor: Actor, text: str) -> list[Person]:
    """At most `MOST_FOUND` people by words of their names, archived ones too; nobody when nothing is asked.

    Raises:
        Forbidden: the actor does not oversee.
    """
    actor = actor.doing(Operation.READ_AUDIT)
    words = queries.words_of(text)
    if not words:
        return []
    named = queries.matches_words(len(words), reachable=False)
    kept = queries.overseen_people(actor).where(named, col(Person.merged_into_id).is_(None))
    values = queries.word_values(text)
    found = list(session.exec(queries.by_name(kept).limit(MOST_FOUND), params=values))
    audit.record(session, actor, "list", "person", [one.id for one in found], ["audit"])
    return found


def trail_of(
    session: Session, actor: Actor, person_id: UUID, page: PageRequest, wanted: EventFilter = oversight.ALL
) -> PersonTrail:
    """What was done with a person's data, under every id that she had.

    Raises:
        Forbidden: the actor does not oversee. NotFound: the municipality never registered such a person.
    """
    actor = actor.doing(Operation.READ_AUDIT)
    subject = _subject(session, actor, person_id)
    found, tallies = oversight.trail_about(session, actor, page, _about(subject, oversight.ALL), wanted)
    return PersonTrail(subject, found, tallies)


def export_trail(
    session: Session, actor: Actor, person_id: UUID, wanted: EventFilter = oversight.ALL
) -> tuple[Subject, Sequence[AuditEvent]]:
    """The same without pages, for a file that the person is answered with; making it is an event.

    Raises as `trail_of`.
    """
    actor = actor.doing(Operation.READ_AUDIT)
    subject = _subject(session, actor, person_id)
    found = oversight.all_events(session, actor, _about(subject, wanted))
    audit.record(session, actor, "export", "audit_event", [subject.person.id])
    return subject, found


def _about(subject: Subject, wanted: EventFilter) -> EventFilter:
    """What is asked for, under every id. Events of before she was registered are not searched for her ids."""
    first = subject.registered_at - _SLACK
    return EventFilter(
        record_id=subject.person.id,
        also=subject.earlier or None,
        actor_id=wanted.actor_id,
        since=max(first, wanted.since) if wanted.since else first,
        until=wanted.until,
        actions=wanted.actions,
    )


def _subject(session: Session, actor: Actor, person_id: UUID) -> Subject:
    """The person as she stands now, also when she is asked for by the id of a record that was merged into hers."""
    overseen = queries.overseen_people(actor)
    person = session.exec(overseen.where(Person.id == person_id)).one_or_none()
    seen = {person_id}
    while person is not None and person.merged_into_id is not None and person.merged_into_id not in seen:
        seen.add(person.merged_into_id)
        person = session.exec(overseen.where(Person.id == person.merged_into_id)).one_or_none()
    if person is None:
        raise NotFound("person")
    earlier: dict[UUID, datetime] = {}
    ids = {person.id}
    while ids:
        rows = session.exec(overseen.where(or_(*(Person.merged_into_id == one for one in ids)))).all()
        ids = {one.id for one in rows} - earlier.keys()
        earlier |= {one.id: one.created_at for one in rows}
    return Subject(person, frozenset(earlier), min([person.created_at, *earlier.values()]))
