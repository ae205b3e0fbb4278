"""Contracts of courses on offer. `null` is "not stated"."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.work import CourseOfferKind
from schemas.base import Contract, PageView, Text, View

Level = Annotated[
    str, Field(max_length=2, description="CEFR of a language or test, NUS2000 of an education; others have none.")
]
Key = Annotated[
    str,
    Field(
        max_length=200,
        description="What the course is for, as `kind` says: ISO 639-3 (language, test), a licence's code, the URI of "
        "a skill or words for it, ISCED-F 2013 (education, recognition; null is any field), a profession's code.",
        examples=["nor", "truck:T4", "0913", "auth:nurse"],
    ),
]


class CourseOfferChange(Contract):
    """What to change; what is left out stays as it is, and `null` means "not stated"."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"starts_on": "2026-09-01", "price_nok": 0}]})

    title: Text = ""
    provider: Text | None = None
    kind: CourseOfferKind = CourseOfferKind.SKILL
    key: Key | None = None
    from_level: Level | None = None
    to_level: Level | None = None
    starts_on: date | None = None
    weeks: int | None = Field(default=None, ge=1, le=520)
    price_nok: int | None = Field(default=None, ge=0, le=1_000_000, description="What the participant pays.")
    place: str | None = Field(default=None, max_length=120)
    url: str | None = Field(default=None, max_length=500, description="Begins with https://.")
    notes: str | None = Field(default=None, max_length=4000, description="What no other field has a place for.")
    open: bool = Field(default=True, description="Whether it can be taken.")

    def stated(self) -> dict[str, Any]:
        """Only what the client sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class CourseOfferCreate(CourseOfferChange):
    """A course, test or procedure that somebody of the municipality can take."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Norskkurs A2 til B1",
                    "provider": "Frøya voksenopplæring",
                    "kind": "language",
                    "key": "nor",
                    "from_level": "A2",
                    "to_level": "B1",
                    "starts_on": "2026-08-24",
                    "weeks": 20,
                    "price_nok": 0,
                    "place": "Sistranda",
                }
            ]
        }
    )

    title: Text
    kind: CourseOfferKind


class CourseOfferOut(View):
    """A course, test or procedure, and what it leads to."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime
    title: str
    provider: str | None
    kind: CourseOfferKind
    key: str | None
    from_level: str | None
    to_level: str | None
    starts_on: date | None
    weeks: int | None
    price_nok: int | None
    place: str | None
    url: str | None
    notes: str | None
    open: bool


class CourseOfferList(PageView):
    """A page of offers, and how many the filter finds in all."""

    items: list[CourseOfferOut]
    total: int
