"""Writes CSV that spreadsheets and programs both read right, as a stream: columns are data, rows pass one by one.

UTF-8 with byte order mark, semicolons, CRLF and quotes as in RFC 4180, decimal commas, ISO 8601 dates, "ja"
and "nei". An empty cell is "not stated".

A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break: CWE-1236) gets an
apostrophe in front. So does one that begins with apostrophes before such a character, which makes the rule
reversible: `restore` takes off exactly one. Numbers and dates are never touched.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Generic, NotRequired, Protocol, TypedDict, TypeVar

Record = TypeVar("Record")
Value = str | int | float | Decimal | bool | date | datetime | None

BOM = b"\xef\xbb\xbf"
SEPARATOR = ";"
TRUE, FALSE, MISSING = "ja", "nei", ""
CHUNK_BYTES = 128 * 1024
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


class CellType(StrEnum):
    """Types of a column, by their names in Frictionless Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    YEAR = "year"


class Described(Protocol):
    """What a schema says of a column."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def type(self) -> CellType: ...  # noqa: D102
    @property
    def description_nb(self) -> str: ...  # noqa: D102
    @property
    def description_en(self) -> str: ...  # noqa: D102
    @property
    def required(self) -> bool: ...  # noqa: D102
    @property
    def choices(self) -> tuple[str, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Field:
    """A column whose cells the database writes (`csv_sql`): its name, and what it means in both languages.

    `coded` cells hold codes and lists of codes alone, so none of them can be a formula or need quotes.
    """

    name: str
    type: CellType
    description_nb: str
    description_en: str
    required: bool = False
    choices: tuple[str, ...] = ()
    coded: bool = False


@dataclass(frozen=True)  # no slots: with them `Column[Person](…)` raises TypeError on Python 3.11
class Column(Generic[Record]):
    """A column: its name in the file, where its value comes from, and what it means in both languages."""

    name: str
    value: Callable[[Record], Value]
    type: CellType
    description_nb: str
    description_en: str
    required: bool = False
    choices: tuple[str, ...] = ()


def write_csv(
    columns: Sequence[Column[Record]], records: Iterable[Record], *, chunk_bytes: int = CHUNK_BYTES
) -> Iterator[bytes]:
    """The file in chunks of about `chunk_bytes`, never more of it in memory than that.

    Raises:
        ValueError: while iterating, for a number that is not finite.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    start = BOM
    for record in records:
        writer.writerow([cell(column.value(record)) for column in columns])
        if text.tell() >= chunk_bytes:
            yield start + _emptied(text)
            start = b""
    yield start + _emptied(text)


def _emptied(text: io.StringIO) -> bytes:
    content = text.getvalue().encode("utf-8", errors="replace")
    text.seek(0)
    text.truncate()
    return content


def cell(value: Value) -> str:
    """A value as it stands in the file, before quoting.

    Raises:
        ValueError: a number that is not finite.
    """
    match value:
        case None:
            return MISSING
        case bool():
            return TRUE if value else FALSE
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case int() | float() | Decimal():
            return _number(value)
        case str():
            return neutralise(value)


def _number(value: int | float | Decimal) -> str:
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError("Only finite numbers can be written")
    return format(number, "f").replace(".", ",")


def neutralise(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def restore(text: str) -> str:
    """The text that `neutralise` was given."""
    return text[1:] if _GUARDED.match(text) else text


class Constraints(TypedDict, total=False):
    """What a field's values must keep."""

    required: bool
    enum: list[str]


class FieldDescriptor(TypedDict):
    """A field of a Table Schema; `descriptions` holds both languages, `description` the Norwegian one."""

    name: str
    type: str
    format: NotRequired[str]
    description: str
    descriptions: dict[str, str]
    decimalChar: NotRequired[str]
    trueValues: NotRequired[list[str]]
    falseValues: NotRequired[list[str]]
    constraints: NotRequired[Constraints]


class Referenced(TypedDict):
    """What a foreign key leads to."""

    resource: str
    fields: list[str]


class ForeignKey(TypedDict):
    """Columns whose values are those of another file."""

    fields: list[str]
    reference: Referenced


class TableSchema(TypedDict):
    """A Frictionless Table Schema (specs.frictionlessdata.io/table-schema)."""

    fields: list[FieldDescriptor]
    missingValues: list[str]
    foreignKeys: NotRequired[list[ForeignKey]]


class Dialect(TypedDict):
    """A Frictionless CSV Dialect."""

    delimiter: str
    lineTerminator: str
    quoteChar: str
    doubleQuote: bool
    header: bool


class Resource(TypedDict):
    """A Frictionless Data Resource: the file, how it is written, its schema, and perhaps how long it is.

    `hash` is `sha256:` and its digits; `rows`, which the standard does not have, are without the header.
    """

    name: str
    path: str
    profile: str
    format: str
    mediatype: str
    encoding: str
    dialect: Dialect
    schema: TableSchema
    bytes: NotRequired[int]
    hash: NotRequired[str]
    rows: NotRequired[int]


class DataPackage(TypedDict):
    """A Frictionless Data Package (specs.frictionlessdata.io/data-package); `since` is when it is of changes only."""

    profile: str
    name: str
    title: str
    version: str
    created: str
    since: NotRequired[str]
    resources: list[Resource]


def table_schema(columns: Sequence[Described]) -> TableSchema:
    """The columns as a Table Schema, to be published beside the file."""
    return {"fields": [_field(column) for column in columns], "missingValues": [MISSING]}


def resource_descriptor(name: str, path: str, columns: Sequence[Described]) -> Resource:
    """The whole file as a Data Resource. `name` is lower-case letters, digits and hyphens."""
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {
            "delimiter": SEPARATOR,
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": table_schema(columns),
    }


def counted(resource: Resource, size: int, rows: int, digest: str) -> Resource:
    """The resource with what proves that a file is whole: its bytes, rows and SHA-256."""
    return {**resource, "bytes": size, "rows": rows, "hash": f"sha256:{digest}"}


def _field(column: Described) -> FieldDescriptor:
    field: FieldDescriptor = {
        "name": column.name,
        "type": column.type,
        "description": column.description_nb,
        "descriptions": {"nb": column.description_nb, "en": column.description_en},
    }
    if column.type is CellType.NUMBER:
        field["decimalChar"] = ","
    if column.type is CellType.BOOLEAN:
        field["trueValues"], field["falseValues"] = [TRUE], [FALSE]
    constraints: Constraints = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    if constraints:
        field["constraints"] = constraints
    return field
