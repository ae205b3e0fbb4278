"""Contracts of consents. Never asked, asked and refused, and withdrawn are three different things."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from schemas.base import Contract, PageView, View


class ConsentIn(Contract):
    """An answer. A no after a yes is a withdrawal, and counts from this moment."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"purpose": "share_with_neighbours", "granted": True, "form": "written", "given_on": "2026-03-02"}
            ]
        }
    )

    purpose: ConsentPurpose
    granted: bool
    form: ConsentForm = Field(description="How the answer was given.")
    given_on: date | None = Field(default=None, description="The day that the person said so, when known.")


class ConsentOut(View):
    """One answer. It stands until `superseded_at`."""

    id: UUID
    person_id: UUID
    purpose: ConsentPurpose
    granted: bool
    form: ConsentForm
    given_on: date | None
    text_version: str = Field(description="Which version of the consent text the person answered.")
    recorded_at: datetime
    recorded_by: UUID
    superseded_at: datetime | None


class ConsentsOut(View):
    """What a person consents to now, and every answer that she gave, newest first."""

    standing: dict[ConsentPurpose, bool | None] = Field(
        description="Yes, no, or `null` where the person was never asked.",
        examples=[{"share_with_neighbours": True, "export_to_job_service": False, "ambassador": None}],
    )
    answers: list[ConsentOut]


class ConsentPage(PageView):
    """A page of the municipality's answers, newest first. It holds no names."""

    items: list[ConsentOut]
