"""What matching stores: facts about a person and a vacancy together, a municipality's weights, results."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.codes.work import PairMark, SetAsideReason
from kompetanse.database import DERIVED, Owned, check, closed
from kompetanse.people.tables import person_key
from kompetanse.vacancies.tables import vacancy_key


class CandidateMark(Owned, table=True):
    """What the coordinator decided or wrote about one person for one vacancy: never a fact about the person alone."""

    __tablename__ = "candidate_mark"
    __table_args__ = (
        person_key(),
        vacancy_key(),
        UniqueConstraint("municipality_no", "vacancy_id", "person_id", name="uq_candidate_mark_pair"),
        Index("ix_candidate_mark_person", "municipality_no", "person_id"),
        check("(coalesce(mark, '') = 'set_aside') = (reason IS NOT NULL)", "reason"),
        check("mark IS NOT NULL OR note IS NOT NULL", "said"),
        check("version >= 1", "version"),
    )

    vacancy_id: UUID
    person_id: UUID
    version: int = 1
    mark: PairMark | None = Field(default=None, sa_type=closed(PairMark))
    reason: SetAsideReason | None = Field(default=None, sa_type=closed(SetAsideReason))
    note: str | None = Field(default=None, max_length=2000, description="Never leaves the municipality.")
    marked_by: UUID
    marked_at: datetime = Field(default_factory=clock.now)


class MatchingWeights(Owned, table=True):
    """One tuning of a municipality's weights. Rows are only added; the one of the highest version stands."""

    __tablename__ = "matching_weights"
    __table_args__ = (
        UniqueConstraint("municipality_no", "version", name="uq_matching_weights_version"),
        check("version >= 1", "version"),
    )

    version: int
    weights: dict[str, float] = Field(sa_type=JSON, description="By name; what is not named weighs as by default.")
    note: str | None = Field(default=None, max_length=500, description="Why.")
    changed_by: UUID
    changed_at: datetime = Field(default_factory=clock.now)


class MatchResult(Owned, table=True):
    """How one person fitted one vacancy, by which versions of both, of the weights and of the engine."""

    __tablename__ = "match_result"
    __table_args__ = (
        person_key(),
        vacancy_key(),
        UniqueConstraint("municipality_no", "vacancy_id", "person_id", name="uq_match_result_pair"),
        Index("ix_match_result_person", "municipality_no", "person_id"),
        {"info": {DERIVED: True}},
    )

    vacancy_id: UUID
    person_id: UUID
    score: float
    verdict: str = Field(max_length=10)
    rank: int = Field(description="Among the vacancy's candidates, from 1.")
    profile_version: int
    person_version: int
    vacancy_version: int
    weights_version: str = Field(max_length=60)
    engine_version: str = Field(max_length=20)
    found_at: datetime = Field(default_factory=clock.now, description="When the person first came among the best.")
    matched_at: datetime = Field(default_factory=clock.now)


class MatchStamp(Owned, table=True):
    """By which version of a record (`id`: a person's or vacancy's) and which rules the stored results were made."""

    __tablename__ = "match_stamp"

    stamp: str = Field(max_length=60)
    first_at: datetime = Field(description="When it was matched first: who was found then is not new.")
