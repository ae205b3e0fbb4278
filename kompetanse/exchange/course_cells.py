"""What each column of a spreadsheet of courses says, and what kind of offer that makes. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kompetanse.codes.languages import NORWEGIAN
from kompetanse.codes.licence_texts import find_licences
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses.rules import PRICES, TEXT_LENGTHS, WEEKS, CourseOfferFields
from kompetanse.exchange.cells.education import parse_educations
from kompetanse.exchange.cells.languages import parse_languages
from kompetanse.exchange.cells.plain import choices_of, day_of, text_of, unreadable, whole_of
from kompetanse.exchange.cells.professions import find_profession
from kompetanse.exchange.cells.words import tidy
from kompetanse.exchange.course_columns import Field
from kompetanse.exchange.faults import Reading, reading
from kompetanse.exchange.plain_rows import CellReader, Fields

_KINDS: Mapping[str, CourseOfferKind] = {
    "språk": CourseOfferKind.LANGUAGE,
    "norsk": CourseOfferKind.LANGUAGE,
    "prøve": CourseOfferKind.TEST,
    "sertifikat": CourseOfferKind.LICENCE,
    "ferdighet": CourseOfferKind.SKILL,
    "utdanning": CourseOfferKind.EDUCATION,
    "godkjenning": CourseOfferKind.RECOGNITION,
    "autorisasjon": CourseOfferKind.AUTHORISATION,
    "test": CourseOfferKind.TEST,
    "førerkort": CourseOfferKind.LICENCE,
    "bevis": CourseOfferKind.LICENCE,
    "fag": CourseOfferKind.SKILL,
    "skole": CourseOfferKind.EDUCATION,
    **{kind.value: kind for kind in CourseOfferKind},
}
_OF_LANGUAGE = re.compile(r"\bnorsk(?:kurs|prøve|opplæring|trening)?\b|språk|\b[abc][12]\b", re.IGNORECASE)
_TEST = re.compile(r"prøve|test", re.IGNORECASE)
_RECOGNITION = re.compile(r"godkjenning|godkjennelse", re.IGNORECASE)
_AUTHORISATION = re.compile(r"autorisasjon", re.IGNORECASE)
_EDUCATION = re.compile(r"fagbrev|fagprøve|videregående|bachelor|master|fagskole|utdanning|grunnskole", re.IGNORECASE)
_LEVEL = re.compile(r"\b([abc][12])\b", re.IGNORECASE)
_FREE = re.compile(r"gratis|fri|free|ingen", re.IGNORECASE)
_KRONER = re.compile(r"(?:kr\.?|nok|,-)", re.IGNORECASE)
_WEEKS = re.compile(r"(\d{1,3})\s*(?:uker?|veker?|weeks?)?", re.IGNORECASE)


def kind_of(title: str) -> CourseOfferKind:
    """The kind of offer that a title tells of; a course in a skill where it tells nothing else."""
    if _AUTHORISATION.search(title):
        return CourseOfferKind.AUTHORISATION
    if _RECOGNITION.search(title):
        return CourseOfferKind.RECOGNITION
    if find_licences(title):
        return CourseOfferKind.LICENCE
    if _EDUCATION.search(title):
        return CourseOfferKind.EDUCATION
    if _OF_LANGUAGE.search(title) and (_LEVEL.search(title) or "kurs" in title.casefold() or _TEST.search(title)):
        return CourseOfferKind.TEST if _TEST.search(title) else CourseOfferKind.LANGUAGE
    return CourseOfferKind.SKILL


def key_of(kind: CourseOfferKind, about: str) -> str | None:
    """What an offer of a kind is for, out of words; None where they do not say it."""
    match kind:
        case CourseOfferKind.LANGUAGE | CourseOfferKind.TEST:
            named = [one.code for one in parse_languages(about).value]
            return named[0] if named else (NORWEGIAN if "norsk" in about.casefold() else None)
        case CourseOfferKind.LICENCE:
            return next(iter(find_licences(about)), None)
        case CourseOfferKind.AUTHORISATION:
            return find_profession(about)
        case CourseOfferKind.EDUCATION | CourseOfferKind.RECOGNITION:
            return next((one.field for one in parse_educations(about).value if one.field), None)
        case CourseOfferKind.SKILL:
            return about[: TEXT_LENGTHS["key"]]


def levels_of(kind: CourseOfferKind, text: str) -> CourseOfferFields:
    """From which level to which: two CEFR levels, or one that is reached; the level of an education."""
    if kind is CourseOfferKind.EDUCATION:
        reached = max((one.level for one in parse_educations(text).value if one.level), default=None)
        return CourseOfferFields(to_level=reached) if reached else CourseOfferFields()
    if kind not in (CourseOfferKind.LANGUAGE, CourseOfferKind.TEST):
        return CourseOfferFields()
    found = [level.upper() for level in _LEVEL.findall(text)]
    levels = CourseOfferFields()
    if found:
        levels["to_level"] = found[-1]
    if len(found) > 1:
        levels["from_level"] = found[0]
    return levels


def _text(name: str) -> CellReader:
    return lambda cell, _: reading({name: text_of(cell, TEXT_LENGTHS[name])})


def _value(name: str, parse: Callable[[str], object]) -> CellReader:
    return lambda cell, _: reading({name: parse(cell)})


def _level(cell: str) -> str:
    found = _LEVEL.search(cell)
    if found is None:
        raise unreadable("Dette er ikke et nivå", "Skriv A1, A2, B1, B2, C1 eller C2")
    return found[1].upper()


def _weeks(cell: str) -> int:
    found = _WEEKS.fullmatch(tidy(cell))
    if found is None:
        raise unreadable("Dette er ikke et antall uker", "Skriv hvor mange uker det varer: 10")
    return whole_of(found[1], *WEEKS)


def _price(cell: str) -> int:
    if _FREE.fullmatch(tidy(cell)):
        return 0
    return whole_of(_KRONER.sub("", cell), *PRICES)


def _day(cell: str, today: date) -> Reading[Fields]:
    return reading({"starts_on": day_of(cell, today)})


READERS: Mapping[StrEnum, CellReader] = MappingProxyType[Any, CellReader](
    {
        Field.TITLE: _text("title"),
        Field.KIND: _value("kind", lambda cell: choices_of(cell, _KINDS)[0]),
        Field.ABOUT: _value("about", tidy),
        Field.LEVELS: _value("levels", tidy),
        Field.FROM_LEVEL: _value("from_level", _level),
        Field.TO_LEVEL: _value("to_level", _level),
        Field.PROVIDER: _text("provider"),
        Field.STARTS: _day,
        Field.WEEKS: _value("weeks", _weeks),
        Field.PRICE: _value("price_nok", _price),
        Field.PLACE: _text("place"),
        Field.URL: _text("url"),
        Field.NOTES: lambda cell, _: reading({"notes": [cell.strip()]}),
        Field.LEFT_OUT: lambda _, __: reading({}),
    }
)
