"""Contracts of vacancies that others advertise: entries of the feed, how they came in, and what their texts ask for."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from kompetanse.codes.cefr import Cefr
from schemas.base import Contract, PageView, View


class FeedEntryIn(View):
    """An entry of the job service's public vacancy feed, as it was fetched: fields that are not used may stay."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "uuid": "5c1b3e0a-7a4e-4b5e-9d0f-1f2a3b4c5d6e",
                    "status": "ACTIVE",
                    "sistEndret": "2026-02-01T08:00:00Z",
                    "ad_content": {
                        "title": "Kokk",
                        "extent": "Heltid",
                        "workLocations": [{"country": "NORGE", "postalCode": "7260", "municipal": "FRØYA"}],
                    },
                }
            ]
        },
    )
    __pydantic_extra__: dict[str, JsonValue]

    uuid: str
    status: str = Field(examples=["ACTIVE", "INACTIVE"])


class FeedImportOut(View):
    """What the entry led to, and what of it could not be read."""

    outcome: str = Field(examples=["created", "updated", "closed", "unchanged", "ignored"])
    vacancy_id: UUID | None
    doubts: list[str] = Field(examples=[["occupation-unknown"]])


class IntakeOut(View):
    """One time that advertisements came in: the feed was read, or somebody pushed theirs.

    `lines` of the feed, or advertisements that were pushed, are what was looked at; the counts say what they led to.
    """

    id: UUID
    sender: str | None = Field(description="Who pushed; null for the feed.")
    started_at: datetime
    ended_at: datetime | None
    status: str = Field(examples=["running", "done", "failed", "broken_off"])
    fault: str | None = Field(examples=["unreachable"], description="Why it ended before the end.")
    pages: int
    lines: int
    came: int
    changed: int
    went: int
    unchanged: int
    elsewhere: int = Field(description="Of other municipalities, or too old.")
    unreadable: int


class IntakeList(PageView):
    """A page of intakes, the newest first."""

    items: list[IntakeOut]


class IntakeChangeOut(View):
    """What one line or advertisement did to the municipality's vacancies."""

    id: UUID
    kind: str = Field(examples=["came", "changed", "went", "moved", "aged", "unreadable"])
    external_id: str
    vacancy_id: UUID | None
    title: str | None
    fields: list[str] = Field(description="The fields that changed, or the JSON paths that could not be read.")


class IntakeChangeList(PageView):
    """A page of what an intake changed, in the order in which it came."""

    items: list[IntakeChangeOut]


class FeedStateOut(View):
    """How the municipality stands with the feed."""

    reading: bool = Field(description="Whether it is being read now.")
    due_at: datetime | None = Field(description="When it is read next; null when it never was.")
    last: IntakeOut | None


class RequirementOut(View):
    """A requirement that the vacancy's text speaks for: nothing counts it until somebody accepts it."""

    key: str = Field(examples=["language:B1:nor"])
    kind: str = Field(examples=["language", "licence", "authorisation", "education", "skill"])
    value: str = Field(examples=["nor"], description="A code, or a skill in words.")
    level: Cefr | None
    wished: bool = Field(description="The text calls it an advantage.")
    words: str = Field(description="The words that speak for it.")


class RequirementsOut(View):
    """What the text of a vacancy of this version adds to its requirements."""

    version: int
    items: list[RequirementOut]


class AcceptRequirementsIn(Contract):
    """Which proposals become requirements: all that are named, or none."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"keys": ["language:B1:nor", "licence:driving:B"]}]})

    keys: list[Annotated[str, Field(max_length=250)]] = Field(min_length=1, max_length=100)


class AdvertisedContactOut(View):
    """Whom the advertisement names to ask."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None


class AdvertisedContactsOut(View):
    """Whom the advertisement names to ask; none once it is withdrawn."""

    items: list[AdvertisedContactOut]


class ReceiptOut(View):
    """What became of an advertisement, as NAV answers it (TransferLog), and what it led to here.

    Names are the format's own. Of one that could not be taken `errorType` and `message` say why, without its values.
    """

    providerId: str  # noqa: N815
    status: str = Field(examples=["RECEIVED", "SKIPPED", "ERROR"])
    message: str = Field(examples=["Missing parameter: title"])
    md5: str
    items: int = 1
    created: datetime
    updated: datetime
    reference: str | None
    errorType: str | None = Field(examples=["MISSING_PARAMETER"])  # noqa: N815
    vacancyId: UUID | None  # noqa: N815
