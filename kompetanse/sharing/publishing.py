"""Makes releases and keeps them: one a quarter, the same for all recipients, each checked against all before it."""

import json
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.codes.consent import ClassAttribute
from kompetanse.codes.municipalities import municipality
from kompetanse.database import seeing_all
from kompetanse.errors import Conflict
from kompetanse.ids import new_id
from kompetanse.sealing import Sealer
from kompetanse.sharing import describing, pools, queries, storing
from kompetanse.sharing.classes import SharedClass
from kompetanse.sharing.count_tables import CountTable, count_tables
from kompetanse.sharing.falling import Tell, nobody, withdraw_fallen
from kompetanse.sharing.ledger import next_release
from kompetanse.sharing.periods import begins_on, period_name, period_of
from kompetanse.sharing.releases import Proposal, Release
from kompetanse.sharing.report import RiskReport, report
from kompetanse.sharing.skill_groups import M_MOST, GroupFact, facts, keep_common
from kompetanse.sharing.tables import LedgerRecord
from kompetanse.sharing.together import own_part
from kompetanse.sharing.towns import Towns, read_towns

__all__ = ["Draft", "LedgerRecord", "broken", "classes_of", "draft", "next_on", "release", "releases"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A release as it would be, and the report on its risk. Nothing of it is kept.

    `alone` where it is not the next one: see `draft`.
    """

    proposal: Proposal
    groups: Sequence[GroupFact]
    counted: Sequence[CountTable]
    report: RiskReport
    alone: bool = False


def draft(
    session: Session, actor: Actor, *, k: int | None = None, attributes: Collection[ClassAttribute] | None = None
) -> Draft:
    """The next release as it would be made now: what an agreement would show is seen before it is signed.

    The next release of a pool is seen by nobody beforehand: made anew from day to day it would tell each party who of
    the others has come and gone. What is seen in its place is a first release of the municipality alone.

    Args:
        session: in the municipality's scope.
        actor: may read releases.
        k: another k than the agreements promise.
        attributes: what else is told, whatever the agreements ask for.

    Raises:
        Refused: no release can be made that would be safe beside the earlier ones.
    """
    actor = actor.doing(Operation.READ_RELEASES)
    own = actor.municipality_no
    alone = len(pools.pool_of(session, own)) > 1
    towns = read_towns(session, (own,), k, attributes, first=alone)
    made = _drafted(session, towns, _proposed(towns), own)
    audit.record(session, actor, "preview_classes", "release")
    return replace(made, alone=alone)


def release(session: Session, actor: Actor, sealer: Sealer, tell: Tell = nobody) -> LedgerRecord:
    """Make the release of this quarter and put it into the ledger, with its report, signed.

    In a pool it is made for all its municipalities at once, and put into the ledger of each. What must be withdrawn is
    withdrawn before, and told to `tell`.

    Raises:
        Conflict: it has been made, by whichever of them; the next one comes with the next quarter.
        Refused: it would not be safe beside the earlier ones.
    """
    actor = actor.doing(Operation.RELEASE_CLASSES)
    period = period_of(clock.today())
    pool = pools.pool_of(session, actor.municipality_no)
    with seeing_all(session) if len(pool) > 1 else nullcontext():
        for number in pool:
            _refuse_again(session, number, period, alone=len(pool) == 1)
        for number in pool:
            withdraw_fallen(session, number, tell)
        towns = read_towns(session, pool)
        proposal = _proposed(towns)
        kept = {number: _keep(session, towns, proposal, number, actor, sealer) for number in pool}
    return kept[actor.municipality_no]


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
    pool = towns.numbers if towns.are_many else ()
    record = storing.add(session, number, made.proposal.release, made.groups, made.counted, pool=pool)
    record.report, record.made_by = made.report.told(), actor.id
    record.signature = _signature(record, sealer)
    session.add(record)
    session.flush()
    who, told = (actor, []) if number == actor.municipality_no else (system_actor(number), [actor.municipality_no])
    audit.record(session, who, "release_classes", "release", [record.id], [period_name(record.period), *told])
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
    """What one municipality sees and keeps of a release, and what goes with it."""
    profiles, recipients = towns.profiles[number], towns.recipients[number]
    held = describing.skill_groups(session, number, profiles, recipients)
    kept = keep_common(held.held, towns.k, m=M_MOST, units=held.units)
    told = facts(kept.kept, held.names, towns.k, m=M_MOST, units=held.units)
    own = {person: towns.population[person] for person in profiles}
    if towns.are_many:
        proposal = own_part(proposal, number, towns.population)
    risk = report(towns.past, proposal, own, kept.share, pool=towns.numbers if towns.are_many else ())
    return Draft(proposal, told, count_tables(own, towns.hierarchies), risk)


def _signature(record: LedgerRecord, sealer: Sealer) -> str:
    said = json.dumps([record.digest, record.report], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sealer.fingerprint(said, f"release:{record.municipality_no}")
