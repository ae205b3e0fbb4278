"""What can be written in each part of a profile. None is "not stated"; it is never "no"."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypedDict
from uuid import UUID

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
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


class ProfilePart(StrEnum):
    """The lists that a profile is made of, named as in addresses."""

    SKILLS = "skills"
    EXPERIENCES = "experiences"
    EDUCATIONS = "educations"
    LANGUAGES = "languages"
    LICENCES = "licences"
    WISHED_OCCUPATIONS = "wished-occupations"
    COURSES = "courses"
    WISHES = "wishes"
    INTERESTS = "interests"

    @property
    def attribute(self) -> str:
        """The list's name in a `ProfileDocument`."""
        return self.value.replace("-", "_")


TERMS = ("percentage", "shifts", "commute", "start", "pay")
"""The terms of work that each have a strength (`<term>_strength`) and a weight (1 to 5, by name in `term_weights`)."""


class WishFields(TypedDict, total=False):
    """Wishes that are single values, and the days of mapping and of confirming.

    A key that is absent is left alone; None is "not stated".
    """

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


class SkillFields(TypedDict, total=False):
    """A skill; `label` as spoken. `holds` is False when the person says that she has it not.

    `concept` is the URI that was chosen; None keeps the words unlinked, and without it they are linked.
    `source_id` is the entry of the same profile that it came from: a job, an education, a course or a licence.
    """

    label: str
    concept: str | None
    holds: bool
    level: SkillLevel | None
    evidence: Evidence | None
    source_id: UUID | None


class ExperienceFields(TypedDict, total=False):
    """A job. Dates of reduced precision.

    `concept` is the URI of the occupation that was chosen. Without it and `styrk` the title is linked; `styrk` None
    keeps it unlinked.
    """

    title: str
    title_language: str | None
    concept: str | None
    styrk: str | None
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


class EducationFields(TypedDict, total=False):
    """An education. `field` is ISCED-F 2013; `completed` False is "not finished", None "not stated".

    `recognition_documents` are the papers that are at hand (`kompetanse.codes.recognition.DOCUMENTS`).
    """

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


class LanguageFields(TypedDict, total=False):
    """A language (ISO 639-3; bokmål and nynorsk are kept as Norwegian) and its level in each skill."""

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


class LicenceFields(TypedDict, total=False):
    """A licence or authorisation. `holds` is False when the person says that she has it not."""

    licence: str
    holds: bool
    country: str | None
    valid_until: date | None


class WishedOccupationFields(TypedDict, total=False):
    """A wanted (or never wanted) occupation; the title is linked as an experience's is."""

    title: str
    title_language: str | None
    concept: str | None
    styrk: str | None
    strength: Strength
    weight: int | None


class CourseFields(TypedDict, total=False):
    """A course that was taken, or something else to show. `completed` is a date of reduced precision."""

    title: str
    kind: CourseKind
    provider: str | None
    completed: str | None
    valid_until: date | None


class OtherWishFields(TypedDict, total=False):
    """A wish beside occupations and terms. `value` is a sector's code, or a municipality's number; `weight` 1 to 5."""

    kind: WishKind
    value: str | None
    text: str | None
    strength: Strength
    weight: int | None


class InterestFields(TypedDict, total=False):
    """What the person likes, or would gladly do for others; `activity` is where."""

    label: str
    kind: InterestKind
    activity: str | None


PartFields: TypeAlias = (
    SkillFields
    | ExperienceFields
    | EducationFields
    | LanguageFields
    | LicenceFields
    | WishedOccupationFields
    | CourseFields
    | OtherWishFields
    | InterestFields
)
PartValues: TypeAlias = Mapping[str, object]
"""A part in stored form: column → value. A column that is absent has its default, "not stated"."""
