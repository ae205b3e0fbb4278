import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlmodel import Session

from kompetanse.codes.imports import ImportKind
from kompetanse.exchange.columns import REPORT_HEADING
from kompetanse.exchange.copies import CSV_NAME, WORKBOOK_NAME, copy_with_reasons
from kompetanse.exchange.mapping import Stated
from kompetanse.exchange.people_rows import read_people
from kompetanse.exchange.service import Sent, copy_with_report, import_file
from kompetanse.exchange.text_tables import decode
from tests.exchange.sheets import ods, ods_row, xls, xlsx
from tests.exchange.sources import Spreadsheet, spreadsheets
from tests.factories import actor, person

PEOPLE = ImportKind.PEOPLE
HEADER = ["Etternavn", "Fornavn", "Født"]


def records(content: bytes) -> list[list[object]]:
    """The cells of a file, of either kind."""
    if content.startswith(b"PK"):
        return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).iter_rows())  # type: ignore[arg-type]
    table = read_people(content)
    return list(csv.reader(io.StringIO(decode(content)[0], newline=""), delimiter=table.separator or ";"))  # type: ignore[arg-type]


@pytest.mark.parametrize("sheet", spreadsheets(), ids=lambda sheet: sheet.filename)
def test_a_copy_says_what_is_wrong_and_is_imported_as_the_file_was(session: Session, sheet: Spreadsheet) -> None:
    copy = copy_with_report(session, actor(), PEOPLE, Sent(sheet.content, sheet.filename))
    assert copy.name == (WORKBOOK_NAME if sheet.filename.endswith("xlsx") else CSV_NAME)
    first = import_file(session, actor(), PEOPLE, Sent(sheet.content, sheet.filename), apply=False)
    again = import_file(session, actor(), PEOPLE, Sent(copy.content, copy.name), apply=False)
    assert (again.accepted, again.blank) == (sheet.accepted, sheet.blank)
    assert [(one.row, one.reason) for one in again.rejected] == [(one.row, one.reason) for one in first.rejected]
    rows = records(copy.content)
    for one in first.rejected:
        assert str(rows[one.row - 1][0]).startswith("MÅ RETTES")
        assert one.hint in str(rows[one.row - 1][0])
    remarked = {one.row for some in (first.rejected, first.duplicates, first.warnings) for one in some}
    assert {number for number, row in enumerate(rows, 1) if row[0] not in ("", REPORT_HEADING)} == remarked


@pytest.mark.parametrize("sheet", spreadsheets(), ids=lambda sheet: sheet.filename)
def test_the_cells_of_a_copy_stand_as_they_stood(sheet: Spreadsheet) -> None:
    copy = copy_with_reasons(sheet.content, read_people(sheet.content), {})
    if copy.name == CSV_NAME:
        assert [row[1:] for row in records(copy.content)] == records(sheet.content)
    else:
        read, again = read_people(sheet.content), read_people(copy.content)
        assert again.headers == (REPORT_HEADING, *read.headers)
        assert [row.cells[1:] for row in again.rows] == [row.cells for row in read.rows]
        assert again.sheet == read.sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_text_file_keeps_its_encoding_and_separator(encoding: str, separator: str) -> None:
    content = f"Etternavn{separator}Fornavn\r\nSæther{separator}Åse\r\n".encode(encoding)
    table = read_people(content)
    copy = copy_with_reasons(content, table, {2: "Rett navnet"})
    again = read_people(copy.content)
    assert (again.separator, again.encoding, again.headers[0]) == (separator, table.encoding, REPORT_HEADING)
    assert next(again.rows).cells == ("Rett navnet", "Sæther", "Åse")


def test_a_row_that_is_too_long_says_so_beside_the_others(session: Session) -> None:
    content = b"Etternavn,Fornavn\nBerg,Nils,for,mye\nHaile,Sara\n"
    rows = records(copy_with_report(session, actor(), PEOPLE, Sent(content, "folk.csv")).content)
    assert str(rows[1][0]).startswith("MÅ RETTES: Raden har 4 celler")
    assert rows[1][1:] == ["Berg", "Nils", "for", "mye"]


def test_a_row_of_somebody_who_is_registered_says_so(session: Session) -> None:
    person(session, family_name="Berg", given_name="Nils", born="1990")
    content = "Slektsnamn,Fornavn,Født\nBerg,Nils,1990\n".encode()
    stated = Stated.by_heading({"Slektsnamn": "family_name"})
    rows = records(copy_with_report(session, actor(), PEOPLE, Sent(content, "folk.csv", stated=stated)).content)
    assert str(rows[1][0]).startswith("LIGNER NOEN: Er trolig registrert fra før")


def test_an_opendocument_sheet_is_copied_as_a_workbook() -> None:
    content = ods(ods_row(*HEADER) + ods_row("Sæther", "Åse", "1990"))
    copy = copy_with_reasons(content, read_people(content), {})
    assert copy.name == WORKBOOK_NAME
    assert records(copy.content)[1][1:] == ["Sæther", "Åse", "1990"]


def test_an_old_workbook_is_copied_as_a_new_one(session: Session) -> None:
    copy = copy_with_report(session, actor(), PEOPLE, Sent(xls(), "gammel.xls"))
    rows = records(copy.content)
    assert rows[1][1:] == ["Sæther", "Åse", date(1984, 5, 17), 98200526.0]
    assert str(rows[2][0]).startswith("MÅ RETTES, Født")


def test_no_text_becomes_a_formula_or_a_link() -> None:
    cells = ["=1+1", "http://example.no", "{=A1}"]
    content = xlsx({"Folk": [HEADER, cells]})
    copy = copy_with_reasons(content, read_people(content), {})
    assert records(copy.content)[1][1:] == cells
    assert b"<f>" not in copy.content


def test_values_of_a_workbook_keep_their_types() -> None:
    source = io.BytesIO()
    moment = datetime.fromisoformat("2014-02-01T08:30")
    with xlsxwriter.Workbook(source) as workbook:
        sheet, day = workbook.add_worksheet("Ny"), workbook.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, [*HEADER, "Kom", "Tall"])
        sheet.write_row(1, 0, ["Berg", "Nils"])
        sheet.write_datetime(1, 2, date(1984, 5, 17), day)
        sheet.write_datetime(1, 3, moment, workbook.add_format({"num_format": "dd.mm.yyyy hh:mm"}))
        sheet.write_number(1, 4, 0.8)
    content = source.getvalue()
    row = records(copy_with_reasons(content, read_people(content), {}).content)[1]
    assert row[1:] == ["Berg", "Nils", date(1984, 5, 17), moment, 0.8]
    assert not any(isinstance(value, (time, timedelta)) for value in row)


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), min_size=2, max_size=2))
)
def test_any_cells_of_a_text_file_are_copied(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([["Etternavn", "Fornavn"], *rows])
    content = text.getvalue().encode("utf-8-sig")
    copy = copy_with_reasons(content, read_people(content), {2: "Se her"})
    assert [row[1:] for row in records(copy.content)] == records(content)
