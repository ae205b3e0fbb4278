"""A session that sees one person: beneath every select, whatever it forgot to ask.

Row-level security holds municipalities apart, in PostgreSQL. This holds people apart in the session of a newcomer's own
page, on both databases: rows of whatever table belongs to a person are hers, also of tables that are made tomorrow.
"""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlmodel import Session, SQLModel

from kompetanse.people.tables import Person


def narrow(session: Session, person_id: UUID) -> None:
    """Let a session select one person's rows alone, as long as it lives. What belongs to nobody is seen as before."""
    criteria = [with_loader_criteria(table, column == person_id) for table, column in owned_tables()]

    def hers_alone(state: ORMExecuteState) -> None:
        if state.is_select:
            state.statement = state.statement.options(*criteria)

    event.listen(session, "do_orm_execute", hers_alone)


@cache
def owned_tables() -> tuple[tuple[type[SQLModel], Any], ...]:
    """The tables that belong to a person, and the column that says to whom."""
    found: list[tuple[type[SQLModel], Any]] = [(Person, Person.id)]
    for mapper in SQLModel._sa_registry.mappers:
        keys = mapper.local_table.foreign_key_constraints  # type: ignore[attr-defined]
        if any(key.referred_table.name == Person.__tablename__ for key in keys):
            found.append((mapper.class_, mapper.class_.person_id))
    return tuple(found)
