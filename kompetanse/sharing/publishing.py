"""Makes releases and keeps them: one a quarter, the same for all recipients, each checked against all before it."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.database import Database
from kompetanse.errors import Conflict
from kompetanse.ids import new_id
from kompetanse.sealing import Sealer
from kompetanse.sharing import describing, queries, storing
from kompetanse.sharing.classes import SharedClass, hierarchies
from kompetanse.sharing.count_tables import CountTable, count_tables
from kompetanse.sharing.generalise import K_FLOOR
from kompetanse.sharing.ledger import next_release, withdraw
from kompetanse.sharing.periods import begins_on, period_name, period_of
from kompetanse.sharing.releases import History, Population, Proposal, Release, registered
from kompetanse.sharing.report import RiskReport, report
from kompetanse.sharing.skill_groups import M_MOST, GroupFact, facts, keep_common
from kompetanse.sharing.tables import LedgerRecord

__all__ = ["Draft", "LedgerRecord", "broken", "classes_of", "draft", "next_on", "release", "releases", "tend"]


Tell = Callable[[Session, int, Collection[UUID]], None]
"""Is told the period and the ids of classes that fell."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A release as it would be, and the report on its risk. Nothing of it is kept."""

    proposal: Proposal
    groups: Sequence[GroupFact]
    counted: Sequence[CountTable]
    report: RiskReport


def draft(session: Session, actor: Actor, *, k: int | None = None) -> Draft:
    """The next release as it would be made now: what an agreement would show is seen before it is signed.

    Args:
        session: in the municipality's scope.
        actor: may read releases.
        k: another k than the agreements promise.

    Raises:
        Refused: no release can be made that would be safe beside the earlier ones.
    """
    actor = actor.doing(Operation.READ_RELEASES)
    made = _draft(session, actor.municipality_no, k)
    audit.record(session, actor, "preview_classes", "release")
    return made


def release(session: Session, actor: Actor, sealer: Sealer) -> LedgerRecord:
    """Make the release of this quarter and put it into the ledger, with its report, signed.

    Raises:
        Conflict: it has been made; the next one comes with the next quarter.
        Refused: it would not be safe beside the earlier ones.
    """
    actor = actor.doing(Operation.RELEASE_CLASSES)
    last = session.exec(queries.newest_release(actor.municipality_no)).first()
    period = period_of(clock.today())
    if last is not None and last.period >= period:
        raise Conflict(
            f"The release of {period_name(last.period)} has been made; the next one can be made from "
            f"{begins_on(last.period + 1).isoformat()}"
        )
    made = _draft(session, actor.municipality_no, None)
    record = storing.add(session, actor.municipality_no, made.proposal.release, made.groups, made.counted)
    record.report, record.made_by = made.report.told(), actor.id
    record.signature = _signature(record, sealer)
    session.add(record)
    session.flush()
    audit.record(session, actor, "release_classes", "release", [record.id], [period_name(period)])
    return record


def releases(session: Session, actor: Actor) -> list[LedgerRecord]:
    """Every release with its report, the newest first."""
    actor = actor.doing(Operation.READ_RELEASES)
    audit.record(session, actor, "list", "release")
    return list(session.exec(queries.releases(actor.municipality_no)))[::-1]


def broken(session: Session, actor: Actor, sealer: Sealer) -> list[int]:
    """The periods whose record in the ledger is not what was signed: somebody changed a row. None is expected."""
    actor = actor.doing(Operation.READ_RELEASES)
    found, before = [], storing.BEGINNING
    records = session.exec(queries.releases(actor.municipality_no)).all()
    for record, kept in zip(records, storing.history(session, actor.municipality_no), strict=True):
        digest = storing.digest_of(kept, record.skill_groups, record.statistics, before)
        if digest != record.digest or _signature(record, sealer) != record.signature:
            found.append(record.period)
        before = record.digest
    return found


def classes_of(release: Release) -> list[SharedClass]:
    """The classes of a release as a neighbour would read them."""
    told = []
    for one in release.classes:
        occupation, norwegian, education = one.labels
        told.append(SharedClass(occupation, norwegian, education, one.band))
    return sorted(told)


def tend(database: Database, municipality_no: str, tell: Tell = lambda *_: None) -> None:
    """Withdraw the classes that have lost too many, whole and for good, before a recipient reads.

    It is done before each reading, so what one recipient has seen gone never returns to another. `tell` is called with
    what fell, in the same transaction.
    """
    with database.session(municipality_no, write=False) as session:
        last = session.exec(queries.newest_release(municipality_no)).first()
        if last is None or not _falling(session, municipality_no, last.period):
            return
        period = last.period
    with database.session(municipality_no) as session:
        fallen = _falling(session, municipality_no, period)
        if storing.fall(session, municipality_no, period, fallen):
            name = period_name(period)
            audit.record(session, system_actor(municipality_no), "withdraw_classes", "release", fields=[name])
            tell(session, period, fallen)


def _falling(session: Session, municipality_no: str, period: int) -> tuple[UUID, ...]:
    """The classes of the last release that stand and must not."""
    gone = _gone(session, municipality_no, period)
    return withdraw(storing.history(session, municipality_no), gone) if gone else ()


def next_on(last: LedgerRecord | None) -> date:
    """The day from which the next release can be made."""
    return clock.today() if last is None else max(begins_on(last.period + 1), clock.today())


def _draft(session: Session, municipality_no: str, k: int | None) -> Draft:
    promised = dict(session.execute(queries.promised(municipality_no, clock.today())).all())
    least = max([k or K_FLOOR, *promised.values()])
    profiles = describing.shareable(session, municipality_no, promised)
    population: Population = {one: registered(profile) for one, profile in profiles.items()}
    past: History = storing.history(session, municipality_no)
    proposal = next_release(
        past,
        population,
        least,
        period=max(period_of(clock.today()), past[-1].period + 1 if past else 0),
        hierarchies=hierarchies(),
        new_id=new_id,
    )
    held = describing.skill_groups(session, municipality_no, profiles, promised)
    kept = keep_common(held.held, least, m=M_MOST, units=held.units)
    told = facts(kept.kept, held.names, least, m=M_MOST, units=held.units)
    return Draft(
        proposal, told, count_tables(population, hierarchies()), report(past, proposal, population, kept.share)
    )


def _gone(session: Session, municipality_no: str, period: int) -> set[UUID]:
    """Who was described by a release and may no longer be."""
    promised = dict(session.execute(queries.promised(municipality_no, clock.today())).all())
    now = describing.shareable_ids(session, municipality_no, promised)
    return {member for member, _ in session.execute(queries.members_of(municipality_no, period)) if member not in now}


def _signature(record: LedgerRecord, sealer: Sealer) -> str:
    said = json.dumps([record.digest, record.report], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sealer.fingerprint(said, f"release:{record.municipality_no}")
