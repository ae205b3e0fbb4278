import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.exchange.csv_safe import (
    BOM,
    CellType,
    Column,
    cell,
    neutralise,
    resource_descriptor,
    restore,
    table_schema,
    write_csv,
)


@dataclass(frozen=True)
class Person:
    name: str | None
    share: float | None = None
    born: date | None = None
    children: int | None = None
    licence: bool | None = None
    seen: datetime | None = None


COLUMNS = (
    Column[Person]("navn", lambda p: p.name, CellType.STRING, "Navn", "Name", required=True),
    Column[Person]("andel", lambda p: p.share, CellType.NUMBER, "Andel av full stilling", "Share of full time"),
    Column[Person]("fodt", lambda p: p.born, CellType.DATE, "Fødselsdato", "Birth date"),
    Column[Person]("barn", lambda p: p.children, CellType.INTEGER, "Antall barn", "Children"),
    Column[Person]("forerkort", lambda p: p.licence, CellType.BOOLEAN, "Førerkort", "Driving licence"),
    Column[Person]("sett", lambda p: p.seen, CellType.DATETIME, "Sist sett", "Last seen"),
)
KARI = Person(
    'Åse "Kari"; Øst',
    0.8,
    date(1986, 10, 28),
    -2,
    True,
    datetime(2026, 1, 2, 4, 5, tzinfo=timezone(timedelta(hours=1))),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def written(*people: Person) -> bytes:
    return b"".join(write_csv(COLUMNS, people))


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_row_as_it_stands_in_the_file() -> None:
    lines = written(KARI, Person(None)).removeprefix(BOM).decode().split("\r\n")
    assert lines == [
        "navn;andel;fodt;barn;forerkort;sett",
        '"Åse ""Kari""; Øst";0,8;1986-10-28;-2;ja;2026-01-02T03:05:00Z',
        ";;;;;",
        "",
    ]


def test_a_file_without_rows_has_its_header() -> None:
    assert written() == BOM + b"navn;andel;fodt;barn;forerkort;sett\r\n"


@given(st.lists(TEXT))
def test_every_text_is_read_back_equal(names: list[str]) -> None:
    rows = read_back(written(*map(Person, names)))[1:]
    assert [restore(row[0]) for row in rows] == names


@given(TEXT)
def test_no_text_is_a_formula_and_none_is_changed_for_good(text: str) -> None:
    safe = neutralise(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert restore(safe) == text


@pytest.mark.parametrize("text", ["=1+1", "+4790012345", "-1", "@SUM(A1)", "\t=1", "'=1", "''+x", "＝1"])
def test_formulas_are_disarmed(text: str) -> None:
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ola", "'Ola", "a=1", "1-2"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert neutralise(text) == restore(text) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1, "0,1"), (1e-7, "0,0000001"), (-3, "-3"), (Decimal("12.50"), "12,50"), (1e21, "1000000000000000000000"),
        (False, "nei"), (None, ""), (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00Z"),
    ],
)  # fmt: skip
def test_values_have_one_written_form(value: float | Decimal | bool | date | None, expected: str) -> None:
    assert cell(value) == expected


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_number_that_is_none_is_refused(number: float | Decimal) -> None:
    with pytest.raises(ValueError, match="finite"):
        cell(number)


def test_a_long_file_is_written_while_its_rows_are_made() -> None:
    made = 0

    def people() -> Iterator[Person]:
        nonlocal made
        for number in range(100_000):
            made = number
            yield Person(f"Person {number}")

    chunks = write_csv(COLUMNS, people(), chunk_bytes=64 * 1024)
    first = next(chunks)
    assert made < 10_000
    sizes = [len(first), *map(len, chunks)]
    assert max(sizes) < 2 * 64 * 1024
    assert len(sizes) > 10


def test_the_schema_describes_every_column_in_both_languages() -> None:
    schema = table_schema(COLUMNS)
    assert schema["missingValues"] == [""]
    assert [field["name"] for field in schema["fields"]] == ["navn", "andel", "fodt", "barn", "forerkort", "sett"]
    assert schema["fields"][0]["descriptions"] == {"nb": "Navn", "en": "Name"}
    assert schema["fields"][0]["constraints"] == {"required": True}


def test_the_file_is_valid_by_its_own_schema(tmp_path: Path) -> None:
    (tmp_path / "folk.csv").write_bytes(written(KARI, Person("=1+1", 100.0, licence=False)))
    descriptor = tmp_path / "folk.resource.json"
    descriptor.write_text(json.dumps(resource_descriptor("folk", "folk.csv", COLUMNS)), "utf-8")
    report = frictionless.validate(descriptor, type="resource")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    with frictionless.Resource(str(descriptor)) as resource:
        first = next(iter(resource.row_stream)).to_dict()
    assert (first["andel"], first["fodt"], first["forerkort"]) == (Decimal("0.8"), date(1986, 10, 28), True)
