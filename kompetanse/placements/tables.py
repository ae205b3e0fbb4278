"""Referrals, and what newcomers say they are interested in, as they are stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.codes.work import ReferralStage
from kompetanse.database import Owned, check, closed
from kompetanse.people.tables import person_key
from kompetanse.vacancies.tables import vacancy_key


class Referral(Owned, table=True):
    """One person put forward for one vacancy, and how far it has come."""

    __tablename__ = "referral"
    __table_args__ = (
        person_key(),
        vacancy_key(),
        UniqueConstraint("municipality_no", "vacancy_id", "person_id", name="uq_referral_pair"),
        Index("ix_referral_person", "municipality_no", "person_id"),
        check("version >= 1", "version"),
    )

    vacancy_id: UUID
    person_id: UUID
    version: int = 1
    created_at: datetime = Field(default_factory=clock.now)
    updated_at: datetime = Field(default_factory=clock.now)
    stage: ReferralStage = Field(default=ReferralStage.PROPOSED, sa_type=closed(ReferralStage))
    score: float | None = Field(default=None, description="The match's score when referred.")
    note: str | None = Field(default=None, max_length=2000)
    referred_by: UUID


class JobInterest(Owned, table=True):
    """A newcomer's own word that she is interested in a vacancy. It refers her to nobody.

    `seen_at` is when the coordinator said that she has seen it.
    """

    __tablename__ = "job_interest"
    __table_args__ = (
        person_key(),
        vacancy_key(),
        UniqueConstraint("municipality_no", "vacancy_id", "person_id", name="uq_job_interest_pair"),
        Index("ix_job_interest_person", "municipality_no", "person_id"),
        check("(seen_at IS NULL) = (seen_by IS NULL)", "seen"),
    )

    vacancy_id: UUID
    person_id: UUID
    said_at: datetime = Field(default_factory=clock.now)
    seen_at: datetime | None = None
    seen_by: UUID | None = None
