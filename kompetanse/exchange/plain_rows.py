"""Rows of records that are read cell by cell into their fields: vacancies and courses. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeAlias, TypeVar

from kompetanse.exchange.cells.words import not_stated, shown
from kompetanse.exchange.columns import Column
from kompetanse.exchange.diff import LikelyRegistered
from kompetanse.exchange.faults import CellRejected, CellWarning, Reading, Reason, RowRejected, RowWarning
from kompetanse.exchange.rows import Tally, placed, remark, see_bearable, sound_rows
from kompetanse.exchange.table import Table

Entry = TypeVar("Entry")

Fields: TypeAlias = dict[str, Any]
CellReader: TypeAlias = Callable[[str, date], Reading[Fields]]
"""The fields that a cell states. Raises CellRejected when it cannot be read."""


@dataclass(slots=True)
class PlainEntry:
    """One row as its record's service takes it; `remarks` keep what no field holds, each with its header."""

    row: int
    fields: Fields = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    warnings: list[RowWarning] = field(default_factory=list)


def parse_plain(
    table: Table,
    columns: Sequence[Column[Any] | None],
    readers: Mapping[StrEnum, CellReader],
    *,
    today: date,
    tally: Tally,
) -> Iterator[PlainEntry | RowRejected]:
    """Each row as an entry or as a rejection, in the order of the file; blank rows are skipped.

    Raises:
        TableRefused: while iterating, whatever reading the rows can raise.
    """
    for row in sound_rows(table, columns, tally):
        if isinstance(row, RowRejected):
            yield row
            continue
        try:
            yield _entry(PlainEntry(row.number), table.headers, columns, row.cells, readers, today)
        except RowRejected as rejection:
            yield rejection


@dataclass(slots=True)
class Judged(Generic[Entry]):
    """The rows of a file after every rule: what would be stored, and what is said of the others."""

    accepted: list[Entry] = field(default_factory=list)
    rejected: list[RowRejected] = field(default_factory=list)
    duplicates: list[LikelyRegistered] = field(default_factory=list)
    warnings: list[RowWarning] = field(default_factory=list)
    skipped: int = 0


def judge(
    rows: Iterable[PlainEntry | RowRejected],
    accept: Callable[[PlainEntry], Entry],
    duplicate: Callable[[Entry], LikelyRegistered | None],
    *,
    despite_duplicates: bool,
) -> Judged[Entry]:
    """Sort rows into those to store, those likely there already and those that cannot be.

    `accept` raises RowRejected for a row that breaks a rule. `duplicate` tells what is like an entry, and remembers it
    for those below. What is certain to be there is left out whatever `despite_duplicates` says.
    """
    judged = Judged[Entry]()
    for row in rows:
        see_bearable(len(judged.rejected) + len(judged.duplicates) + len(judged.warnings))
        if isinstance(row, RowRejected):
            judged.rejected.append(row)
            continue
        try:
            entry = accept(row)
        except RowRejected as rejection:
            judged.rejected.append(rejection)
            continue
        found = duplicate(entry)
        judged.duplicates += [found] if found else []
        if found and (found.reason is Reason.NUMBER_REGISTERED or not despite_duplicates):
            judged.skipped += 1
            continue
        judged.accepted.append(entry)
        judged.warnings += row.warnings
    return judged


def _entry(
    entry: PlainEntry,
    headers: Sequence[str],
    columns: Sequence[Column[Any] | None],
    cells: Sequence[str],
    readers: Mapping[StrEnum, CellReader],
    today: date,
) -> PlainEntry:
    for header, column, cell in zip(headers, columns, cells, strict=True):
        if not_stated(cell):
            continue
        if column is None:
            entry.remarks.append(remark(header, cell))
        else:
            _take(entry, header, column, cell, readers[column.field], today)
    return entry


def _take(entry: PlainEntry, header: str, column: Column[Any], cell: str, read: CellReader, today: date) -> None:
    """Add what a cell says. A doubtful cell is kept as a remark too, so that none of its words are lost."""
    try:
        found = read(cell, today)
    except CellRejected as cause:
        if column.required:
            raise RowRejected(entry.row, header, shown(cell), cause) from None
        found = Reading(Fields(), (CellWarning(cause.reason, cause.detail, cause.hint),))
    for name, value in found.value.items():
        entry.fields[name] = [*entry.fields.get(name, []), *value] if isinstance(value, list) else value
    if found.warnings:
        entry.remarks.append(remark(header, cell))
    entry.warnings += [placed(entry.row, header, cell, one) for one in found.warnings]
