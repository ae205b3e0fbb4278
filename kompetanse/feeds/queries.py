"""Selects of advertisements, of how far the feed was read and of its readings, each born scoped to who asks."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Delete, Select, delete, false, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import Select as EntitySelect
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor, Role
from kompetanse.codes.work import VacancySource
from kompetanse.feeds.rules import ChangeKind, IntakeStatus
from kompetanse.feeds.tables import Advertisement, FeedCursor, Intake, IntakeChange, Publication
from kompetanse.vacancies.queries import in_scope as vacancy_in_scope
from kompetanse.vacancies.tables import Vacancy

_FOLLOWING = frozenset({Role.COORDINATOR, Role.LEADER, Role.SYSTEM})


def follows(actor: Actor) -> bool:
    """Whether the actor sees all vacancies of the municipality, and so how they came in."""
    return bool(actor.roles & _FOLLOWING)


def in_scope(actor: Actor) -> ColumnElement[bool]:
    """Which intakes the actor may know of: those of the municipality, for who sees all its vacancies."""
    return col(Intake.municipality_no) == actor.municipality_no if follows(actor) else false()


def advertisement_of(actor: Actor, vacancy_id: UUID) -> SelectOfScalar[Advertisement]:
    """The advertisement of a vacancy that the caller found to be the actor's."""
    return entities(Advertisement).where(
        Advertisement.municipality_no == actor.municipality_no, Advertisement.vacancy_id == vacancy_id
    )


def standing_of_feed(actor: Actor, external_ids: Collection[str]) -> Select[str | None]:
    """Which of these advertisements of the feed the municipality has."""
    return select(col(Vacancy.external_id)).where(
        col(Vacancy.municipality_no) == actor.municipality_no,
        col(Vacancy.source) == VacancySource.FEED,
        col(Vacancy.external_id).in_(external_ids),
    )


def told_unreadable(actor: Actor, external_ids: Collection[str]) -> Select[str]:
    """Which of these lines of the feed were told of already as those that cannot be read."""
    return select(col(IntakeChange.external_id)).where(
        col(IntakeChange.municipality_no) == actor.municipality_no,
        col(IntakeChange.kind) == ChangeKind.UNREADABLE,
        col(IntakeChange.external_id).in_(external_ids),
    )


def unchanged_since(actor: Actor, moment: datetime) -> EntitySelect[Vacancy, Advertisement]:
    """The advertisements of the feed that stand and have not changed since a moment, with their vacancies."""
    of_vacancy = (col(Advertisement.municipality_no) == col(Vacancy.municipality_no)) & (
        col(Advertisement.vacancy_id) == col(Vacancy.id)
    )
    return (
        entities(Vacancy, Advertisement)
        .join(Advertisement, of_vacancy)
        .where(
            vacancy_in_scope(actor),
            Vacancy.source == VacancySource.FEED,
            col(Advertisement.withdrawn_at).is_(None),
            col(Advertisement.modified_at) < moment,
        )
        .order_by(col(Vacancy.id))
    )


def cursor(municipality_no: str) -> SelectOfScalar[FeedCursor]:
    """How far a municipality has read the feed."""
    return entities(FeedCursor).where(FeedCursor.municipality_no == municipality_no)


def running(municipality_no: str) -> SelectOfScalar[Intake]:
    """The readings of a municipality that have not ended: one at most, but for those that were broken off."""
    return entities(Intake).where(Intake.municipality_no == municipality_no, Intake.status == IntakeStatus.RUNNING)


def intake_by_id(actor: Actor, intake_id: UUID) -> SelectOfScalar[Intake]:
    """One reading of the feed."""
    return entities(Intake).where(in_scope(actor), Intake.id == intake_id)


def last_reading(actor: Actor) -> SelectOfScalar[Intake]:
    """The newest reading of the feed."""
    return (
        entities(Intake).where(in_scope(actor), col(Intake.sender).is_(None)).order_by(col(Intake.id).desc()).limit(1)
    )


def intakes(actor: Actor, limit: int, after: UUID | None, *, all_of_them: bool) -> SelectOfScalar[Intake]:
    """At most `limit` + 1 intakes, the newest first, from the one before `after`; those that did nothing on demand."""
    page = entities(Intake).where(in_scope(actor))
    if not all_of_them:
        did = col(Intake.came) + col(Intake.changed) + col(Intake.went) + col(Intake.unreadable) > 0
        page = page.where(did | col(Intake.status).in_([IntakeStatus.FAILED, IntakeStatus.BROKEN_OFF]))
    if after is not None:
        page = page.where(col(Intake.id) < after)
    return page.order_by(col(Intake.id).desc()).limit(limit + 1)


def not_due(now: datetime) -> Select[str]:
    """The municipalities for which the feed is being read, or not to be read yet: for the system."""
    claimed = col(FeedCursor.claimed_until).is_not(None) & (col(FeedCursor.claimed_until) > now)
    return select(col(FeedCursor.municipality_no)).where((col(FeedCursor.due_at) > now) | claimed)


def changes(actor: Actor, intake_id: UUID, limit: int, after: UUID | None) -> SelectOfScalar[IntakeChange]:
    """At most `limit` + 1 changes of a reading that the caller found to be the actor's, in the feed's order."""
    page = entities(IntakeChange).where(
        IntakeChange.municipality_no == actor.municipality_no, IntakeChange.intake_id == intake_id
    )
    if after is not None:
        page = page.where(col(IntakeChange.id) > after)
    return page.order_by(col(IntakeChange.id)).limit(limit + 1)


def intakes_before(municipality_no: str, moment: datetime) -> Delete:
    """Forgets readings that began before a moment, with what they changed."""
    return delete(Intake).where(col(Intake.municipality_no) == municipality_no, col(Intake.started_at) < moment)


def publication_of(actor: Actor, vacancy_id: UUID) -> SelectOfScalar[Publication]:
    """What was sent to NAV of a vacancy that the caller found to be the actor's."""
    return entities(Publication).where(
        Publication.municipality_no == actor.municipality_no, Publication.vacancy_id == vacancy_id
    )


def published(actor: Actor) -> EntitySelect[Vacancy, Publication]:
    """The vacancies that NAV shows, with what it has of them."""
    of_vacancy = (col(Publication.municipality_no) == col(Vacancy.municipality_no)) & (
        col(Publication.vacancy_id) == col(Vacancy.id)
    )
    return (
        entities(Vacancy, Publication)
        .join(Publication, of_vacancy)
        .where(vacancy_in_scope(actor), col(Publication.stopped_at).is_(None), col(Publication.vacancy_version) > 0)
        .order_by(col(Vacancy.id))
    )
