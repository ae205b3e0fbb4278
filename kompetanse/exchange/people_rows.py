"""Turns the rows of a newcomers' spreadsheet into entries, and every row that cannot be into a rejection.

Nothing is lost on the way: what no field can hold stays in the entry's notes, under its own header.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from itertools import zip_longest
from pathlib import Path

from kompetanse.exchange.cells.words import not_stated, shown
from kompetanse.exchange.faults import CellRejected, CellWarning, Reason, RowRejected, RowWarning
from kompetanse.exchange.likeness import SeenPeople
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.people_cells import READERS
from kompetanse.exchange.people_columns import COLUMNS, NAME_FIELDS, Field, PeopleColumn
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.exchange.spreadsheets import read_table
from kompetanse.exchange.table import Row, Table

# Doubts after which the cell's own words are kept in the notes, as no field holds them.
_KEPT_IN_NOTES = frozenset(
    {
        Reason.DATE_APPROXIMATE, Reason.EMAIL_UNREADABLE, Reason.LANGUAGE_UNKNOWN, Reason.LEVEL_RANGE,
        Reason.TIME_IN_NORWAY, Reason.LICENCE_UNKNOWN, Reason.PERCENTAGE_OPEN, Reason.TEXT_SHORTENED,
    }
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """How the rows went; counts while the entries are taken."""

    blank: int = 0
    accepted: int = 0
    warned: int = 0
    rejected: int = 0


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

    A row that repeats an earlier one in every cell that is read is rejected; one that may be an earlier row's person is
    accepted with a warning that names that row.

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
    rows_seen: dict[bytes, int] = {}
    people_seen = SeenPeople()
    left_out = {place for place, column in enumerate(columns) if column and column.field is Field.LEFT_OUT}
    for row in table.rows:
        if not any(_said(row.cells, left_out)):
            tally.blank += 1
            continue
        try:
            cells = _cells(row, table.headers)
            _refuse_repeated(row, _said(cells, left_out), rows_seen)
            entry = _entry(row.number, table.headers, columns, cells, today)
        except RowRejected as rejection:
            tally.rejected += 1
            yield rejection
            continue
        entry = _with_likeness(entry, people_seen)
        tally.accepted += 1
        tally.warned += bool(entry.warnings)
        yield entry


def _cells(row: Row, headers: tuple[str, ...]) -> tuple[str, ...]:
    """Exactly as many cells as there are headers; empty ones beyond the last header are dropped."""
    if len(row.cells) < len(headers) or any(row.cells[len(headers) :]):
        cause = CellRejected(
            Reason.ROW_SHAPE,
            f"Raden har {len(row.cells)} celler, overskriften har {len(headers)}",
            'Sett anførselstegn (") rundt celler som inneholder skilletegn eller linjeskift, eller lagre som XLSX',
        )
        raise RowRejected(row.number, "", "", cause)
    return row.cells[: len(headers)]


def _said(cells: tuple[str, ...], left_out: Collection[int]) -> tuple[str, ...]:
    """The cells that are read: what a report says beside them tells no two rows apart."""
    return tuple(cell for place, cell in enumerate(cells) if place not in left_out)


def _refuse_repeated(row: Row, cells: tuple[str, ...], seen: dict[bytes, int]) -> None:
    digest = blake2b("\x1f".join(cells).encode(), digest_size=16).digest()
    earlier = seen.setdefault(digest, row.number)
    if earlier != row.number:
        cause = CellRejected(
            Reason.ROW_REPEATED, f"Raden er helt lik rad {earlier}, og er ikke importert på nytt", "Slett den ene raden"
        )
        raise RowRejected(row.number, "", "", cause)


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
    return entry if not_stated(cell) else replace(entry, notes=(*entry.notes, _note(header, cell)))


def _with_cell(entry: PersonEntry, header: str, column: PeopleColumn, cell: str, today: date) -> PersonEntry:
    try:
        read = READERS[column.field](entry, cell, today)
    except CellRejected as cause:
        if column.required:
            raise RowRejected(entry.row, header, shown(cell), cause) from None
        warning = CellWarning(cause.reason, cause.detail, cause.hint)
        return _warned(replace(entry, notes=(*entry.notes, _note(header, cell))), header, cell, [warning])
    kept = any(warning.reason in _KEPT_IN_NOTES for warning in read.warnings)
    filled = replace(read.value, notes=(*read.value.notes, _note(header, cell))) if kept else read.value
    return _warned(filled, header, cell, read.warnings)


def _warned(entry: PersonEntry, header: str, cell: str, warnings: Iterable[CellWarning]) -> PersonEntry:
    placed = (RowWarning(entry.row, header, shown(cell), one.reason, one.detail, one.hint) for one in warnings)
    return replace(entry, warnings=(*entry.warnings, *placed))


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


def _note(header: str, cell: str) -> str:
    return f"{header}: {shown(cell)}"
