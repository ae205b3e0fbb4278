"""A profile as it is stored: what a person can, wants and likes. Empty means "not stated", never "no"."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.actor import ActorKind
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
from kompetanse.database import JSON_LIST, Owned, check, closed
from kompetanse.people.tables import person_index, person_key

PERCENTAGE = (
    "percentage_min BETWEEN 1 AND 100 AND percentage_max BETWEEN 1 AND 100 AND percentage_min <= percentage_max"
)


class Profile(Owned, table=True):
    """The head of a profile: its version, and the wishes that are single values."""

    __tablename__ = "profile"
    __table_args__ = (
        person_key(),
        UniqueConstraint("municipality_no", "person_id"),
        check(PERCENTAGE, "percentage"),
        check("commute_minutes BETWEEN 0 AND 1440", "commute"),
        check("version >= 1", "version"),
        check("pay_floor BETWEEN 0 AND 10000000", "pay_floor"),
    )

    person_id: UUID
    version: int = 1
    updated_at: datetime = Field(default_factory=clock.now)
    mapped_on: date | None = Field(default=None, description="The day of the mapping conversation.")
    confirmed_on: date | None = Field(default=None, description="When the person last said that all of it holds.")
    percentage_min: int | None = None
    percentage_max: int | None = None
    shifts: list[Shift] | None = Field(default=None, sa_type=JSON_LIST)
    commute_minutes: int | None = None
    available_from: date | None = None
    pay_floor: int | None = Field(default=None, description="Kroner a year, full time.")
    percentage_strength: Strength | None = Field(default=None, sa_type=closed(Strength, "percentage_strength"))
    shifts_strength: Strength | None = Field(default=None, sa_type=closed(Strength, "shifts_strength"))
    commute_strength: Strength | None = Field(default=None, sa_type=closed(Strength, "commute_strength"))
    start_strength: Strength | None = Field(default=None, sa_type=closed(Strength, "start_strength"))
    pay_strength: Strength | None = Field(default=None, sa_type=closed(Strength, "pay_strength"))
    term_weights: dict[str, int] | None = Field(
        default=None, sa_type=JSON_LIST, description="How much each term of work weighs, 1 to 5; see fields.TERMS."
    )
    wishes_as_spoken: str | None = Field(default=None, max_length=2000)


class Skill(Owned, table=True):
    """A skill that the person says she has, or says she has not (`holds` false)."""

    __tablename__ = "skill"
    __table_args__ = (
        person_key(),
        person_index("skill"),
        UniqueConstraint("municipality_no", "person_id", "key"),
    )

    person_id: UUID
    key: str = Field(max_length=200, description="ESCO concept URI, or `text:` and the normalised words.")
    label: str = Field(max_length=200, description="As spoken or written.")
    holds: bool = True
    level: SkillLevel | None = Field(default=None, sa_type=closed(SkillLevel))
    evidence: Evidence | None = Field(default=None, sa_type=closed(Evidence))
    source_id: UUID | None = Field(default=None, description="The entry of the profile that it came from.")


class Experience(Owned, table=True):
    """One job, paid or not."""

    __tablename__ = "experience"
    __table_args__ = (
        person_key(),
        person_index("experience"),
        check("length(started) IN (4, 7, 10)", "started_precision"),
        check("length(ended) IN (4, 7, 10)", "ended_precision"),
        check("months >= 0", "months"),
        check("percentage BETWEEN 1 AND 100", "percentage"),
    )

    person_id: UUID
    title: str = Field(max_length=200, description="As spoken, in its own language.")
    title_language: str | None = Field(default=None, max_length=3, description="ISO 639-3.")
    styrk: str | None = Field(default=None, max_length=4)
    concept: str | None = Field(default=None, max_length=200)
    kind: ExperienceKind = Field(default=ExperienceKind.PAID, sa_type=closed(ExperienceKind))
    employer: str | None = Field(default=None, max_length=200)
    country: str | None = Field(default=None, max_length=2)
    started: str | None = Field(default=None, max_length=10)
    ended: str | None = Field(default=None, max_length=10)
    ongoing: bool | None = None
    months: int | None = Field(default=None, description="As stated, where no dates are known.")
    percentage: int | None = None
    tasks: str | None = Field(default=None, max_length=2000)
    relevant: bool | None = Field(default=None, description="False: of no use for what the person wants now.")


class Education(Owned, table=True):
    """One education, finished or not, recognised or not."""

    __tablename__ = "education"
    __table_args__ = (
        person_key(),
        person_index("education"),
        check("completed_year BETWEEN 1940 AND 2100", "year"),
        check("started_year BETWEEN 1940 AND 2100 AND started_year <= completed_year", "started_year"),
    )

    person_id: UUID
    title: str = Field(max_length=200, description="As spoken.")
    level: EducationLevel | None = Field(default=None, sa_type=closed(EducationLevel))
    field: str | None = Field(default=None, max_length=4, description="ISCED-F 2013 code.")
    institution: str | None = Field(default=None, max_length=200)
    country: str | None = Field(default=None, max_length=2)
    started_year: int | None = None
    completed: bool | None = None
    completed_year: int | None = None
    recognition: RecognitionStatus | None = Field(default=None, sa_type=closed(RecognitionStatus))
    recognition_scheme: RecognitionScheme | None = Field(default=None, sa_type=closed(RecognitionScheme))
    recognition_authority: str | None = Field(default=None, max_length=120)
    recognition_decided_on: date | None = None
    recognition_valid_until: date | None = None
    recognition_documents: list[str] | None = Field(
        default=None, sa_type=JSON_LIST, description="Papers that are at hand; codes of `kompetanse.codes.recognition`."
    )


class PersonLanguage(Owned, table=True):
    """A language with its CEFR level in each of the five skills (Council of Europe 2001, self-assessment grid)."""

    __tablename__ = "person_language"
    __table_args__ = (
        person_key(),
        person_index("person_language"),
        UniqueConstraint("municipality_no", "person_id", "language"),
    )

    person_id: UUID
    language: str = Field(max_length=3)
    mother_tongue: bool | None = None
    listening: Cefr | None = Field(default=None, sa_type=closed(Cefr, "listening"))
    reading: Cefr | None = Field(default=None, sa_type=closed(Cefr, "reading"))
    interaction: Cefr | None = Field(default=None, sa_type=closed(Cefr, "interaction"))
    production: Cefr | None = Field(default=None, sa_type=closed(Cefr, "production"))
    writing: Cefr | None = Field(default=None, sa_type=closed(Cefr, "writing"))
    proof: LanguageProof | None = Field(default=None, sa_type=closed(LanguageProof))
    test: str | None = Field(default=None, max_length=120, description="Which test, and its result.")
    tested_on: date | None = None


class PersonLicence(Owned, table=True):
    """A licence, certificate or authorisation that the person has, or says she has not (`holds` false)."""

    __tablename__ = "person_licence"
    __table_args__ = (
        person_key(),
        person_index("person_licence"),
        UniqueConstraint("municipality_no", "person_id", "licence"),
    )

    person_id: UUID
    licence: str = Field(max_length=40)
    holds: bool = True
    country: str | None = Field(default=None, max_length=2)
    valid_until: date | None = None


class Course(Owned, table=True):
    """A course that the person took, or something else that she has to show: a certificate, an award, a project."""

    __tablename__ = "course"
    __table_args__ = (
        person_key(),
        person_index("course"),
        check("length(completed) IN (4, 7, 10)", "completed_precision"),
    )

    person_id: UUID
    title: str = Field(max_length=200, description="As spoken.")
    kind: CourseKind = Field(default=CourseKind.COURSE, sa_type=closed(CourseKind))
    provider: str | None = Field(default=None, max_length=200)
    completed: str | None = Field(default=None, max_length=10, description="Date of reduced precision.")
    valid_until: date | None = None


class Wish(Owned, table=True):
    """What the person wants, or wants never, beside occupations and the terms of work."""

    __tablename__ = "wish"
    __table_args__ = (
        person_key(),
        person_index("wish"),
        check("weight BETWEEN 1 AND 5", "weight"),
    )

    person_id: UUID
    kind: WishKind = Field(sa_type=closed(WishKind))
    value: str | None = Field(default=None, max_length=40, description="Sector's code, or municipality's number.")
    text: str | None = Field(default=None, max_length=200, description="As spoken.")
    strength: Strength = Field(default=Strength.PREFER, sa_type=closed(Strength))
    weight: int | None = None


class WishedOccupation(Owned, table=True):
    """An occupation that the person wants, or wants never."""

    __tablename__ = "wished_occupation"
    __table_args__ = (
        person_key(),
        person_index("wished_occupation"),
        check("weight BETWEEN 1 AND 5", "weight"),
    )

    person_id: UUID
    title: str = Field(max_length=200, description="As spoken.")
    title_language: str | None = Field(default=None, max_length=3, description="ISO 639-3.")
    styrk: str | None = Field(default=None, max_length=4)
    concept: str | None = Field(default=None, max_length=200)
    strength: Strength = Field(default=Strength.PREFER, sa_type=closed(Strength))
    weight: int | None = None


class Interest(Owned, table=True):
    """What the person likes, or would gladly do for others."""

    __tablename__ = "interest"
    __table_args__ = (
        person_key(),
        person_index("interest"),
    )

    person_id: UUID
    label: str = Field(max_length=200)
    kind: InterestKind = Field(default=InterestKind.LIKES, sa_type=closed(InterestKind))
    key: str | None = Field(default=None, max_length=200, description="The ESCO concept that it names, if any.")
    activity: str | None = Field(default=None, max_length=200, description="The club or activity where it is done.")


class ProfileChange(Owned, table=True):
    """One change of a profile: what stood there, and what stands there now. Kept as long as the profile is."""

    __tablename__ = "profile_change"
    __table_args__ = (
        person_key(),
        person_index("profile_change"),
        check("version >= 1", "version"),
    )

    person_id: UUID
    version: int = Field(description="The profile's version after it.")
    changed_at: datetime = Field(default_factory=clock.now)
    actor_id: UUID
    actor_kind: ActorKind = Field(sa_type=closed(ActorKind))
    part: str = Field(max_length=40, description="A `ProfilePart`, or `terms` for the wishes that are single values.")
    entry_id: UUID | None = None
    by_word: bool = Field(default=False, description="Only links a word as the municipality does everywhere.")
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON_LIST)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON_LIST)
