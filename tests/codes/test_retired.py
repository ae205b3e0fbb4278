from datetime import date
from pathlib import Path

import pytest

from kompetanse.codes import lists
from kompetanse.codes.countries import countries
from kompetanse.codes.municipalities import counties, municipalities
from kompetanse.codes.retired import find_retired, retired, successors, valid_from

TODAY = {
    "municipalities": {one.number for one in municipalities()},
    "counties": {one.number for one in counties()},
    "countries": {one.alpha2 for one in countries()},
}


@pytest.mark.parametrize("name", TODAY)
def test_whatever_was_became_something_of_today(name: str) -> None:
    assert retired(name)
    for one in retired(name):
        assert one.code not in TODAY[name]
        assert set(successors(name, one.code)) <= TODAY[name]
        assert successors(name, one.code)


@pytest.mark.parametrize(
    ("name", "code", "heirs"),
    [
        ("municipalities", "1620", ("5014",)),  # Frøya, new number with Trøndelag 2018
        ("municipalities", "0101", ("3101",)),  # Halden by way of Viken
        ("municipalities", "5012", ("5055", "5056", "5059")),  # Snillfjord, in three
        ("municipalities", "1504", ("1508", "1580")),  # Ålesund, merged 2020, split 2024
        ("municipalities", "5014", ("5014",)),
        ("counties", "02", ("31", "32", "33")),
        ("countries", "YU", ("ME", "RS")),
    ],
)
def test_what_a_code_became(name: str, code: str, heirs: tuple[str, ...]) -> None:
    assert successors(name, code) == heirs


def test_a_code_is_valid_from_when_it_took_anothers_place_until_it_lost_its_own() -> None:
    viken = find_retired("municipalities", "3001")
    assert viken is not None
    assert (valid_from("municipalities", "3001"), viken.valid_to) == (date(2020, 1, 1), date(2024, 1, 1))
    assert valid_from("municipalities", "0301") is None
    assert find_retired("municipalities", "5014") is None


def test_a_ring_of_changes_ends(folder: Path) -> None:
    head = lists.shipped_text("retired").split("list;")[0]
    rows = "styrk08;A;a;2025-01-01;B\nstyrk08;B;b;2025-01-01;A\n"
    (folder / "retired.csv").write_text(f"{head}{lists.columns('retired')}\n{rows}", "utf-8")
    lists.forget()
    assert successors("styrk08", "A") == ()
    assert successors("municipalities", "1620") == ("5014",)  # what the program knows is there still
