"""Contracts of what neighbours read. Nothing but a granted contact has a name, or a date of anybody."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, EmailStr, Field

from kompetanse.codes.consent import ShareSection
from schemas.base import Contract, MunicipalityNo, PageView, Text, View
from schemas.vacancies import VacancyCreate

SizeBandText = Literal["5–9", "10–19", "20–49", "50+"]
Handle = str


class SharedClassOut(View):
    """At least k units (people, or households as one) that are alike as far as this says."""

    handle: Handle = Field(
        description="What the class is called to you in this release; contact is asked for by it.",
        examples=["5f0d1c1e8b7a4d2c9e3f6a7b8c9d0e1f"],
    )
    occupation: str = Field(
        description='STYRK-08 code of one to four digits, "any" or "not stated".', examples=["3313", "33"]
    )
    norwegian: str = Field(
        description='Spoken Norwegian: CEFR level, its band A, B or C, "any" or "not stated".', examples=["B"]
    )
    education: str = Field(
        description='NUS2000 level 0-8, "low", "mid", "high", "any" or "not stated".', examples=["high"]
    )
    size_band: SizeBandText = Field(description="How many units, never the count.")
    age: str | None = Field(
        default=None,
        description='"30–34", "under 35", "any", "not stated"; null where the agreements do not ask for it.',
    )
    country: str | None = Field(
        default=None,
        description='ISO 3166-1 code, region, "nordic or eea", "elsewhere", "any", "not stated"; null likewise.',
    )
    arrival: str | None = Field(
        default=None,
        description='Years in which they came, "any", "not stated"; null likewise.',
        examples=["2022–2024"],
    )
    municipality: str | None = Field(
        default=None,
        description='Number of a municipality or county, or "any", where several make the classes together.',
    )


class SharedClassesOut(PageView):
    """Classes of one municipality's release. Each describes at least `k` units and counts nobody who is in another."""

    municipality_no: MunicipalityNo
    k: int = Field(ge=5)
    release: str | None = Field(description="The quarter; null before the first release.", examples=["2026-Q4"])
    pool: list[str] = Field(
        description="The municipalities that made the classes together; empty of this one alone. A class that is not "
        "of one of them stands in the feed of each, under another handle."
    )
    stands_until: date | None = Field(description="The first day of the next quarter. Keep nothing longer.")
    classes: list[SharedClassOut]


class SharedGroupOut(View):
    """A group of skills, or two that are held together, in the whole municipality."""

    groups: list[str] = Field(
        description="Codes of ESCO skill groups; ISCED-F fields for knowledge.", examples=[["S4.1"]]
    )
    size_band: SizeBandText = Field(description="How many units hold them, never the count.")


class SharedGroupsOut(View):
    """The skill groups of a release. Every set of up to two that is told of is held by at least `k` units."""

    municipality_no: MunicipalityNo
    k: int = Field(ge=5)
    release: str | None
    groups: list[SharedGroupOut]


class CountTableOut(View):
    """People by two attributes, rounded to five; `null` is hidden. The last row and column are the sums.

    Rounded cells do not add up to rounded sums.
    """

    rows: str = Field(examples=["occupation"])
    columns: str = Field(examples=["norwegian"])
    row_values: list[str] = Field(description="In order, without the sum.")
    column_values: list[str] = Field(description="In order, without the sum.")
    cells: list[list[int | None]]


class StatisticsOut(View):
    """The tables of counts of a release: fixed ones, as a filter of one's own could single somebody out."""

    municipality_no: MunicipalityNo
    release: str | None
    tables: list[CountTableOut]


class TombstoneOut(View):
    """Something that you were told and must delete."""

    kind: Literal["release", "class", "contact"] = Field(description="A release: all before the one that is named.")
    id: str = Field(description="The release, the class's handle, or the contact's id.")
    ended_on: date


class TombstonesOut(View):
    """Everything that must be deleted, the first to end first."""

    municipality_no: MunicipalityNo
    tombstones: list[TombstoneOut]


class NeighbourVacancyIn(VacancyCreate):
    """Your open position, as you would write it down at home. It holds nothing about any person."""


class NeighbourVacancyOut(View):
    """A vacancy that you posted, and whether fewer than five or more of those who share fit it."""

    id: UUID
    title: str
    received_at: datetime
    found: Literal["fewer_than_5", "5_or_more"] = Field(
        description="Never the number. Requests that differ by fewer than five people get the same answer."
    )


class NeighbourVacancyList(View):
    """What you posted, newest first."""

    items: list[NeighbourVacancyOut]


class ContactRequestIn(Contract):
    """A wish to reach whoever is in a class, or fits a vacancy that you posted. Each is asked about this vacancy."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "class_handle": "5f0d1c1e8b7a4d2c9e3f6a7b8c9d0e1f",
                    "title": "Regnskapsfører",
                    "employer": "Hitra kommune",
                    "place": "Fillan",
                    "contact_name": "Hilde Hitterdal",
                    "contact_email": "hilde@hitra.example",
                    "sections": ["work", "languages", "education"],
                }
            ]
        }
    )

    class_handle: str | None = Field(default=None, max_length=64)
    vacancy_id: UUID | None = Field(default=None, description="Of a vacancy that you posted. One of the two is needed.")
    title: str = Field(max_length=200)
    employer: Text | None = None
    place: str | None = Field(default=None, max_length=120)
    description: str | None = Field(default=None, max_length=4000, description="For the person to read.")
    contact_name: str = Field(max_length=200, description="Who will call her.")
    contact_email: EmailStr | None = None
    contact_phone: str | None = Field(default=None, max_length=20)
    sections: list[ShareSection] = Field(
        default_factory=lambda: list(ShareSection), description="What you need to see, as far as the agreement allows."
    )


class ContactOut(View):
    """Somebody who said yes: who she is, and the parts of her profile that she lets you see. Delete it by the day."""

    id: UUID
    given_name: str
    family_name: str
    contacts: list[dict[str, str]] = Field(examples=[[{"kind": "phone", "value": "+4790000000"}]])
    needs_interpreter: bool | None
    contact_languages: list[str] | None
    profile: dict[str, list[dict[str, object]]] = Field(description="By section: work, languages, education and so on.")
    answered_at: datetime | None
    delete_by: date


class ContactRequestOut(View):
    """Your request. It is `waiting` until the day, whatever happens; who said yes stands in `contacts` at once.

    That nobody fits, that all said no and that nobody answered look the same.
    """

    id: UUID
    title: str
    created_at: datetime
    status: Literal["waiting", "over"]
    answer_by: date
    delete_by: date
    sections: list[ShareSection]
    contacts: list[ContactOut] = Field(default_factory=list)


class ContactRequestList(View):
    """Your requests, newest first, without contacts: read one to see who said yes."""

    items: list[ContactRequestOut]
