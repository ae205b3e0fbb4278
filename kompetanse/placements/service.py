"""Putting people forward for vacancies (formidling), and following what comes of it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import ReferralStage, VacancyStatus
from kompetanse.database import touch
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound, Stale
from kompetanse.people import service as people
from kompetanse.placements import queries
from kompetanse.placements.rules import ENDED, may_advance, may_be_undone, stands_as_made
from kompetanse.placements.tables import Referral
from kompetanse.vacancies import service as vacancies

NOTE_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral, and who is put forward."""

    referral: Referral
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True)
class PersonReferralView:
    """A referral, and what for."""

    referral: Referral
    title: str
    unit: str | None


def refer(
    session: Session,
    actor: Actor,
    *,
    vacancy_id: UUID,
    person_id: UUID,
    note: str | None = None,
    score: float | None = None,
) -> Referral:
    """Put a person forward for an open vacancy. `score` in [0, 1] is the match's at this moment.

    Raises:
        Conflict: the person is archived or has a protected address, is referred already, or the vacancy has ended.
        Invalid: a score out of range, or a note that is too long. NotFound: no such person or vacancy.
    """
    actor = actor.doing(Operation.REFER)
    _check(note, score)
    vacancy = vacancies.get(session, actor, vacancy_id)
    person = people.get(session, actor, person_id)
    if vacancy.status is not VacancyStatus.OPEN:
        raise Conflict("The vacancy has ended")
    if person.protected_address or person.archived_at is not None:
        raise Conflict("The person is archived or has a protected address, and cannot be referred")
    pair = queries.visible_referrals(actor).where(Referral.vacancy_id == vacancy_id, Referral.person_id == person_id)
    if session.exec(pair).first() is not None:
        raise Conflict("The person is referred to this vacancy already")
    referral = Referral(
        municipality_no=actor.municipality_no,
        vacancy_id=vacancy_id,
        person_id=person_id,
        note=note,
        score=score,
        referred_by=actor.id,
    )
    session.add(referral)
    session.flush()
    audit.record(session, actor, "refer", "referral", [referral.id, person_id])
    return referral


def advance(session: Session, actor: Actor, referral_id: UUID, version: int, stage: ReferralStage) -> Referral:
    """Take a referral to another stage.

    Raises:
        Conflict: the stage cannot follow (see `rules.NEXT_STAGES`), or the person has become protected or archived
        and the stage would take her further. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.REFER)
    referral = _for_change(session, actor, referral_id, version)
    if not may_advance(referral.stage, stage):
        raise Conflict(f"A referral that is {referral.stage.value} cannot become {stage.value}")
    _check_circulation(session, actor, referral.person_id, stage)
    referral.stage = stage
    touch(referral)
    audit.record(session, actor, "advance", "referral", [referral.id, referral.person_id], ["stage"])
    return referral


def undo(session: Session, actor: Actor, referral_id: UUID, version: int) -> Referral:
    """Take back a referral that was made by mistake a moment ago, as if it had not been made; the trail keeps both.

    Raises:
        Conflict: something came of it since, or it is older than `rules.UNDONE_WITHIN`; it can be withdrawn.
        Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.REFER)
    referral = _for_change(session, actor, referral_id, version)
    if not stands_as_made(referral.stage, referral.version):
        raise Conflict("Something came of the referral since; withdraw it instead")
    if not may_be_undone(referral.stage, referral.version, clock.now() - referral.created_at):
        raise Conflict("The referral was made more than a day ago; withdraw it instead")
    session.delete(referral)
    session.flush()
    audit.record(session, actor, "undo", "referral", [referral.id, referral.person_id])
    return referral


def followed_up(session: Session, actor: Actor, referral_id: UUID, version: int) -> Referral:
    """Say that a referral was followed up and stands where it stood: it rests from today on.

    Raises:
        Conflict: it has ended. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.REFER)
    referral = _for_change(session, actor, referral_id, version)
    if referral.stage in ENDED:
        raise Conflict("The referral has ended")
    touch(referral)
    audit.record(session, actor, "follow_up", "referral", [referral.id, referral.person_id])
    return referral


def read(session: Session, actor: Actor, referral_id: UUID) -> Referral:
    """A referral. Raises NotFound, also when the actor's role does not see its stage."""
    actor = actor.doing(Operation.READ_REFERRALS)
    referral = session.exec(queries.visible_referrals(actor).where(Referral.id == referral_id)).one_or_none()
    if referral is None:
        raise NotFound("referral")
    audit.record(session, actor, "read", "referral", [referral.id, referral.person_id])
    return referral


def referrals_for(session: Session, actor: Actor, vacancy_id: UUID) -> list[ReferralView]:
    """Who is put forward for a vacancy, in the order of putting forward; nobody who is protected or archived.

    Raises:
        NotFound: no such vacancy, or another unit's.
    """
    actor = actor.doing(Operation.READ_REFERRALS)
    vacancies.get(session, actor, vacancy_id)
    rows = session.execute(queries.of_vacancy(actor, vacancy_id)).all()
    views = [ReferralView(referral, given, family) for referral, given, family in rows]
    audit.record(session, actor, "list_referrals", "person", [view.referral.person_id for view in views])
    return views


def referrals_among(
    session: Session, actor: Actor, pairs: Collection[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], Referral]:
    """The referrals of some pairs of vacancy and person that a page shows, by pair; most have none."""
    actor = actor.doing(Operation.READ_REFERRALS)
    found = session.exec(queries.among(actor, {vacancy for vacancy, _ in pairs}, {person for _, person in pairs}))
    by_pair = {(one.vacancy_id, one.person_id): one for one in found}
    shown = {pair: by_pair[pair] for pair in pairs if pair in by_pair}
    if shown:
        audit.record(session, actor, "list_referrals", "person", sorted({person for _, person in shown}))
    return shown


def referrals_of(session: Session, actor: Actor, person_id: UUID) -> list[PersonReferralView]:
    """What a person is put forward for, as far as the actor may know.

    Raises:
        NotFound: no such person; for HR, none that the unit was sent.
    """
    actor = actor.doing(Operation.READ_REFERRALS)
    rows = session.execute(queries.of_person(actor, person_id)).all()
    if not rows:
        people.get(session, actor, person_id)
    audit.record(session, actor, "list_referrals", "person", [person_id])
    return [PersonReferralView(referral, title, unit) for referral, title, unit in rows]


def _for_change(session: Session, actor: Actor, referral_id: UUID, version: int) -> Referral:
    found = queries.visible_referrals(actor).where(Referral.id == referral_id).with_for_update(of=Referral)
    referral = session.exec(found).one_or_none()
    if referral is None:
        raise NotFound("referral")
    if referral.version != version:
        raise Stale("The referral was changed since you read it; read it again")
    return referral


def _check(note: str | None, score: float | None) -> None:
    faults = []
    if note is not None and len(note) > NOTE_LENGTH:
        faults.append(FieldFault("/note", "Too long", f"Write at most {NOTE_LENGTH} characters"))
    if score is not None and not 0 <= score <= 1:
        faults.append(FieldFault("/score", "Out of range", "A score is a number from 0 to 1"))
    if faults:
        raise Invalid(*faults)


def _check_circulation(session: Session, actor: Actor, person_id: UUID, stage: ReferralStage) -> None:
    """Whoever became protected or archived can leave a referral, and go no further in it."""
    if stage in (ReferralStage.DECLINED, ReferralStage.WITHDRAWN):
        return
    person = people.get(session, actor, person_id)
    if person.protected_address or person.archived_at is not None:
        raise Conflict("The person is archived or has a protected address, and cannot be referred")
