"""Selects of every row that is about a person, whatever tables there are: a table made tomorrow is read too."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, String, Table, cast, select
from sqlmodel import col

from kompetanse.actor import Actor
from kompetanse.audit.tables import AuditEvent
from kompetanse.database import DERIVED
from kompetanse.model import METADATA
from kompetanse.people.queries import in_scope
from kompetanse.people.tables import Household, HouseholdMember, Person
from kompetanse.sharing.tables import ReleaseClass, ReleaseMember

PERSON = Person.__tablename__
_CLOCKS_DIFFER = timedelta(days=1)
"""More than the clocks of several machines do."""


def tables() -> Iterator[Table]:
    """The tables whose rows belong to a person, but for those that are made of the others' (they are made anew)."""
    for table in METADATA.sorted_tables:
        if table.info.get(DERIVED):
            continue
        if any(key.referred_table.name == PERSON for key in table.foreign_key_constraints):
            yield table


def the_person(actor: Actor, person_id: UUID) -> Select[Person]:
    """Who she is, as registered."""
    return select(Person).where(in_scope(actor), col(Person.id) == person_id)


def rows_of(table: Table, actor: Actor, person_id: UUID) -> Select[tuple[object, ...]]:
    """Her rows of a table."""
    own = (table.c.municipality_no == actor.municipality_no) & (table.c.person_id == person_id)
    return select(table).where(own).order_by(*table.primary_key.columns)


def household_of(actor: Actor, person_id: UUID) -> Select[Household]:
    """The household that she is in."""
    member = select(col(HouseholdMember.household_id)).where(
        col(HouseholdMember.municipality_no) == actor.municipality_no, col(HouseholdMember.person_id) == person_id
    )
    return select(Household).where(
        col(Household.municipality_no) == actor.municipality_no, col(Household.id).in_(member)
    )


def classes_of(actor: Actor, person_id: UUID) -> Select[ReleaseClass]:
    """The classes that have described her to neighbours."""
    described = (col(ReleaseMember.class_id) == col(ReleaseClass.class_id)) & (
        col(ReleaseMember.period) == col(ReleaseClass.period)
    )
    return (
        select(ReleaseClass)
        .join(ReleaseMember, described & (col(ReleaseMember.municipality_no) == col(ReleaseClass.municipality_no)))
        .where(col(ReleaseClass.municipality_no) == actor.municipality_no, col(ReleaseMember.member_id) == person_id)
        .order_by(col(ReleaseClass.period))
    )


def events_about(actor: Actor, person: Person) -> Select[AuditEvent]:
    """Every event of the trail that names her, which is read from the day before she was registered.

    No index helps. One of every id in every event would be as large as the trail and make each append dearer, and
    behind row-level security PostgreSQL uses none whose operator could leak, as those of JSON do. Reading the text of a
    million events takes about a second (docs/benchmarks.md).
    """
    own = col(AuditEvent.municipality_no) == actor.municipality_no
    since = col(AuditEvent.occurred_at) >= person.created_at - _CLOCKS_DIFFER
    named = cast(AuditEvent.record_ids, String).contains(f'"{person.id}"')
    return select(AuditEvent).where(own, since, named).order_by(col(AuditEvent.seq))
