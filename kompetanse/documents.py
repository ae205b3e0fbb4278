"""Documents that the database builds as JSON in one statement: the one pattern for hot reads.

A document is described by tables and columns; the SQL of each database is derived from their types, so
that booleans, UUIDs and times come out as the contracts say. Everything that is not hot is read with the
ORM instead. What a document holds is tested equal to what the ORM path gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Uuid
from sqlmodel import SQLModel

from kompetanse.database import SCOPE_SETTING


@dataclass(frozen=True)
class Part:
    """A list inside the document: rows of `table` that belong to the person."""

    table: type[SQLModel]
    columns: Sequence[str]
    order_by: str = "id"


def same(*names: str) -> dict[str, str]:
    """Columns that the document calls as the table does."""
    return dict(zip(names, names, strict=True))


@dataclass(frozen=True)
class Document:
    """One person's document: columns of the person and of a row beside it, and lists of rows.

    Columns are given by the names that the document calls them. The row beside may be missing; `absent` says
    what then stands for a column instead of null. The statement takes `municipality_no` and `person_id` and
    yields one row, the version of the row beside (0 where there is none) and the JSON text; or no row.
    `condition` narrows who is found.
    """

    table: type[SQLModel]
    columns: Mapping[str, str]
    beside: type[SQLModel]
    beside_columns: Mapping[str, str]
    absent: Mapping[str, str]
    parts: Mapping[str, Part]
    condition: str

    @cached_property
    def sqlite(self) -> str:
        """The statement for SQLite, with named parameters `:municipality_no` and `:person_id`."""
        return _statement(self, _Sqlite())

    @cached_property
    def postgresql(self) -> str:
        """The statement for PostgreSQL, with psycopg's named parameters.

        It sets the row-level scope first, in the same round trip. Were the scope read before it is set, row-level
        security would show nothing. `OFFSET 0` keeps the planner from taking the two apart: it cannot move what stands
        under it, which needs the scope's value to begin.
        """
        return (
            f"WITH scope AS MATERIALIZED (SELECT set_config('{SCOPE_SETTING}', {_Postgresql.owner}, true) AS no) "  # noqa: S608
            f"SELECT d.version, d.document FROM scope, LATERAL ({_statement(self, _Postgresql())} OFFSET 0) d"
        )


class _Sqlite:
    object = "json_object"
    owner, person, scope = ":municipality_no", ":person_id", ":municipality_no"
    null_array = "json('[]')"

    def entries(self, part: Part) -> str:
        return f"json_group_array({_object(_members(part.table, 'r', same(*part.columns), self), self)})"

    def value(self, alias: str, column: Column[Any]) -> str:
        name = f"{alias}.{column.name}"
        if isinstance(column.type, Boolean):
            return f"json(CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
        if isinstance(column.type, JSON):
            return f"json({name})"
        if isinstance(column.type, Uuid):
            cuts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
            return "||'-'||".join(f"substr({name},{start},{length})" for start, length in cuts)
        if _is_datetime(column):
            return f"replace({name},' ','T')||'Z'"
        return name


class _Postgresql:
    object = "json_build_object"
    owner, person, scope = "%(municipality_no)s", "%(person_id)s", "scope.no"
    null_array = "'[]'::json"

    def entries(self, part: Part) -> str:
        return "json_agg(r)"  # a whole row, in a tenth less time than by its columns

    def value(self, alias: str, column: Column[Any]) -> str:
        return f"{alias}.{column.name}"


def _is_datetime(column: Column[Any]) -> bool:
    kind = column.type
    return isinstance(kind, DateTime) or isinstance(getattr(kind, "impl_instance", None), DateTime)


def _statement(document: Document, dialect: _Sqlite | _Postgresql) -> str:
    members = [
        *_members(document.table, "p", document.columns, dialect),
        *_members(document.beside, "b", document.beside_columns, dialect, document.absent),
        *(f"'{name}', {_list(part, dialect)}" for name, part in document.parts.items()),
    ]
    return (
        f"SELECT coalesce(b.version, 0) AS version, CAST({_object(members, dialect)} AS text) AS document"  # noqa: S608
        f" FROM {document.table.__tablename__} p LEFT JOIN {document.beside.__tablename__} b"
        f" ON b.municipality_no = p.municipality_no AND b.person_id = p.id"
        f" WHERE p.municipality_no = {dialect.scope} AND p.id = {dialect.person} AND {document.condition}"
    )


def _object(members: list[str], dialect: _Sqlite | _Postgresql) -> str:
    """One JSON object. PostgreSQL takes at most 50 pairs a call, so longer ones are refused where they are made."""
    if len(members) > 50:
        raise ValueError("A hot document has at most 50 members")
    return f"{dialect.object}({', '.join(members)})"


def _members(
    table: type[SQLModel],
    alias: str,
    columns: Mapping[str, str],
    dialect: _Sqlite | _Postgresql,
    absent: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    stored = SQLModel.metadata.tables[str(table.__tablename__)].columns

    def value(name: str, column: str) -> str:
        written = dialect.value(alias, stored[column])
        return f"coalesce({written}, {absent[name]})" if name in absent else written

    return [f"'{name}', {value(name, column)}" for name, column in columns.items()]


def _list(part: Part, dialect: _Sqlite | _Postgresql) -> str:
    rows = (
        f"SELECT {', '.join(part.columns)} FROM {part.table.__tablename__} s WHERE s.municipality_no = {dialect.owner}"  # noqa: S608
        f" AND s.person_id = {dialect.person} ORDER BY {part.order_by}"
    )
    return f"coalesce((SELECT {dialect.entries(part)} FROM ({rows}) r), {dialect.null_array})"  # noqa: S608
