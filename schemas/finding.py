"""Contracts of searches that are kept, and of lists of people."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ResidenceBasis
from kompetanse.codes.unknown import Unknown
from kompetanse.codes.work import InterestKind, RecognitionStatus, Shift
from schemas.base import Contract, Country, LanguageCode, Styrk, View
from schemas.competence import example

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Years = Annotated[int, Field(ge=0, le=150)]


class Criteria(Contract):
    """Whom a search finds: every condition that is sent must hold. `unknown` alone finds who has stated nothing."""

    model_config = example(occupation="2223", norwegian_at_least="B1", unknown=["licence"])

    text: str = Field(default="", max_length=100, description="An occupation or a skill in any language.")
    occupation: Styrk | None = Field(default=None, description="STYRK-08 code of a job held, or the beginning of one.")
    norwegian_at_least: Cefr | None = Field(default=None, description="Spoken.")
    skill: str | None = Field(default=None, max_length=200, description="A concept's URI, or words.")
    archived: bool = Field(default=False, description="Only archived ones, instead of only the others.")
    needs_interpreter: bool | None = None
    not_mapped: bool = Field(default=False, description="Only those without a mapping day.")
    wished: Styrk | None = Field(default=None, description="STYRK-08 code of an occupation wanted, or its beginning.")
    education_at_least: EducationLevel | None = Field(default=None, description="NUS2000 level.")
    recognition: RecognitionStatus | None = None
    language: LanguageCode | None = Field(default=None, description="ISO 639-3, at any level.")
    licence: str | None = Field(default=None, max_length=40)
    percentage_at_least: int | None = Field(default=None, ge=1, le=100, description="Would work so much of full time.")
    shift: Shift | None = None
    available_by: date | None = None
    interest: InterestKind | None = None
    citizenship: Country | None = None
    country_of_origin: Country | None = None
    contact_language: LanguageCode | None = None
    residence_basis: ResidenceBasis | None = None
    may_work: bool | None = None
    age_from: Years | None = None
    age_to: Years | None = None
    arrived_since: date | None = Field(default=None, description="In the municipality.")
    in_household: bool | None = None
    in_list: UUID | None = Field(default=None, description="Id of a list of people.")
    unknown: list[Unknown] = Field(default_factory=list, max_length=len(Unknown), description="What is not stated.")

    def asked(self) -> dict[str, Any]:
        """What the client sent, as the domain takes it."""
        return {name: getattr(self, name) for name in self.model_fields_set} | {"unknown": frozenset(self.unknown)}


class PeopleWanted(Contract):
    """Whom to look for."""

    model_config = example(text="Alm")

    text: str = Field(default="", max_length=100, description="Words of a name, or part of a phone or e-mail.")
    criteria: Criteria | None = None


class SavedSearchIn(Contract):
    """A search to keep."""

    model_config = example(name="Sykepleiere med B1", criteria={"occupation": "2223", "norwegian_at_least": "B1"})

    name: Name = Field(description="No name of anybody who is looked for.")
    criteria: Criteria
    shared: bool = Field(default=False, description="Whether colleagues see it too.")


class SavedSearchOut(View):
    """A search that is kept."""

    id: UUID
    version: int
    name: str
    criteria: dict[str, Any] = Field(description="As they were sent, without what is not asked for.")
    shared: bool
    own: bool = Field(description="Whether it is the reader's own; a colleague's cannot be changed.")
    watched: bool = Field(description="Whether the reader is told, in `GET /today`, when somebody new fits.")


class SavedSearchList(View):
    """Every search that the reader sees, by name."""

    items: list[SavedSearchOut]


class PeopleListIn(Contract):
    """What a list is called."""

    model_config = example(name="Norskkurs høst")

    name: Name = Field(description="No name of anybody who is on it.")


class PeopleListOut(View):
    """A list of people, without who is on it: `POST /people/search` with `in_list` tells that."""

    id: UUID
    version: int
    name: str
    people: int = Field(description="How many are on it who are not archived.")


class PeopleLists(View):
    """The municipality's lists, by name."""

    items: list[PeopleListOut]


class PeopleChosen(Contract):
    """Some people, by id."""

    model_config = example(people=["0198f2a0-5b1c-7c3e-9d4f-1a2b3c4d5e6f"])

    people: list[UUID] = Field(min_length=1, max_length=2000)


class ListChangeOut(View):
    """What was done to a list."""

    id: UUID = Field(description="By which it is undone, within a day.")
    people: int = Field(description="How many people it was about.")
