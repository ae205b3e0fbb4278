"""Turns the rows of a newcomers' spreadsheet into entries, and every row that cannot be into a rejection.

Nothing is lost on the way: what no field can hold stays in the entry's notes, under its own header.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path

from kompetanse.exchange.cells.words import not_stated, shown
from kompetanse.exchange.faults import CellRejected, CellWarning, Reason, RowRejected
from kompetanse.exchange.likeness import SeenPeople
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.people_cells import CellsOfColumn
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
        Reason.NOT_HELD, Reason.OCCUPATION_UNNAMED,
    }
)  # fmt: skip


_DIGITS_OF_A_PHONE = 7
"""With fewer nobody can be reached."""


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
    readers = [CellsOfColumn(column, today) if column else None for column in columns]
    seen = SeenPeople()
    for row in sound_rows(table, columns, tally):
        try:
            entry = _sound_entry(row, table.headers, readers)
            _see_name(entry, table.headers, columns)
        except RowRejected as rejection:
            tally.rejected += 1
            yield rejection
            continue
        _doubt_likeness(entry, seen)
        tally.accepted += 1
        tally.warned += bool(entry.warnings)
        yield entry


def _sound_entry(
    row: Row | RowRejected, headers: tuple[str, ...], readers: Sequence[CellsOfColumn | None]
) -> PersonEntry:
    if isinstance(row, RowRejected):
        raise row
    entry = PersonEntry(row.number, "", "")
    for header, reader, cell in zip(headers, readers, row.cells, strict=True):
        if reader is None:
            _keep_unknown(entry, header, cell)
        elif cell:
            _fill(entry, header, reader, cell)
    return entry


def _keep_unknown(entry: PersonEntry, header: str, cell: str) -> None:
    if not not_stated(cell):
        _keep(entry, header, cell)


def _keep(entry: PersonEntry, header: str, cell: str) -> None:
    entry.notes = (*entry.notes, remark(header, cell))


def _fill(entry: PersonEntry, header: str, reader: CellsOfColumn, cell: str) -> None:
    read = reader.read(cell)
    if isinstance(read, CellRejected):
        if reader.required:
            raise RowRejected(entry.row, header, shown(cell), read) from None
        _keep(entry, header, cell)
        _warn(entry, header, cell, [CellWarning(read.reason, read.detail, read.hint)])
        return
    reader.put(entry, read.value)
    if read.warnings:
        if any(_to_be_kept(warning.reason, cell) for warning in read.warnings):
            _keep(entry, header, cell)
        _warn(entry, header, cell, read.warnings)


def _to_be_kept(reason: Reason, cell: str) -> bool:
    """Whether the cell's words go into the notes: all that no field holds, but not what is left of a lost number."""
    whole = reason is Reason.PHONE_UNREADABLE and sum(map(str.isdigit, cell)) >= _DIGITS_OF_A_PHONE
    return whole or reason in _KEPT_IN_NOTES


def _warn(entry: PersonEntry, header: str, cell: str, warnings: Iterable[CellWarning]) -> None:
    entry.warnings = (*entry.warnings, *(placed(entry.row, header, cell, one) for one in warnings))


def _see_name(entry: PersonEntry, headers: tuple[str, ...], columns: Sequence[PeopleColumn | None]) -> None:
    if entry.family_name and entry.given_name:
        return
    header = next(header for header, column in zip_longest(headers, columns) if column and column.field in NAME_FIELDS)
    if not entry.family_name and not entry.given_name:
        cause = CellRejected(Reason.NAME_MISSING, "Raden har ikke noe navn", "Skriv navnet, eller slett raden")
        raise RowRejected(entry.row, header, "", cause)
    name = entry.family_name or entry.given_name
    doubt = CellWarning(Reason.NAME_PART_MISSING, "Bare ett av navnene er oppgitt", "Fyll ut resten i personkortet")
    _warn(entry, header, name, [doubt])


def _doubt_likeness(entry: PersonEntry, seen: SeenPeople) -> None:
    earlier = seen.earlier_row_of(entry)
    if earlier is not None:
        doubt = CellWarning(
            Reason.POSSIBLE_DUPLICATE,
            f"Kan være samme person som i rad {earlier}: fødselsdatoen stemmer og navnet ligner",
            "Sammenlign radene; slå personene sammen etter importen hvis de er den samme",
        )
        _warn(entry, "", f"{entry.family_name}, {entry.given_name}", [doubt])
