"""Moving everything that belongs to one person to another, whatever tables there are.

What belongs to a person is found by its foreign key, so that a table made tomorrow is moved too. Works on
rows, below the session: what it touches must be read again afterwards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import CheckConstraint, ColumnElement, Connection, Table, UniqueConstraint, and_, delete, select, update
from sqlmodel import SQLModel

from kompetanse import clock
from kompetanse.database import DERIVED, OPENS, SETTLED

StoredRow: TypeAlias = Mapping[Any, Any]

_OWNER = frozenset({"municipality_no", "person_id"})
_INCIDENTAL = _OWNER | {"id", "position"}
"""Columns in which two rows that say the same may differ."""


@dataclass(frozen=True, slots=True)
class MovedRows:
    """What became of a person's rows, by table: all of them as JSON, and the ids of those that were taken out.

    `ended`: the ids of what let either of them in.
    """

    rows: dict[str, list[object]] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    ended: dict[str, list[UUID]] = field(default_factory=dict)


def move_rows(connection: Connection, municipality_no: str, from_id: UUID, to_id: UUID) -> MovedRows:
    """Move every row of one person to another.

    A row that would stand twice (a unique constraint refuses it, or there is one that says the very same) is
    taken out, and kept in the answer. Of a table with one row a person the row that stays is filled in where
    it states nothing. Of a table that is derived both persons' rows go: what they were made of has changed. So do
    rows that let somebody in, as it may be another who came in. A table that is settled says itself what becomes of
    rows that cannot stand together.
    """
    moved = MovedRows(ended=shut_out(connection, municipality_no, from_id, to_id))
    for table in _tables_of_people():
        if table.info.get(DERIVED):
            connection.execute(delete(table).where(_belongs(table, municipality_no, from_id, to_id)))
            continue
        theirs = _rows(connection, table, municipality_no, from_id)
        if theirs:
            moved.rows[table.name] = [to_jsonable_python(dict(row)) for row in theirs]
            if SETTLED in table.info:
                table.info[SETTLED](connection, table, municipality_no, from_id, to_id)
                theirs = _rows(connection, table, municipality_no, from_id)
        own = _rows(connection, table, municipality_no, to_id)
        for row in theirs:
            twin = next((mine for mine in own if _stand_for_the_same(table, mine, row)), None)
            if twin is None:
                newer = {"version": row["version"] + 1} if "version" in row else {}
                connection.execute(update(table).where(_this(table, row)).values(person_id=to_id, **newer))
                continue
            moved.left_out.setdefault(table.name, []).append(str(row["id"]))
            connection.execute(delete(table).where(_this(table, row)))
            if _one_a_person(table):
                _fill(connection, table, twin, row)
    return moved


def shut_out(connection: Connection, municipality_no: str, *people: UUID) -> dict[str, list[UUID]]:
    """End every link and device by which people come in to what is theirs; the ids of these, by table."""
    ended: dict[str, list[UUID]] = {}
    for table in _tables_of_people():
        if table.info.get(OPENS):
            theirs = _belongs(table, municipality_no, *people)
            if found := list(connection.scalars(select(table.c.id).where(theirs).order_by(table.c.id))):
                ended[table.name] = found
                connection.execute(delete(table).where(theirs))
    return ended


def _tables_of_people() -> Iterator[Table]:
    for table in SQLModel.metadata.sorted_tables:
        if any(key.referred_table.name == "person" for key in table.foreign_key_constraints):
            yield table


def _rows(connection: Connection, table: Table, municipality_no: str, person_id: UUID) -> Sequence[StoredRow]:
    owned = _belongs(table, municipality_no, person_id)
    return connection.execute(select(table).where(owned).order_by(table.c.id)).mappings().all()


def _belongs(table: Table, municipality_no: str, *people: UUID) -> ColumnElement[bool]:
    return and_(table.c.municipality_no == municipality_no, table.c.person_id.in_(people))


def _this(table: Table, row: StoredRow) -> ColumnElement[bool]:
    return and_(table.c.municipality_no == row["municipality_no"], table.c.id == row["id"])


def _keys(table: Table) -> Iterator[frozenset[str]]:
    """What tells a person's rows apart, by each unique constraint; empty where she has one row at most."""
    for unique in table.constraints:
        if isinstance(unique, UniqueConstraint) and "person_id" in unique.columns:
            yield frozenset(unique.columns.keys()) - _OWNER


def _one_a_person(table: Table) -> bool:
    return frozenset() in _keys(table)


def _stand_for_the_same(table: Table, mine: StoredRow, theirs: StoredRow) -> bool:
    """Whether a unique constraint would refuse both beside each other, or they say the very same."""
    sayings = frozenset(table.columns.keys()) - _INCIDENTAL
    return any(all(mine[name] == theirs[name] for name in key) for key in (*_keys(table), sayings))


def _fill(connection: Connection, table: Table, mine: StoredRow, theirs: StoredRow) -> None:
    """Take over what only the other row states; columns that one CHECK ties together go together or not at all."""
    values = {
        name: value
        for name, value in theirs.items()
        if value is not None and all(mine[tied] is None for tied in _tied(table, name))
    }
    if "version" in mine:
        values |= {"version": mine["version"] + 1, "updated_at": clock.now()}
    if values:
        connection.execute(update(table).where(_this(table, mine)).values(values))


def _tied(table: Table, name: str) -> set[str]:
    """The columns that a CHECK compares with this one, and itself."""
    tied = {name}
    for check in table.constraints:
        if isinstance(check, CheckConstraint):
            named = set(re.findall(r"\w+", str(check.sqltext))) & set(table.columns.keys())
            tied |= named if name in named else set()
    return tied
