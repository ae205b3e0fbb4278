"""Contracts of what would help: steps for a person, easier demands for a vacancy."""

from uuid import UUID

from pydantic import Field

from schemas.base import View
from schemas.courses import CourseOfferOut


class StepOut(View):
    """Something that a person could take: a level of a language, a licence, a recognition."""

    kind: str = Field(examples=["language_course"])
    key: str | None = Field(
        description="The language, licence, profession, skill or ISCED-F field that it is about.", examples=["nor"]
    )
    label: str | None = Field(description="A skill's name.")
    before: str | None = Field(description="The level now.", examples=["B1"])
    to: str | None = Field(description="The level afterwards.", examples=["B2"])
    known: bool = Field(description="Whether it is known to be lacking; else nobody asked.")


class OpenedVacancy(View):
    """A vacancy that comes within reach."""

    id: UUID
    title: str = Field(examples=["Helsefagarbeider"])
    unit: str | None
    score: float = Field(ge=0, le=1, description="As it is now.")
    score_after: float = Field(ge=0, le=1, description="As it would be after the step.")


class OpenedOut(View):
    """What a step would do, and ways to take it."""

    step: StepOut
    vacancies: list[OpenedVacancy] = Field(description="Those that come within reach.")
    rise: float = Field(description="How much the scores of those within reach already rise together.", examples=[0.12])
    offers: list[CourseOfferOut] = Field(description="Courses, tests and procedures on offer that lead to it.")


class StepsOut(View):
    """The steps that help most. Within reach is a score of `good` or more that no gate excludes."""

    good: float = Field(examples=[0.5])
    within_reach: int = Field(description="Vacancies within reach now.", examples=[3])
    considered: int = Field(description="Open vacancies.", examples=[64])
    steps: list[OpenedOut]


class RelaxationOut(View):
    """Something that a vacancy could ask less of; what the law demands is never among them."""

    kind: str = Field(
        description="language, licence, education, education_field, experience, skill (learnt in the job), percentage "
        "or shifts.",
        examples=["language"],
    )
    key: str | None = Field(examples=["nor"])
    label: str | None
    before: str | None = Field(examples=["B2"])
    to: str | None = Field(description="What it would ask instead; null: not as a demand.", examples=["B1"])


class BroughtPerson(View):
    """Somebody who comes within reach, for the coordinator's eyes."""

    id: UUID
    given_name: str
    family_name: str


class BroughtOut(View):
    """What asking for less would bring."""

    relaxation: RelaxationOut
    people: list[BroughtPerson]


class RelaxationsOut(View):
    """What brings a vacancy more candidates, most first. Within reach is a score of `good` that no gate excludes."""

    good: float = Field(examples=[0.5])
    within_reach: int = Field(description="Candidates within reach now.", examples=[2])
    considered: int = Field(description="How many may be put forward.", examples=[850])
    relaxations: list[BroughtOut]
