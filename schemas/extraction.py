"""Contracts of suggestions that are read out of a text, and of those that are accepted."""

from pydantic import ConfigDict, Field, JsonValue

from schemas.base import Contract, View
from schemas.competence import (
    CourseIn,
    EducationIn,
    ExperienceIn,
    InterestIn,
    LanguageIn,
    LicenceIn,
    OtherWishIn,
    SkillIn,
    WishedOccupationIn,
    example,
)

LONGEST = 50_000
MOST = 200
"""Entries of one part that can be accepted at once."""


class TextIn(Contract):
    """A CV, or what a person tells, in any language; also a Europass (XML) or JSON Resume. It is read and not kept."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=False,  # places in the text are those of the text that was sent
        json_schema_extra={"examples": [{"text": "księgowa 10 lat, norweski B1, prawo jazdy kat. B"}]},
    )

    text: str = Field(min_length=1, max_length=LONGEST)


class SuggestionOut(View):
    """An entry that the text speaks for. `fields` can be posted to the part as they are, or changed first."""

    part: str = Field(examples=["experiences"], description="The part of the profile, as in its address.")
    start: int = Field(description="Where the words begin in the text, in Unicode characters from 0.")
    end: int = Field(description="One past the last character of the words.")
    fields: dict[str, JsonValue] = Field(examples=[{"title": "księgowa", "months": 120}])
    concept: str | None = Field(description="The concept that the words are linked to.")
    name: str | None = Field(examples=["regnskapsfører"], description="The concept's name in bokmål.")
    sure: float = Field(description="0 to 1; from 0.75 on it may be chosen beforehand.")


class SuggestionsOut(View):
    """What a text adds to the profile of this version, in the order of the text."""

    version: int
    text: str = Field(
        description="What the places are in: the text that was sent; of a Europass or JSON Resume its fields as text."
    )
    items: list[SuggestionOut]


class AcceptIn(Contract):
    """Entries to add to the profile at once: all of them, or none."""

    model_config = example(
        experiences=[{"title": "księgowa", "months": 120}], licences=[{"licence": "driving:B", "holds": True}]
    )

    skills: list[SkillIn] = Field(default=[], max_length=MOST)
    experiences: list[ExperienceIn] = Field(default=[], max_length=MOST)
    educations: list[EducationIn] = Field(default=[], max_length=MOST)
    languages: list[LanguageIn] = Field(default=[], max_length=MOST)
    licences: list[LicenceIn] = Field(default=[], max_length=MOST)
    wished_occupations: list[WishedOccupationIn] = Field(default=[], max_length=MOST)
    courses: list[CourseIn] = Field(default=[], max_length=MOST)
    wishes: list[OtherWishIn] = Field(default=[], max_length=MOST)
    interests: list[InterestIn] = Field(default=[], max_length=MOST)
