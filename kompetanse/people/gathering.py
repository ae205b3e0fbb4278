"""Reads what many people have in one table, by person: one statement for a whole municipality."""

from collections import defaultdict
from typing import TypeVar, cast
from uuid import UUID

from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.people import queries
from kompetanse.people.tables import Person

Stored = TypeVar("Stored", bound=SQLModel)


def by_person(
    session: Session, actor: Actor, table: type[Stored], selected: SelectOfScalar[Person]
) -> dict[UUID, list[Stored]]:
    """Rows by person; each has the attributes of the table's class, and is only read."""
    found: dict[UUID, list[Stored]] = defaultdict(list)
    for row in session.execute(queries.rows_of(actor, table, selected)):
        found[row.person_id].append(cast(Stored, row))
    return found
