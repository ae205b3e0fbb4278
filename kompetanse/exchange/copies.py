"""A copy of a file in which the first column says what is wrong with each row: mended, it is imported again.

The copy is of the kind that the file was: CSV with its own encoding and separator, or a workbook. Pure: bytes in, bytes
out; a workbook's rows pass through a temporary folder.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import xlsxwriter

from kompetanse.exchange.columns import REPORT_HEADING
from kompetanse.exchange.table import Table
from kompetanse.exchange.text_tables import untouched_records
from kompetanse.exchange.workbooks import CellValue, untouched_rows

CSV_NAME, WORKBOOK_NAME = "tilbakemelding.csv", "tilbakemelding.xlsx"
"""The copy's name; the file's own may hold somebody's."""

_CSV_TYPE = "text/csv"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_TEXT = 32_767  # of a cell in a workbook
_FIRST_YEAR = 1900  # before it workbooks know no days
_FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm", timedelta: "[h]:mm"}


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A file to be handed out."""

    name: str
    media_type: str
    content: bytes


class Remark(Protocol):
    """What is told of a row."""

    @property
    def row(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> str: ...  # noqa: D102
    @property
    def detail(self) -> str: ...  # noqa: D102
    @property
    def hint(self) -> str: ...  # noqa: D102


def reasons(rejected: Iterable[Remark], skipped: Iterable[Remark], remarks: Iterable[Remark]) -> Mapping[int, str]:
    """What is said of each row, by its number: what keeps it out first, then what is worth a look."""
    told: dict[int, list[str]] = defaultdict(list)
    for introduction, some in (("MÅ RETTES", rejected), ("LIGNER NOEN", skipped), ("Merknad", remarks)):
        for one in some:
            place = f"{introduction}, {one.column}" if one.column else introduction
            told[one.row].append(f"{place}: {one.detail}. {one.hint}".rstrip(". ") + ".")
    return {row: " ".join(dict.fromkeys(sentences)) for row, sentences in told.items()}


def copy_with_reasons(source: bytes, table: Table, told: Mapping[int, str]) -> FileCopy:
    """The file with what is told of its rows.

    Args:
        source: the file's content.
        table: as it was read from there; its rows are not touched.
        told: sentences by 1-based row.
    """
    headings = {table.header_row: REPORT_HEADING}
    if table.separator is not None:
        return FileCopy(CSV_NAME, _CSV_TYPE, _as_text(source, table, {**told, **headings}))
    return FileCopy(WORKBOOK_NAME, _WORKBOOK_TYPE, _as_workbook(source, table, {**told, **headings}))


def _as_text(source: bytes, table: Table, told: Mapping[int, str]) -> bytes:
    """Cells stand as they stood, formulas too: it is the file that its reader sent a moment ago."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=table.separator or ";", lineterminator="\r\n")
    for number, cells in enumerate(untouched_records(source, table.separator or ";"), 1):
        writer.writerow([told.get(number, ""), *cells])
    return text.getvalue().encode(table.encoding or "utf-8-sig", errors="replace")


def _as_workbook(source: bytes, table: Table, told: Mapping[int, str]) -> bytes:
    content = io.BytesIO()
    with TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, "nan_inf_to_errors": True}
        with xlsxwriter.Workbook(content, options) as workbook:
            sheet = workbook.add_worksheet(_sheet_name(table.sheet))
            formats = {kind: workbook.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
            sheet.set_column(0, 0, 60, workbook.add_format({"text_wrap": True}))
            for number, cells in enumerate(untouched_rows(source, table.sheet or "")):
                _write_row(sheet, number, [told.get(number + 1, ""), *cells], formats)
    return content.getvalue()


def _write_row(sheet: Any, number: int, cells: Sequence[CellValue], formats: Mapping[type, Any]) -> None:  # noqa: ANN401 - the library has no types
    """Write cells by their own types; a text is never a formula or a link."""
    for place, value in enumerate(cells):
        match value:
            case "":
                continue
            case bool():
                sheet.write_boolean(number, place, value)
            case int() | float():
                sheet.write_number(number, place, value)
            case date() if value.year < _FIRST_YEAR:
                sheet.write_string(number, place, value.isoformat())
            case date() | time() | timedelta():
                sheet.write_datetime(number, place, value, formats[type(value)])
            case _:
                sheet.write_string(number, place, str(value)[:_LONGEST_TEXT])


def _sheet_name(name: str | None) -> str:
    """A name that workbooks allow: at most 31 characters, without those that mean something."""
    return "".join("_" if letter in "[]:*?/\\" else letter for letter in name or "Ark1").strip("'")[:31] or "Ark1"
