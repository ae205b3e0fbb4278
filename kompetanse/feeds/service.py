"""How the vacancies that others advertise came in, what that changed, and when the feed is read next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Conflict, NotFound
from kompetanse.feeds import queries
from kompetanse.feeds.entries import FeedContact
from kompetanse.feeds.tables import Intake, IntakeChange
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.vacancies import service as vacancies

__all__ = ["FeedState", "ask", "contacts_of", "due", "list_changes", "list_intakes", "read_intake", "state_of"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """How the municipality stands with the feed: the last reading, whether one goes on, and when the next is due."""

    last: Intake | None
    reading: bool
    due_at: datetime | None


def state_of(session: Session, actor: Actor) -> FeedState:
    """How the actor's municipality stands with the feed."""
    actor = actor.doing(Operation.READ_VACANCIES)
    last = session.exec(queries.last_reading(actor)).first()
    cursor = session.exec(queries.cursor(actor.municipality_no)).one_or_none() if queries.follows(actor) else None
    reading = cursor is not None and cursor.claimed_until is not None and cursor.claimed_until > clock.now()
    return FeedState(last, reading, cursor.due_at if cursor else None)


def list_intakes(session: Session, actor: Actor, page: PageRequest, *, all_of_them: bool = False) -> Page[Intake]:
    """A page of the times that advertisements came in, the newest first; those that did nothing only when asked for."""
    actor = actor.doing(Operation.READ_VACANCIES)
    rows = session.exec(queries.intakes(actor, page.limit, page.after, all_of_them=all_of_them)).all()
    shown = cut(rows, page.limit, [one.id for one in rows])
    return Page(shown.items, shown.next)


def read_intake(session: Session, actor: Actor, intake_id: UUID) -> Intake:
    """One time that advertisements came in. Raises NotFound."""
    actor = actor.doing(Operation.READ_VACANCIES)
    found = session.exec(queries.intake_by_id(actor, intake_id)).one_or_none()
    if found is None:
        raise NotFound("intake")
    return found


def list_changes(session: Session, actor: Actor, intake_id: UUID, page: PageRequest) -> Page[IntakeChange]:
    """A page of what an intake did to the vacancies, in the order in which it came. Raises NotFound."""
    actor = actor.doing(Operation.READ_VACANCIES)
    read_intake(session, actor, intake_id)
    rows = session.exec(queries.changes(actor, intake_id, page.limit, page.after)).all()
    shown = cut(rows, page.limit, [one.id for one in rows])
    return Page(shown.items, shown.next)


def contacts_of(session: Session, actor: Actor, vacancy_id: UUID) -> list[FeedContact]:
    """Whom an advertisement names to ask, for as long as it is published. Raises NotFound.

    They are people who did not ask to be here: looking at them is recorded.
    """
    actor = actor.doing(Operation.MATCH)
    vacancies.get(session, actor, vacancy_id)
    known = session.exec(queries.advertisement_of(actor, vacancy_id)).one_or_none()
    if known is None or not known.contacts:
        return []
    audit.record(session, actor, "read", "advertisement", [vacancy_id], ["contacts"])
    return [FeedContact(*(one.get(name) for name in ("name", "title", "email", "phone"))) for one in known.contacts]


def ask(session: Session, actor: Actor) -> None:
    """Have the feed read as soon as the server gets to it: within seconds.

    Raises:
        Conflict: it has not been read yet, or is being read now.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    cursor = session.exec(queries.cursor(actor.municipality_no).with_for_update()).one_or_none()
    now = clock.now()
    if cursor is None or (cursor.claimed_until is not None and cursor.claimed_until > now):
        raise Conflict("The feed is being read already")
    cursor.due_at = now
    audit.record(session, actor, "ask", "intake", [cursor.id])


def due(database: Database, municipalities: Collection[str]) -> list[str]:
    """Those of the municipalities for which the feed is to be read now: also those that never read it."""
    now = clock.now()
    with database.session(EVERYWHERE, write=False) as session:
        waiting = set(session.scalars(queries.not_due(now)))
    return [number for number in municipalities if number not in waiting]
