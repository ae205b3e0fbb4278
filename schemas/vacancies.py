"""Contracts of vacancies. `null` is "not stated", never "not required"."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Duration, Importance, Shift, VacancySource, VacancyStatus
from schemas.base import Contract, LanguageCode, MunicipalityNo, PageView, Styrk, Text, View

Percentage = Annotated[int, Field(ge=1, le=100, description="Per cent of full time.")]
Places = Annotated[int, Field(ge=0, le=1000, description="To be had near by, for a family who comes.")]
Title = Annotated[str, Field(min_length=1, max_length=250)]


class VacancySkillIn(Contract):
    """A skill that is asked for: `essential` on the first day, or `trainable` in the job."""

    label: Text
    importance: Importance = Importance.ESSENTIAL


class VacancySkillOut(View):
    """A skill that is asked for. `key` is a concept's URI, or `text:` and the words."""

    key: str
    label: str
    importance: Importance


class VacancyLanguageIn(Contract):
    """The least level of a language; a wish when not `required`."""

    language: LanguageCode
    minimum: Cefr
    required: bool = True


class VacancyLanguageOut(View):
    """The least level of a language."""

    language: str
    minimum: Cefr
    required: bool


class VacancyChange(Contract):
    """What to change; what is left out stays as it is, `null` means "not stated", and a list replaces the list."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"deadline": "2026-09-01", "positions": 2, "licences": ["driving:B"]}]}
    )

    title: Title = ""
    unit: str | None = Field(default=None, max_length=120)
    employer_name: Text | None = None
    employer_org_no: str | None = Field(default=None, max_length=20, examples=["964 982 953"])
    styrk: Styrk | None = None
    description: str | None = Field(default=None, max_length=50_000, description="HTML (made safe) or plain text.")
    education_level: EducationLevel | None = Field(default=None, description="The least level.")
    education_field: str | None = Field(default=None, max_length=4, description="ISCED-F 2013 code.")
    authorisation: str | None = Field(default=None, max_length=40, examples=["auth:nurse"])
    minimum_age: int | None = Field(default=None, ge=13, le=25, description="What the law demands; null for none.")
    experience_months: int | None = Field(
        default=None, ge=0, le=600, description="The least in the occupation; a wish, never a demand."
    )
    percentage_min: Percentage | None = None
    percentage_max: Percentage | None = None
    shifts: list[Shift] | None = Field(default=None, max_length=10)
    duration: Duration | None = None
    positions: int = Field(default=1, ge=1, le=1000)
    starts_on: date | None = None
    ends_on: date | None = None
    deadline: date | None = None
    place: str | None = Field(default=None, max_length=120)
    postal_code: str | None = Field(default=None, max_length=4)
    workplace_no: MunicipalityNo | None = Field(default=None, description="Municipality of the workplace.")
    kindergarten_places: Places | None = None
    school_places: Places | None = None
    skills: list[VacancySkillIn] = Field(default_factory=list, max_length=100)
    languages: list[VacancyLanguageIn] = Field(default_factory=list, max_length=20)
    licences: list[str] = Field(default_factory=list, max_length=20)

    def stated(self) -> dict[str, Any]:
        """Only what the client sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class VacancyCreate(VacancyChange):
    """An open position. Without `styrk` the title is linked to an occupation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Sykepleier",
                    "unit": "Hjemmetjenesten",
                    "authorisation": "auth:nurse",
                    "percentage_min": 75,
                    "percentage_max": 100,
                    "skills": [{"label": "sårstell", "importance": "trainable"}],
                    "languages": [{"language": "nor", "minimum": "B2"}],
                    "licences": ["driving:B"],
                    "postal_code": "7260",
                    "deadline": "2026-08-15",
                }
            ]
        }
    )

    title: Title


class VacancyEnd(Contract):
    """How a vacancy ends: `filled`, or `closed` without anybody."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "filled"}]})

    status: VacancyStatus = VacancyStatus.CLOSED


class VacancySummary(View):
    """A vacancy in a list."""

    id: UUID
    version: int
    title: str
    status: VacancyStatus
    unit: str | None
    employer_name: str | None
    styrk: str | None
    percentage_min: int | None
    percentage_max: int | None
    positions: int
    deadline: date | None
    place: str | None
    source: VacancySource


class VacancyOut(VacancySummary):
    """A vacancy with what it asks for. `description` is HTML of harmless tags, or plain text."""

    created_at: datetime
    updated_at: datetime
    employer_org_no: str | None
    concept: str | None
    description: str | None
    education_level: EducationLevel | None
    education_field: str | None
    authorisation: str | None
    minimum_age: int | None
    experience_months: int | None
    shifts: list[Shift] | None
    duration: Duration | None
    starts_on: date | None
    ends_on: date | None
    postal_code: str | None
    workplace_no: str | None
    kindergarten_places: int | None
    school_places: int | None
    external_id: str | None
    skills: list[VacancySkillOut]
    languages: list[VacancyLanguageOut]
    licences: list[str]


class VacancyList(PageView):
    """A page of vacancies, and how many the filter finds in all."""

    items: list[VacancySummary]
    total: int
