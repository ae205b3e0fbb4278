"""Has the municipality's own vacancies advertised by NAV, and taken down when they end.

Asking NAV waits for somebody else, so it is done between transactions: a vacancy is read, sent, and then its receipt
kept. Whoever dies in between sends it again, which NAV answers with SKIPPED.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import JsonValue
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import VacancySource, VacancyStatus
from kompetanse.database import Database
from kompetanse.errors import Conflict
from kompetanse.feeds import queries, writing
from kompetanse.feeds.nav_import import NavImport, NavReceipt
from kompetanse.feeds.rules import ReceiptStatus
from kompetanse.feeds.tables import Publication
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy


@dataclass(frozen=True, slots=True)
class Told:
    """What NAV answered of one vacancy, by its title."""

    vacancy_id: UUID
    title: str
    receipt: NavReceipt


def drafts(session: Session, actor: Actor, vacancy_ids: Sequence[UUID]) -> list[dict[str, JsonValue]]:
    """The advertisements of vacancies, as NAV would get them. Nothing is sent.

    Raises:
        Invalid: one lacks what NAV demands. Conflict: it has ended, or was not written here. NotFound, Forbidden.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    return [writing.advertisement(_own(session, actor, one), clock.now()) for one in vacancy_ids]


def publish(database: Database, client: NavImport, actor: Actor, vacancy_ids: Sequence[UUID]) -> list[Told]:
    """Send vacancies to NAV, all that are named or none; what NAV says of each is kept.

    Raises:
        Invalid, Conflict, NotFound, Forbidden: as `drafts`. Unavailable: NAV did not answer; nothing is kept.
    """
    with database.session(actor.municipality_no, write=False) as session:
        written = drafts(session, actor, vacancy_ids)
        read = {one: vacancies.get(session, actor, one) for one in vacancy_ids}
    receipts = client.send(written)
    told = [Told(one, read[one].title, receipt) for one, receipt in zip(vacancy_ids, receipts, strict=True)]
    with database.session(actor.municipality_no) as session:
        for one in told:
            kept = _publication(session, actor, one.vacancy_id)
            _keep(kept, one.receipt)
            if one.receipt.status is not ReceiptStatus.ERROR:
                kept.vacancy_version, kept.stopped_at = read[one.vacancy_id].version, None
        audit.record(session, actor.doing(Operation.WRITE_VACANCIES), "publish", "vacancy", vacancy_ids)
    return told


def stop(database: Database, client: NavImport, actor: Actor, vacancy_id: UUID) -> Told:
    """Have NAV take a vacancy's advertisement down.

    Raises:
        Conflict: it was never sent. NotFound, Forbidden. Unavailable: NAV did not answer.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    with database.session(actor.municipality_no, write=False) as session:
        vacancy = vacancies.get(session, actor, vacancy_id)
        if session.exec(queries.publication_of(actor, vacancy_id)).one_or_none() is None:
            raise Conflict("The vacancy was never sent to NAV")
    told = Told(vacancy_id, vacancy.title, client.stop(str(vacancy_id)))
    with database.session(actor.municipality_no) as session:
        kept = _publication(session, actor, vacancy_id)
        _keep(kept, told.receipt)
        kept.stopped_at = clock.now()
        audit.record(session, actor, "stop", "vacancy", [vacancy_id])
    return told


def outdated(session: Session, actor: Actor) -> tuple[list[UUID], list[UUID]]:
    """The vacancies that NAV shows as they were and are to be sent again, and those that have ended here."""
    actor = actor.doing(Operation.READ_VACANCIES)
    shown = session.exec(queries.published(actor)).all()
    changed = [one.id for one, sent in shown if one.status is VacancyStatus.OPEN and one.version > sent.vacancy_version]
    return changed, [one.id for one, _ in shown if one.status is not VacancyStatus.OPEN]


def read_publication(session: Session, actor: Actor, vacancy_id: UUID) -> Publication | None:
    """What NAV has and answered of a vacancy; None when it was never sent. Raises NotFound."""
    actor = actor.doing(Operation.READ_VACANCIES)
    vacancies.get(session, actor, vacancy_id)
    return session.exec(queries.publication_of(actor, vacancy_id)).one_or_none()


def is_own(vacancy: Vacancy) -> bool:
    """Whether a vacancy was written here and is open, and so may be sent."""
    return vacancy.source is VacancySource.TYPED and vacancy.status is VacancyStatus.OPEN


def _own(session: Session, actor: Actor, vacancy_id: UUID) -> Vacancy:
    vacancy = vacancies.get(session, actor, vacancy_id)
    if vacancy.source is not VacancySource.TYPED:
        raise Conflict("The vacancy was advertised elsewhere already")
    if vacancy.status is not VacancyStatus.OPEN:
        raise Conflict("The vacancy has ended")
    return vacancy


def _publication(session: Session, actor: Actor, vacancy_id: UUID) -> Publication:
    found = session.exec(queries.publication_of(actor, vacancy_id).with_for_update()).one_or_none()
    if found is None:
        found = Publication(municipality_no=actor.municipality_no, vacancy_id=vacancy_id)
        session.add(found)
    return found


def _keep(kept: Publication, receipt: NavReceipt) -> None:
    kept.status, kept.sent_at = receipt.status, clock.now()
    kept.message = receipt.message[:300] if receipt.message else None
