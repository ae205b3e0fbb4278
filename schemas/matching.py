"""Contracts of matches: a score with its reasons, never one without the other."""

from uuid import UUID

from pydantic import Field

from schemas.base import View


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


class MatchOut(View):
    """One person and one vacancy, explained."""

    person_id: UUID
    vacancy_id: UUID
    score: float = Field(ge=0, le=1)
    verdict: str = Field(description="What the gates say: passes, fails or unknown.")
    reasons: list[ReasonOut]
    questions: list[ReasonOut] = Field(description="What is not known and should be asked, gates first.")
    weights_version: str
    engine_version: str


class CandidateOut(MatchOut):
    """A candidate, for the coordinator's eyes."""

    given_name: str
    family_name: str


class FittingVacancyOut(MatchOut):
    """A vacancy that fits a person."""

    title: str
    unit: str | None


class CandidatesOut(View):
    """The ranked candidates of a vacancy, and those whom a gate excludes, with why."""

    considered: int
    matches: list[CandidateOut]
    excluded: list[CandidateOut]


class FittingVacanciesOut(View):
    """The ranked vacancies of a person, and those that a gate closes, with why."""

    considered: int
    matches: list[FittingVacancyOut]
    excluded: list[FittingVacancyOut]
