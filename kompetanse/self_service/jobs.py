"""The vacancies that fit a newcomer, as she reads of them: what fits, what she lacks, and what she said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.sectors import sectors_of
from kompetanse.codes.work import Duration, Shift
from kompetanse.matching import service as matching
from kompetanse.matching.explanation import ClosingKind, Match, Outcome, Reason, RequirementKind, Verdict
from kompetanse.matching.ordering import Wanted
from kompetanse.matching.strong import STRONG
from kompetanse.placements import interest
from kompetanse.placements.interest import InterestedIn
from kompetanse.self_service.whose import herself
from kompetanse.taxonomy.starter import sole_occupation
from kompetanse.vacancies.tables import Vacancy

MOST = 3
"""So many of each kind are told of: what one reads on a phone."""

WORTH = 0.4
"""Below this score a vacancy fits nobody, and telling of it gives false hope."""

_LOOKED_AT = 30
"""So many of the best are sorted by how she stands to them."""

_FEW = 2
"""So many things can exclude her from a vacancy that is told of."""

_WITHIN_REACH = frozenset(
    {
        ClosingKind.LANGUAGE_COURSE,
        ClosingKind.TRAINING,
        ClosingKind.EDUCATION,
        ClosingKind.RECOGNITION,
        ClosingKind.LICENCE,
        ClosingKind.AUTHORISATION,
    }
)
"""What she can do something about herself."""

_PAPERS = frozenset(
    {RequirementKind.LANGUAGE, RequirementKind.EDUCATION, RequirementKind.LICENCE, RequirementKind.AUTHORISATION}
)


class Stands(StrEnum):
    """How she stands to a vacancy: it fits, it may fit if the answers are right, or there is something to get first."""

    FITS = "fits"
    MAY_FIT = "may_fit"
    LACKS = "lacks"


@dataclass(frozen=True, slots=True)
class Ad:
    """What a newcomer is told of a vacancy, and nothing else.

    No text, as whoever wrote it may have meant it for colleagues; nobody's name or number; and no other candidate.
    `sector` is a code of `kompetanse.codes.sectors`.
    """

    id: UUID
    title: str
    concept: str | None
    sector: str | None
    employer: str | None
    place: str | None
    workplace_no: str
    percentage_min: int | None
    percentage_max: int | None
    shifts: Sequence[Shift] | None
    duration: Duration | None
    starts_on: date | None
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Job:
    """A vacancy with how she stands to it. `said_at`: when she said that she is interested; `seen_at`: it was seen."""

    ad: Ad
    match: Match
    said_at: datetime | None
    seen_at: datetime | None

    @property
    def strong(self) -> bool:
        """Whether it fits well, and nothing that decides it is unknown or lacking."""
        return self.stands is Stands.FITS and self.match.score >= STRONG

    @property
    def stands(self) -> "Stands":
        """How she stands to it. Papers and languages that she lacks are told first, also where they exclude nobody."""
        if any(one.kind in _PAPERS and one.outcome in {Outcome.MISSING, Outcome.PARTLY} for one in self.match.reasons):
            return Stands.LACKS
        return Stands.MAY_FIT if self.match.verdict is Verdict.UNKNOWN else Stands.FITS


@dataclass(frozen=True, slots=True)
class Jobs:
    """A few vacancies by how she stands to them, best first, and what else she is interested in."""

    by_standing: Mapping[Stands, Sequence[Job]]
    others: Sequence[InterestedIn]

    @property
    def told(self) -> list[Job]:
        """All that are told of."""
        return [job for jobs in self.by_standing.values() for job in jobs]


def near_me(session: Session, actor: Actor) -> Jobs:
    """The vacancies that fit her, and those that would if she had a thing or two that can be got."""
    person_id = herself(actor)
    ranked = matching.opportunities_for(session, actor, person_id, Wanted(_LOOKED_AT))
    said = {one.interest.vacancy_id: one for one in interest.interests_of(session, actor, person_id)}

    def job(match: Match) -> Job:
        hers = said.get(match.vacancy_id)
        ad = _ad(ranked.vacancies[match.vacancy_id])
        return Job(ad, match, hers.interest.said_at if hers else None, hers.interest.seen_at if hers else None)

    reached = [one for one in ranked.ranking.excluded if _can_be_reached(one)]
    found = [job(one) for one in (*ranked.ranking.matches, *reached) if one.score >= WORTH]
    by_standing = {how: [one for one in found if one.stands is how][:MOST] for how in Stands}
    told = {one.ad.id for jobs in by_standing.values() for one in jobs}
    return Jobs(by_standing, [one for one in said.values() if one.interest.vacancy_id not in told])


def say_interested(session: Session, actor: Actor, vacancy_id: UUID) -> None:
    """Let the coordinator know that she is interested. It is no application; see `placements.interest.say`."""
    herself(actor)
    interest.say(session, actor, vacancy_id)


def take_back(session: Session, actor: Actor, vacancy_id: UUID) -> None:
    """Take that back."""
    herself(actor)
    interest.take_back(session, actor, vacancy_id)


def _can_be_reached(match: Match) -> bool:
    """Whether few things exclude her, and each can be got: a course, a paper."""
    excluding = [one for one in match.reasons if one.excludes]
    return len(excluding) <= _FEW and all(_closes(one) for one in excluding)


def _closes(reason: Reason) -> bool:
    return reason.closes is not None and reason.closes.kind in _WITHIN_REACH


def _ad(vacancy: Vacancy) -> Ad:
    styrk = vacancy.styrk
    return Ad(
        id=vacancy.id,
        title=vacancy.title,
        concept=vacancy.concept or (sole_occupation(styrk) if styrk else None),
        sector=next((one.code for one in sectors_of(styrk)), None) if styrk else None,
        employer=vacancy.employer_name or vacancy.unit,
        place=vacancy.place,
        workplace_no=vacancy.workplace_no or vacancy.municipality_no,
        percentage_min=vacancy.percentage_min,
        percentage_max=vacancy.percentage_max,
        shifts=vacancy.shifts,
        duration=vacancy.duration,
        starts_on=vacancy.starts_on,
        deadline=vacancy.deadline,
    )
