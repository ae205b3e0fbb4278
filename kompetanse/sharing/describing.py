"""Reads what may be told of the people who consent: a few values each, and the groups of their skills. No name."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from kompetanse import clock
from kompetanse.codes.consent import ConsentPurpose, OwnSection, ShareSection
from kompetanse.codes.education import EducationLevel
from kompetanse.competence.rules import main_occupation, spoken_level
from kompetanse.competence.tables import Experience
from kompetanse.people.queries import exceptions
from kompetanse.people.rules import years_since
from kompetanse.sharing import queries
from kompetanse.sharing.classes import ShareableProfile
from kompetanse.taxonomy import service as taxonomy


@dataclass(frozen=True, slots=True)
class HeldGroups:
    """Which groups of skills people hold: `held` is bool[n, g]; `units` int[n] numbers the households.

    `names` are g codes of ESCO skill groups, or ISCED-F fields for what ESCO calls knowledge.
    """

    held: NDArray[np.bool_]
    names: tuple[str, ...]
    units: NDArray[np.int64]


def shareable(session: Session, municipality_no: str, recipients: Collection[str]) -> dict[UUID, ShareableProfile]:
    """Everybody who may be described to all of some recipients now, by person.

    All recipients get the same classes, so whoever refuses one of them is described to none; a section that she keeps
    from any of them is "not stated" for all. So are age, country and arrival of whoever has not said yes to just that.
    """
    today, kept_back = clock.today(), _kept_back(session, municipality_no, recipients)
    jobs: dict[UUID, list[Experience]] = defaultdict(list)
    for job in session.exec(queries.shareable_experience(municipality_no)):
        jobs[job.person_id].append(job)
    norwegian = {one.person_id: one for one in session.exec(queries.shareable_norwegian(municipality_no))}
    levels: dict[UUID, list[EducationLevel]] = defaultdict(list)
    for education in session.exec(queries.shareable_education(municipality_no)):
        levels[education.person_id] += [education.level] if education.level else []
    background = _background(session, municipality_no, kept_back)
    found = {}
    for person_id, household_id in session.execute(queries.shareable_people(municipality_no, today)):
        kept = kept_back.get(person_id, frozenset())
        if "" in kept:
            continue
        speaks = norwegian.get(person_id) if ShareSection.LANGUAGES not in kept else None
        found[person_id] = ShareableProfile(
            unit=household_id or person_id,
            occupation=main_occupation(jobs[person_id], today) if ShareSection.WORK not in kept else None,
            norwegian=spoken_level(speaks) if speaks else None,
            education=max(levels[person_id], default=None) if ShareSection.EDUCATION not in kept else None,
            municipality=municipality_no,
            **background.get(person_id, _NO_BACKGROUND),
        )
    return found


class _Background(TypedDict):
    age: int | None
    country: str | None
    arrival: int | None


_NO_BACKGROUND = _Background(age=None, country=None, arrival=None)


def said_yes_to_background(session: Session, municipality_no: str, recipients: Collection[str]) -> set[UUID]:
    """Ids of those of whom age, country and arrival may be told to all of some recipients now."""
    return set(_background(session, municipality_no, _kept_back(session, municipality_no, recipients)))


def _background(
    session: Session, municipality_no: str, kept_back: Mapping[UUID, Collection[str]]
) -> dict[UUID, _Background]:
    """Age, country and year of arrival of those who said yes to that; a year to come is a slip, and tells nothing."""
    today = clock.today()
    found = {}
    for person_id, born, country, arrived in session.execute(queries.shareable_background(municipality_no, today)):
        if OwnSection.BACKGROUND in kept_back.get(person_id, ()):
            continue
        age, arrival = years_since(born, today), int(arrived[:4]) if arrived else today.year + 1
        found[person_id] = _Background(age=age, country=country, arrival=arrival if arrival <= today.year else None)
    return found


def shareable_ids(session: Session, municipality_no: str, recipients: Collection[str]) -> set[UUID]:
    """Ids of those who may be described to all of some recipients now."""
    kept_back = _kept_back(session, municipality_no, recipients)
    people = session.execute(queries.shareable_people(municipality_no, clock.today()))
    return {person_id for person_id, _ in people if "" not in kept_back.get(person_id, frozenset())}


def skill_groups(
    session: Session, municipality_no: str, people: Mapping[UUID, ShareableProfile], recipients: Collection[str]
) -> HeldGroups:
    """The groups of skills that people hold. A single skill never leaves."""
    group_of, kept_back = taxonomy.hierarchy(session).groups, _kept_back(session, municipality_no, recipients)
    able = [one for one in people if ShareSection.SKILLS not in kept_back.get(one, frozenset())]
    rows = {person_id: row for row, person_id in enumerate(sorted(able))}
    pairs = {
        (rows[person_id], group_of[key])
        for person_id, key in session.execute(queries.shareable_skills(municipality_no))
        if person_id in rows and key in group_of
    }
    names = tuple(sorted({group for _, group in pairs}))
    columns = {name: column for column, name in enumerate(names)}
    held = np.zeros((len(rows), len(names)), dtype=np.bool_)
    for row, group in pairs:
        held[row, columns[group]] = True
    numbers: dict[UUID, int] = {}
    units = [numbers.setdefault(people[one].unit, len(numbers)) for one in rows]
    return HeldGroups(held, names, np.array(units, dtype=np.int64))


def _kept_back(session: Session, municipality_no: str, recipients: Collection[str]) -> dict[UUID, frozenset[str]]:
    """The sections that people keep from some recipient; the empty section is all of the profile."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for person_id, recipient_no, section, granted in session.execute(
        exceptions(municipality_no, ConsentPurpose.SHARE_WITH_NEIGHBOURS)
    ):
        if not granted and (not recipient_no or recipient_no in recipients):
            found[person_id].add(section)
    return {person_id: frozenset(sections) for person_id, sections in found.items()}
