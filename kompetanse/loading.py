"""Rows by the thousand: validated as their tables would, and written in the transaction of a session.

On PostgreSQL by COPY into a table of the transaction's own, and from there: COPY itself is not allowed where row-level
security is. On SQLite by a thread of the loader's own, thousands of values to a statement: SQLite works without
Python's lock, so the next rows are read meanwhile. What a constraint refuses is refused as by any insert.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from itertools import chain
from operator import itemgetter
from types import TracebackType
from typing import Any, Self, TypeAlias
from uuid import UUID

import psycopg
from pydantic import BaseModel, create_model
from sqlalchemy import Connection, event
from sqlmodel import Session, SQLModel

from kompetanse.database import Owned
from kompetanse.ids import new_hex

Bound: TypeAlias = tuple[Any, ...]
"""The values of a row as the driver takes them, without its keys."""

_KEYS = ("municipality_no", "id", "person_id")
_BEFORE_USE = ("do_orm_execute", "before_flush")
"""A connection serves one thread at a time."""

_MOST_VALUES = 30_000
"""Of a statement on SQLite, which takes 32,766 unless it was built otherwise. A statement a row costs a third more."""


class RowsRefused(Exception):
    """PostgreSQL took rows for another shape than their table's. Says nothing of what stood in them."""


class Loader:
    """Gathers rows of a municipality's tables and writes them together, tables in the order of their first rows.

    The same values, bound once, can stand in the rows of many people. Used as a context: when it is left nothing is
    under way any more, and what was refused is raised. Whatever the session is asked meanwhile waits for what is.
    """

    def __init__(self, session: Session, municipality_no: str) -> None:
        self._session, self._connection = session, session.connection()
        self._writes = 0
        self._municipality_no = municipality_no
        self._tables: dict[type[Owned], _Target] = {}
        self._beside = ThreadPoolExecutor(1, "loading") if self._connection.dialect.name == "sqlite" else None
        self._under_way: Future[None] | None = None

    def __enter__(self) -> Self:
        for moment in _BEFORE_USE:
            event.listen(self._session, moment, self._wait)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for moment in _BEFORE_USE:
            event.remove(self._session, moment, self._wait)
        if self._beside:
            self._beside.shutdown()  # waits
        if error is None:
            self._wait()

    def bound(self, table: type[Owned], values: Mapping[str, object]) -> Bound:
        """What a row holds beside its keys. Raises pydantic's ValidationError as the table would."""
        return self._target(table).bound(values)

    def add(self, table: type[Owned], bound: Bound, row_id: UUID | None = None) -> None:
        """Put a row among those to write."""
        self._target(table).rows.append((self._municipality_no, row_id.hex if row_id else new_hex(), *bound))

    def add_of_person(self, table: type[Owned], rows: Iterable[Bound], person_id: UUID) -> None:
        """Put a person's rows among those to write."""
        add, municipality_no, owner = self._target(table).rows.append, self._municipality_no, person_id.hex
        for bound in rows:
            add((municipality_no, new_hex(), owner, *bound))

    def write(self) -> None:
        """Write what was gathered since the last time; on SQLite that may go on while the caller does."""
        self._wait()
        self._writes += 1
        gathered = [(target, target.taken()) for target in self._tables.values() if target.rows]
        if self._beside:
            self._under_way = self._beside.submit(self._write, gathered)
            return
        if self._writes == 2:
            count_rows(self._connection, self._tables)
        self._write(gathered)

    def _wait(self, *_: object) -> None:
        """Until everything is written. Raises what its writing raised."""
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()

    def _write(self, gathered: "Iterable[tuple[_Target, Sequence[Bound]]]") -> None:
        for target, rows in gathered:
            target.write(self._connection, rows)

    def _target(self, table: type[Owned]) -> "_Target":
        target = self._tables.get(table)
        if target is None:
            target = self._tables[table] = _Target(table, self._connection)
        return target


def count_rows(connection: Connection, tables: Iterable[type[SQLModel]]) -> None:
    """Let PostgreSQL know what the first rows of many are like; SQLite need not know.

    A foreign key is checked by a plan that is made once, and of tables that it takes for empty any index is as good as
    the right one: with the wrong one each check reads all that was written before (80 people a second). ANALYZE keeps
    its lock until the transaction ends: what another import holds that one has counted.
    """
    if connection.dialect.name != "sqlite":
        names = ", ".join(str(table.__tablename__) for table in tables)
        connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {names}")


class _Target:
    """One table: its rows that wait, and the statements that write them."""

    def __init__(self, table: type[Owned], connection: Connection) -> None:
        self.rows: list[Bound] = []
        self._contract = _contract(table)
        columns = {column.name: column for column in SQLModel.metadata.tables[str(table.__tablename__)].columns}
        keys = [name for name in _KEYS if name in columns]
        others = [name for name in columns if name not in _KEYS]
        dialect = connection.dialect
        self._values = itemgetter(*others) if len(others) > 1 else lambda values: (values[others[0]],)
        # The types' own conversions, as an insert of SQLAlchemy's would make them. Keys are written as hexadecimal
        # digits, which both databases take.
        converts = [columns[name].type.dialect_impl(dialect).bind_processor(dialect) for name in others]
        self._converts = [(place, convert) for place, convert in enumerate(converts) if convert]
        self.name, self._columns = str(table.__tablename__), ", ".join([*keys, *others])
        self._width = len(keys) + len(others)

    def taken(self) -> list[Bound]:
        """The rows that wait, which wait no more."""
        rows, self.rows = self.rows, []
        return rows

    def bound(self, values: Mapping[str, object]) -> Bound:
        row = list(self._values(self._contract.model_validate(values).__dict__))
        for place, convert in self._converts:
            row[place] = convert(row[place])
        return tuple(row)

    def write(self, connection: Connection, rows: Sequence[Bound]) -> None:
        if connection.dialect.name == "sqlite":
            at_once = _MOST_VALUES // self._width
            for start in range(0, len(rows), at_once):
                self._insert(connection, rows[start : start + at_once])
            return
        incoming = f"incoming_{self.name}"
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE IF NOT EXISTS {incoming} (LIKE {self.name}) ON COMMIT DROP")
        connection.exec_driver_sql(f"TRUNCATE {incoming}")
        self._copy(connection, incoming, rows)
        connection.exec_driver_sql(f"INSERT INTO {self.name} ({self._columns}) SELECT {self._columns} FROM {incoming}")  # noqa: S608 - names of ours

    def _insert(self, connection: Connection, rows: Sequence[Bound]) -> None:
        row = f"({', '.join('?' * self._width)})"
        statement = f"INSERT INTO {self.name} ({self._columns}) VALUES {', '.join([row] * len(rows))}"  # noqa: S608 - names of ours
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(rows)))

    def _copy(self, connection: Connection, incoming: str, rows: Sequence[Bound]) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)  # noqa: S101 - the only driver that is not SQLite's
        try:
            with driver.cursor() as cursor, cursor.copy(f"COPY {incoming} ({self._columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as error:  # its text has the row's values
            raise RowsRefused(f"{self.name}: SQLSTATE {error.sqlstate}") from None


@cache
def _contract(table: type[Owned]) -> type[BaseModel]:
    """The table's columns but its keys as a plain model: the mapped class validates the same, ten times as slowly."""
    columns: dict[str, Any] = {
        name: (column.annotation, column) for name, column in table.model_fields.items() if name not in _KEYS
    }
    return create_model(table.__name__, **columns)
