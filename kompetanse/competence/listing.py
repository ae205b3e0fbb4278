"""The people list: search, filters and pages, in a fixed number of queries however long it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.cefr import Cefr
from kompetanse.competence import queries
from kompetanse.competence.rules import PeopleFilter, main_occupation, spoken_norwegian
from kompetanse.errors import FieldFault, Invalid
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.people.tables import Person

__all__ = ["PeopleFilter", "PersonListing", "list_people"]


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


def list_people(session: Session, actor: Actor, wanted: PeopleFilter, page: PageRequest) -> Page[PersonListing]:
    """A page of newcomers by family name, given name and id, with how many there are in all.

    This is the coordinator's own list, so people with a protected address are on it. The page begins after
    the person who ended the one before, wherever her name places her now.

    Raises:
        Invalid: the cursor is nobody's.
    """
    actor = actor.doing(Operation.READ_PEOPLE)
    condition = queries.listed(actor, wanted)
    after = _after(session, actor, page.after)
    rows = session.execute(queries.people_page(condition, page.limit, after)).all()
    total = session.scalar(queries.people_count(condition))
    shown = cut(rows, page.limit, [person.id for person in rows])
    audit.record(session, actor, "list", "person", [p.id for p in shown.items], _asked(wanted))
    return Page(_listings(session, actor, shown.items), shown.next, total)


def _after(session: Session, actor: Actor, cursor: UUID | None) -> Person | None:
    if cursor is None:
        return None
    found = session.exec(queries.cursor_person(actor, cursor)).one_or_none()
    if found is None:
        raise Invalid(FieldFault("cursor", "No page begins here", "Begin again without cursor"))
    return found


def _asked(wanted: PeopleFilter) -> list[str]:
    """The names of the filters that were set; their values may be somebody's name."""
    unset = asdict(PeopleFilter())
    return sorted(name for name, value in asdict(wanted).items() if value != unset[name])


def _listings(session: Session, actor: Actor, people: Sequence[Row[Any]]) -> list[PersonListing]:
    ids = [person.id for person in people]
    jobs: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for job in session.execute(queries.jobs_of(actor, ids)):
        jobs[job.person_id].append(job)
    spoken: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for language in session.execute(queries.norwegian_of(actor, ids)):
        spoken[language.person_id].append(language)
    today = clock.today()
    return [
        PersonListing(
            **person._mapping,  # the columns that the select names are those of a listing
            occupation=main_occupation(jobs[person.id], today),
            norwegian=spoken_norwegian(spoken[person.id]),
        )
        for person in people
    ]
