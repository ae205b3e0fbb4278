"""A person's timeline."""

from datetime import datetime, time
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.chronicle import queries
from kompetanse.chronicle.rules import THEMES, Event, Happening, Stretch, Theme, together
from kompetanse.clock import OSLO
from kompetanse.competence.fields import ProfilePart
from kompetanse.people import service as people

__all__ = ["Event", "Happening", "Stretch", "Theme", "timeline"]


def timeline(
    session: Session,
    actor: Actor,
    person_id: UUID,
    *,
    theme: Theme | None = None,
    before: datetime | None = None,
    limit: int = 30,
) -> Stretch:
    """What happened with a person before a moment, newest first, of one theme or of all.

    Raises:
        NotFound: also when she is another municipality's.
    """
    actor = actor.doing(Operation.READ_PROFILES)
    people.get(session, actor, person_id)
    wanted = THEMES[theme] if theme else frozenset(Happening)
    found = [_rows(session, actor, person_id, what, before, limit + 1) for what in queries.SOURCES if what in wanted]
    if Happening.PROFILE_CHANGED in wanted:
        part = ProfilePart.COURSES.value if theme is Theme.COURSES else None
        rows = session.execute(queries.changes(actor, person_id, before, limit + 1, part))
        found.append([_event(Happening.PROFILE_CHANGED, row._asdict()) for row in rows])
    if Happening.MAPPED in wanted:
        found.append(_mapped(session, actor, person_id, before))
    audit.record(session, actor, "read", "profile", [person_id], ["timeline"])
    return together(found, limit)


def _rows(
    session: Session, actor: Actor, person_id: UUID, what: Happening, before: datetime | None, limit: int
) -> list[Event]:
    rows = session.execute(queries.happened(actor, person_id, what, before, limit))
    return [_event(what, row._asdict()) for row in rows]


def _event(what: Happening, told: dict[str, object]) -> Event:
    at, by, kind = told.pop("at"), told.pop("by", None), told.pop("by_kind", None)
    return Event(at, what, by, kind, told)  # type: ignore[arg-type] # columns of these types


def _mapped(session: Session, actor: Actor, person_id: UUID, before: datetime | None) -> list[Event]:
    """The mapping conversation, at the beginning of its day."""
    day = session.scalars(queries.mapped_on(actor, person_id)).one_or_none()
    at = datetime.combine(day, time.min, OSLO) if day else None
    return [Event(at, Happening.MAPPED)] if at and (before is None or at < before) else []
