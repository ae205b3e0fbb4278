"""What a list of newcomers is asked for, as data that is checked when it is read again. Pure."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from uuid import UUID

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ResidenceBasis
from kompetanse.codes.unknown import Unknown
from kompetanse.codes.work import InterestKind, RecognitionStatus, Shift


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which newcomers a list shows; every condition that is set must hold.

    `text`: every word in the name, or in a phone number or e-mail address; on pages also an occupation or a skill.
    `occupation`: STYRK-08 prefix of any job held. `norwegian_at_least`: spoken. `skill`: a concept URI, a `text:`
    key, or words. `archived`: only archived ones, else only the others. `needs_interpreter`: as stated, so "not
    stated" is in neither answer. `not_mapped`: no mapping conversation has a day yet. `wished`: STYRK-08 prefix of
    an occupation that is wanted. `recognition`: of any education. `language`: ISO 639-3, at any level.
    `percentage_at_least`: she would work so much of full time. `available_by`: can begin by a day. `age_from`,
    `age_to`: whole years, both included. `arrived_since`: in the municipality.
    `in_list`: id of a list. `fresh_in`: id of a watch, for those who were new when its search was last opened.
    `unknown`: what must not be stated at all.
    """

    text: str = ""
    occupation: str | None = None
    norwegian_at_least: Cefr | None = None
    skill: str | None = None
    archived: bool = False
    needs_interpreter: bool | None = None
    not_mapped: bool = False
    wished: str | None = None
    education_at_least: EducationLevel | None = None
    recognition: RecognitionStatus | None = None
    language: str | None = None
    licence: str | None = None
    percentage_at_least: int | None = None
    shift: Shift | None = None
    available_by: date | None = None
    interest: InterestKind | None = None
    citizenship: str | None = None
    country_of_origin: str | None = None
    contact_language: str | None = None
    residence_basis: ResidenceBasis | None = None
    may_work: bool | None = None
    age_from: int | None = None
    age_to: int | None = None
    arrived_since: date | None = None
    in_household: bool | None = None
    in_list: UUID | None = None
    fresh_in: UUID | None = None
    unknown: frozenset[Unknown] = field(default_factory=frozenset)


MEANT = 3
"""So many occupations at most are meant by one search."""

SPELLINGS = 5
"""So many spellings of a word at most are looked for where nobody has the one that was written."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words of a search were taken for.

    `skill_key`: what the filter's skill is linked to. `occupations`: STYRK-08 codes that the text means, at most
    `MEANT`; `skill`: the concept of a skill. `spellings`: where nobody has the words that were written, at most
    `SPELLINGS` of each that are like it.
    """

    skill_key: str = ""
    occupations: tuple[str, ...] = ()
    skill: str = ""
    spellings: tuple[tuple[str, ...], ...] = ()

    @property
    def competence(self) -> bool:
        """Whether the text means something that people can."""
        return bool(self.occupations or self.skill)


NO_SEARCH = PeopleFilter()
AS_WRITTEN = Understood()

_ADAPTER = TypeAdapter(PeopleFilter)


def stored(wanted: PeopleFilter) -> dict[str, object]:
    """What is asked for as JSON can hold it, without what is not asked for."""
    written: dict[str, object] = _ADAPTER.dump_python(wanted, mode="json")
    asked = asked_for(wanted)
    kept = {name: value for name, value in written.items() if name in asked}
    return kept | ({"unknown": sorted(wanted.unknown)} if wanted.unknown else {})


def loaded(criteria: object) -> PeopleFilter:
    """What `stored` gave.

    Raises:
        ValueError: it is not what this version of the program asks for.
    """
    try:
        return _ADAPTER.validate_python(criteria)
    except ValidationError as error:
        raise ValueError("Not the criteria of a search") from error


def asked_for(wanted: PeopleFilter) -> frozenset[str]:
    """The names of the conditions that are set; a text of blanks asks for nothing."""
    plain = replace(wanted, text=wanted.text.strip())
    return frozenset(f.name for f in fields(plain) if getattr(plain, f.name) != getattr(NO_SEARCH, f.name))
