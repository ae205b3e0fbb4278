"""Our files in somebody's spreadsheet program, with their types; and her files back from it.

Where LibreOffice is not at hand, the same is asked of the readers that are always there.
"""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import frictionless
import pytest
import xlsxwriter
from sqlmodel import Session

from kompetanse.codes.imports import ImportKind
from kompetanse.database import Database
from kompetanse.exchange.copies import copy_with_reasons
from kompetanse.exchange.importing import Sent
from kompetanse.exchange.job_seekers import WIDE, resource
from kompetanse.exchange.job_service import export_job_service
from kompetanse.exchange.people_rows import read_people
from kompetanse.exchange.service import copy_with_report, import_file
from tests.exchange import office
from tests.exchange.consenting import NAV, accountant, consenting, content
from tests.exchange.sources import Spreadsheet, spreadsheets
from tests.factories import FROYA, actor

TYPES = [
    "etternavn",
    "fornavn",
    "fodt",
    "telefon",
    "erfaring_aar",
    "utdanningsfelt_isced_f",
    "stillingsprosent_maks",
    "ledig_fra",
]


@pytest.fixture
def exported(database: Database, tmp_path: Path) -> Path:
    """The job service's CSV of two people."""
    with database.session(FROYA) as session:
        accountant(session)
        consenting(session, family_name="Ærøy Ødegård", given_name="=1+1", born="1986-10-28")
    file = tmp_path / "jobbsokere.csv"
    file.write_bytes(content(export_job_service(database, NAV)))
    return file


def by_its_schema(file: Path) -> list[dict[str, object]]:
    with frictionless.Resource(resource(file.name), basepath=str(file.parent)) as opened:
        return [row.to_dict() for row in opened.row_stream]


def test_the_csv_opens_with_its_types_when_texts_are_opened_as_texts(exported: Path) -> None:
    rows = office.records(office.opened(exported, WIDE)) if office.PROGRAM else by_its_schema(exported)
    found = {str(row["etternavn"]): {name: row[name] for name in TYPES} for row in rows}
    assert {name: value for name, value in found["Žukauskienė"].items() if name != "etternavn"} == {
        "fornavn": "Rasa",
        "fodt": "1986-10",
        "telefon": "'+4790012345",
        "erfaring_aar": 6,
        "utdanningsfelt_isced_f": "0411",
        "stillingsprosent_maks": 80,
        "ledig_fra": date(2026, 3, 1),
    }
    assert (found["Ærøy Ødegård"]["fornavn"], found["Ærøy Ødegård"]["fodt"]) == ("'=1+1", "1986-10-28")


@office.needs_office
def test_a_double_click_loses_nothing_but_the_noughts_before_codes(exported: Path) -> None:
    """What docs/job-service.md warns of: no spreadsheet program can know that 0411 is no number."""
    rows = {row["etternavn"]: row for row in office.records(office.opened(exported))}
    rasa, named = rows["Žukauskienė"], rows["Ærøy Ødegård"]
    assert (rasa["telefon"], rasa["erfaring_aar"], rasa["ledig_fra"]) == ("'+4790012345", 6, date(2026, 3, 1))
    assert (rasa["fodt"], rasa["erfaring_styrk08_maaneder"]) == ("1986-10", "3313 72, 5120 3")
    assert (named["fornavn"], named["fodt"]) == ("'=1+1", date(1986, 10, 28))
    assert rasa["utdanningsfelt_isced_f"] == 411


def test_a_copy_of_a_workbook_opens_with_its_types_and_no_formula(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2014-02-01T08:30")
    texts = ["Berg", "=1+1", "+47 900 12 345", "0484", "http://example.no"]
    source = io.BytesIO()
    with xlsxwriter.Workbook(source) as workbook:
        sheet, day = workbook.add_worksheet("Ny"), workbook.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, ["Etternavn", "Fornavn", "Mobil", "Postnr", "Annet", "Født", "Kom", "Tall", "Tolk"])
        for place, text in enumerate(texts):
            sheet.write_string(1, place, text)
        sheet.write_datetime(1, 5, date(1984, 5, 17), day)
        sheet.write_datetime(1, 6, moment, workbook.add_format({"num_format": "dd.mm.yyyy hh:mm"}))
        sheet.write_number(1, 7, 0.8)
        sheet.write_boolean(1, 8, True)
    file = tmp_path / "tilbakemelding.xlsx"
    file.write_bytes(copy_with_reasons(source.getvalue(), read_people(source.getvalue()), {2: "Se her"}).content)
    if office.PROGRAM:
        file = office.opened(file)
        with zipfile.ZipFile(file) as archive:
            formulas = re.findall(rb'table:formula="([^"]*)"', archive.read("content.xml"))
        assert formulas == [b"of:=TRUE()"], "how LibreOffice writes the cell that is true"
    assert office.cells(file)[1] == ["Se her", *texts, date(1984, 5, 17), moment, 0.8, True]


@office.needs_office
@pytest.mark.parametrize("sheet", spreadsheets(), ids=lambda sheet: sheet.filename)
def test_a_copy_that_was_opened_and_saved_there_is_imported_as_the_file_was(
    session: Session, tmp_path: Path, sheet: Spreadsheet
) -> None:
    table = read_people(sheet.content)
    copy = copy_with_report(session, actor(), ImportKind.PEOPLE, Sent(sheet.content, sheet.filename))
    file = tmp_path / copy.name
    file.write_bytes(copy.content)
    charset = 76 if (table.encoding or "").startswith("utf") else 1
    saved = office.opened(file, separator=table.separator or ";", charset=charset)
    first = import_file(session, actor(), ImportKind.PEOPLE, Sent(sheet.content, sheet.filename), apply=False)
    again = import_file(session, actor(), ImportKind.PEOPLE, Sent(saved.read_bytes(), saved.name), apply=False)
    assert (again.accepted, again.blank) == (first.accepted, first.blank)
    assert [(one.row, one.reason) for one in again.rejected] == [(one.row, one.reason) for one in first.rejected]
    assert [(one.row, one.reason) for one in again.warnings] == [(one.row, one.reason) for one in first.warnings]
