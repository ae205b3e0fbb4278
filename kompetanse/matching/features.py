"""What matching may know of a person and of a vacancy.

Origin, citizenship, sex, religion and family status have no field here, so no weight can reach them; a day of birth
is known to one gate only, a vacancy's legal minimum age, and weighs nothing. None means "not stated" throughout, and
is never read as "no".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.travel import Place
from kompetanse.codes.work import Evidence, Importance, RecognitionStatus, Shift, SkillLevel, Strength


@dataclass(frozen=True, slots=True)
class HeldOccupation:
    """An occupation that somebody has worked in: STYRK-08 code, months in all, whether now, and ESCO concept."""

    styrk: str
    months: int | None = None
    current: bool | None = None
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """What is said of a skill: that it is there (`holds`), or that it is not.

    `last_used` is the year in which what it came from ended: None when that goes on, or is not known.
    """

    holds: bool
    evidence: Evidence | None = None
    level: SkillLevel | None = None
    last_used: int | None = None
    label: str | None = None


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
    """An education: level, ISCED-F field, whether it was completed, and where its recognition stands.

    `recognition` is RECOGNISED for one that needs none.
    """

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
    """An occupation that somebody wants, or wants never; `weight` from 1 to 5."""

    styrk: str
    strength: Strength
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class WishedSector:
    """A sector (`kompetanse.codes.sectors`) that somebody wants, or wants out of (`leaves`)."""

    code: str
    leaves: bool
    strength: Strength = Strength.PREFER


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wants of a job.

    `strengths` and `weights` (1 to 5) are by term: percentage, shifts, commute, start. `commute_minutes` is one way.
    """

    occupations: tuple[WishedOccupation, ...] = ()
    percentage_min: int | None = None
    percentage_max: int | None = None
    shifts: frozenset[Shift] | None = None
    available_from: date | None = None
    commute_minutes: int | None = None
    sectors: tuple[WishedSector, ...] = ()
    strengths: Mapping[str, Strength] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CandidateFeatures:
    """A person as matching sees her. Skills are keyed by concept URI or `text:` key, licences by code.

    `born` is the day of birth as the first and the last day that it can be; `interests` are concepts. `protected`:
    her address is, so she is not put forward outside her own municipality. `home` is the centre of the municipality
    where nobody has stated where she lives, which `home_stated` tells.
    """

    person_id: UUID
    occupations: tuple[HeldOccupation, ...] = ()
    skills: Mapping[str, HeldSkill] = field(default_factory=dict)
    languages: Mapping[str, HeldLanguage] = field(default_factory=dict)
    education: tuple[HeldEducation, ...] = ()
    licences: Mapping[str, HeldLicence] = field(default_factory=dict)
    work_right: WorkRight = WorkRight()
    wishes: Wishes = Wishes()
    interests: frozenset[str] = frozenset()
    home: Place | None = None
    born: tuple[date, date] | None = None
    protected: bool = False
    home_stated: bool = True


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
    """A vacancy as matching sees it. `outside`: the work is not in the municipality that matches.

    `positions` and the places for children are for placing people together; they are no requirements.
    """

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
    concept: str | None = None
    experience_months: int | None = None
    minimum_age: int | None = None
    place: Place | None = None
    outside: bool = False
    positions: int = 1
    kindergarten_places: int | None = None
    school_places: int | None = None
