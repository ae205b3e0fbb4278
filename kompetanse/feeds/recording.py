"""Writes down what came of each line or advertisement: counted always, told one by one where something happened."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.feeds.importing import FeedImport, FeedOutcome
from kompetanse.feeds.rules import ChangeKind
from kompetanse.feeds.tables import Intake, IntakeChange
from kompetanse.vacancies import service as vacancies

_COUNTED: Mapping[FeedOutcome, str] = MappingProxyType(
    {
        FeedOutcome.CREATED: "came",
        FeedOutcome.UPDATED: "changed",
        FeedOutcome.CLOSED: "went",
        FeedOutcome.UNCHANGED: "unchanged",
        FeedOutcome.IGNORED: "elsewhere",
    }
)
_KINDS: Mapping[FeedOutcome, ChangeKind] = MappingProxyType(
    {
        FeedOutcome.CREATED: ChangeKind.CAME,
        FeedOutcome.UPDATED: ChangeKind.CHANGED,
        FeedOutcome.CLOSED: ChangeKind.WENT,
    }
)


def done(
    session: Session,
    actor: Actor,
    intake: Intake,
    result: FeedImport,
    external_id: str,
    *,
    kind: ChangeKind | None = None,
) -> None:
    """One line or advertisement that was dealt with; `kind` says more exactly how a vacancy went."""
    name = _COUNTED[result.outcome]
    setattr(intake, name, getattr(intake, name) + 1)
    usual = _KINDS.get(result.outcome)
    if usual is None or result.vacancy_id is None:
        return
    change = _change(intake, kind or usual, external_id, result.fields)
    change.vacancy_id = result.vacancy_id
    change.title = vacancies.get(session, actor, result.vacancy_id).title
    session.add(change)


def unreadable(session: Session, intake: Intake, external_id: str, title: str | None, fields: Iterable[str]) -> None:
    """One that could not be read, and what of it; the values stay out."""
    intake.unreadable += 1
    change = _change(intake, ChangeKind.UNREADABLE, external_id, fields)
    change.title = title[:250] if title else None
    session.add(change)


def _change(intake: Intake, kind: ChangeKind, external_id: str, fields: Iterable[str]) -> IntakeChange:
    return IntakeChange(
        municipality_no=intake.municipality_no,
        intake_id=intake.id,
        kind=kind,
        external_id=external_id[:64],
        fields=[field[:200] for field in fields][:20],
    )
