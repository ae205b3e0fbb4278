"""Vacancies as they are stored. Empty means "not stated", never "not required"."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Duration, Importance, Shift, VacancySource, VacancyStatus
from kompetanse.database import JSON_LIST, Owned, check, closed


def vacancy_key() -> ForeignKeyConstraint:
    """The foreign key of everything that belongs to a vacancy; it cannot cross municipalities."""
    return ForeignKeyConstraint(
        ["municipality_no", "vacancy_id"], ["vacancy.municipality_no", "vacancy.id"], ondelete="CASCADE"
    )


class Vacancy(Owned, table=True):
    """An open position, typed in or read from the job service's feed."""

    __tablename__ = "vacancy"
    __table_args__ = (
        UniqueConstraint("municipality_no", "source", "external_id", name="uq_vacancy_external"),
        Index("ix_vacancy_listed", "municipality_no", "status", "deadline", "id"),
        check("percentage_min BETWEEN 1 AND 100", "percentage_min"),
        check("percentage_max BETWEEN 1 AND 100 AND percentage_min <= percentage_max", "percentage_max"),
        check("positions >= 1", "positions"),
        check("minimum_age BETWEEN 13 AND 25", "minimum_age"),
        check("experience_months BETWEEN 0 AND 600", "experience_months"),
        check("kindergarten_places >= 0", "kindergarten_places"),
        check("school_places >= 0", "school_places"),
        check("version >= 1", "version"),
    )

    version: int = 1
    created_at: datetime = Field(default_factory=clock.now)
    updated_at: datetime = Field(default_factory=clock.now)
    title: str = Field(max_length=250)
    status: VacancyStatus = Field(default=VacancyStatus.OPEN, sa_type=closed(VacancyStatus))
    unit: str | None = Field(default=None, max_length=120)
    employer_name: str | None = Field(default=None, max_length=200)
    employer_org_no: str | None = Field(default=None, max_length=9)
    styrk: str | None = Field(default=None, max_length=4)
    concept: str | None = Field(default=None, max_length=200)
    description: str | None = Field(default=None, max_length=50_000, description="Sanitised HTML, or plain text.")
    education_level: EducationLevel | None = Field(default=None, sa_type=closed(EducationLevel))
    education_field: str | None = Field(default=None, max_length=4)
    authorisation: str | None = Field(default=None, max_length=40)
    minimum_age: int | None = Field(default=None, description="What the law demands: 18 to serve spirits.")
    experience_months: int | None = Field(default=None, description="In the occupation; wished for, never demanded.")
    percentage_min: int | None = None
    percentage_max: int | None = None
    shifts: list[Shift] | None = Field(default=None, sa_type=JSON_LIST)
    duration: Duration | None = Field(default=None, sa_type=closed(Duration))
    positions: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    deadline: date | None = None
    place: str | None = Field(default=None, max_length=120)
    postal_code: str | None = Field(default=None, max_length=4)
    workplace_no: str | None = Field(default=None, max_length=4, description="Municipality of the workplace.")
    kindergarten_places: int | None = Field(default=None, description="To be had near by, for a family who comes.")
    school_places: int | None = Field(default=None, description="To be had near by, for a family who comes.")
    source: VacancySource = Field(default=VacancySource.TYPED, sa_type=closed(VacancySource))
    external_id: str | None = Field(default=None, max_length=64)


class VacancySkill(Owned, table=True):
    """A skill that a vacancy asks for."""

    __tablename__ = "vacancy_skill"
    __table_args__ = (vacancy_key(), UniqueConstraint("municipality_no", "vacancy_id", "key"))

    vacancy_id: UUID
    key: str = Field(max_length=200)
    label: str = Field(max_length=200)
    importance: Importance = Field(default=Importance.ESSENTIAL, sa_type=closed(Importance))


class VacancyLanguage(Owned, table=True):
    """The least level of a language that a vacancy asks for; a wish when not `required`."""

    __tablename__ = "vacancy_language"
    __table_args__ = (vacancy_key(), UniqueConstraint("municipality_no", "vacancy_id", "language"))

    vacancy_id: UUID
    language: str = Field(max_length=3)
    minimum: Cefr = Field(sa_type=closed(Cefr))
    required: bool = True


class VacancyLicence(Owned, table=True):
    """A licence or certificate that a vacancy asks for."""

    __tablename__ = "vacancy_licence"
    __table_args__ = (vacancy_key(), UniqueConstraint("municipality_no", "vacancy_id", "licence"))

    vacancy_id: UUID
    licence: str = Field(max_length=40)
