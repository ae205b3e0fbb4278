"""The municipality's newcomers in numbers, and on the map.

Whoever may know everybody is told every count. Others, a leader for one, are told what could be published: no group of
fewer than five households, and nothing that would give one away.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import Region
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.occupations import occupations
from kompetanse.competence.rules import main_occupation, spoken_norwegian
from kompetanse.competence.unused import unused
from kompetanse.overview import queries, rules
from kompetanse.overview.rules import Figure, Lying, Mapped, Series

__all__ = ["Figures", "Openings", "figures"]

MAJOR_GROUPS = tuple(one.code for one in occupations() if one.level == 1)
"""The first digit of STYRK-08: the groups that occupations are counted by."""


@dataclass(frozen=True, slots=True)
class Openings:
    """In one major group of STYRK-08: people whose main occupation it is, and open positions."""

    code: str
    people: int | None
    positions: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The charts; `exact` where every count is told, else small ones are hidden and others rounded to five."""

    series: Sequence[Series]
    openings: Sequence[Openings]
    people: int | None
    exact: bool


def figures(session: Session, actor: Actor) -> Figures:
    """How many newcomers are in circulation, by each figure. Archived ones and protected addresses are not counted.

    Raises:
        Forbidden: the actor reads no reports.
    """
    exact = actor.may(Operation.READ_PEOPLE)
    actor = actor.doing(Operation.READ_REPORTS)
    read = _read(session, actor)
    made = [
        rules.series(figure, values, codes, read.units, exact=exact) for figure, (values, codes) in _coded(read).items()
    ]
    held = {bar.code: bar.people for one in made if one.figure is Figure.OCCUPATION for bar in one.bars}
    audit.record(session, actor, "count", "person", (), [one.figure.value for one in made])
    return Figures(made, _openings(session, actor, held), made[0].people, exact)


@dataclass(frozen=True, slots=True)
class _Read:
    """Everybody's rows, in one order, and everybody's household as a number."""

    people: Sequence[Any]
    units: Sequence[int]
    jobs: Mapping[UUID, list[Any]]
    educations: Mapping[UUID, list[Any]]
    norwegian: Mapping[UUID, list[Any]]


def _read(session: Session, actor: Actor) -> _Read:
    people = session.execute(queries.people(actor)).all()
    selects: tuple[Callable[[Actor], Any], ...] = (queries.jobs, queries.educations, queries.norwegian)
    parts = [_by_person(session.execute(one(actor), queries.EVERYBODY)) for one in selects]
    return _Read(people, household_numbers(people), *parts)


def household_numbers(people: Iterable[Any]) -> list[int]:
    """The household of each person as a number; who is in none is one by herself."""
    numbers: dict[UUID, int] = {}
    return [numbers.setdefault(one.household_id or one.id, len(numbers)) for one in people]


def _by_person(rows: Iterable[Any]) -> Mapping[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _coded(read: _Read) -> Mapping[Figure, tuple[Sequence[str], list[str | None]]]:
    """Of each figure the codes that there are, and everybody's."""
    today = clock.today()
    ids = [one.id for one in read.people]
    arrivals = (rules.EARLIER, *rules.quarters(today), rules.YEAR_ONLY)
    return {
        Figure.ORIGIN: (list(Region), [rules.region_of(one.country_of_origin) for one in read.people]),
        Figure.OCCUPATION: (
            MAJOR_GROUPS,
            [(main_occupation(read.jobs.get(one, ()), today) or "")[:1] or None for one in ids],
        ),
        Figure.NORWEGIAN: (list(Cefr), [spoken_norwegian(read.norwegian.get(one, ())) for one in ids]),
        Figure.EDUCATION: (list(EducationLevel), [_highest(read.educations.get(one, ())) for one in ids]),
        Figure.ARRIVAL: (arrivals, [rules.quarter_of(one.arrived_in_municipality, today) for one in read.people]),
        Figure.MAPPING: (list(Mapped), [Mapped.DONE if one.mapped_on else Mapped.NOT_YET for one in read.people]),
        Figure.UNUSED: (list(Lying), [_lying(read, one) for one in ids]),
    }


def _highest(educations: Iterable[Any]) -> str | None:
    return max((one.level for one in educations if one.level is not None), default=None)


def _lying(read: _Read, person_id: UUID) -> str | None:
    jobs, educations = read.jobs.get(person_id, []), read.educations.get(person_id, [])
    return rules.lying(unused(jobs, educations, clock.today()), known=bool(jobs or educations))


def _openings(session: Session, actor: Actor, held: Mapping[str, int | None]) -> list[Openings]:
    positions: Counter[str] = Counter()
    for row in session.execute(queries.openings(actor.doing(Operation.READ_REPORTS))):
        positions[(row.styrk or rules.NOT_STATED)[:1]] += row.positions
    return [Openings(code, held.get(code), positions[code]) for code in (*MAJOR_GROUPS, rules.NOT_STATED)]
