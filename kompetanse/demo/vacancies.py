"""Invented municipal vacancies of Frøya and Hitra, with requirements that such positions have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlmodel import SQLModel

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Duration, Importance, Shift, VacancySource, VacancyStatus
from kompetanse.demo.backgrounds import BACKGROUNDS, UNITS
from kompetanse.demo.generator import Maker, Row, moment
from kompetanse.taxonomy.lexicon import starter_lexicon
from kompetanse.vacancies import tables as vacancies

_ORGANISATION = {"5014": ("Frøya kommune", "964982597"), "5056": ("Hitra kommune", "938772924")}
_NORWEGIAN = {"1": "B2", "2": "B2", "3": "B1", "4": "B1", "5": "A2", "6": "A2", "7": "A2", "8": "A2", "9": "A1"}
_AUTHORISED = {
    "2223": "auth:nurse",
    "5321": "auth:healthcare-worker",
    "2264": "auth:physiotherapist",
    "2341": "auth:teacher-primary",
    "2342": "auth:kindergarten-teacher",
    "7411": "auth:electrician",
}
"""Occupations that nobody may hold without the authorities' word."""

_DRIVES = frozenset({"Hjemmetjenesten"})
"""Units where one drives alone from the first day, which the law lets nobody do before 18."""

_EXPERIENCED = {"3313": 24, "2142": 36, "2522": 24}
"""Months that are wished for in the occupation."""

_CHILDREN = {"Sistranda": (4, 12), "Hamarvik": (2, 6), "Nabeita": (0, 8)}
"""Places in kindergarten and school near by; they are stated for the first vacancy of each kind only."""

_AROUND_THE_CLOCK = frozenset({"Helse og omsorg", "Hjemmetjenesten"})


@dataclass(frozen=True, slots=True)
class Opening:
    """A vacancy to make: where, what and how many of its kind came before."""

    unit: str
    place: str
    styrk: str
    title: str
    number: int


def openings(count: int) -> Iterator[Opening]:
    """Vacancies in turn over the units, `count` of them."""
    kinds = [(unit, place, *wanted.split(":")) for unit, place, titles in UNITS for wanted in titles]
    for number in range(count):
        unit, place, styrk, title = kinds[number % len(kinds)]
        yield Opening(unit, place, styrk, title, number // len(kinds))


def rows(maker: Maker, opening: Opening) -> Iterator[tuple[type[SQLModel], Row]]:
    """The vacancy and its requirements, as rows in an order that foreign keys allow."""
    vacancy = _vacancy(maker, opening)
    yield vacancies.Vacancy, vacancy
    for table, demand in _demands(opening):
        owned = {"municipality_no": maker.municipality_no, "id": maker.new_id(), "vacancy_id": vacancy["id"]}
        yield table, {**owned, **demand}


def _demands(opening: Opening) -> Iterator[tuple[type[SQLModel], Row]]:
    background = next((b for b in BACKGROUNDS if b.styrk == opening.styrk), None)
    for position, label in enumerate(background.skills if background else ()):
        importance = Importance.ESSENTIAL if position < 2 else Importance.TRAINABLE
        key = starter_lexicon().skill_key(label)
        yield vacancies.VacancySkill, {"key": key, "label": label, "importance": importance}
    minimum, required = _NORWEGIAN[opening.styrk[0]], opening.number % 3 < 2
    yield vacancies.VacancyLanguage, {"language": "nor", "minimum": minimum, "required": required}
    if opening.unit == "Hjemmetjenesten" or opening.styrk == "5153":
        yield vacancies.VacancyLicence, {"licence": "driving:B"}


def _vacancy(maker: Maker, opening: Opening) -> Row:
    random: Random = maker.random
    name, organisation = _ORGANISATION[maker.municipality_no]
    start = maker.today + timedelta(days=random.choice((60, 91, 122, 183)))
    kindergarten, school = _CHILDREN[opening.place] if opening.number == 0 else (None, None)
    shifts: Any = [Shift.DAY, Shift.EVENING, Shift.WEEKEND] if opening.unit in _AROUND_THE_CLOCK else [Shift.DAY]
    return {
        "municipality_no": maker.municipality_no,
        "id": maker.new_id(),
        "version": 1,
        "created_at": moment(maker.today),
        "updated_at": moment(maker.today),
        "title": opening.title,
        "status": VacancyStatus.OPEN,
        "unit": opening.unit,
        "employer_name": name,
        "employer_org_no": organisation,
        "styrk": opening.styrk,
        "concept": None,
        "description": f"{name} søker {opening.title.lower()} til {opening.unit.lower()} på {opening.place}.",
        "education_level": _education(opening.styrk),
        "education_field": None,
        "authorisation": _AUTHORISED.get(opening.styrk),
        "minimum_age": 18 if opening.unit in _DRIVES else None,
        "experience_months": _EXPERIENCED.get(opening.styrk),
        "percentage_min": random.choice((50, 80, 100)),
        "percentage_max": 100,
        "shifts": shifts,
        "duration": random.choice((Duration.PERMANENT, Duration.PERMANENT, Duration.SUBSTITUTE)),
        "positions": random.choice((1, 1, 2)),
        "starts_on": start,
        "ends_on": None,
        "deadline": start - timedelta(days=30),
        "place": opening.place,
        "postal_code": None,
        "workplace_no": maker.municipality_no,
        "kindergarten_places": kindergarten,
        "school_places": school,
        "source": VacancySource.TYPED,
        "external_id": None,
    }


def _education(styrk: str) -> EducationLevel | None:
    if styrk[0] == "2":
        return EducationLevel.BACHELOR
    if styrk in {"3313", "5321", "7411", "7126", "3512"}:
        return EducationLevel.UPPER_SECONDARY
    return None
