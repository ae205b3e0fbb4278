"""Reads tables out of workbooks (XLSX, XLS, ODS): picks the sheet, and turns cells into the text that a person sees."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetVisibleEnum,
)

from kompetanse.exchange.archives import check_workbook
from kompetanse.exchange.faults import TableFault, TableRefused
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.table import Found, HeaderTest, Row, SkippedSheet, Table, bounded, find_header, no_header

CellValue = int | float | str | bool | time | date | datetime | timedelta

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_IGNORED_NAMES = ("ikke bruk", "ikke i bruk", "do not use", "utgått", "slettes")
_LARGEST_WHOLE = 2**53
_LATER = "Leses ikke, for et ark før det ble valgt. Lagre det som egen fil hvis det skal leses inn"
_UNKNOWN = "Har ingen kjente kolonneoverskrifter"


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as a workbook does: a zip (XLSX, ODS) or an OLE container (XLS)."""
    return content.startswith((ZIP_MAGIC, OLE_MAGIC))


def read_workbook(content: bytes, filename: str, knows: HeaderTest, limits: Limits) -> Table:
    """Read the first sheet with a recognisable header that is neither hidden nor named as out of use.

    Raises:
        TableRefused: broken, protected, too large, or without such a sheet.
    """
    if content.startswith(ZIP_MAGIC):
        check_workbook(content, limits)
    workbook = _open(content)
    chosen = _choose(workbook, knows, strange=False) or _choose(workbook, knows, strange=True)
    if chosen is None:
        raise no_header()
    return _table(filename, chosen, _others(workbook, chosen.sheet), limits)


def untouched_rows(content: bytes, sheet: str) -> Iterator[list[CellValue]]:
    """Every row of a sheet of a workbook that was read as a table before, its cells with their own types."""
    return _sheet(_open(content), sheet).iter_rows()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The sheet that is read, its header, and how many rows it has."""

    sheet: str
    found: Found
    height: int


def _choose(workbook: CalamineWorkbook, knows: HeaderTest, *, strange: bool) -> _Chosen | None:
    """The first sheet in use that has a header."""
    for meta in workbook.sheets_metadata:
        if _why_ignored(meta) is None:
            sheet = _sheet(workbook, meta.name)
            found = find_header(_rows(sheet), knows, strange=strange)
            if found:
                return _Chosen(meta.name, found, sheet.total_height)
    return None


def _others(workbook: CalamineWorkbook, chosen: str) -> tuple[SkippedSheet, ...]:
    """The sheets that are not read, and why."""
    names = [meta.name for meta in workbook.sheets_metadata]
    return tuple(
        SkippedSheet(meta.name, _why_ignored(meta) or (_LATER if place > names.index(chosen) else _UNKNOWN))
        for place, meta in enumerate(workbook.sheets_metadata)
        if meta.name != chosen
    )


def _open(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise TableRefused(
            TableFault.PROTECTED, "Arbeidsboken er beskyttet med passord", "Lagre den uten passord"
        ) from error
    except CalamineError as error:
        raise _broken() from error


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise _broken() from error


def _broken() -> TableRefused:
    return TableRefused(
        TableFault.BROKEN_FILE,
        "Filen lar seg ikke lese som arbeidsbok",
        "Åpne filen i regnearket og lagre den på nytt som XLSX, eller som CSV UTF-8",
    )


def _why_ignored(meta: SheetMetadata) -> str | None:
    if meta.visible is not SheetVisibleEnum.Visible:
        return "Arket er skjult"
    if any(words in meta.name.casefold() for words in _IGNORED_NAMES):
        return "Navnet sier at arket ikke er i bruk"
    return None


def _table(filename: str, chosen: _Chosen, skipped: tuple[SkippedSheet, ...], limits: Limits) -> Table:
    found = chosen.found
    if len(found.header.cells) > limits.columns:
        raise TableRefused(
            TableFault.TOO_WIDE, f"Arket har flere enn {limits.columns} kolonner", "Slett kolonner som ikke er i bruk"
        )
    return Table(
        filename,
        found.header.cells,
        found.header.number,
        bounded(found.below, limits.rows),
        sheet=chosen.sheet,
        skipped_sheets=skipped,
        share_read=lambda number: number / chosen.height,
    )


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    # Empty rows above the first cell are yielded too, so that numbers are the sheet's own; empty columns to
    # the left are not, which moves headers and cells alike.
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield Row(number, tuple(cell_text(cell, number) for cell in cells))


def cell_text(value: CellValue | None, row: int = 0) -> str:
    """A cell as text: whole numbers without decimals, dates in ISO 8601, yes and no in words.

    Raises:
        TableRefused: a text with NUL, which no database text can hold.
    """
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nei"
        case float() if value.is_integer() and abs(value) < _LARGEST_WHOLE:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return _without_nul(str(value).strip(), row)


def _without_nul(text: str, row: int) -> str:
    if "\x00" in text:
        raise TableRefused(
            TableFault.CONTROL_CHARACTERS, "En celle har styretegn", "Rett cellen i regnearket og lagre på nytt", row
        )
    return text
