"""Pools: municipalities that make their classes together, out of all who consent in any of them.

A pool stands on a day on which each party has entered the same parties. Until then, and as soon as one revokes it, each
makes its own classes. All of them are in one deployment: the people of none leave it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.codes.municipalities import municipality
from kompetanse.database import seeing_all
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound
from kompetanse.sharing import queries
from kompetanse.sharing.tables import PoolingAgreement

MOST_PARTIES = 30
"""No pool is larger."""


_TEXTS = {"purpose": 500, "legal_basis": 500, "signed_here": 200}


class PoolingFields(TypedDict, total=False):
    """The terms of a pooling agreement."""

    starts_on: date
    ends_on: date | None
    purpose: str | None
    legal_basis: str | None
    signed_here: str | None


@dataclass(frozen=True, slots=True)
class Pooling:
    """A pooling agreement, and the parties that have not entered it, so that it does not stand today.

    `over` where it was revoked or has ended.
    """

    agreement: PoolingAgreement
    missing: Sequence[str]
    stands: bool
    over: bool


def enter(session: Session, actor: Actor, *, others: Collection[str], fields: PoolingFields) -> PoolingAgreement:
    """Enter a pooling agreement for the municipality. It stands once all `others` have entered the same.

    Raises:
        Invalid: no other municipality, too many, or days that break a rule. UnknownCode: no such municipality.
        Conflict: one is in force, or will be.
    """
    actor = actor.doing(Operation.MANAGE_AGREEMENTS)
    _check(others, actor.municipality_no, fields)
    today = clock.today()
    for one in session.exec(queries.poolings(actor.municipality_no).with_for_update()):
        if one.revoked_at is None and (one.ends_on is None or one.ends_on >= today):
            raise Conflict("The municipality has a pooling agreement; revoke it first")
        one.revoked_at = one.revoked_at or clock.now()  # it has ended, and makes room for another
    parties = sorted({actor.municipality_no, *others})
    made = PoolingAgreement(municipality_no=actor.municipality_no, parties=parties, entered_by=actor.id, **fields)
    session.add(made)
    session.flush()
    audit.record(session, actor, "create", "pooling_agreement", [made.id], parties)
    return made


def revoke(session: Session, actor: Actor, pooling_id: UUID) -> PoolingAgreement:
    """Leave a pool at once: what was made together is withdrawn before anybody reads, or a release is made.

    Every party's trail tells of it.

    Raises:
        Conflict: it is revoked already. NotFound.
    """
    actor = actor.doing(Operation.MANAGE_AGREEMENTS)
    own = queries.poolings(actor.municipality_no).where(PoolingAgreement.id == pooling_id)
    found = session.exec(own.with_for_update()).one_or_none()
    if found is None:
        raise NotFound("pooling_agreement")
    if found.revoked_at is not None:
        raise Conflict("The pooling agreement is revoked")
    found.revoked_at = clock.now()
    session.flush()
    with seeing_all(session):
        for number in found.parties:
            who = actor if number == actor.municipality_no else system_actor(number)
            audit.record(session, who, "revoke", "pooling_agreement", [found.id], [actor.municipality_no])
    return found


def poolings(session: Session, actor: Actor) -> list[Pooling]:
    """Every pooling agreement of the municipality, the newest first, and whether it stands."""
    actor = actor.doing(Operation.READ_AGREEMENTS)
    found, today = list(session.exec(queries.poolings(actor.municipality_no))), clock.today()
    told = []
    for one in found:
        over = one.revoked_at is not None or (one.ends_on is not None and one.ends_on < today)
        missing = [] if over else _missing(session, one, today)
        begun = one.starts_on <= today and not over
        told.append(Pooling(one, missing, stands=begun and not missing, over=over))
    return told


def read(session: Session, actor: Actor, pooling_id: UUID) -> Pooling:
    """One pooling agreement of the municipality, and whether it stands. Raises NotFound."""
    for one in poolings(session, actor):
        if one.agreement.id == pooling_id:
            return one
    raise NotFound("pooling_agreement")


def pool_of(session: Session, municipality_no: str) -> tuple[str, ...]:
    """The municipalities with whom one makes its classes today, its own among them, by number; it alone outside a pool.

    Args:
        session: in the municipality's scope.
        municipality_no: of the one.
    """
    today = clock.today()
    own = session.exec(queries.standing_poolings([municipality_no], today)).first()
    if own is None or _missing(session, own, today):
        return (municipality_no,)
    return tuple(own.parties)


def _missing(session: Session, pooling: PoolingAgreement, on: date) -> list[str]:
    """The parties that have not entered the same parties on a day, or the day on which it begins."""
    with seeing_all(session):
        theirs = session.exec(queries.standing_poolings(pooling.parties, max(on, pooling.starts_on))).all()
    same = {one.municipality_no for one in theirs if one.parties == pooling.parties}
    return [one for one in pooling.parties if one not in same and one != pooling.municipality_no]


def _check(others: Collection[str], own: str, fields: PoolingFields) -> None:
    faults = []
    for number in others:
        municipality(number)
    if not set(others) - {own} or len(set(others)) >= MOST_PARTIES:
        faults.append(FieldFault("/others", "A pool is of 2 to 30 municipalities", "Choose the others"))
    starts_on, ends_on = fields.get("starts_on"), fields.get("ends_on")
    if starts_on is None:
        faults.append(FieldFault("/starts_on", "No first day", "Write the day from which it stands"))
    elif ends_on is not None and ends_on < starts_on:
        faults.append(FieldFault("/ends_on", "It ends before it starts", "Write a later day"))
    for name, longest in _TEXTS.items():
        text = fields.get(name)
        if isinstance(text, str) and len(text) > longest:
            faults.append(FieldFault(f"/{name}", "Too long", f"Write at most {longest} characters"))
    if faults:
        raise Invalid(*faults)
