"""Contracts of profiles: what a person can, wants and likes. `null` is "not stated", never "no"."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import NationalIdKind, ResidenceBasis
from kompetanse.codes.work import (
    CourseKind,
    Evidence,
    ExperienceKind,
    InterestKind,
    LanguageProof,
    RecognitionScheme,
    RecognitionStatus,
    Shift,
    SkillLevel,
    Strength,
    WishKind,
)
from schemas.base import Contract, Country, LanguageCode, PageView, Partial, Styrk, Text, View
from schemas.people import ContactPointOut, PersonSummary

Percentage = Annotated[int, Field(ge=1, le=100, description="Per cent of full time.")]
Weight = Annotated[int, Field(ge=1, le=5, description="5 weighs most.")]
Code = Annotated[str, Field(max_length=40)]
Uri = Annotated[str, Field(max_length=200, description="The concept that was chosen, by its URI.")]


def example(**fields: JsonValue) -> ConfigDict:
    """The settings of a contract with one example in OpenAPI."""
    return ConfigDict(json_schema_extra={"examples": [dict(fields)]})


class Stating(Contract):
    """A contract that tells what was sent from what was left out."""

    def stated(self) -> dict[str, Any]:
        """Only what the client sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class WishesChange(Stating):
    """Wishes that are single values; what is left out stays as it is, and `null` means "not stated"."""

    model_config = example(percentage_min=60, percentage_max=100, shifts=["day", "evening"], commute_minutes=45)

    mapped_on: date | None = Field(default=None, description="The day of the mapping conversation.")
    confirmed_on: date | None = Field(default=None, description="When the person last said that all of it holds.")
    percentage_min: Percentage | None = None
    percentage_max: Percentage | None = None
    shifts: list[Shift] | None = Field(default=None, max_length=10)
    commute_minutes: int | None = Field(default=None, ge=0, le=1440, description="Minutes each way.")
    available_from: date | None = None
    pay_floor: int | None = Field(default=None, ge=0, le=10_000_000, description="Kroner a year, full time.")
    percentage_strength: Strength | None = None
    shifts_strength: Strength | None = None
    commute_strength: Strength | None = None
    start_strength: Strength | None = None
    pay_strength: Strength | None = None
    term_weights: dict[Code, Weight] | None = Field(
        default=None, description="By percentage, shifts, commute, start, pay.", examples=[{"shifts": 5, "pay": 2}]
    )
    wishes_as_spoken: str | None = Field(default=None, max_length=2000)


class SkillIn(Stating):
    """A skill that the person has, or says she has not (`holds` false).

    `source_id` is the job, education, course or licence of the same profile that it came from. Without `concept` the
    words are linked; `null` keeps them as they are.
    """

    model_config = example(label="regnskap", holds=True, level="advanced", evidence="documented")

    label: Text
    concept: Uri | None = None
    holds: bool = True
    level: SkillLevel | None = None
    evidence: Evidence | None = None
    source_id: UUID | None = None


class SkillOut(View):
    """A skill. `key` is a concept's URI, or `text:` and the words that no concept fitted."""

    id: UUID
    key: str
    label: str
    holds: bool
    level: SkillLevel | None
    evidence: Evidence | None
    source_id: UUID | None


class ExperienceIn(Stating):
    """A job. Without `concept` and `styrk` its title is linked to an occupation; `styrk: null` keeps it unlinked."""

    model_config = example(title="księgowa", country="PL", started="2009", ended="2015-06", kind="paid")

    title: Text
    title_language: LanguageCode | None = None
    concept: Uri | None = None
    styrk: Styrk | None = None
    kind: ExperienceKind = ExperienceKind.PAID
    employer: Text | None = None
    country: Country | None = None
    started: Partial | None = None
    ended: Partial | None = None
    ongoing: bool | None = None
    months: int | None = Field(default=None, ge=0, le=1200, description="As stated, where no dates are known.")
    percentage: Percentage | None = None
    tasks: str | None = Field(default=None, max_length=2000)
    relevant: bool | None = Field(default=None, description="False: of no use for what the person wants now.")


class ExperienceOut(View):
    """A job."""

    id: UUID
    title: str
    title_language: str | None
    styrk: str | None
    concept: str | None
    kind: ExperienceKind
    employer: str | None
    country: str | None
    started: str | None
    ended: str | None
    ongoing: bool | None
    months: int | None
    percentage: int | None
    tasks: str | None
    relevant: bool | None


class EducationIn(Stating):
    """An education, finished or not."""

    model_config = example(title="magister, finanse", level="7", field="0412", country="PL", completed=True)

    title: Text
    level: EducationLevel | None = None
    field: str | None = Field(default=None, max_length=4, description="ISCED-F 2013 code.")
    institution: Text | None = None
    country: Country | None = None
    started_year: int | None = Field(default=None, ge=1940, le=2100)
    completed: bool | None = None
    completed_year: int | None = Field(default=None, ge=1940, le=2100)
    recognition: RecognitionStatus | None = None
    recognition_scheme: RecognitionScheme | None = None
    recognition_authority: str | None = Field(default=None, max_length=120)
    recognition_decided_on: date | None = None
    recognition_valid_until: date | None = Field(
        default=None, description="Left out, it follows from the scheme: a non-binding assessment lasts three years."
    )
    recognition_documents: list[Code] | None = Field(default=None, max_length=20, description="Papers at hand.")


class EducationOut(View):
    """An education. `level` is the first digit of NUS2000."""

    id: UUID
    title: str
    level: EducationLevel | None
    field: str | None
    institution: str | None
    country: str | None
    started_year: int | None
    completed: bool | None
    completed_year: int | None
    recognition: RecognitionStatus | None
    recognition_scheme: RecognitionScheme | None
    recognition_authority: str | None
    recognition_decided_on: date | None
    recognition_valid_until: date | None
    recognition_documents: list[str] | None


class LanguageIn(Stating):
    """A language with its CEFR level in each skill. Bokmål and nynorsk are kept as `nor`."""

    model_config = example(language="nor", listening="B1", interaction="A2", production="A2", reading="B1")

    language: LanguageCode
    mother_tongue: bool | None = None
    listening: Cefr | None = None
    reading: Cefr | None = None
    interaction: Cefr | None = None
    production: Cefr | None = None
    writing: Cefr | None = None
    proof: LanguageProof | None = Field(default=None, description="How it is known.")
    test: Text | None = Field(default=None, description="Which test, and its result.")
    tested_on: date | None = None


class LanguageOut(View):
    """A language."""

    id: UUID
    language: str
    mother_tongue: bool | None
    listening: Cefr | None
    reading: Cefr | None
    interaction: Cefr | None
    production: Cefr | None
    writing: Cefr | None
    proof: LanguageProof | None
    test: str | None
    tested_on: date | None


class LicenceIn(Stating):
    """A licence, certificate or authorisation that the person has, or says she has not (`holds` false)."""

    model_config = example(licence="driving:B", holds=True, country="LT", valid_until="2031-04-01")

    licence: Code
    holds: bool = True
    country: Country | None = None
    valid_until: date | None = None


class LicenceOut(View):
    """A licence, certificate or authorisation."""

    id: UUID
    licence: str
    holds: bool
    country: str | None
    valid_until: date | None


class WishedOccupationIn(Stating):
    """An occupation that the person wants, or wants never. Without `styrk` the title is linked."""

    model_config = example(title="regnskapsfører", strength="prefer")

    title: Text
    title_language: LanguageCode | None = None
    concept: Uri | None = None
    styrk: Styrk | None = None
    strength: Strength = Strength.PREFER
    weight: Weight | None = None


class WishedOccupationOut(View):
    """A wanted, or never wanted, occupation."""

    id: UUID
    title: str
    title_language: str | None
    styrk: str | None
    concept: str | None
    strength: Strength
    weight: int | None


class CourseIn(Stating):
    """A course that was taken, with or without a certificate."""

    model_config = example(title="Hygiene og HACCP", provider="Guri Kunna", completed="2025-03")

    title: Text
    kind: CourseKind = CourseKind.COURSE
    provider: Text | None = None
    completed: Partial | None = None
    valid_until: date | None = None


class CourseOut(View):
    """A course that was taken."""

    id: UUID
    title: str
    kind: CourseKind
    provider: str | None
    completed: str | None
    valid_until: date | None


class OtherWishIn(Stating):
    """A wish beside occupations and terms: into a sector or out of it, a place, training, a business, volunteering."""

    model_config = example(kind="leaves", value="fish", text="vil ut av fisken", strength="must")

    kind: WishKind
    value: Code | None = Field(default=None, description="A sector's code, or a municipality's number.")
    text: Text | None = None
    strength: Strength = Strength.PREFER
    weight: Weight | None = None


class OtherWishOut(View):
    """A wish beside occupations and terms."""

    id: UUID
    kind: WishKind
    value: str | None
    text: str | None
    strength: Strength
    weight: int | None


class InterestIn(Stating):
    """What the person likes, or would gladly do for others."""

    model_config = example(label="kor og piano", kind="likes", activity="Frøya blandakor")

    label: Text
    kind: InterestKind = InterestKind.LIKES
    activity: Text | None = None


class InterestOut(View):
    """What the person likes, or would gladly do for others. `key` is the concept that it names, if any."""

    id: UUID
    label: str
    kind: InterestKind
    key: str | None
    activity: str | None


class ProfileOut(View):
    """A newcomer and her whole profile: what she can, wants and likes.

    `version` and `updated_at` are the profile's: 0 and `null` before anything was written. The person's own are
    `person_version` and `person_updated_at`. Lists are in the order of writing.
    """

    id: UUID
    version: int
    updated_at: datetime | None
    person_version: int
    person_updated_at: datetime
    created_at: datetime
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
    national_id_kind: NationalIdKind | None
    archived_at: datetime | None
    contacts: list[ContactPointOut]
    mapped_on: date | None
    confirmed_on: date | None
    percentage_min: int | None
    percentage_max: int | None
    shifts: list[Shift] | None
    commute_minutes: int | None
    available_from: date | None
    pay_floor: int | None
    percentage_strength: Strength | None
    shifts_strength: Strength | None
    commute_strength: Strength | None
    start_strength: Strength | None
    pay_strength: Strength | None
    term_weights: dict[str, int] | None
    wishes_as_spoken: str | None
    skills: list[SkillOut]
    experiences: list[ExperienceOut]
    educations: list[EducationOut]
    languages: list[LanguageOut]
    licences: list[LicenceOut]
    wished_occupations: list[WishedOccupationOut]
    courses: list[CourseOut]
    wishes: list[OtherWishOut]
    interests: list[InterestOut]


class PeoplePage(PageView):
    """A page of newcomers."""

    items: list[PersonSummary]
    total: int | None = Field(description="How many the filter finds in all, where `count` asked for it.")
