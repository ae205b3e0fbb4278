"""What can be written in each part of a profile, and what it must satisfy. Pure: "today" is passed in."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypedDict

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import country
from kompetanse.codes.education import EducationLevel, is_education_field
from kompetanse.codes.languages import is_language, macrolanguage
from kompetanse.codes.licences import authorisation, is_licence
from kompetanse.codes.occupations import NOT_IDENTIFIABLE, is_occupation
from kompetanse.codes.partial_date import first_day, last_day, parse_partial_date
from kompetanse.codes.work import Evidence, ExperienceKind, RecognitionStatus, Shift, Strength
from kompetanse.errors import FieldFault, Invalid, UnknownCode
from kompetanse.taxonomy.rules import link_occupation, skill_key

TEXT_LENGTH = 200


class ProfilePart(StrEnum):
    """The lists that a profile is made of, named as in addresses."""

    SKILLS = "skills"
    EXPERIENCES = "experiences"
    EDUCATIONS = "educations"
    LANGUAGES = "languages"
    LICENCES = "licences"
    WISHED_OCCUPATIONS = "wished-occupations"
    INTERESTS = "interests"

    @property
    def attribute(self) -> str:
        """The list's name in a `ProfileDocument`."""
        return self.value.replace("-", "_")


class WishFields(TypedDict, total=False):
    """Wishes that are single values, and the mapping day. A key that is absent is left alone; None is "not stated"."""

    mapped_on: date | None
    percentage_min: int | None
    percentage_max: int | None
    shifts: list[Shift] | None
    commute_minutes: int | None
    available_from: date | None
    wishes_as_spoken: str | None


class SkillFields(TypedDict, total=False):
    """A skill; `label` as spoken. `holds` is False when the person says that she has it not."""

    label: str
    holds: bool
    evidence: Evidence | None


class ExperienceFields(TypedDict, total=False):
    """A job. Without `styrk` the title is linked; `styrk` None keeps it unlinked. Dates of reduced precision."""

    title: str
    styrk: str | None
    kind: ExperienceKind
    employer: str | None
    country: str | None
    started: str | None
    ended: str | None
    ongoing: bool | None
    months: int | None
    percentage: int | None


class EducationFields(TypedDict, total=False):
    """An education. `field` is ISCED-F 2013; `completed` False is "not finished", None "not stated"."""

    title: str
    level: EducationLevel | None
    field: str | None
    institution: str | None
    country: str | None
    completed: bool | None
    completed_year: int | None
    recognition: RecognitionStatus | None


class LanguageFields(TypedDict, total=False):
    """A language (ISO 639-3; bokmål and nynorsk are kept as Norwegian) and its level in each skill."""

    language: str
    mother_tongue: bool | None
    listening: Cefr | None
    reading: Cefr | None
    interaction: Cefr | None
    production: Cefr | None
    writing: Cefr | None


class LicenceFields(TypedDict, total=False):
    """A licence or authorisation. `holds` is False when the person says that she has it not."""

    licence: str
    holds: bool
    country: str | None
    valid_until: date | None


class WishedOccupationFields(TypedDict, total=False):
    """A wanted (or never wanted) occupation; the title is linked as an experience's is."""

    title: str
    styrk: str | None
    strength: Strength


class InterestFields(TypedDict, total=False):
    """What the person likes."""

    label: str


PartFields: TypeAlias = (
    SkillFields
    | ExperienceFields
    | EducationFields
    | LanguageFields
    | LicenceFields
    | WishedOccupationFields
    | InterestFields
)
PartValues: TypeAlias = Mapping[str, object]
"""A part in stored form: column → value. A column that is absent has its default, "not stated"."""

Faults: TypeAlias = list[FieldFault]


def accept_wishes(fields: WishFields, standing: WishFields, today: date) -> WishFields:
    """The wishes in stored form, checked together with those that stand already.

    Raises:
        Invalid: with the pointer of each field that breaks a rule.
    """
    faults: Faults = []
    low = fields.get("percentage_min", standing.get("percentage_min"))
    high = fields.get("percentage_max", standing.get("percentage_max"))
    for name, value in (("percentage_min", low), ("percentage_max", high)):
        faults += _range(name, value, 1, 100, "per cent of full time")
    if low is not None and high is not None and low > high:
        faults.append(FieldFault("/percentage_max", "The least is more than the most", "Write at least percentage_min"))
    faults += _range("commute_minutes", fields.get("commute_minutes"), 0, 1440, "minutes each way")
    faults += _not_future("mapped_on", fields.get("mapped_on"), today)
    spoken = fields.get("wishes_as_spoken")
    if spoken is not None and len(spoken) > 2000:
        faults.append(FieldFault("/wishes_as_spoken", "Too long", "Write at most 2000 characters"))
    _refuse(faults)
    accepted = fields.copy()
    shifts = fields.get("shifts")
    if shifts is not None:
        accepted["shifts"] = list(dict.fromkeys(shifts))
    return accepted


def accept_skill(fields: SkillFields) -> PartValues:
    """A skill in stored form, linked to its concept. Raises Invalid."""
    faults = _text("label", fields.get("label"))
    if fields.get("holds") is False and fields.get("evidence") is not None:
        faults.append(FieldFault("/evidence", "What is not held has no evidence", "Leave evidence out"))
    _refuse(faults)
    label = _tidy(fields["label"])
    return {**fields, "label": label, "key": skill_key(label)}


def accept_experience(fields: ExperienceFields, today: date) -> PartValues:
    """A job in stored form, its title linked to an occupation. Raises Invalid."""
    faults = _text("title", fields.get("title"))
    faults += _text("employer", fields.get("employer"), needed=False)
    faults += _styrk(fields.get("styrk"))
    faults += _country(fields.get("country"))
    faults += _range("months", fields.get("months"), 0, 1200, "months")
    faults += _range("percentage", fields.get("percentage"), 1, 100, "per cent of full time")
    faults += _period(fields, today)
    _refuse(faults)
    title = _tidy(fields["title"])
    linked = link_occupation(title)
    styrk = fields.get("styrk", linked.styrk if linked else None)
    concept = linked.uri if linked and linked.styrk == styrk else None
    return {**fields, "title": title, "styrk": styrk, "concept": concept}


def accept_education(fields: EducationFields, today: date) -> PartValues:
    """An education in stored form. Raises Invalid."""
    faults = _text("title", fields.get("title"))
    faults += _text("institution", fields.get("institution"), needed=False)
    faults += _country(fields.get("country"))
    faults += _code("field", fields.get("field"), is_education_field, "ISCED-F 2013", "0913")
    faults += _range("completed_year", fields.get("completed_year"), 1940, today.year, "a year that has begun")
    if fields.get("completed") is False and fields.get("completed_year") is not None:
        faults.append(FieldFault("/completed_year", "What is not completed has no year", "Leave completed_year out"))
    _refuse(faults)
    return {**fields, "title": _tidy(fields["title"])}


def accept_language(fields: LanguageFields) -> PartValues:
    """A language in stored form, bokmål and nynorsk as Norwegian. Raises Invalid."""
    code = fields.get("language", "")
    _refuse(_code("language", code, is_language, "ISO 639-3", "pol"))
    return {**fields, "language": macrolanguage(code)}


def accept_licence(fields: LicenceFields) -> PartValues:
    """A licence or authorisation in stored form. Raises Invalid."""
    faults = _code("licence", fields.get("licence", ""), is_credential, "licences and authorisations", "driving:B")
    _refuse(faults + _country(fields.get("country")))
    return {**fields}


def accept_wished_occupation(fields: WishedOccupationFields) -> PartValues:
    """A wish in stored form, its title linked to an occupation. Raises Invalid."""
    _refuse(_text("title", fields.get("title")) + _styrk(fields.get("styrk")))
    title = _tidy(fields["title"])
    linked = link_occupation(title)
    return {**fields, "title": title, "styrk": fields.get("styrk", linked.styrk if linked else None)}


def accept_interest(fields: InterestFields) -> PartValues:
    """An interest in stored form. Raises Invalid."""
    _refuse(_text("label", fields.get("label")))
    return {"label": _tidy(fields["label"])}


def is_credential(code: str) -> bool:
    """Whether a code is that of a licence, or of an authorisation for a regulated profession."""
    try:
        return is_licence(code) or bool(authorisation(code))
    except UnknownCode:
        return False


def _refuse(faults: Faults) -> None:
    if faults:
        raise Invalid(*faults)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _text(name: str, value: str | None, *, needed: bool = True) -> Faults:
    if needed and not (value or "").strip():
        return [FieldFault(f"/{name}", "Nothing is written", "Write it as the person says it")]
    if len(value or "") > TEXT_LENGTH:
        return [FieldFault(f"/{name}", "Too long", f"Write at most {TEXT_LENGTH} characters")]
    return []


def _code(name: str, value: str | None, known: Callable[[str], bool], code_list: str, example: str) -> Faults:
    if value is None or known(value):
        return []
    return [FieldFault(f"/{name}", f"Not a code of {code_list}", f"Use a code such as {example}")]


def _styrk(value: str | None) -> Faults:
    return _code("styrk", value, is_real_occupation, "STYRK-08", "2223")


def is_real_occupation(code: str) -> bool:
    """Whether STYRK-08 has the code and it says something: "0000, not stated" is None here."""
    return is_occupation(code) and not code.startswith(NOT_IDENTIFIABLE)


def _country(value: str | None) -> Faults:
    try:
        if value is not None:
            country(value)
    except UnknownCode:
        return [FieldFault("/country", "Not a country", "Use the two letters of ISO 3166-1: PL")]
    return []


def _range(name: str, value: int | None, least: int, most: int, unit: str) -> Faults:
    if value is None or least <= value <= most:
        return []
    return [FieldFault(f"/{name}", "Out of range", f"Write {least} to {most} {unit}")]


def _not_future(name: str, value: date | None, today: date) -> Faults:
    if value is None or value <= today:
        return []
    return [FieldFault(f"/{name}", "The day has not come", "Write today or an earlier day")]


def _period(fields: ExperienceFields, today: date) -> Faults:
    """What is wrong with when a job began and ended. Dates of reduced precision get the benefit of the doubt."""
    faults: Faults = []
    started, ended = fields.get("started"), fields.get("ended")
    for name, value in (("started", started), ("ended", ended)):
        try:
            if value is not None and first_day(parse_partial_date(value)) > today:
                faults.append(FieldFault(f"/{name}", "The day has not come", "Write an earlier date"))
        except ValueError:
            faults.append(FieldFault(f"/{name}", "Not a date", "Write 2019, 2019-05 or 2019-05-17"))
    if ended is not None and fields.get("ongoing"):
        faults.append(FieldFault("/ended", "A job that goes on has not ended", "Leave out ended, or ongoing"))
    if not faults and started and ended and _ends_first(started, ended):
        faults.append(FieldFault("/ended", "The job ends before it starts", "Check both dates"))
    return faults


def _ends_first(started: str, ended: str) -> bool:
    return last_day(parse_partial_date(ended)) < first_day(parse_partial_date(started))
