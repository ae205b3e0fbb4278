"""The history of a profile: every change with what stood there before, who made it and when; and its undoing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.competence import queries
from kompetanse.competence.parts import Row, Written, stored
from kompetanse.competence.rechecking import unconfirmed
from kompetanse.competence.tables import Profile, ProfileChange
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.people import service as people
from kompetanse.people.queries import visible_people
from kompetanse.people.tables import Person

TERMS = "terms"
"""The part of a change that is about the wishes that are single values, and the mapping day."""


def read_history(session: Session, actor: Actor, person_id: UUID, page: PageRequest) -> Page[ProfileChange]:
    """The changes of a profile, newest first. Raises NotFound."""
    actor = actor.doing_to(Operation.READ_PROFILES, person_id)
    people.get(session, actor, person_id)
    rows = session.exec(queries.changes_of(actor, person_id, page)).all()
    audit.record(session, actor, "read", "profile", [person_id], ["history"])
    return cut(rows, page.limit, [row.id for row in rows])


def last_since(
    session: Session, actor: Actor, person_id: UUID, version: int, entry_id: UUID | None
) -> ProfileChange | None:
    """The last change after a version: of one entry, or of the wishes that are single values when none is named.

    None when nobody stated anything of it since. The caller has read the profile.
    """
    actor = actor.doing_to(Operation.READ_PROFILES, person_id)
    return session.exec(queries.changes_since(actor, person_id, version, entry_id)).first()


def last_of(session: Session, actor: Actor, person_id: UUID, version: int) -> ProfileChange | None:
    """What the actor changed to make this version of the profile, alone; None when it was not she, or was several."""
    actor = actor.doing_to(Operation.READ_PROFILES, person_id)
    made = session.exec(queries.changes_to(actor, person_id, version)).all()
    return made[0] if len(made) == 1 and made[0].actor_id == actor.id else None


def of_people(people: SelectOfScalar[Person]) -> ColumnElement[bool]:
    """What a change must be of to be one of those people's."""
    return col(ProfileChange.person_id).in_(people.with_only_columns(col(Person.id)))


def unconfirmed_educations(session: Session, actor: Actor, whose: ColumnElement[bool]) -> Mapping[UUID, datetime]:
    """Educations that their owner changed after they were recognised, and when; see `rechecking`.

    `whose`: a condition on `ProfileChange`, which lets only those be looked at whom the caller may read.
    """
    changes = session.exec(queries.changes_of_educations(actor, whose)).all()
    oldest_first = sorted(changes, key=lambda change: change.id)
    return unconfirmed(oldest_first)


def unconfirmed_of(session: Session, actor: Actor, person_id: UUID) -> Mapping[UUID, datetime]:
    """Those of one person. The caller has read her profile."""
    actor = actor.doing_to(Operation.READ_PROFILES, person_id)
    return unconfirmed_educations(session, actor, of_people(visible_people(actor).where(Person.id == person_id)))


def note_confirmed(session: Session, actor: Actor, profile: Profile, part: str, row: Row) -> None:
    """Keep that somebody looked at an entry and says that it holds: a change from what stands there to the same."""
    stands = stored(row)
    session.add(ProfileChange(**_made(actor, profile, part), before=stands, after=stands, entry_id=row.id))


def note(
    session: Session, actor: Actor, profile: Profile, part: str, written: Written, *, by_word: bool = False
) -> None:
    """Keep what an entry was and became. The profile's version is that after the change.

    `by_word` says that it only links a word as the municipality now does everywhere: nobody stated anything.
    """
    change = _change(actor, profile, part, written.before, written.after)
    if change is not None:
        change.entry_id, change.by_word = written.entry_id, by_word
        session.add(change)


def note_terms(
    session: Session, actor: Actor, profile: Profile, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Keep what the wishes that are single values were and became, by their names."""
    change = _change(actor, profile, TERMS, dict(before), dict(after))
    if change is not None:
        session.add(change)


def _change(
    actor: Actor, profile: Profile, part: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> ProfileChange | None:
    """A change of a part; None when nothing changed."""
    if before == after:
        return None
    return ProfileChange(**_made(actor, profile, part), before=before, after=after)


def _made(actor: Actor, profile: Profile, part: str) -> dict[str, Any]:
    """Whose change it is, of what and by whom."""
    return {
        "municipality_no": profile.municipality_no,
        "person_id": profile.person_id,
        "version": profile.version,
        "actor_id": actor.id,
        "actor_kind": actor.kind,
        "part": part,
    }
