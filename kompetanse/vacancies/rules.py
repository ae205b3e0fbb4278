"""What a vacancy must satisfy before it is stored, and which states follow which. Pure: no session, clock or I/O."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypedDict

import nh3
from stdnum.no import orgnr

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel, is_education_field
from kompetanse.codes.languages import is_language, macrolanguage
from kompetanse.codes.licences import is_authorisation, is_licence
from kompetanse.codes.municipalities import by_postal_code, is_municipality, is_postal_code
from kompetanse.codes.occupations import NOT_IDENTIFIABLE, is_occupation
from kompetanse.codes.work import Duration, Importance, Shift, VacancySource, VacancyStatus
from kompetanse.errors import FieldFault, Invalid
from kompetanse.taxonomy.lexicon import Lexicon

TEXT_LENGTHS = MappingProxyType({"title": 250, "unit": 120, "employer_name": 200, "place": 120, "description": 50_000})

_BESIDE_THE_OCCUPATION = re.compile(r"\s*(?:[,(/:]|\s[-–]\s|\b(?:i|på|ved|hos|til|for|med)\b|\d).*", re.IGNORECASE)
"""The rest of a title from where it no longer says what the occupation is called."""

_RANGES: Mapping[str, tuple[int, int, str]] = MappingProxyType(
    {
        "percentage_min": (1, 100, "Write 1 to 100 per cent of full time"),
        "percentage_max": (1, 100, "Write 1 to 100 per cent of full time"),
        "positions": (1, 1000, "Write how many are wanted, at least 1"),
        "minimum_age": (13, 25, "Write the age that the law demands, 13 to 25"),
        "experience_months": (0, 600, "Write months, 0 to 600"),
        "kindergarten_places": (0, 1000, "Write how many places can be had, 0 to 1000"),
        "school_places": (0, 1000, "Write how many places can be had, 0 to 1000"),
    }
)
"""The least and the most of each number, and what to write. Nobody works in Norway before 13 (arbeidsmiljøloven
§ 11-1); no law demands more than 21 of whoever applies, and 25 leaves room."""

ALLOWED_TAGS = frozenset(
    {"a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "strong", "table", "tbody", "td"}
    | {"th", "thead", "tr", "u", "ul"}
)
"""What an advertisement needs. No images: fetching one would tell its host who reads."""

NEXT_STATUS: Mapping[VacancyStatus, frozenset[VacancyStatus]] = MappingProxyType(
    {
        VacancyStatus.OPEN: frozenset({VacancyStatus.FILLED, VacancyStatus.CLOSED}),
        VacancyStatus.FILLED: frozenset(),
        VacancyStatus.CLOSED: frozenset(),
    }
)
"""A vacancy ends once; one that opens again is a new vacancy, with its own applicants and deadline."""


@dataclass(frozen=True, slots=True)
class SkillDemand:
    """A skill that is asked for, in words; essential on the first day, or trainable in the job."""

    label: str
    importance: Importance = Importance.ESSENTIAL


@dataclass(frozen=True, slots=True)
class LanguageDemand:
    """The least level of a language (ISO 639-3); a wish when not `required`."""

    language: str
    minimum: Cefr
    required: bool = True


class VacancyFields(TypedDict, total=False):
    """What can be set on a vacancy. A key that is absent is left alone; None is "not stated", never "not required".

    `education_level` is the least; `licences` and `authorisation` are codes; `styrk` is found by the title where
    it is absent when the vacancy is made. `minimum_age` is in years, and is the law's: 18 to serve spirits, 20 to drive
    a taxi. `experience_months` are wished for in the occupation, and never demanded. `kindergarten_places` and
    `school_places` can be had near by for a family who comes. `source` and `external_id` say where a vacancy was read.
    """

    title: str
    unit: str | None
    employer_name: str | None
    employer_org_no: str | None
    styrk: str | None
    description: str | None
    education_level: EducationLevel | None
    education_field: str | None
    authorisation: str | None
    minimum_age: int | None
    experience_months: int | None
    percentage_min: int | None
    percentage_max: int | None
    shifts: list[Shift] | None
    duration: Duration | None
    positions: int
    starts_on: date | None
    ends_on: date | None
    deadline: date | None
    place: str | None
    postal_code: str | None
    workplace_no: str | None
    kindergarten_places: int | None
    school_places: int | None
    source: VacancySource
    external_id: str | None
    skills: list[SkillDemand]
    languages: list[LanguageDemand]
    licences: list[str]


@dataclass(frozen=True, slots=True)
class VacancyFilter:
    """Which vacancies a list shows. `text` in title, unit, employer or place; `styrk` a STYRK-08 prefix."""

    text: str = ""
    status: VacancyStatus | None = None
    unit: str | None = None
    styrk: str | None = None


def safe_description(text: str) -> str:
    """Text from anywhere as it may be shown: HTML of harmless tags, or plain text as it was written.

    What holds a tag is HTML, and stays recognisable as such (`is_html`) when all its tags are taken away.
    """
    if not is_html(text):
        return text
    clean = nh3.clean(text, tags=set(ALLOWED_TAGS), url_schemes={"http", "https", "mailto", "tel"})
    return clean if is_html(clean) else f"<p>{clean}</p>"


def is_html(text: str) -> bool:
    """Whether a stored description is HTML, to be shown as such; else it is plain text, to be escaped."""
    return nh3.is_html(text)


def accept(fields: VacancyFields, standing: VacancyFields, lexicon: Lexicon) -> VacancyFields:
    """The fields in stored form, checked together with those that stand already.

    Raises:
        Invalid: with the pointer of each field that breaks a rule.
    """
    merged: VacancyFields = {**standing, **fields}
    faults = [*_text_faults(fields), *_code_faults(fields), *_number_faults(merged), *_date_faults(merged)]
    faults += [*_skill_faults(fields, lexicon), *_language_faults(fields), *_licence_faults(fields)]
    if "title" not in merged:
        faults.append(FieldFault("/title", "A vacancy has a title", "Write what the work is: Sykepleier"))
    if faults:
        raise Invalid(*faults)
    return _stored_form(fields)


def may_become(now: VacancyStatus, then: VacancyStatus) -> bool:
    """Whether a vacancy's status can change so."""
    return then in NEXT_STATUS[now]


def linked_styrk(title: str, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """The STYRK-08 code and the concept URI that a title links to, (None, None) for none.

    Titles go on with where, how much and for whom: "Sykepleier 80 %, hjemmetjenesten". What stands before that is asked
    about where the whole is nothing's name.
    """
    concept = lexicon.occupation(title) or lexicon.occupation(_BESIDE_THE_OCCUPATION.sub("", title))
    return (concept.styrk, concept.uri) if concept else (None, None)


def _stored_form(fields: VacancyFields) -> VacancyFields:
    accepted = fields.copy()
    if "title" in accepted:
        accepted["title"] = " ".join(accepted["title"].split())
    if accepted.get("description") is not None:
        accepted["description"] = safe_description(accepted["description"] or "")
    if accepted.get("employer_org_no") is not None:
        accepted["employer_org_no"] = orgnr.compact(accepted["employer_org_no"] or "")
    if accepted.get("shifts") is not None:
        accepted["shifts"] = list(dict.fromkeys(accepted["shifts"] or []))
    if accepted.get("postal_code") is not None and "workplace_no" not in accepted:
        accepted["workplace_no"] = by_postal_code(accepted["postal_code"] or "")
    if "licences" in accepted:
        accepted["licences"] = list(dict.fromkeys(accepted["licences"]))
    return accepted


def _text_faults(fields: VacancyFields) -> Iterable[FieldFault]:
    if "title" in fields and not fields["title"].strip():
        yield FieldFault("/title", "A vacancy has a title", "Write what the work is: Sykepleier")
    for name, longest in TEXT_LENGTHS.items():
        value = fields.get(name)
        if isinstance(value, str) and len(value) > longest:
            yield FieldFault(f"/{name}", "Too long", f"Write at most {longest} characters")


def _code_faults(fields: VacancyFields) -> Iterable[FieldFault]:
    checks: tuple[tuple[str, Callable[[str], bool], str, str], ...] = (
        ("employer_org_no", orgnr.is_valid, "Not an organisation number", "Write the nine digits: 964 982 953"),
        ("styrk", _is_occupation, "Not a code of STYRK-08", "Use a code such as 2223"),
        ("education_field", is_education_field, "Not a code of ISCED-F 2013", "Use a code such as 0913"),
        ("authorisation", is_authorisation, "Not a regulated profession", "Use a code such as auth:nurse"),
        ("postal_code", is_postal_code, "Not a Norwegian postal code", "Write four digits: 7260"),
        ("workplace_no", is_municipality, "Not a Norwegian municipality", "Use a municipality number such as 5014"),
    )
    for name, known, detail, hint in checks:
        value = fields.get(name)
        if isinstance(value, str) and not known(value):
            yield FieldFault(f"/{name}", detail, hint)


def _number_faults(merged: VacancyFields) -> Iterable[FieldFault]:
    for name, (least, most, hint) in _RANGES.items():
        value = merged.get(name)
        if isinstance(value, int) and not least <= value <= most:
            yield FieldFault(f"/{name}", "Out of range", hint)
    low, high = merged.get("percentage_min"), merged.get("percentage_max")
    if low is not None and high is not None and low > high:
        yield FieldFault("/percentage_max", "The least is more than the most", "Write at least percentage_min")


def _date_faults(merged: VacancyFields) -> Iterable[FieldFault]:
    starts, ends = merged.get("starts_on"), merged.get("ends_on")
    if starts is not None and ends is not None and ends < starts:
        yield FieldFault("/ends_on", "The work ends before it starts", "Check both dates")


def _skill_faults(fields: VacancyFields, lexicon: Lexicon) -> Iterable[FieldFault]:
    seen: set[str] = set()
    for position, demand in enumerate(fields.get("skills", [])):
        pointer, key = f"/skills/{position}/label", lexicon.skill_key(demand.label)
        if not demand.label.strip() or len(demand.label) > 200:
            yield FieldFault(pointer, "Nothing is written, or too much", "Name the skill in at most 200 characters")
        elif key in seen:
            yield FieldFault(pointer, "The skill is asked for twice", "Leave one of them out")
        seen.add(key)


def _language_faults(fields: VacancyFields) -> Iterable[FieldFault]:
    seen: set[str] = set()
    for position, demand in enumerate(fields.get("languages", [])):
        pointer, code = f"/languages/{position}/language", macrolanguage(demand.language)
        if not is_language(demand.language):
            yield FieldFault(pointer, "Not a language", "Use the three letters of ISO 639-3: nor")
        elif code in seen:
            yield FieldFault(pointer, "The language is asked for twice", "Leave one of them out")
        seen.add(code)


def _licence_faults(fields: VacancyFields) -> Iterable[FieldFault]:
    for position, code in enumerate(fields.get("licences", [])):
        if not is_licence(code):
            hint = "Use a code such as driving:B; an authorisation has its own field"
            yield FieldFault(f"/licences/{position}", "Not a licence", hint)


def _is_occupation(code: str) -> bool:
    return is_occupation(code) and not code.startswith(NOT_IDENTIFIABLE)
