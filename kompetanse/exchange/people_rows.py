"""Turns the rows of a newcomers' spreadsheet into entries, and every row that cannot be into a rejection.

Nothing is lost on the way: what no field can hold stays in the entry's notes, under its own header.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from pathlib import Path

from kompetanse.exchange.cells.words import not_stated, shown
from kompetanse.exchange.faults import CellRejected, CellWarning, Reason, RowRejected
from kompetanse.exchange.likeness import SeenPeople
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.people_cells import READERS
from kompetanse.exchange.people_columns import COLUMNS, NAME_FIELDS, PeopleColumn
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.exchange.rows import Tally, placed, remark, sound_rows
from kompetanse.exchange.spreadsheets import read_table
from kompetanse.exchange.table import Row, Table

# Doubts after which the cell's own words are kept in the notes, as no field holds them.
_KEPT_IN_NOTES = frozenset(
    {
        Reason.DATE_APPROXIMATE, Reason.EMAIL_UNREADABLE, Reason.LANGUAGE_UNKNOWN, Reason.LEVEL_RANGE,
        Reason.TIME_IN_NORWAY, Reason.LICENCE_UNKNOWN, Reason.PERCENTAGE_OPEN, Reason.TEXT_SHORTENED,
    }
)  # fmt: skip


def read_people(source: Path | bytes, filename: str | None = None, *, limits: Limits | None = None) -> Table:
    """Open a newcomers' spreadsheet.

    Raises:
        TableRefused: it cannot be read, or has no recognisable header.
    """
    return read_table(source, filename, knows=COLUMNS.knows, limits=limits)


def parse_people(
    table: Table, columns: Sequence[PeopleColumn | None] | None = None, *, today: date, tally: Tally | None = None
) -> Iterator[PersonEntry | RowRejected]:
    """Each row of the table as an entry or as a rejection, in the order of the file; blank rows are skipped.

    One that may be an earlier row's person is accepted with a warning that names that row.

    Args:
        table: the table; its rows are consumed.
        columns: what each column means, None for one that is kept as a remark; by their headings when left out.
        today: what years of two digits are read against.
        tally: counts the rows, blank ones too.

    Raises:
        TableRefused: columns that cannot be right; while iterating, whatever reading the rows can raise.
    """
    meant = [COLUMNS.named(header) for header in table.headers] if columns is None else columns
    COLUMNS.check(table.headers, meant)
    return _parsed(table, meant, today, tally or Tally())


def _parsed(
    table: Table, columns: Sequence[PeopleColumn | None], today: date, tally: Tally
) -> Iterator[PersonEntry | RowRejected]:
    seen = SeenPeople()
    for row in sound_rows(table, columns, tally):
        try:
            entry = _sound_entry(row, table.headers, columns, today)
        except RowRejected as rejection:
            tally.rejected += 1
            yield rejection
            continue
        entry = _with_likeness(entry, seen)
        tally.accepted += 1
        tally.warned += bool(entry.warnings)
        yield entry


def _sound_entry(
    row: Row | RowRejected, headers: tuple[str, ...], columns: Sequence[PeopleColumn | None], today: date
) -> PersonEntry:
    if isinstance(row, RowRejected):
        raise row
    return _entry(row.number, headers, columns, row.cells, today)


def _entry(
    number: int, headers: tuple[str, ...], columns: Sequence[PeopleColumn | None], cells: tuple[str, ...], today: date
) -> PersonEntry:
    entry = PersonEntry(number, "", "")
    for header, column, cell in zip(headers, columns, cells, strict=True):
        if column is None:
            entry = _with_unknown(entry, header, cell)
        elif cell:
            entry = _with_cell(entry, header, column, cell, today)
    return _named(entry, headers, columns)


def _with_unknown(entry: PersonEntry, header: str, cell: str) -> PersonEntry:
    return entry if not_stated(cell) else replace(entry, notes=(*entry.notes, remark(header, cell)))


def _with_cell(entry: PersonEntry, header: str, column: PeopleColumn, cell: str, today: date) -> PersonEntry:
    try:
        read = READERS[column.field](entry, cell, today)
    except CellRejected as cause:
        if column.required:
            raise RowRejected(entry.row, header, shown(cell), cause) from None
        warning = CellWarning(cause.reason, cause.detail, cause.hint)
        return _warned(replace(entry, notes=(*entry.notes, remark(header, cell))), header, cell, [warning])
    kept = any(warning.reason in _KEPT_IN_NOTES for warning in read.warnings)
    filled = replace(read.value, notes=(*read.value.notes, remark(header, cell))) if kept else read.value
    return _warned(filled, header, cell, read.warnings)


def _warned(entry: PersonEntry, header: str, cell: str, warnings: Iterable[CellWarning]) -> PersonEntry:
    further = [placed(entry.row, header, cell, one) for one in warnings]
    return replace(entry, warnings=(*entry.warnings, *further)) if further else entry


def _named(entry: PersonEntry, headers: tuple[str, ...], columns: Sequence[PeopleColumn | None]) -> PersonEntry:
    header = next(header for header, column in zip_longest(headers, columns) if column and column.field in NAME_FIELDS)
    if not entry.family_name and not entry.given_name:
        cause = CellRejected(Reason.NAME_MISSING, "Raden har ikke noe navn", "Skriv navnet, eller slett raden")
        raise RowRejected(entry.row, header, "", cause)
    if entry.family_name and entry.given_name:
        return entry
    name = entry.family_name or entry.given_name
    doubt = CellWarning(Reason.NAME_PART_MISSING, "Bare ett av navnene er oppgitt", "Fyll ut resten i personkortet")
    return _warned(entry, header, name, [doubt])


def _with_likeness(entry: PersonEntry, seen: SeenPeople) -> PersonEntry:
    earlier = seen.earlier_row_of(entry)
    if earlier is None:
        return entry
    doubt = CellWarning(
        Reason.POSSIBLE_DUPLICATE,
        f"Kan være samme person som i rad {earlier}: fødselsdatoen stemmer og navnet ligner",
        "Sammenlign radene; slå personene sammen etter importen hvis de er den samme",
    )
    return _warned(entry, "", f"{entry.family_name}, {entry.given_name}", [doubt])
