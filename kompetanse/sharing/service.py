"""What a neighbour reads: classes and skill groups of the last release, and what of earlier ones must be deleted."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.database import seeing_all
from kompetanse.sealing import Sealer, derive_key
from kompetanse.sharing import agreements, queries, storing
from kompetanse.sharing.classes import SharedClass, SizeBand
from kompetanse.sharing.count_tables import CountTable
from kompetanse.sharing.periods import begins_on
from kompetanse.sharing.tables import LedgerRecord, ReleaseClass


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """A group of skills, or two that are held together, and a band of how many units hold them."""

    groups: tuple[str, ...]
    size_band: SizeBand


@dataclass(frozen=True, slots=True)
class SharedView:
    """What one neighbour sees of one municipality.

    Attributes:
        pool: the municipalities that made it together; empty of one alone.
        period: of the release; None before the first.
        stands_until: the first day of the next quarter: what is kept longer must be fetched anew.
        classes: with the handle of each, by which contact is asked for. A handle is good for one recipient and release.
        groups: of skills, for the whole municipality and of no class.
        statistics: tables of counts of everybody who consents.
    """

    municipality_no: str
    k: int
    pool: Sequence[str]
    period: int | None
    made_at: datetime | None
    stands_until: date | None
    classes: Sequence[tuple[str, SharedClass]]
    groups: Sequence[SharedGroup]
    statistics: Sequence[CountTable]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A class of the last release that was withdrawn: whatever is kept of it must be deleted."""

    handle: str
    at: datetime


def shared_view(session: Session, actor: Actor, sealer: Sealer) -> SharedView:
    """The last release as the actor's municipality may read it.

    Every recipient gets the same classes, made with the largest k that any of them was promised, so that two who
    compare learn nothing more. How many are in no class is told to no recipient. `falling.tend` comes before this.

    Raises:
        Forbidden: no agreement stands today.
    """
    actor = actor.doing(Operation.READ_SHARED)
    agreement = agreements.standing_with(session, actor)
    release = session.exec(queries.newest_release(actor.municipality_no)).first()
    audit.record(session, actor, "read_classes", "agreement", [agreement.id])
    if release is None:
        return SharedView(actor.municipality_no, agreement.k, (), None, None, None, (), (), ())
    rows = readable(session, release, agreement.recipient_no)
    shown = ((_own(sealer, actor, one), _told(one)) for one in rows if one.fallen_at is None)
    return SharedView(
        municipality_no=actor.municipality_no,
        k=release.k,
        pool=tuple(release.pool),
        period=release.period,
        made_at=release.made_at,
        stands_until=begins_on(release.period + 1),
        classes=sorted(shown, key=lambda one: one[1].order()),
        groups=groups_of(release),
        statistics=storing.counted(release),
    )


def withdrawn(session: Session, actor: Actor, sealer: Sealer) -> tuple[LedgerRecord | None, list[Withdrawn]]:
    """The last release, which ends every earlier one, and its classes that were withdrawn, the first to fall first.

    So are classes that may be read no more as an agreement with another party of a pool has ended, under the day of the
    release; a handle of one that never could be read means nothing.

    Raises:
        Forbidden: no agreement stands today.
    """
    actor = actor.doing(Operation.READ_SHARED)
    agreement = agreements.standing_with(session, actor)
    release = session.exec(queries.newest_release(actor.municipality_no)).first()
    audit.record(session, actor, "read_tombstones", "agreement", [agreement.id])
    if release is None:
        return None, []
    may_read = {one.class_id for one in readable(session, release, agreement.recipient_no)}
    ended = (
        (one, one.fallen_at or (None if one.class_id in may_read else release.made_at))
        for one in _classes(session, release)
    )
    fallen = [Withdrawn(_own(sealer, actor, one), at) for one, at in ended if at is not None]
    return release, sorted(fallen, key=lambda one: (one.at, one.handle))


def class_behind(session: Session, actor: Actor, sealer: Sealer, wanted: str) -> tuple[LedgerRecord, UUID] | None:
    """The release and class that a handle stands for; None where it is of no class that stands."""
    actor = actor.doing(Operation.READ_SHARED)
    release = session.exec(queries.newest_release(actor.municipality_no)).first()
    for one in readable(session, release, actor.recipient_no or "") if release is not None else []:
        own = _own(sealer, actor, one)
        if one.fallen_at is None and hmac.compare_digest(own.encode(), wanted.encode()):
            return release, one.class_id  # type: ignore[return-value]
    return None


def handle(sealer: Sealer, municipality_no: str, recipient_no: str, period: int, class_id: UUID) -> str:
    """What a class is called to one recipient in one period.

    HMAC-SHA256 (RFC 2104) under a key of its own for recipient and period, which stands in no table: two recipients
    cannot tell that they hold the same class, nor one that it was there last quarter.
    """
    use = f"handle:{municipality_no}:{recipient_no}:{period}"
    return hmac.new(derive_key(sealer.secret, use), class_id.bytes, hashlib.sha256).hexdigest()[:32]


def _own(sealer: Sealer, actor: Actor, one: ReleaseClass) -> str:
    """What a class is called to the actor."""
    return handle(sealer, actor.municipality_no, actor.recipient_no or "", one.period, one.class_id)


def groups_of(release: LedgerRecord) -> tuple[SharedGroup, ...]:
    """The skill groups of a release."""
    return tuple(SharedGroup(tuple(groups), SizeBand(band)) for groups, band in release.skill_groups)


def standing_classes(session: Session, actor: Actor) -> tuple[LedgerRecord | None, list[SharedClass]]:
    """The last release and its classes as every neighbour sees them, for the municipality's own eyes."""
    actor = actor.doing(Operation.READ_RELEASES)
    release = session.exec(queries.newest_release(actor.municipality_no)).first()
    rows: Iterable[ReleaseClass] = _classes(session, release) if release is not None else ()
    audit.record(session, actor, "preview_classes", "release")
    return release, sorted((_told(one) for one in rows if one.fallen_at is None), key=SharedClass.order)


def readable(session: Session, release: LedgerRecord, recipient_no: str) -> list[ReleaseClass]:
    """The classes of a release that a neighbour may read, those too that have fallen.

    What a pool made together is read by whom an agreement with every party lets read, a party itself by those of the
    others. Whoever has one with this municipality alone reads what says that it is of this municipality.
    """
    rows, others = _classes(session, release), {*release.pool} - {recipient_no, release.municipality_no}
    if others:
        with seeing_all(session):
            lets = {one.municipality_no for one in session.exec(queries.agreements_with(recipient_no, clock.today()))}
        if not others <= lets:
            return [one for one in rows if one.municipality == release.municipality_no]
    return rows


def _classes(session: Session, release: LedgerRecord) -> list[ReleaseClass]:
    found = queries.classes(release.municipality_no).where(ReleaseClass.period == release.period)
    return list(session.exec(found))


def _told(one: ReleaseClass) -> SharedClass:
    return SharedClass(
        one.occupation, one.norwegian, one.education, one.band, one.age, one.country, one.arrival, one.municipality
    )
