"""What each part of a profile must satisfy, and how it is stored. Pure: "today" and the lexicon are passed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kompetanse.codes.countries import country
from kompetanse.codes.education import is_education_field
from kompetanse.codes.languages import alpha2, is_language, macrolanguage
from kompetanse.codes.licences import authorisation, is_licence
from kompetanse.codes.municipalities import is_municipality
from kompetanse.codes.occupations import NOT_IDENTIFIABLE, is_occupation
from kompetanse.codes.partial_date import first_day, last_day, parse_partial_date
from kompetanse.codes.recognition import DOCUMENTS, lapses_on
from kompetanse.codes.sectors import is_sector
from kompetanse.codes.work import WishKind
from kompetanse.competence.fields import (
    TERMS,
    CourseFields,
    EducationFields,
    ExperienceFields,
    InterestFields,
    LanguageFields,
    LicenceFields,
    OtherWishFields,
    PartValues,
    SkillFields,
    WishedOccupationFields,
    WishFields,
)
from kompetanse.errors import FieldFault, Invalid, UnknownCode
from kompetanse.taxonomy.concepts import Concept, ConceptKind
from kompetanse.taxonomy.lexicon import Lexicon, text_key

TEXT_LENGTH = 200
LONG_TEXT = 2000

Faults: TypeAlias = list[FieldFault]


@dataclass(frozen=True, slots=True)
class Given:
    """What the rules must know beside the fields: the day, and what words mean."""

    today: date
    lexicon: Lexicon


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
    faults += _range("pay_floor", fields.get("pay_floor"), 0, 10_000_000, "kroner a year")
    faults += _not_future("mapped_on", fields.get("mapped_on"), today)
    faults += _not_future("confirmed_on", fields.get("confirmed_on"), today)
    weights = fields.get("term_weights") or {}
    if not weights.keys() <= set(TERMS):
        faults.append(FieldFault("/term_weights", "Not a term of work", f"Use {', '.join(TERMS)}"))
    for term, weight in weights.items():
        faults += _range(f"term_weights/{term}", weight, 1, 5, "where 5 weighs most")
    spoken = fields.get("wishes_as_spoken")
    if spoken is not None and len(spoken) > 2000:
        faults.append(FieldFault("/wishes_as_spoken", "Too long", "Write at most 2000 characters"))
    _refuse(faults)
    accepted = fields.copy()
    shifts = fields.get("shifts")
    if shifts is not None:
        accepted["shifts"] = list(dict.fromkeys(shifts))
    return accepted


def accept_skill(fields: SkillFields, given: Given) -> PartValues:
    """A skill in stored form, linked to the concept that was chosen, or that its words name. Raises Invalid."""
    faults = _text("label", fields.get("label"))
    faults += _concept(fields.get("concept"), ConceptKind.SKILL, given)
    if fields.get("holds") is False and fields.get("evidence") is not None:
        faults.append(FieldFault("/evidence", "What is not held has no evidence", "Leave evidence out"))
    _refuse(faults)
    label = _tidy(fields["label"])
    values = {name: value for name, value in fields.items() if name != "concept"}
    concept = fields["concept"] if "concept" in fields else _uri(given.lexicon.skill(label))
    return {**values, "label": label, "key": concept or text_key(label)}


def accept_experience(fields: ExperienceFields, given: Given) -> PartValues:
    """A job in stored form, linked to the occupation that was chosen, or that its title names. Raises Invalid."""
    faults = _text("title", fields.get("title"))
    faults += _concept(fields.get("concept"), ConceptKind.OCCUPATION, given)
    faults += _text("employer", fields.get("employer"), needed=False)
    faults += _text("tasks", fields.get("tasks"), needed=False, most=LONG_TEXT)
    faults += _code("title_language", fields.get("title_language"), is_language, "ISO 639-3", "pol")
    faults += _styrk(fields.get("styrk")) or _agreeing(fields, given)
    faults += _country(fields.get("country"))
    faults += _range("months", fields.get("months"), 0, 1200, "months")
    faults += _range("percentage", fields.get("percentage"), 1, 100, "per cent of full time")
    faults += _period(fields, given.today)
    _refuse(faults)
    title = _tidy(fields["title"])
    return {**fields, "title": title, **_occupation(title, fields, given)}


def _occupation(title: str, fields: ExperienceFields | WishedOccupationFields, given: Given) -> PartValues:
    """The code and the concept of a title: as chosen or stated, else as the words are linked."""
    chosen = _chosen(fields, given)
    if chosen is not None:
        return {"styrk": chosen.styrk or fields.get("styrk"), "concept": chosen.uri}
    language = fields.get("title_language")
    linked = given.lexicon.occupation(title, alpha2(language) if language else None)
    styrk = fields.get("styrk", linked.styrk if linked else None)
    return {"styrk": styrk, "concept": _uri(linked) if linked is not None and linked.styrk == styrk else None}


def _chosen(fields: ExperienceFields | WishedOccupationFields, given: Given) -> Concept | None:
    uri = fields.get("concept")
    return given.lexicon.concept(uri) if uri is not None else None


def _agreeing(fields: ExperienceFields | WishedOccupationFields, given: Given) -> Faults:
    """What is wrong with an occupation and a code that are both stated. ISCO-08 and STYRK-08 do not always match."""
    styrk, chosen = fields.get("styrk"), _chosen(fields, given)
    if styrk is None or chosen is None or chosen.styrk in (None, styrk):
        return []
    return [FieldFault("/styrk", "The occupation has another code", "Leave out styrk, or the concept")]


def accept_education(fields: EducationFields, given: Given) -> PartValues:
    """An education in stored form. Raises Invalid."""
    today = given.today
    faults = _text("title", fields.get("title"))
    faults += _text("institution", fields.get("institution"), needed=False)
    faults += _country(fields.get("country"))
    faults += _code("field", fields.get("field"), is_education_field, "ISCED-F 2013", "0913")
    faults += _range("completed_year", fields.get("completed_year"), 1940, today.year, "a year that has begun")
    faults += _range("started_year", fields.get("started_year"), 1940, today.year, "a year that has begun")
    faults += _order("completed_year", fields.get("started_year"), fields.get("completed_year"))
    faults += _text("recognition_authority", fields.get("recognition_authority"), needed=False)
    faults += _not_future("recognition_decided_on", fields.get("recognition_decided_on"), today)
    if not set(fields.get("recognition_documents") or ()) <= DOCUMENTS:
        faults.append(FieldFault("/recognition_documents", "Not a paper of the list", "Use codes such as diploma"))
    if fields.get("completed") is False and fields.get("completed_year") is not None:
        faults.append(FieldFault("/completed_year", "What is not completed has no year", "Leave completed_year out"))
    _refuse(faults)
    lapses = lapses_on(fields.get("recognition_scheme"), fields.get("recognition_decided_on"))
    until = {"recognition_valid_until": fields.get("recognition_valid_until") or lapses}
    return {**fields, **until, "title": _tidy(fields["title"])}


def accept_language(fields: LanguageFields, given: Given) -> PartValues:
    """A language in stored form, bokmål and nynorsk as Norwegian. Raises Invalid."""
    code = fields.get("language", "")
    faults = _code("language", code, is_language, "ISO 639-3", "pol")
    faults += _text("test", fields.get("test"), needed=False)
    _refuse(faults + _not_future("tested_on", fields.get("tested_on"), given.today))
    return {**fields, "language": macrolanguage(code)}


def accept_licence(fields: LicenceFields, _: Given) -> PartValues:
    """A licence or authorisation in stored form. Raises Invalid."""
    faults = _code("licence", fields.get("licence", ""), is_credential, "licences and authorisations", "driving:B")
    _refuse(faults + _country(fields.get("country")))
    return {**fields}


def accept_wished_occupation(fields: WishedOccupationFields, given: Given) -> PartValues:
    """A wish in stored form, its title linked to an occupation. Raises Invalid."""
    faults = _text("title", fields.get("title")) + _weight(fields.get("weight"))
    faults += _styrk(fields.get("styrk")) or _agreeing(fields, given)
    faults += _code("title_language", fields.get("title_language"), is_language, "ISO 639-3", "pol")
    _refuse(faults + _concept(fields.get("concept"), ConceptKind.OCCUPATION, given))
    title = _tidy(fields["title"])
    return {**fields, "title": title, **_occupation(title, fields, given)}


def accept_course(fields: CourseFields, given: Given) -> PartValues:
    """A course in stored form. Raises Invalid."""
    faults = _text("title", fields.get("title")) + _text("provider", fields.get("provider"), needed=False)
    _refuse(faults + _past_date("completed", fields.get("completed"), given.today))
    return {**fields, "title": _tidy(fields["title"])}


def accept_other_wish(fields: OtherWishFields, _: Given) -> PartValues:
    """A wish in stored form. A sector is a code; a place a municipality's number, or words. Raises Invalid."""
    kind, value = fields.get("kind"), fields.get("value")
    faults = _text("text", fields.get("text"), needed=False) + _weight(fields.get("weight"))
    if kind is None:
        faults.append(FieldFault("/kind", "Nothing is chosen", "Say what the wish is about"))
    elif kind in {WishKind.SECTOR, WishKind.LEAVES}:
        faults += _code("value", value or "", is_sector, "sectors", "fish")
    elif kind is WishKind.PLACE:
        faults += _code("value", value, is_municipality, "municipalities", "5014")
        if value is None and not (fields.get("text") or "").strip():
            faults.append(FieldFault("/text", "Nothing is written", "Write the place"))
    elif value is not None:
        faults.append(FieldFault("/value", "This wish has no code", "Leave value out"))
    _refuse(faults)
    return {**fields}


def accept_interest(fields: InterestFields, given: Given) -> PartValues:
    """An interest in stored form, linked to the concept that it names. Raises Invalid."""
    _refuse(_text("label", fields.get("label")) + _text("activity", fields.get("activity"), needed=False))
    label = _tidy(fields["label"])
    return {**fields, "label": label, "key": _uri(given.lexicon.skill(label))}


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


def _text(name: str, value: str | None, *, needed: bool = True, most: int = TEXT_LENGTH) -> Faults:
    if needed and not (value or "").strip():
        return [FieldFault(f"/{name}", "Nothing is written", "Write it as the person says it")]
    if len(value or "") > most:
        return [FieldFault(f"/{name}", "Too long", f"Write at most {most} characters")]
    return []


def _concept(uri: str | None, kind: ConceptKind, given: Given) -> Faults:
    found = given.lexicon.concept(uri) if uri is not None else None
    if uri is None or (found is not None and found.kind is kind):
        return []
    return [FieldFault("/concept", "Not a concept of this kind", "Choose one that the search finds, or leave it out")]


def _uri(concept: Concept | None) -> str | None:
    return concept.uri if concept else None


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


def _weight(value: int | None) -> Faults:
    return _range("weight", value, 1, 5, "where 5 weighs most")


def _order(name: str, first: int | None, last: int | None) -> Faults:
    if first is None or last is None or first <= last:
        return []
    return [FieldFault(f"/{name}", "It ends before it starts", "Check both years")]


def _past_date(name: str, value: str | None, today: date) -> Faults:
    """What is wrong with a date of reduced precision that lies behind."""
    try:
        if value is not None and first_day(parse_partial_date(value)) > today:
            return [FieldFault(f"/{name}", "The day has not come", "Write an earlier date")]
    except ValueError:
        return [FieldFault(f"/{name}", "Not a date", "Write 2019, 2019-05 or 2019-05-17")]
    return []


def _not_future(name: str, value: date | None, today: date) -> Faults:
    if value is None or value <= today:
        return []
    return [FieldFault(f"/{name}", "The day has not come", "Write today or an earlier day")]


def _period(fields: ExperienceFields, today: date) -> Faults:
    """What is wrong with when a job began and ended. Dates of reduced precision get the benefit of the doubt."""
    faults: Faults = []
    started, ended = fields.get("started"), fields.get("ended")
    faults += _past_date("started", started, today) + _past_date("ended", ended, today)
    if ended is not None and fields.get("ongoing"):
        faults.append(FieldFault("/ended", "A job that goes on has not ended", "Leave out ended, or ongoing"))
    if not faults and started and ended and _ends_first(started, ended):
        faults.append(FieldFault("/ended", "The job ends before it starts", "Check both dates"))
    return faults


def _ends_first(started: str, ended: str) -> bool:
    return last_day(parse_partial_date(ended)) < first_day(parse_partial_date(started))
