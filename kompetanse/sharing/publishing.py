"""Makes releases and keeps them: one a quarter, the same for all recipients, each checked against all before it."""

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.codes.consent import ClassAttribute
from kompetanse.codes.municipalities import municipality
from kompetanse.database import Database, seeing_all
from kompetanse.errors import Conflict
from kompetanse.ids import new_id
from kompetanse.sealing import Sealer
from kompetanse.sharing import describing, pools, queries, storing
from kompetanse.sharing.classes import SharedClass
from kompetanse.sharing.count_tables import CountTable, count_tables
from kompetanse.sharing.ledger import next_release, withdraw
from kompetanse.sharing.periods import begins_on, period_name, period_of
from kompetanse.sharing.releases import Proposal, Release
from kompetanse.sharing.report import RiskReport, report
from kompetanse.sharing.skill_groups import M_MOST, GroupFact, facts, keep_common
from kompetanse.sharing.tables import LedgerRecord, ReleaseClass
from kompetanse.sharing.together import part_of, together
from kompetanse.sharing.towns import Towns, insiders_of, read_towns

__all__ = ["Draft", "LedgerRecord", "broken", "classes_of", "draft", "next_on", "release", "releases", "tend"]


Tell = Callable[[Session, str, int, Collection[UUID]], None]
"""Is told the municipality, the period and the ids of classes that fell."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A release as it would be, and the report on its risk. Nothing of it is kept.

    Attributes:
        proposal: the classes, and in a pool those that may be of the municipality.
        groups, counted: of the municipality alone.
    """

    proposal: Proposal
    groups: Sequence[GroupFact]
    counted: Sequence[CountTable]
    report: RiskReport


def draft(
    session: Session, actor: Actor, *, k: int | None = None, attributes: Collection[ClassAttribute] | None = None
) -> Draft:
    """The next release as it would be made now: what an agreement would show is seen before it is signed.

    Args:
        session: in the municipality's scope.
        actor: may read releases.
        k: another k than the agreements promise.
        attributes: what else is told, whatever the agreements ask for.

    Raises:
        Refused: no release can be made that would be safe beside the earlier ones.
    """
    actor = actor.doing(Operation.READ_RELEASES)
    pool = pools.pool_of(session, actor.municipality_no)
    with scope_of(session, pool):
        towns = read_towns(session, pool, k, attributes)
        made = _drafted(session, towns, _proposed(towns), actor.municipality_no)
        own = _own_part(made.proposal.release, towns, actor.municipality_no)
    audit.record(session, actor, "preview_classes", "release")
    return replace(made, proposal=replace(made.proposal, release=own))


def release(session: Session, actor: Actor, sealer: Sealer) -> LedgerRecord:
    """Make the release of this quarter and put it into the ledger, with its report, signed.

    In a pool it is made for all its municipalities at once, and put into the ledger of each.

    Raises:
        Conflict: it has been made, by whichever of them; the next one comes with the next quarter.
        Refused: it would not be safe beside the earlier ones.
    """
    actor = actor.doing(Operation.RELEASE_CLASSES)
    period = period_of(clock.today())
    pool = pools.pool_of(session, actor.municipality_no)
    with scope_of(session, pool):
        for number in pool:
            _refuse_again(session, number, period, alone=len(pool) == 1)
        towns = read_towns(session, pool)
        proposal = _proposed(towns)
        kept = {number: _keep(session, towns, proposal, number, actor, sealer) for number in pool}
    return kept[actor.municipality_no]


def scope_of(session: Session, pool: Sequence[str]) -> AbstractContextManager[None]:
    """The scope of a pool; of one municipality its own."""
    return seeing_all(session) if len(pool) > 1 else nullcontext()


def _refuse_again(session: Session, number: str, period: int, *, alone: bool) -> None:
    last = session.exec(queries.newest_release(number)).first()
    if last is not None and last.period >= period:
        whose = "" if alone else f" by {municipality(number).name}"
        raise Conflict(
            f"The release of {period_name(last.period)} has been made{whose}; the next one can be made from "
            f"{begins_on(last.period + 1).isoformat()}"
        )


def _keep(
    session: Session, towns: Towns, proposal: Proposal, number: str, actor: Actor, sealer: Sealer
) -> LedgerRecord:
    """Put one municipality's part of a release into its ledger."""
    made = _drafted(session, towns, proposal, number)
    part = _own_part(proposal.release, towns, number)
    pool = towns.numbers if towns.are_many else ()
    record = storing.add(session, number, part, made.groups, made.counted, pool=pool)
    record.report, record.made_by = made.report.told(), actor.id
    record.signature = _signature(record, sealer)
    session.add(record)
    session.flush()
    who = actor if number == actor.municipality_no else system_actor(number)
    audit.record(session, who, "release_classes", "release", [record.id], [period_name(record.period)])
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
        digest = storing.digest_of(kept, record.skill_groups, record.statistics, before, record.pool)
        if digest != record.digest or _signature(record, sealer) != record.signature:
            found.append(record.period)
        before = record.digest
    return found


def classes_of(release: Release) -> list[SharedClass]:
    """The classes of a release as a neighbour would read them."""
    names = [one.name for one in release.hierarchies]
    told = (SharedClass(**dict(zip(names, one.labels, strict=True)), size_band=one.band) for one in release.classes)
    return sorted(told, key=SharedClass.order)


def tend(database: Database, municipality_no: str, tell: Tell = lambda *_: None) -> None:
    """Withdraw the classes that have lost too many, whole and for good, before a recipient reads.

    It is done before each reading, so what one recipient has seen gone never returns to another. A class that was made
    together falls in every ledger; when the pool stands no more, all that was. `tell` is called with what fell, in the
    same transaction.
    """
    with database.session(municipality_no, write=False) as session:
        last = session.exec(queries.newest_release(municipality_no)).first()
        if last is None or not _falling(session, last)[1]:
            return
    with database.session(municipality_no) as session:
        ledgers, fallen = _falling(session, last)
        with scope_of(session, ledgers):
            for number in ledgers:
                if storing.fall(session, number, last.period, fallen):
                    who, name = system_actor(number), period_name(last.period)
                    audit.record(session, who, "withdraw_classes", "release", fields=[name])
                    tell(session, number, last.period, fallen)


def _falling(session: Session, last: LedgerRecord) -> tuple[tuple[str, ...], set[UUID]]:
    """The classes of the last release that stand and must not, and whose ledgers they stand in."""
    own, pool = last.municipality_no, tuple(last.pool)
    if not pool:
        return (own,), _thinned(session, (own,), last.period)
    if pools.pool_of(session, own) == pool:
        with seeing_all(session):
            return pool, _thinned(session, pool, last.period)
    standing = queries.classes(own).where(ReleaseClass.period == last.period, col(ReleaseClass.fallen_at).is_(None))
    made_together = {one.class_id for one in session.exec(standing) if one.municipality != own}
    return (own,), made_together | _thinned(session, (own,), last.period)


def _thinned(session: Session, numbers: Sequence[str], period: int) -> set[UUID]:
    """The classes of the last release of municipalities in which too few are left."""
    gone = {person for number in numbers for person in _gone(session, number, period)}
    if not gone:
        return set()
    ledgers = {number: storing.history(session, number) for number in numbers}
    return set(withdraw(together(ledgers), gone, insiders_of(ledgers)))


def next_on(last: LedgerRecord | None) -> date:
    """The day from which the next release can be made."""
    return clock.today() if last is None else max(begins_on(last.period + 1), clock.today())


def _proposed(towns: Towns) -> Proposal:
    """The next release of municipalities; nothing is kept."""
    return next_release(
        towns.past,
        towns.population,
        towns.k,
        period=max(period_of(clock.today()), towns.past[-1].period + 1 if towns.past else 0),
        hierarchies=towns.hierarchies,
        new_id=new_id,
        insiders=towns.insiders,
    )


def _drafted(session: Session, towns: Towns, proposal: Proposal, number: str) -> Draft:
    """A release, and what goes with it of one municipality."""
    profiles, recipients = towns.profiles[number], towns.recipients[number]
    held = describing.skill_groups(session, number, profiles, recipients)
    kept = keep_common(held.held, towns.k, m=M_MOST, units=held.units)
    told = facts(kept.kept, held.names, towns.k, m=M_MOST, units=held.units)
    own = {person: towns.population[person] for person in profiles}
    pool = towns.numbers if towns.are_many else ()
    risk = report(towns.past, proposal, towns.population, kept.share, pool=pool, insiders=towns.insiders)
    return Draft(proposal, told, count_tables(own, towns.hierarchies), risk)


def _own_part(release: Release, towns: Towns, number: str) -> Release:
    """What one municipality sees and keeps of a release."""
    return part_of(release, number, towns.population) if towns.are_many else release


def _gone(session: Session, municipality_no: str, period: int) -> set[UUID]:
    """Who was described by a release and may no longer be."""
    recipients = [one for one, *_ in session.execute(queries.promised(municipality_no, clock.today()))]
    now = describing.shareable_ids(session, municipality_no, recipients)
    return {member for member, _ in session.execute(queries.members_of(municipality_no, period)) if member not in now}


def _signature(record: LedgerRecord, sealer: Sealer) -> str:
    said = json.dumps([record.digest, record.report], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sealer.fingerprint(said, f"release:{record.municipality_no}")
