"""Contracts of matches: a score with its reasons, never one without the other."""

from uuid import UUID

from pydantic import Field

from schemas.base import PageView, View


class ClosingOut(View):
    """What would close a gap, and the score that it would give."""

    kind: str = Field(examples=["language_course"])
    to: str | None = Field(description="Up to which level, code or day.", examples=["B2"])
    score_after: float = Field(ge=0, le=1)


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
        description="By which way it is met in part: narrower, broader, sibling, same_group, skills.",
        examples=["sibling"],
    )


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

    matches: list[CandidateOut]
    pinned: list[CandidateOut]
    set_aside: list[CandidateOut]
    excluded: list[CandidateOut]


class OpportunitiesOut(RankingOut):
    """The ranked vacancies of a person, and those that a gate closes, with why."""

    matches: list[OpportunityOut]
    excluded: list[OpportunityOut]
