"""Contracts of newcomers."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.residence import ContactKind, NationalIdKind, ResidenceBasis
from schemas.base import Contract, Country, LanguageCode, Partial, PostalCode, View

Name = Annotated[str, Field(max_length=100)]


class ContactPointIn(Contract):
    """A phone number or e-mail address as typed."""

    kind: ContactKind
    value: str = Field(max_length=254, examples=["+47 900 00 000"])


class ContactPointOut(View):
    """A phone number in E.164, or an e-mail address."""

    kind: ContactKind
    value: str


class PersonChange(Contract):
    """What to change; a field that is left out stays as it is, and `null` means "not stated"."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"born": "1987-05-17", "needs_interpreter": True, "contact_languages": None}]}
    )

    given_name: Name = ""
    family_name: Name = ""
    born: Partial | None = Field(default=None, examples=["1987-05-17", "1987"])
    citizenships: list[Country] | None = Field(default=None, max_length=5, examples=[["LT"]])
    country_of_origin: Country | None = None
    arrived_in_norway: Partial | None = None
    arrived_in_municipality: Partial | None = None
    residence_basis: ResidenceBasis | None = None
    residence_until: date | None = None
    may_work: bool | None = None
    may_work_until: date | None = None
    contact_languages: list[LanguageCode] | None = Field(default=None, max_length=10, examples=[["lit", "eng"]])
    needs_interpreter: bool | None = None
    protected_address: bool = False
    postal_code: PostalCode | None = Field(
        default=None, description="Of the home. Refused beside a protected address, and taken away by one."
    )
    notes: str | None = Field(default=None, max_length=10_000)
    contacts: list[ContactPointIn] = Field(default_factory=list, max_length=20)

    def stated(self) -> dict[str, Any]:
        """Only what the client sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class PersonCreate(PersonChange):
    """A newcomer to register. At least one of the names is needed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "given_name": "Rasa",
                    "family_name": "Kazlauskienė",
                    "born": "1987-05-17",
                    "citizenships": ["LT"],
                    "contact_languages": ["lit", "eng"],
                    "needs_interpreter": False,
                    "contacts": [{"kind": "phone", "value": "+47 900 00 000"}],
                }
            ]
        }
    )


class PersonOut(View):
    """A newcomer. A national number is never part of it; `national_id_kind` says whether one is stored."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime
    given_name: str
    family_name: str
    born: str | None
    citizenships: list[str] | None
    country_of_origin: str | None
    arrived_in_norway: str | None
    arrived_in_municipality: str | None
    residence_basis: ResidenceBasis | None
    residence_until: date | None
    may_work: bool | None
    may_work_until: date | None
    contact_languages: list[str] | None
    needs_interpreter: bool | None
    protected_address: bool
    postal_code: str | None
    national_id_kind: NationalIdKind | None
    notes: str | None
    archived_at: datetime | None
    contacts: list[ContactPointOut] = Field(default_factory=list)


class PersonSummary(View):
    """A newcomer in a list."""

    id: UUID
    version: int
    given_name: str
    family_name: str
    born: str | None
    citizenships: list[str] | None
    protected_address: bool
    archived_at: datetime | None
    occupation: str | None = Field(default=None, description="STYRK-08 of the main occupation.")
    norwegian: str | None = Field(default=None, description="Spoken Norwegian, CEFR.")


class DuplicateQuery(Contract):
    """Somebody about to be registered."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"given_name": "Oleksandr", "family_name": "Шевченко", "born": "1990"}]}
    )

    given_name: Name = ""
    family_name: Name = ""
    born: Partial | None = Field(default=None, description="Without a birth nobody is pointed out.")


class LikelyTwin(View):
    """Somebody registered who may be the same person."""

    id: UUID
    version: int
    given_name: str
    family_name: str
    born: str | None
    archived_at: datetime | None


class LikelyTwins(View):
    """Everybody registered who may be the same person."""

    items: list[LikelyTwin]


class MergeIn(Contract):
    """The record that is absorbed. `If-Match` is the version of the one that stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"absorb_id": "0198f2a0-5b7e-7c31-9d7c-2f6b1c0d9e11"}]})

    absorb_id: UUID
    told: bool = Field(
        False, description="The absorbed one was told otherwise what she was answered when she asked to be erased."
    )


class NationalIdIn(Contract):
    """A fødselsnummer, D-number or DUF-number."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "02013299997"}]})

    number: str = Field(max_length=20)
