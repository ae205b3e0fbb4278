"""What matching may know of a person and of a vacancy.

Origin, citizenship, sex, age, religion and family status have no field here, so no weight can reach them.
None means "not stated" throughout, and is never read as "no".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Evidence, Importance, RecognitionStatus, Shift, Strength


@dataclass(frozen=True, slots=True)
class HeldOccupation:
    """An occupation that somebody has worked in: STYRK-08 code, months in all, and whether it is held now."""

    styrk: str
    months: int | None = None
    current: bool | None = None


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """What is said of a skill: that it is there (`holds`), or that it is not."""

    holds: bool
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class HeldLanguage:
    """How well a language is mastered; each of the five CEFR skills for itself. A mother tongue is beyond the scale."""

    listening: Cefr | None = None
    reading: Cefr | None = None
    interaction: Cefr | None = None
    production: Cefr | None = None
    writing: Cefr | None = None
    mother_tongue: bool | None = None


@dataclass(frozen=True, slots=True)
class HeldEducation:
    """An education: level, ISCED-F field, whether it was completed, and where its recognition stands."""

    level: EducationLevel | None = None
    field: str | None = None
    completed: bool | None = None
    recognition: RecognitionStatus | None = None


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A licence, certificate or authorisation that is held, or is said not to be."""

    holds: bool
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class WorkRight:
    """Whether somebody may work in Norway, and until when."""

    allowed: bool | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class WishedOccupation:
    """An occupation that somebody wants, or wants never."""

    styrk: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wants of a job."""

    occupations: tuple[WishedOccupation, ...] = ()
    percentage_min: int | None = None
    percentage_max: int | None = None
    shifts: frozenset[Shift] | None = None
    available_from: date | None = None


@dataclass(frozen=True, slots=True)
class CandidateFeatures:
    """A person as matching sees her. Skills are keyed by concept URI or `text:` key, licences by code."""

    person_id: UUID
    occupations: tuple[HeldOccupation, ...] = ()
    skills: Mapping[str, HeldSkill] = field(default_factory=dict)
    languages: Mapping[str, HeldLanguage] = field(default_factory=dict)
    education: tuple[HeldEducation, ...] = ()
    licences: Mapping[str, HeldLicence] = field(default_factory=dict)
    work_right: WorkRight = WorkRight()
    wishes: Wishes = Wishes()


@dataclass(frozen=True, slots=True)
class RequiredSkill:
    """A skill that a vacancy asks for."""

    key: str
    label: str
    importance: Importance = Importance.ESSENTIAL


@dataclass(frozen=True, slots=True)
class RequiredLanguage:
    """The least level of a language; a gate when `required`, else a wish."""

    code: str
    minimum: Cefr
    required: bool = True


@dataclass(frozen=True, slots=True)
class VacancyFeatures:
    """A vacancy as matching sees it."""

    vacancy_id: UUID
    styrk: str | None = None
    skills: tuple[RequiredSkill, ...] = ()
    languages: tuple[RequiredLanguage, ...] = ()
    education_level: EducationLevel | None = None
    education_field: str | None = None
    licences: tuple[str, ...] = ()
    authorisation: str | None = None
    percentage_min: int | None = None
    percentage_max: int | None = None
    shifts: frozenset[Shift] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
