"""Selects that are built once and run often: by a session, or by the driver alone where that is hot.

The second pattern for hot reads beside `kompetanse.documents`. Building and caching a SQLAlchemy select costs
more than running it, so a list's select is made once for each set of conditions, with named parameters. Its
types convert values and rows here as the ORM would.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

import orjson
from sqlalchemy import Dialect, Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlmodel import Session

Result = TypeVar("Result")
Row: TypeAlias = tuple[Any, ...]
_Convert: TypeAlias = Callable[[Any], Any] | None

ESCAPE = "\\"
"""What stands before a `%` or `_` that is meant literally."""


def like_literally(text: str) -> str:
    """`text` as part of a LIKE pattern in which nothing is a wildcard."""
    return text.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A select in one database's SQL, with what its driver does not convert by itself."""

    sql: str
    constants: Mapping[str, object]
    binds: Mapping[str, _Convert]
    converts: Sequence[tuple[int, Callable[[Any], Any]]]

    def bound(self, values: Mapping[str, object]) -> dict[str, object]:
        """The parameters that the statement has, as the driver takes them."""
        given = {name: convert(values[name]) if convert else values[name] for name, convert in self.binds.items()}
        return {**self.constants, **given}

    def rows(self, raw: Sequence[Sequence[Any]]) -> list[Row]:
        """The driver's rows as the ORM would give them."""
        if not self.converts:
            return [tuple(row) for row in raw]
        return [self._converted(list(row)) for row in raw]

    def _converted(self, row: list[Any]) -> Row:
        for place, convert in self.converts:
            row[place] = convert(row[place])
        return tuple(row)


class Prepared:
    """A select whose every value is a named parameter."""

    def __init__(self, select: Select[*tuple[Any, ...]]) -> None:
        self.select = select

    @cached_property
    def sqlite(self) -> Compiled:
        """For SQLite's own driver."""
        return _compile(self.select, sqlite_dialect(paramstyle="named", json_deserializer=orjson.loads))

    @cached_property
    def postgresql(self) -> Compiled:
        """For psycopg."""
        return _compile(self.select, PGDialect_psycopg())  # type: ignore[no-untyped-call]


def _compile(select: Select[*tuple[Any, ...]], dialect: Dialect) -> Compiled:
    compiled = select.compile(dialect=dialect)
    binds: dict[str, _Convert] = {}
    constants: dict[str, object] = {}
    for name, bind in compiled.binds.items():
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if bind.required:
            binds[name] = convert
        else:
            constants[name] = convert(bind.value) if convert else bind.value
    processors = [
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in select.selected_columns
    ]
    converts = [(place, convert) for place, convert in enumerate(processors) if convert is not None]
    return Compiled(str(compiled), constants, binds, converts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A prepared select with its values."""

    prepared: Prepared
    values: Mapping[str, object]


Steps: TypeAlias = Generator[Asked, Sequence[Row], Result]
"""What is asked, one select after the other, and what comes of the rows. Whoever runs it decides how."""


def run(steps: Steps[Result], session: Session) -> Result:
    """Take the steps within a session's transaction."""
    try:
        asked = next(steps)
        while True:
            rows = session.execute(asked.prepared.select, dict(asked.values)).all()
            asked = steps.send(rows)
    except StopIteration as done:
        result: Result = done.value
        return result
