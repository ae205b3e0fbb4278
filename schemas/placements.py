"""Contracts of referrals (formidling)."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.work import ReferralStage
from schemas.base import Contract, View


class ReferralCreate(Contract):
    """Whom to put forward. `score` is the match's at this moment, kept for later evaluation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"person_id": "0198f2a0-5b7e-7c31-9d7c-2f6b1c0d9e11", "note": "Kan begynne i august", "score": 0.82}
            ]
        }
    )

    person_id: UUID
    note: str | None = Field(default=None, max_length=2000)
    score: float | None = Field(default=None, ge=0, le=1)


class StageChange(Contract):
    """The stage that a referral comes to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"stage": "accepted_by_person"}]})

    stage: ReferralStage


class ReferralOut(View):
    """One person put forward for one vacancy."""

    id: UUID
    version: int
    vacancy_id: UUID
    person_id: UUID
    stage: ReferralStage
    score: float | None
    note: str | None
    created_at: datetime
    updated_at: datetime


class CandidateReferral(ReferralOut):
    """A referral as a vacancy's list shows it: who."""

    given_name: str
    family_name: str


class PersonReferral(ReferralOut):
    """A referral as a person's list shows it: what for."""

    title: str
    unit: str | None


class CandidateReferralList(View):
    """Who is put forward for a vacancy."""

    items: list[CandidateReferral]


class PersonReferralList(View):
    """What a person is put forward for."""

    items: list[PersonReferral]
