"""Which classes of the newest releases must be withdrawn at once, in every ledger that they stand in."""

from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import system_actor
from kompetanse.database import Database, seeing_all
from kompetanse.sharing import describing, pools, queries, storing
from kompetanse.sharing.hierarchies import ANY, NOT_STATED
from kompetanse.sharing.ledger import withdraw
from kompetanse.sharing.periods import period_name
from kompetanse.sharing.tables import LedgerRecord, ReleaseClass
from kompetanse.sharing.together import insiders_of, together

Tell = Callable[[Session, str, int, Collection[UUID]], None]
"""Is told the municipality, the period and the ids of classes that fell."""

_ASKED = ("age", "country", "arrival")
"""What a class tells of by a yes of its own."""


def nobody(*_: object) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Fall:
    """Classes of one ledger that must be withdrawn: the release that they are of, and their ids."""

    municipality_no: str
    period: int
    class_ids: frozenset[UUID]


def falling(session: Session, municipality_no: str) -> list[Fall]:
    """What must be withdrawn of a municipality's newest release, in its ledger and those of its pool.

    A class falls when too few are left in it. Everything that was made together falls when the pool stands no more.
    """
    last = session.exec(queries.newest_release(municipality_no)).first()
    if last is None:
        return []
    if not last.pool:
        return _in_ledgers(session, [last], _thinned(session, [last]))
    stands = pools.pool_of(session, municipality_no) == tuple(last.pool)
    with seeing_all(session):
        lasts = [one for number in last.pool if (one := _of_period(session, number, last)) is not None]
        fallen = _thinned(session, lasts) if stands else _made_together(session, lasts)
        return _in_ledgers(session, lasts, fallen)


def withdraw_fallen(session: Session, municipality_no: str, tell: Tell = nobody) -> None:
    """Withdraw what must be, in the transaction at hand. `tell` is called with what fell."""
    falls = falling(session, municipality_no)
    elsewhere = any(one.municipality_no != municipality_no for one in falls)
    with seeing_all(session) if elsewhere else nullcontext():
        for one in falls:
            if storing.fall(session, one.municipality_no, one.period, one.class_ids):
                who, name = system_actor(one.municipality_no), period_name(one.period)
                audit.record(session, who, "withdraw_classes", "release", fields=[name])
                tell(session, one.municipality_no, one.period, one.class_ids)


def tend(database: Database, municipality_no: str, tell: Tell = nobody) -> None:
    """Withdraw the classes that have lost too many, whole and for good, before a recipient reads.

    It is done before each reading, so what one recipient has seen gone never returns to another. When nothing falls,
    nothing is written.
    """
    with database.session(municipality_no, write=False) as session:
        if not falling(session, municipality_no):
            return
    with database.session(municipality_no) as session:
        withdraw_fallen(session, municipality_no, tell)


def _of_period(session: Session, number: str, last: LedgerRecord) -> LedgerRecord | None:
    """The newest release of a party, where it is the one that was made together."""
    found = session.exec(queries.newest_release(number)).first()
    return found if found is not None and (found.period, found.pool) == (last.period, last.pool) else None


def _in_ledgers(session: Session, lasts: Sequence[LedgerRecord], class_ids: Collection[UUID]) -> list[Fall]:
    """The falls by ledger, of what stands there."""
    falls = []
    for last in lasts if class_ids else ():
        ids = frozenset(one.class_id for one in _standing(session, last) if one.class_id in class_ids)
        if ids:
            falls.append(Fall(last.municipality_no, last.period, ids))
    return falls


def _standing(session: Session, last: LedgerRecord) -> list[ReleaseClass]:
    of_it = queries.classes(last.municipality_no).where(ReleaseClass.period == last.period)
    return list(session.exec(of_it.where(col(ReleaseClass.fallen_at).is_(None))))


def _made_together(session: Session, lasts: Sequence[LedgerRecord]) -> set[UUID]:
    """What the municipalities of a pool that stands no more said together, and what is too thin of each one's own."""
    shared = (
        one.class_id for last in lasts for one in _standing(session, last) if one.municipality != last.municipality_no
    )
    return {*shared, *(class_id for last in lasts for class_id in _thinned(session, [last]))}


def _thinned(session: Session, lasts: Sequence[LedgerRecord]) -> set[UUID]:
    """The classes of the newest release of municipalities in which too few are left."""
    gone = {person for last in lasts for person in _gone(session, last, [one.municipality_no for one in lasts])}
    if not gone:
        return set()
    ledgers = {last.municipality_no: storing.history(session, last.municipality_no) for last in lasts}
    return set(withdraw(together(ledgers), gone, insiders_of(ledgers)))


def _gone(session: Session, last: LedgerRecord, numbers: Sequence[str]) -> set[UUID]:
    """Who was described by a release and may no longer be; or no longer by what her class tells of."""
    number = last.municipality_no
    recipients = {one for one, *_ in session.execute(queries.promised(number, clock.today()))} | {*numbers} - {number}
    now = describing.shareable_ids(session, number, recipients)
    telling = {
        one.class_id
        for one in _standing(session, last)
        if any(getattr(one, name) not in {None, ANY, NOT_STATED} for name in _ASKED)
    }
    said_yes = describing.said_yes_to_background(session, number, recipients) if telling else set()
    return {
        member
        for member, class_id in session.execute(queries.members_of(number, last.period))
        if member not in now or (class_id in telling and member not in said_yes)
    }
