"""What each column of a spreadsheet of vacancies adds to a vacancy's fields: one small reader a column, each pure."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from stdnum.no import orgnr

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.codes.licences import is_licence
from kompetanse.codes.municipalities import is_postal_code
from kompetanse.codes.occupations import NOT_IDENTIFIABLE, normalise_styrk
from kompetanse.codes.work import Duration, Importance, Shift, VacancySource
from kompetanse.exchange.cells.education import parse_educations
from kompetanse.exchange.cells.languages import LanguageEntry, parse_languages
from kompetanse.exchange.cells.plain import choices_of, day_of, months_of, text_of, unreadable, whole_of
from kompetanse.exchange.cells.professions import find_profession
from kompetanse.exchange.cells.skills import parse_licences, parse_skills
from kompetanse.exchange.cells.work import parse_percentage
from kompetanse.exchange.faults import CellRejected, CellWarning, Reading, Reason, reading
from kompetanse.exchange.plain_rows import CellReader, Fields
from kompetanse.exchange.vacancy_columns import Field
from kompetanse.vacancies.rules import TEXT_LENGTHS, LanguageDemand, SkillDemand

_EXTERNAL_ID_LENGTH = 64
_SHIFTS: Mapping[str, Shift] = {
    "dag": Shift.DAY,
    "kveld": Shift.EVENING,
    "natt": Shift.NIGHT,
    "helg": Shift.WEEKEND,
    "turnus": Shift.ROTATION,
    "rotasjon": Shift.ROTATION,
    "day": Shift.DAY,
    "evening": Shift.EVENING,
    "night": Shift.NIGHT,
    "weekend": Shift.WEEKEND,
}
_DURATIONS: Mapping[str, Duration] = {
    "fast": Duration.PERMANENT,
    "vikar": Duration.SUBSTITUTE,
    "midlertidig": Duration.TEMPORARY,
    "engasjement": Duration.TEMPORARY,
    "sesong": Duration.SEASONAL,
    "sommer": Duration.SEASONAL,
    "lærling": Duration.APPRENTICE,
    "lære": Duration.APPRENTICE,
    "tilkalling": Duration.ON_CALL,
    "ekstra": Duration.ON_CALL,
    "permanent": Duration.PERMANENT,
    "temporary": Duration.TEMPORARY,
}
_NO_LEVEL = CellWarning(
    Reason.LEVEL_UNCERTAIN,
    "Språket har ikke noe nivå, og er ikke tatt med som krav",
    "Skriv nivået etter språket: norsk B1",
)


def _text(name: str) -> CellReader:
    return lambda cell, _: reading({name: text_of(cell, TEXT_LENGTHS[name])})


def _value(name: str, parse: Callable[[str], object]) -> CellReader:
    return lambda cell, _: reading({name: parse(cell)})


def _day(name: str) -> CellReader:
    return lambda cell, today: reading({name: day_of(cell, today)})


def _description(cell: str, _: date) -> Reading[Fields]:
    return reading({"description": [cell.strip()]})


def _organisation(cell: str) -> str:
    if not orgnr.is_valid(cell):
        raise unreadable("Dette er ikke et organisasjonsnummer", "Skriv de ni sifrene")
    return str(orgnr.compact(cell))


def _styrk(cell: str) -> str:
    code = normalise_styrk(cell)
    if code is None or code.startswith(NOT_IDENTIFIABLE):
        raise unreadable("STYRK-08 har ingen slik kode", "Skriv fire sifre, for eksempel 2223")
    return code


def _postal_code(cell: str) -> str:
    code = cell.strip()[:4]
    if not is_postal_code(code):
        raise unreadable("Dette er ikke et norsk postnummer", "Skriv fire sifre: 7260")
    return code


def _education(cell: str, _: date) -> Reading[Fields]:
    read = parse_educations(cell)
    level = max((one.level for one in read.value if one.level), default=None)
    field = next((one.field for one in read.value if one.field), None)
    found = {"education_level": level, "education_field": field}
    return reading({name: value for name, value in found.items() if value}, read.warnings)


def _licences(cell: str, _: date) -> Reading[Fields]:
    profession = find_profession(cell)
    read = parse_licences(cell, of_person=False)
    fields: Fields = {"licences": [one.code for one in read.value if one.holds and is_licence(one.code)]}
    return reading(fields | ({"authorisation": profession} if profession else {}), () if profession else read.warnings)


def _languages(default: str | None = None) -> CellReader:
    def read_languages(cell: str, _: date) -> Reading[Fields]:
        read = parse_languages(cell, default=default)
        demands = [LanguageDemand(one.code, level) for one in read.value if (level := _level(one))]
        without = [_NO_LEVEL] if len(demands) < len(read.value) else []
        return reading({"languages": demands}, (*read.warnings, *without))

    return read_languages


def _level(entry: LanguageEntry) -> Cefr | None:
    """The least level that is asked for in any of the five skills."""
    stated = (entry.listening, entry.reading, entry.interaction, entry.production, entry.writing)
    return min((level for level in stated if level), default=None)


def _skills(importance: Importance) -> CellReader:
    def read_skills(cell: str, _: date) -> Reading[Fields]:
        read = parse_skills(cell, of_person=False)
        found: Fields = {"skills": [SkillDemand(one.label, importance) for one in read.value.skills if one.holds]}
        codes = [one.code for one in read.value.licences if one.holds and is_licence(one.code)]
        return reading(found | ({"licences": codes} if codes else {}), read.warnings)

    return read_skills


def _percentage(cell: str, _: date) -> Reading[Fields]:
    read = parse_percentage(cell)
    if read.value is None:
        return reading({}, read.warnings)
    return reading({"percentage_min": read.value.minimum, "percentage_max": read.value.maximum}, read.warnings)


def _external_id(cell: str, _: date) -> Reading[Fields]:
    return reading({"external_id": text_of(cell, _EXTERNAL_ID_LENGTH), "source": VacancySource.FILE})


def _title(cell: str, _: date) -> Reading[Fields]:
    try:
        return reading({"title": text_of(cell, TEXT_LENGTHS["title"])})
    except CellRejected as cause:
        raise CellRejected(Reason.TITLE_MISSING, "Navnet på stillingen er for langt", cause.hint) from None


READERS: Mapping[StrEnum, CellReader] = MappingProxyType[Any, CellReader](
    {
        Field.TITLE: _title,
        Field.UNIT: _text("unit"),
        Field.EMPLOYER: _text("employer_name"),
        Field.ORGANISATION: _value("employer_org_no", _organisation),
        Field.STYRK: _value("styrk", _styrk),
        Field.DESCRIPTION: _description,
        Field.EDUCATION: _education,
        Field.LICENCES: _licences,
        Field.LANGUAGES: _languages(),
        Field.NORWEGIAN: _languages(NORWEGIAN),
        Field.SKILLS: _skills(Importance.ESSENTIAL),
        Field.TRAINABLE: _skills(Importance.TRAINABLE),
        Field.EXPERIENCE: _value("experience_months", months_of),
        Field.AGE: _value("minimum_age", lambda cell: whole_of(cell, 13, 25)),
        Field.PERCENTAGE: _percentage,
        Field.SHIFTS: _value("shifts", lambda cell: choices_of(cell, _SHIFTS)),
        Field.DURATION: _value("duration", lambda cell: choices_of(cell, _DURATIONS)[0]),
        Field.POSITIONS: _value("positions", lambda cell: whole_of(cell, 1, 1000)),
        Field.STARTS: _day("starts_on"),
        Field.ENDS: _day("ends_on"),
        Field.DEADLINE: _day("deadline"),
        Field.PLACE: _text("place"),
        Field.POSTAL_CODE: _value("postal_code", _postal_code),
        Field.EXTERNAL_ID: _external_id,
        Field.LEFT_OUT: lambda _, __: reading({}),
    }
)
