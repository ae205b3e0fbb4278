import contextlib
import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.exchange import probing
from kompetanse.exchange.faults import TableFault, TableRefused
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.people_columns import COLUMNS
from kompetanse.exchange.spreadsheets import read_table
from kompetanse.exchange.table import Row, SkippedSheet, Table
from kompetanse.exchange.workbooks import CellValue, cell_text
from tests.exchange.sheets import ods, ods_row, xls, xlsx, xlsx_of, zipped

HEADER = ["Etternavn", "Fornavn", "Språk"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PERSON = ["Sæther", "Åse", "norsk, engelsk"]


def table(content: bytes, limits: Limits | None = None) -> Table:
    return read_table(content, "ark", knows=COLUMNS.knows, limits=limits)


def refusal(content: bytes, limits: Limits | None = None) -> TableRefused:
    with pytest.raises(TableRefused) as refused:
        list(table(content, limits).rows)
    assert refused.value.hint
    return refused.value


def csv_text(separator: str, *rows: list[str]) -> str:
    return "\r\n".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_encoding_and_separator_are_found_by_the_content(separator: str, encoding: str) -> None:
    read = table(csv_text(separator, HEADER, PERSON).encode(encoding))
    assert read.headers == tuple(HEADER)
    assert read.separator == separator
    assert list(read.rows) == [Row(2, tuple(PERSON))]


def test_titles_above_the_header_are_passed_and_rows_numbered_as_in_the_spreadsheet() -> None:
    text = (
        'Kartlegging 2014;;\r\n;;\r\nEtternavn;Fornavn;Språk\r\n;;\r\nBerg;Nils;"norsk\r\nengelsk"\r\nHaile;Sara;\r\n'
    )
    read = table(text.encode())
    assert read.header_row == 3
    rows = list(read.rows)
    assert [(row.number, row.blank) for row in rows] == [(4, True), (5, False), (6, False)]
    assert rows[1].cells[2] == "norsk\r\nengelsk"


def test_a_path_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "nye.csv"
    path.write_text("Etternavn;Fornavn\nBerg;Nils\n", "utf-8")
    assert read_table(path, knows=COLUMNS.knows).filename == "nye.csv"


def test_a_workbooks_sheet_is_chosen_by_its_header_and_the_others_are_reported() -> None:
    sheets = {
        "Om": [["Fylles ut"]],
        "Ferdige (ikke bruk)": [HEADER, ["Feil", "Ark", ""]],
        "Skjult": [HEADER, ["Feil", "Ark", ""]],
        "Nye": [[""], ["", *HEADER], ["", *PERSON]],
        "Flere": [HEADER],
    }
    read = table(xlsx(sheets, hidden=["Skjult"]))
    assert read.sheet == "Nye"
    assert read.skipped_sheets == (
        SkippedSheet("Om", "Har ingen kjente kolonneoverskrifter"),
        SkippedSheet("Ferdige (ikke bruk)", "Navnet sier at arket ikke er i bruk"),
        SkippedSheet("Skjult", "Arket er skjult"),
        SkippedSheet(
            "Flere", "Leses ikke, for et ark før det ble valgt. Lagre det som egen fil hvis det skal leses inn"
        ),
    )
    assert (read.headers, list(read.rows)) == (tuple(HEADER), [Row(3, tuple(PERSON))])


def test_numbers_in_a_workbook_are_the_text_that_people_see() -> None:
    read = table(xlsx({"A": [["Mobil", "Navn", "Stilling %"], [98200526.0, "Åse", 0.8], [1e300, "Bo", 41730]]}))
    assert next(read.rows).cells == ("98200526", "Åse", "0.8")


def test_an_opendocument_sheet_is_read() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    filler = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    read = table(ods(ods_row(*HEADER) + ods_row(*PERSON) + filler))
    assert [row.cells for row in read.rows if not row.blank] == [tuple(PERSON)]


def test_an_old_workbook_is_read() -> None:
    read = table(xls())
    assert (read.headers, read.sheet) == (("Etternavn", "Fornavn", "Født", "Mobil"), "Kartlegging")
    assert [row.cells for row in read.rows] == [
        ("Sæther", "Åse", "1984-05-17", "98200526"),
        ("Berg", "Nils", "31.02.1990", ""),
    ]


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor.csv"
    path.write_bytes(b"Etternavn;Fornavn\n" + b"A;B\n" * 1000)
    with pytest.raises(TableRefused) as refused:
        read_table(path, knows=COLUMNS.knows, limits=Limits(file_bytes=1000))
    assert refused.value.reason is TableFault.TOO_LARGE


def test_too_many_rows_are_refused_at_the_first_of_them() -> None:
    refused = refusal(b"Etternavn;Fornavn\n" + b"A;B\n" * 11, Limits(rows=10))
    assert (refused.reason, refused.row) == (TableFault.TOO_MANY_ROWS, 12)


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = zipped({"xl/workbook.xml": "<workbook/>", "xl/media/image1.png": b"0" * 2_000_000})
    assert refusal(bomb, Limits(unpacked_bytes=1_000_000)).reason is TableFault.TOO_LARGE


def test_a_zip_that_lies_of_its_size_is_refused() -> None:
    bomb = bytearray(zipped({"xl/media/image1.png": b"0" * 2_000_000}))
    honest, lie = (2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert bomb.count(honest) >= 1
    assert refusal(bytes(bomb).replace(honest, lie), Limits(unpacked_bytes=1_000_000)).reason is TableFault.BROKEN_FILE


@pytest.mark.parametrize(
    "corner",
    [
        '<row r="1048576"><c r="Z1048576"><v>1</v></c></row>',
        '<row r="2"><c r="XFD2"><v>1</v></c></row>',
        '<row r="9000000"/>',
    ],
)
def test_a_sheet_that_pretends_to_be_huge_is_refused_before_it_is_laid_out(corner: str) -> None:
    header = '<row r="1"><c r="A1" t="inlineStr"><is><t>Etternavn</t></is></c></row>'
    assert refusal(xlsx_of({"A": header + corner})).reason in {
        TableFault.TOO_MANY_ROWS,
        TableFault.TOO_WIDE,
        TableFault.TOO_LARGE,
    }


@pytest.mark.parametrize(
    "corner",
    [
        '<row r="2"><c r="ZZZZZZZZZZ2"><v>1</v></c></row>',
        "<row r='2'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="2"><c r = "XFD1048576"><v>1</v></c></row>',
        '<row r="2"><c\tr="XFD1048576"><v>1</v></c></row>',
        '<row r="2"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        '<row r="2"><c a=">" r="XFD1048576"><v>1</v></c></row>',
        '<row r="2"><c r="&#88;FD1048576"><v>1</v></c></row>',
        f'<x:row xmlns:x="{MAIN}" r="2"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        f'<row r="2">{"<c/>" * 100_000}<c><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>',
    ],
)
def test_a_sheet_that_is_huge_in_other_spellings_takes_another_process_down_and_not_this_one(corner: str) -> None:
    header = '<row r="1"><c r="A1" t="inlineStr"><is><t>Etternavn</t></is></c></row>'
    with contextlib.suppress(TableRefused):
        list(table(xlsx_of({"A": header + corner})).rows)


@pytest.mark.parametrize("other", ["XL\\Worksheets\\SHEET1.XML", "xl/worksheets/sheet1.XML"])
def test_a_huge_sheet_under_another_name_is_refused(other: str) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx({"A": [HEADER, PERSON]}))) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    huge = members.pop("xl/worksheets/sheet1.xml").replace(b'r="A2"', b'r="XFD1048576"')
    assert refusal(zipped({**members, other: huge})).hint


def test_a_workbook_that_its_reader_would_read_for_ever_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by `make fuzz`: OpenDocument with a tag that is none."""
    monkeypatch.setattr(probing, "_SECONDS", 1)
    assert refusal(ods("<")).reason is TableFault.BROKEN_FILE


def test_an_opendocument_row_that_repeats_a_million_times_is_refused() -> None:
    assert refusal(ods(ods_row(*HEADER) + ods_row(*PERSON, repeated=2_000_000))).reason is TableFault.TOO_MANY_ROWS


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", TableFault.EMPTY),
        (b" \r\n", TableFault.EMPTY),
        (b"%PDF-1.7 ...", TableFault.NOT_A_TABLE),
        (b"Dette er et brev.\nHilsen Kari\n", TableFault.NO_HEADER),
        (b"Etternavn;Fornavn\nBerg\x00;Nils\n", TableFault.CONTROL_CHARACTERS),
        ("Etternavn;Fornavn\nSæther;Åse\nØdegård;Pål\n".encode() + b"\xe5;x\n", TableFault.ENCODING),
        (b"Etternavn;Fornavn\nBerg;\x81\n", TableFault.ENCODING),
        (b'Etternavn;Fornavn\nBerg;"Nils\nHaile;Sara\n', TableFault.BROKEN_QUOTES),
        (b'Etternavn;Fornavn\n"Berg" x;Nils\n', TableFault.BROKEN_QUOTES),
        (b"PK\x03\x04 is no zip", TableFault.BROKEN_FILE),
        (b"\xd0\xcf\x11\xe0 is no workbook", TableFault.BROKEN_FILE),
        (zipped({"hei.txt": "hei"}), TableFault.BROKEN_FILE),
        (xlsx({"A": [["Notat"]]}), TableFault.NO_HEADER),
        ((";".join(["Etternavn", "Fornavn", *map(str, range(600))])).encode(), TableFault.TOO_WIDE),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(content: bytes, reason: TableFault) -> None:
    assert refusal(content).reason is reason


@pytest.mark.parametrize("at", [4000, 5106])
def test_an_old_workbook_that_brings_its_reader_down_is_refused(at: int) -> None:
    """Found by `make fuzz`: the compiled reader panics where a sector is cut, past every `except Exception`."""
    assert refusal(xls()[:at]).reason is TableFault.BROKEN_FILE


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    with contextlib.suppress(TableRefused):
        assert all(len(row.cells) < 300 for row in table(content).rows)


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), min_size=2, max_size=2))
)
def test_any_csv_that_is_written_is_read_back(rows: list[list[str]]) -> None:
    lines = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [["Etternavn", "Fornavn"], *rows]]
    read = table("\r\n".join(lines).encode("utf-8-sig"))
    assert [list(row.cells) for row in read.rows] == [[cell.strip() for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "ja"),
        (False, "nei"),
        (date(1984, 5, 17), "1984-05-17"),
        (datetime.fromisoformat("1984-05-17T00:00"), "1984-05-17"),
        (datetime.fromisoformat("1984-05-17T08:30"), "1984-05-17T08:30:00"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=2), "2:00:00"),
        (" Åse ", "Åse"),
        (-0.5, "-0.5"),
        (7, "7"),
    ],
)
def test_workbook_cells_are_text(value: CellValue | None, text: str) -> None:
    assert cell_text(value) == text


def test_a_cell_that_no_database_can_hold_is_refused_with_its_row() -> None:
    with pytest.raises(TableRefused) as refused:
        cell_text("Nils\x00", 7)
    assert refused.value.row == 7


STRANGE = [["Lastnejm", "Fürnaam", ""], ["Sæther", "Åse", "12"]]


def test_headings_that_nobody_knows_are_taken_as_they_are() -> None:
    for content in (csv_text(";", ["Liste for 2014", "", ""], *STRANGE).encode(), xlsx({"Ark1": STRANGE})):
        read = table(content)
        assert read.headers == ("Lastnejm", "Fürnaam")
        assert [row.cells[:2] for row in read.rows] == [("Sæther", "Åse")]


def test_a_sheet_with_known_headings_goes_before_one_with_strange_ones() -> None:
    read = table(xlsx({"Rart": STRANGE, "Kjent": [HEADER, PERSON]}))
    assert read.sheet == "Kjent"
    assert [one.name for one in read.skipped_sheets] == ["Rart"]


@pytest.mark.parametrize("rows", [[["7", "8"], ["1", "2"]], [["a", "a"], ["1", "2"]], [["Navn", "Alder"]]])
def test_rows_that_name_no_columns_are_no_header(rows: list[list[str]]) -> None:
    assert refusal(csv_text(";", *rows).encode()).reason is TableFault.NO_HEADER
