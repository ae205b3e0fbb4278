"""The people list: search, filters and pages, in a fixed number of statements however long it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.audit.rules import Event
from kompetanse.codes.cefr import Cefr
from kompetanse.competence import people_queries, understanding
from kompetanse.competence.rules import main_occupation, spoken_norwegian
from kompetanse.errors import FieldFault, Invalid
from kompetanse.finding.criteria import AS_WRITTEN, PeopleFilter, Understood, asked_for
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.prepared import Asked, Row, Steps, run

_AT_ONCE = 500
"""So many ids are asked for in one statement."""


@dataclass(frozen=True, slots=True)
class PersonListing:
    """A newcomer in a list. `occupation` (STYRK-08) and `norwegian` (spoken) are None where not stated."""

    id: UUID
    version: int
    given_name: str
    family_name: str
    born: str | None
    citizenships: list[str] | None
    protected_address: bool
    archived_at: datetime | None
    occupation: str | None
    norwegian: Cefr | None


class _Job(NamedTuple):
    styrk: str | None
    started: str | None
    ended: str | None
    ongoing: bool | None
    months: int | None


class _Spoken(NamedTuple):
    language: str
    mother_tongue: bool | None
    interaction: Cefr | None
    production: Cefr | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of newcomers, and what the words that were searched for were taken for."""

    page: Page[PersonListing]
    understood: Understood


def list_people(
    session: Session, actor: Actor, wanted: PeopleFilter, page: PageRequest, shown: Iterable[str] = ()
) -> Page[PersonListing]:
    """A page of newcomers by name, as Norwegians order them; see `search`."""
    return search(session, actor, wanted, page, shown).page


def search(session: Session, actor: Actor, wanted: PeopleFilter, page: PageRequest, shown: Iterable[str] = ()) -> Found:
    """A page of newcomers by name, as Norwegians order them, and how their search was understood.

    This is the coordinator's own list, so people with a protected address are on it. The page begins after
    the person who ended the one before, wherever her name places her now. A text finds names and contact points, and
    who has done or can what it means; where it finds nobody, those whose names are spelt like it. `shown` names, for
    the trail, what the caller shows of each beside that.

    Raises:
        Invalid: the cursor is nobody's.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    understood = understanding.understand(session, actor, wanted)
    found = run(listing(actor, wanted, page, understood), session)
    if not found.items and (spelt := understanding.as_others_spell(session, actor, wanted, understood)):
        understood = spelt
        found = run(listing(actor, wanted, page, understood), session)
    fields = sorted({*_asked(wanted), *shown})
    audit.record(session, actor, "list", "person", [person.id for person in found.items], fields)
    return Found(found, understood)


def everybody(session: Session, actor: Actor, wanted: PeopleFilter, most: int) -> list[UUID]:
    """The ids of all whom a search finds, at most `most`; nobody is shown by that, so it is no event."""
    actor = actor.doing(Operation.READ_PEOPLE)
    understood = understanding.understand(session, actor, wanted)
    found = run(_ids(actor, wanted, understood, most), session)
    if not found and (spelt := understanding.as_others_spell(session, actor, wanted, understood)):
        found = run(_ids(actor, wanted, spelt, most), session)
    return found


def people_of(session: Session, actor: Actor, ids: Sequence[UUID]) -> list[PersonListing]:
    """Some people as lists show them, by name; the caller records what becomes of them. Who is nobody's is left out."""
    actor = actor.doing(Operation.READ_PEOPLE)
    today, found = clock.today(), list[Row]()
    for start in range(0, len(ids), _AT_ONCE):
        values = {"municipality_no": actor.municipality_no, "ids": ids[start : start + _AT_ONCE]}
        found += map(tuple, session.execute(people_queries.people_of().select, values))
    return [_listed(row, today) for row in sorted(found, key=people_queries.place_in)]


def names_of(session: Session, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, str]:
    """What some people are called, as lists call them; the trail tells that they were on one."""
    found = people_of(session, actor, ids)
    audit.record(session, actor.doing(Operation.READ_PEOPLE), "list", "person", [one.id for one in found])
    return {one.id: ", ".join(filter(None, (one.family_name, one.given_name))) for one in found}


def listing(
    actor: Actor, wanted: PeopleFilter, page: PageRequest, understood: Understood = AS_WRITTEN
) -> Steps[Page[PersonListing]]:
    """What `search` asks, one select after the other, for whoever runs them; the caller records `listed_event`.

    `understood` is what the filter's words were taken for.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    values = {**people_queries.values_of(actor, wanted, understood), "limit": page.limit + 1}
    if page.after is not None:
        place = yield Asked(people_queries.place_of(), {"municipality_no": actor.municipality_no, "cursor": page.after})
        if not place:
            raise Invalid(FieldFault("cursor", "No page begins here", "Begin again without cursor"))
        values |= zip(("name_order", "id"), place[0], strict=True)
    shape = people_queries.shape_of(wanted, understood, after=page.after is not None)
    rows = yield Asked(people_queries.people_page(shape), values)
    today = clock.today()
    people = [_listed(row, today) for row in rows]
    shown = cut(people, page.limit, [person.id for person in people])
    total = (yield Asked(people_queries.people_count(shape), values))[0][0] if page.counted else None
    return Page(shown.items, shown.next, total)


def listed_event(actor: Actor, wanted: PeopleFilter, found: Page[PersonListing]) -> Event:
    """That these people were shown, and by which filters."""
    actor = actor.doing(Operation.READ_PEOPLE)
    return audit.event_of(actor, "list", "person", [person.id for person in found.items], _asked(wanted))


def _ids(actor: Actor, wanted: PeopleFilter, understood: Understood, most: int) -> Steps[list[UUID]]:
    shape = people_queries.shape_of(wanted, understood, after=False)
    values = {**people_queries.values_of(actor, wanted, understood), "limit": most}
    return [row[0] for row in (yield Asked(people_queries.people_ids(shape), values))]


def _asked(wanted: PeopleFilter) -> list[str]:
    """The names of the filters that were set; their values may be somebody's name."""
    return sorted(asked_for(wanted))


def _listed(row: Row, today: date) -> PersonListing:
    *shown, _name_order, jobs, norwegian = row
    return PersonListing(*(*shown, _occupation(jobs, today), _spoken(norwegian)))


@lru_cache(maxsize=8192)
def _occupation(packed: str | None, today: date) -> str | None:
    return main_occupation(map(_job, packed.split(people_queries.BETWEEN_JOBS)), today) if packed else None


def _job(packed: str) -> _Job:
    styrk, started, ended, ongoing, months = packed.split(people_queries.SEPARATOR)
    return _Job(styrk, started or None, ended or None, _truth(ongoing), int(months) if months else None)


@lru_cache(maxsize=256)
def _spoken(packed: str | None) -> Cefr | None:
    if packed is None:
        return None
    language, mother_tongue, interaction, production = packed.split(people_queries.SEPARATOR)
    return spoken_norwegian([_Spoken(language, _truth(mother_tongue), _level(interaction), _level(production))])


def _truth(packed: str) -> bool | None:
    return {"1": True, "true": True, "0": False, "false": False}.get(packed)


def _level(packed: str) -> Cefr | None:
    return Cefr(packed) if packed else None
