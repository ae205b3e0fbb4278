"""Referrals as they are stored."""

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
