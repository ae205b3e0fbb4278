"""The shortlist (kortliste): who of a vacancy's candidates a unit's leader is told of on paper, and what of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import ReferralStage
from kompetanse.matching import comparing
from kompetanse.matching.explanation import Match, Reason
from kompetanse.people.tables import Person
from kompetanse.placements import leader, queries
from kompetanse.placements.rules import ENDED, ON_PAPER
from kompetanse.placements.tables import Referral
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy


@dataclass(frozen=True, slots=True)
class Listed:
    """One who is on the paper. It has no field for when she was born, where she lives or how she is reached."""

    given_name: str
    family_name: str
    needs_interpreter: bool | None
    reasons: tuple[Reason, ...]


class Absent(StrEnum):
    """Why somebody who was chosen is not on the paper."""

    NOT_REFERRED = "not_referred"
    NOT_ASKED = "not_asked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One who is not on the paper, for the coordinator's eyes; `referral` where she is referred."""

    person_id: UUID
    given_name: str
    family_name: str
    why: Absent
    excluded: bool
    score: float
    referral: Referral | None


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A vacancy's shortlist by name, and who of the chosen is not on it. `to_send` have said yes and are not sent."""

    vacancy: Vacancy
    listed: Sequence[Listed]
    left_out: Sequence[LeftOut]
    to_send: Sequence[Referral]


def shortlist(session: Session, actor: Actor, vacancy_id: UUID, person_ids: Sequence[UUID] = ()) -> Shortlist:
    """The chosen candidates of a vacancy as its leader may see them; where nobody is chosen, those who are referred.

    Nobody is on it before she has said yes herself, as nobody is sent before (`rules.NEXT_STAGES`). By name, not by
    score: the score weighs more than the leader is told. Each who is on it is recorded.

    Raises:
        NotFound: no such vacancy, or one of the chosen is no candidate.
    """
    actor = actor.doing(Operation.REFER)
    vacancy = vacancies.get(session, actor, vacancy_id)
    rows = session.execute(queries.of_vacancy(actor, vacancy_id)).all()
    referrals = {referral.person_id: referral for referral, _, _ in rows}
    wanted = set(person_ids) or {one for one, referral in referrals.items() if referral.stage not in ENDED}
    found = comparing.explained(session, actor.doing(Operation.MATCH), vacancy_id, wanted)
    matches = {one.person_id: one for one in found.matches}
    people = sorted(found.people.values(), key=lambda one: (one.family_name, one.given_name, one.id))
    named = [one for one in people if one.id in referrals and referrals[one.id].stage in ON_PAPER]
    others = [one for one in people if one not in named]
    audit.record(session, actor, "shortlist", "referral", [vacancy_id, *(one.id for one in named)], ["paper"])
    if others:
        audit.record(session, actor, "list_referrals", "person", [one.id for one in others])
    return Shortlist(
        vacancy,
        [_listed(one, leader.told_to_leader(matches[one.id])) for one in named],
        [_left_out(one, referrals.get(one.id), matches[one.id]) for one in others],
        [referrals[one.id] for one in named if referrals[one.id].stage is ReferralStage.ACCEPTED_BY_PERSON],
    )


def _listed(person: Person, reasons: tuple[Reason, ...]) -> Listed:
    return Listed(person.given_name, person.family_name, person.needs_interpreter, reasons)


def _left_out(person: Person, referral: Referral | None, match: Match) -> LeftOut:
    why = Absent.NOT_REFERRED
    if referral is not None:
        why = Absent.ENDED if referral.stage in ENDED else Absent.NOT_ASKED
    return LeftOut(person.id, person.given_name, person.family_name, why, match.excluded, match.score, referral)
