"""CSV that the database writes itself: a select's values as finished lines, by the rules of `csv_safe`.

Making a million lines in Python takes ten times as long as reading them. What the two databases say differently is a
class here, in the words of each; everything else is SQLAlchemy's own.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, Text, case, cast, func, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from kompetanse.exchange.csv_safe import FALSE, SEPARATOR, TRUE, CellType, Field


class _Said(FunctionElement[Any]):
    """An expression that PostgreSQL and SQLite say differently; each says it of the SQL of its arguments."""

    inherit_cache = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.inherit_cache = True  # SQLAlchemy asks every class for itself

    @staticmethod
    def postgresql(*arguments: str) -> str:
        raise NotImplementedError

    @staticmethod
    def sqlite(*arguments: str) -> str:
        raise NotImplementedError


@compiles(_Said)
def _said(element: _Said, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own signature
    arguments = [compiler.process(argument, **kw) for argument in element.clauses]
    return element.sqlite(*arguments) if compiler.dialect.name == "sqlite" else element.postgresql(*arguments)


class TextCell(_Said):
    """A text as a cell: no formula (`csv_safe.neutralise`), in quotes where it needs them."""

    type = Text()

    @staticmethod
    def postgresql(*arguments: str) -> str:  # noqa: D102 - as the class says
        (text,) = arguments
        return _cell_of(text, rf"{text} ~ '^''*[=+\-@\t\r\n＝＋－＠]'", rf"""{text} ~ '[;"\r\n]'""")

    @staticmethod
    def sqlite(*arguments: str) -> str:  # noqa: D102
        (text,) = arguments
        marks = "'=', '+', '-', '@', char(9), char(13), char(10), '＝', '＋', '－', '＠'"
        special = """'*[;"' || char(13) || char(10) || ']*'"""
        return _cell_of(text, f"substr(ltrim({text}, ''''), 1, 1) IN ({marks})", f"{text} GLOB {special}")


def _cell_of(text: str, dangerous: str, special: str) -> str:
    safe = f"CASE WHEN {dangerous} THEN '''' || {text} ELSE {text} END"
    quoted = f"""'"' || replace({safe}, '"', '""') || '"'"""
    return f"CASE WHEN {text} IS NULL THEN '' WHEN {special} THEN {quoted} ELSE {safe} END"


class FirstDay(_Said):
    """The number of the first day that a date of reduced precision can mean."""

    type = Integer()

    @staticmethod
    def postgresql(*arguments: str) -> str:  # noqa: D102
        (day,) = arguments
        return f"(({day} || substr('-01-01', length({day}) - 3))::date - DATE '1970-01-01')"

    @staticmethod
    def sqlite(*arguments: str) -> str:  # noqa: D102
        (day,) = arguments
        return f"CAST(julianday({day} || substr('-01-01', length({day}) - 3)) - 2440587.5 AS INTEGER)"


class LastDay(_Said):
    """The number of the last day that a date of reduced precision can mean."""

    type = Integer()

    @staticmethod
    def postgresql(*arguments: str) -> str:  # noqa: D102
        (day,) = arguments
        month = f"(({day} || '-01')::date + interval '1 month' - interval '1 day')::date"
        last = f"CASE length({day}) WHEN 4 THEN ({day} || '-12-31')::date WHEN 7 THEN {month} ELSE {day}::date END"
        return f"({last} - DATE '1970-01-01')"

    @staticmethod
    def sqlite(*arguments: str) -> str:  # noqa: D102
        (day,) = arguments
        month = f"julianday({day} || '-01', '+1 month', '-1 day')"
        year = f"julianday({day} || '-12-31')"
        last = f"CASE length({day}) WHEN 4 THEN {year} WHEN 7 THEN {month} ELSE julianday({day}) END"
        return f"CAST({last} - 2440587.5 AS INTEGER)"


class DayInNorway(_Said):
    """The calendar day in Norway of a moment that is stored in UTC."""

    type = Date()

    @staticmethod
    def postgresql(*arguments: str) -> str:  # noqa: D102
        (moment,) = arguments
        return f"({moment} AT TIME ZONE 'Europe/Oslo')::date"

    @staticmethod
    def sqlite(*arguments: str) -> str:
        """Summer time lasts from the last Sunday of March to that of October, 01:00 UTC (directive 2000/84/EC)."""
        (moment,) = arguments
        start, end = (
            f"date(strftime('%Y', {moment}) || '-{month}-25', 'weekday 0') || ' 01:00:00'" for month in ("03", "10")
        )
        return f"date({moment}, CASE WHEN {moment} >= {start} AND {moment} < {end} THEN '+2 hours' ELSE '+1 hour' END)"


class IsoDate(_Said):
    """A date as ISO 8601 text."""

    type = Text()

    @staticmethod
    def postgresql(*arguments: str) -> str:  # noqa: D102
        return f"to_char({arguments[0]}, 'YYYY-MM-DD')"

    @staticmethod
    def sqlite(*arguments: str) -> str:  # noqa: D102
        return arguments[0]


class Digest(_Said):
    """The first 32 hexadecimal digits of the SHA-256 of a word and the digits of a UUID."""

    type = Text()

    @staticmethod
    def postgresql(*arguments: str) -> str:  # noqa: D102
        word, uuid = arguments
        return f"left(encode(sha256(convert_to({word} || replace({uuid}::text, '-', ''), 'UTF8')), 'hex'), 32)"

    @staticmethod
    def sqlite(*arguments: str) -> str:  # noqa: D102
        word, uuid = arguments
        return f"substr(sha256_hex({word} || {uuid}), 1, 32)"


class LookedUp(_Said):
    """The text that a JSON object, which is one parameter, has by a name."""

    type = Text()

    @staticmethod
    def postgresql(*arguments: str) -> str:  # noqa: D102
        known, name = arguments
        return f"(CAST({known} AS jsonb) ->> {name})"

    @staticmethod
    def sqlite(*arguments: str) -> str:  # noqa: D102
        known, name = arguments
        return f"""json_extract({known}, '$."' || {name} || '"')"""


def lines(fields: Sequence[Field], values: Select[Any]) -> Select[Any]:
    """What `values` selects as finished lines: `person_id` and `line`, in the order of the person and then of the row.

    `values` has a column `person_id`, perhaps one `row_id`, and one of its name for every field that says anything.
    """
    found = values.cte("found").prefix_with("MATERIALIZED")  # else each mention of a value computes it again
    cells = [_cell(found.c[field.name], field) if field.name in found.c else literal_column("''") for field in fields]
    separator: ColumnElement[str] = literal_column(f"'{SEPARATOR}'", Text)
    line = reduce(lambda before, cell: before.op("||")(separator).op("||")(cell), cells)
    order = [found.c[name] for name in ("person_id", "row_id") if name in found.c]
    return select(found.c.person_id, line.label("line")).order_by(*order)


def _cell(value: ColumnElement[Any], field: Field) -> ColumnElement[Any]:
    """A value as it stands in the file; nothing where it is not stated. A number comes as text, with a point."""
    if field.coded:
        return func.coalesce(cast(value, Text), "")
    match field.type:
        case CellType.STRING:
            return TextCell(value)
        case CellType.BOOLEAN:
            return case((value.is_(True), TRUE), (value.is_(False), FALSE), else_="")
        case CellType.DATE:
            return func.coalesce(IsoDate(value), "")
        case CellType.NUMBER:
            return func.coalesce(func.replace(value, ".", ","), "")
        case CellType.INTEGER | CellType.YEAR:
            return func.coalesce(cast(value, Text), "")
        case CellType.DATETIME:
            raise NotImplementedError("No file of ours has moments")
