"""Reads the people of an extract, page by page, into arrays of small numbers; nothing else of them stays in memory."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import Row
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.analytics import hierarchies as own
from kompetanse.analytics import queries
from kompetanse.analytics.dictionary import (
    COMPETENCE,
    EDUCATIONS,
    EXPERIENCES,
    LANGUAGES,
    NORWEGIAN_CHANGES,
    PEOPLE,
    REFERRALS,
    TABLES,
)
from kompetanse.analytics.folding import Rows
from kompetanse.analytics.rules import Spoken, arrival_year, batch, moved, work_status
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import country
from kompetanse.codes.languages import macrolanguage
from kompetanse.competence.rules import main_occupation, months_of, spoken_level, spoken_norwegian
from kompetanse.database import Database
from kompetanse.errors import UnknownCode
from kompetanse.people.rules import years_since
from kompetanse.sharing.hierarchies import NOT_STATED, Hierarchy, age_band, arrival_period

PAGE = 2_000
"""People read at a time."""

_NOBODY = UUID(int=0)

Note = Callable[[Sequence[UUID]], None]
"""Told of each page's people before the next is read."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Whom an extract is about: everybody in circulation up to `last`, and how many registered since then wait."""

    last: UUID | None
    waiting: int


@dataclass(frozen=True, slots=True)
class People:
    """Those who were read: ids by their numbers, and the rows of each table by its name."""

    ids: Sequence[bytes]
    tables: Mapping[str, Rows]


def cohort(session: Session, actor: Actor, threshold: int) -> Cohort:
    """Everybody but the newest, who wait until there are enough of them (`rules.batch`)."""
    registered = session.execute(queries.registered(actor)).scalar_one()
    waiting = registered % batch(threshold)
    if registered == waiting:
        return Cohort(None, waiting)
    return Cohort(session.execute(queries.person_at(actor, registered - waiting)).scalar_one(), waiting)


def read(database: Database, actor: Actor, chosen: Cohort, today: date, note: Note) -> People:
    """The values of a cohort, each page in a transaction of its own."""
    gathered, page, after = _Gathered(today), queries.people(actor), _NOBODY
    entries = [select(actor) for select in _ENTRIES]
    while chosen.last is not None:
        with database.session(actor.municipality_no, write=False, in_bulk=True) as session:
            people = session.execute(page, {"after": after, "until": chosen.last, "most": PAGE}).all()
            if not people:
                break
            span = {"after": after, "until": people[-1].id}
            theirs = [_by_person(session.execute(select, span)) for select in entries]
        note([one.id for one in people])
        for one in people:
            gathered.add(one, _Entries(*(found[one.id] for found in theirs)))
        after = people[-1].id
    return gathered.people()


_ENTRIES = (queries.jobs, queries.educations, queries.languages, queries.norwegian_changes, queries.referrals)


@dataclass(frozen=True, slots=True)
class _Entries:
    """What was read of one person beside her own row, in the order of `_ENTRIES`."""

    jobs: list[Any]
    educations: list[Any]
    languages: list[Any]
    changes: list[Any]
    referrals: list[Any]


def _by_person(rows: Iterable[Any]) -> defaultdict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


class _Gathered:
    """The values of everybody who was read so far, as places of leaves."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._leaves = {table.name: array("i") for table in TABLES}
        self._people = {table.name: array("i") for table in TABLES}
        self._places = {
            table.name: [_places(one.hierarchy(today.year)) for one in table.attributes] for table in TABLES
        }
        self._ids: list[bytes] = []
        self._units = array("i")
        self._unit_numbers: dict[UUID, int] = {}

    def add(self, person: Row[Any], entries: _Entries) -> None:
        """Take a person and her entries."""
        self._units.append(self._unit_numbers.setdefault(person.household_id or person.id, len(self._unit_numbers)))
        self._ids.append(person.id.bytes)
        work = work_status(entries.jobs, entries.educations, self._today)
        norwegian = spoken_norwegian(entries.languages)
        self._add(PEOPLE.name, *self._background(person), work)
        highest = max((one.level for one in entries.educations if one.level is not None), default=None)
        self._add(COMPETENCE.name, main_occupation(entries.jobs, self._today), norwegian, highest, work)
        for job in entries.jobs:
            self._add(EXPERIENCES.name, job.styrk, own.place(job.country), own.duration(months_of(job, self._today)))
        for one in entries.educations:
            field = one.field[:2] if one.field else None
            self._add(EDUCATIONS.name, one.level, field, own.place(one.country), one.recognition)
        for one in entries.languages:
            self._add(LANGUAGES.name, macrolanguage(one.language), spoken_level(one))
        for one in entries.changes:
            if levels := moved(_spoken(one, "before"), _spoken(one, "after")):
                self._add(NORWEGIAN_CHANGES.name, *levels, quarter_of(one.changed_at))
        for one in entries.referrals:
            self._add(REFERRALS.name, one.styrk, norwegian, one.stage, quarter_of(one.created_at))

    def people(self) -> People:
        """Everything as arrays."""
        units = np.array(self._units, dtype=np.int32)
        tables = {}
        for table in TABLES:
            people = np.array(self._people[table.name], dtype=np.int32)
            leaves = np.array(self._leaves[table.name], dtype=np.int32).reshape(len(people), len(table.attributes))
            tables[table.name] = Rows(leaves, people, units[people])
        return People(self._ids, tables)

    def _background(self, person: Row[Any]) -> Iterator[str | None]:
        years = years_since(person.born, self._today)
        yield None if years is None else age_band(years)
        yield _region(person.country_of_origin)
        arrived = arrival_year(person.arrived_in_norway, self._today)
        yield None if arrived is None else arrival_period(arrived)

    def _add(self, table: str, *values: str | None) -> None:
        pairs = zip(values, self._places[table], strict=True)
        self._leaves[table].extend(places.get(value, places[None]) for value, places in pairs)
        self._people[table].append(len(self._ids) - 1)


def _spoken(change: Row[Any], when: str) -> Spoken:
    """What a change of a language tells of before it, or after it; after a removal nothing is stated."""
    language, mother_tongue, *levels = (
        getattr(change, f"{name}_{when}") for name in ("language", "mother_tongue", "interaction", "production")
    )
    interaction, production = (Cefr(level) if level else None for level in levels)
    return Spoken(language or "", mother_tongue, interaction, production)


def quarter_of(moment: datetime) -> str:
    """The quarter of a moment in Norway."""
    day = moment.astimezone(clock.OSLO)
    return own.quarter(day.year, day.month)


def _region(alpha2: str | None) -> str | None:
    try:
        return country(alpha2).region if alpha2 else None
    except UnknownCode:  # a country that is no more
        return None


def _places(hierarchy: Hierarchy) -> dict[str | None, int]:
    """The place of each leaf. None is "not stated", and so is what a list does not have, or has no more."""
    return {None: hierarchy.place(NOT_STATED)} | {path[0]: place for place, path in enumerate(hierarchy.paths)}
