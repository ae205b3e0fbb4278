"""Contracts of consents. Never asked, asked and refused, and withdrawn are three different things."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.consent import ConsentForm, ConsentPurpose, OwnSection, ShareSection
from schemas.base import Contract, MunicipalityNo, PageView, View


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
    recipient_no: MunicipalityNo | None = Field(
        default=None, description="Sharing with this neighbour alone; left out: with every one.", examples=["5056"]
    )
    section: ShareSection | OwnSection | None = Field(
        default=None,
        description="This part of the profile alone; left out: all of it but `background` (age group, country and "
        "arrival, in classes), which takes a yes of its own.",
        examples=["education"],
    )
    language: str | None = Field(
        default=None, description="In which the person saw the text, ISO 639-3.", pattern="^[a-z]{3}$"
    )
    wording: str | None = Field(default=None, max_length=4000, description="The text as the person saw it.")


class ConsentOut(View):
    """One answer. It stands until `superseded_at`."""

    id: UUID
    person_id: UUID
    purpose: ConsentPurpose
    granted: bool
    form: ConsentForm
    given_on: date | None
    expires_on: date | None = Field(description="The first day on which a yes stands no more: it is for a year.")
    recipient_no: str = Field(description="The one neighbour that it is about; empty is every one.")
    section: str = Field(description="The one part of the profile that it is about; empty is all of it.")
    language: str | None
    wording: str | None
    text_version: str = Field(description="Which version of the consent text the person answered.")
    recorded_at: datetime
    recorded_by: UUID
    superseded_at: datetime | None


class ConsentsOut(View):
    """What a person consents to now, and every answer that she gave, newest first."""

    standing: dict[ConsentPurpose, bool | None] = Field(
        description="Yes, no, or `null` where the person was never asked. A yes that has run out is no.",
        examples=[{"share_with_neighbours": True, "export_to_job_service": False, "ambassador": None}],
    )
    answers: list[ConsentOut]


class ConsentPage(PageView):
    """A page of the municipality's answers, newest first. It holds no names."""

    items: list[ConsentOut]
