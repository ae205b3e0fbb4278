"""Contracts of matches: a score with its reasons, never one without the other."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from schemas.base import PageView, View


class WayOut(View):
    """The nearest way to close a gap: a course on offer in the municipality, or the step that anybody takes."""

    name_nb: str = Field(examples=["Norskkurs B2"])
    name_en: str = Field(description="An offer has its own title only.", examples=["Norskkurs B2"])
    weeks: tuple[int, int] | None = Field(
        description="Least and most, from start to paper in hand.", examples=[[8, 67]]
    )
    by: str | None = Field(description="Who offers it, or decides.", examples=["Frøya voksenopplæring"])
    offer_id: UUID | None = Field(description="Of the course on offer; null for a step in general.")
    starts_on: date | None


class ClosingOut(View):
    """What would close a gap, the score that it would give, and the nearest way to it."""

    kind: str = Field(examples=["language_course"])
    to: str | None = Field(description="Up to which level, code or day.", examples=["B2"])
    score_after: float = Field(ge=0, le=1)
    way: WayOut | None = Field(description="Null where no way is known.")


class ReasonOut(View):
    """How the person stands to one requirement. The contributions of all add up to the score."""

    kind: str = Field(examples=["language"])
    key: str | None = Field(description="Code or concept that it is about.", examples=["nor"])
    label: str | None = None
    outcome: str = Field(description="met, partly, missing or unknown.", examples=["met"])
    gate: bool = Field(description="Whether failing it excludes. Unknown never excludes.")
    required: str | None = Field(examples=["B1"])
    has: str | None = Field(examples=["B2"])
    contribution: float
    possible: float
    closes: ClosingOut | None = None
    through: str | None = Field(
        default=None,
        description="By which way it is met in part: narrower, broader, sibling, same_group, skills. For the way to "
        "work: centre, when it is reckoned from there because nobody stated where the person lives.",
        examples=["sibling"],
    )
    months: int | None = Field(default=None, description="How long the occupation was held.", examples=[110])


class MatchOut(View):
    """One person and one vacancy, explained."""

    person_id: UUID
    vacancy_id: UUID
    score: float = Field(ge=0, le=1)
    rank: int | None = Field(
        default=None, description="From 1, by score alone; none for those whom a gate excludes.", examples=[1]
    )
    verdict: str = Field(description="What the gates say: passes, fails or unknown.")
    reasons: list[ReasonOut]
    questions: list[ReasonOut] = Field(description="What is not known and should be asked, gates first.")
    weights_version: str
    engine_version: str


class CandidateOut(MatchOut):
    """A candidate, for the coordinator's eyes."""

    given_name: str
    family_name: str
    unused_competence: bool = Field(
        default=False, description="Whether competence that lies unused would be used here. It moves no score."
    )
    new: bool = Field(default=False, description="Whether she came among the stored best within the last seven days.")
    changed_since: bool = Field(
        default=False, description="Whether she or her profile changed after the results were stored."
    )


class OpportunityOut(MatchOut):
    """A vacancy that fits a person."""

    title: str
    unit: str | None
    unused_competence: bool = Field(
        default=False, description="Whether competence that lies unused would be used here. It moves no score."
    )


class RankingOut(PageView):
    """What every ranking tells of itself: how many were looked at, and what the gates said to how many."""

    considered: int
    counts: dict[str, int] = Field(examples=[{"passes": 12, "unknown": 7, "fails": 31}])


class CandidatesOut(RankingOut):
    """The ranked candidates of a vacancy; those pinned and set aside; and those whom a gate excludes, with why."""

    as_of: datetime | None = Field(
        description="When the results that are stored of this vacancy were last matched; null where there are none.",
        examples=["2026-06-01T02:15:00Z"],
    )
    matches: list[CandidateOut]
    pinned: list[CandidateOut]
    set_aside: list[CandidateOut]
    excluded: list[CandidateOut]


class OpportunitiesOut(RankingOut):
    """The ranked vacancies of a person, and those that a gate closes, with why."""

    matches: list[OpportunityOut]
    excluded: list[OpportunityOut]


class NewlyMetOut(View):
    """An open vacancy for which somebody new came among the best."""

    vacancy_id: UUID
    title: str = Field(examples=["Regnskapsfører"])
    people: int = Field(description="How many came.", examples=[2])


class RefreshedOut(View):
    """What matching again did."""

    people: int = Field(description="Who changed and was scored against every vacancy.", examples=[3])
    vacancies: int = Field(description="Vacancies for which everybody was scored.", examples=[1])
    pairs: int = Field(description="How many pairs that were.", examples=[1180])
    found: int = Field(description="How many came among the best of a vacancy.", examples=[2])
