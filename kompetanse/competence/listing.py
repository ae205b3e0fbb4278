"""The people list: search, filters and pages, in a fixed number of statements however long it is."""

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
from kompetanse.competence import queries
from kompetanse.competence.rules import PeopleFilter, main_occupation, spoken_norwegian
from kompetanse.errors import FieldFault, Invalid
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.prepared import Asked, Row, Steps, run
from kompetanse.taxonomy import service as taxonomy

__all__ = ["PeopleFilter", "PersonListing", "list_people", "listed_event", "listing", "skill_key"]


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


def list_people(session: Session, actor: Actor, wanted: PeopleFilter, page: PageRequest) -> Page[PersonListing]:
    """A page of newcomers by family name, given name and id.

    This is the coordinator's own list, so people with a protected address are on it. The page begins after
    the person who ended the one before, wherever her name places her now.

    Raises:
        Invalid: the cursor is nobody's.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    found = run(listing(actor, wanted, page, skill_key(session, actor, wanted)), session)
    audit.record(session, actor, "list", "person", [person.id for person in found.items], _asked(wanted))
    return found


def skill_key(session: Session, actor: Actor, wanted: PeopleFilter) -> str:
    """What the skill that is asked for is linked to; "" when none is asked for."""
    return taxonomy.lexicon(session, actor).skill_key(wanted.skill) if wanted.skill else ""


def listing(actor: Actor, wanted: PeopleFilter, page: PageRequest, skill_key: str = "") -> Steps[Page[PersonListing]]:
    """What `list_people` asks, one select after the other, for whoever runs them; the caller records `listed_event`.

    `skill_key` is what the filter's skill is linked to.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    values = {**queries.values_of(actor, wanted, skill_key), "limit": page.limit + 1}
    if page.after is not None:
        place = yield Asked(queries.place_of(), {"municipality_no": actor.municipality_no, "cursor": page.after})
        if not place:
            raise Invalid(FieldFault("cursor", "No page begins here", "Begin again without cursor"))
        values |= zip(("family_name", "given_name", "id"), place[0], strict=True)
    shape = queries.shape_of(wanted, after=page.after is not None)
    rows = yield Asked(queries.people_page(shape), values)
    today = clock.today()
    people = [_listed(row, today) for row in rows]
    shown = cut(people, page.limit, [person.id for person in people])
    total = (yield Asked(queries.people_count(shape), values))[0][0] if page.counted else None
    return Page(shown.items, shown.next, total)


def listed_event(actor: Actor, wanted: PeopleFilter, found: Page[PersonListing]) -> Event:
    """That these people were shown, and by which filters."""
    actor = actor.doing(Operation.READ_PEOPLE)
    return audit.event_of(actor, "list", "person", [person.id for person in found.items], _asked(wanted))


def _asked(wanted: PeopleFilter) -> list[str]:
    """The names of the filters that were set; their values may be somebody's name."""
    return sorted(queries.shape_of(wanted, after=False).filters)


def _listed(row: Row, today: date) -> PersonListing:
    *_, jobs, norwegian = row
    return PersonListing(*(*row[:-2], _occupation(jobs, today), _spoken(norwegian)))


@lru_cache(maxsize=8192)
def _occupation(packed: str | None, today: date) -> str | None:
    return main_occupation(map(_job, packed.split(queries.BETWEEN_JOBS)), today) if packed else None


def _job(packed: str) -> _Job:
    styrk, started, ended, ongoing, months = packed.split(queries.SEPARATOR)
    return _Job(styrk, started or None, ended or None, _truth(ongoing), int(months) if months else None)


@lru_cache(maxsize=256)
def _spoken(packed: str | None) -> Cefr | None:
    if packed is None:
        return None
    language, mother_tongue, interaction, production = packed.split(queries.SEPARATOR)
    return spoken_norwegian([_Spoken(language, _truth(mother_tongue), _level(interaction), _level(production))])


def _truth(packed: str) -> bool | None:
    return {"1": True, "true": True, "0": False, "false": False}.get(packed)


def _level(packed: str) -> Cefr | None:
    return Cefr(packed) if packed else None
