from datetime import date
from pathlib import Path

import pytest

from kompetanse.codes import lists
from kompetanse.codes.municipalities import (
    by_postal_code,
    counties,
    county,
    county_ever,
    county_of,
    is_municipality,
    municipalities,
    municipalities_in,
    municipality,
    municipality_ever,
)
from kompetanse.errors import UnknownCode
from tests.codes import sources


def test_the_list_is_the_official_one() -> None:
    official = sources.municipalities()
    ours = {(one.number, one.name, one.county) for one in municipalities()}
    assert set(official) <= ours
    assert len(ours) == 357


def test_postal_codes_lie_in_the_municipality_the_post_says() -> None:
    for postal, number in sources.postal_codes():
        expected = number if is_municipality(number) else None  # Svalbard and Jan Mayen lie in none
        assert by_postal_code(postal) == expected


@pytest.mark.parametrize(("postal", "name"), [("7260", "Frøya"), ("7240", "Hitra"), (" 0150 ", "Oslo")])
def test_where_a_postal_code_lies(postal: str, name: str) -> None:
    number = by_postal_code(postal)
    assert number is not None
    assert municipality(number).name == name


def test_unknown_numbers() -> None:
    assert by_postal_code("9999") is None
    with pytest.raises(UnknownCode):
        municipality("1620")  # Frøya until 2017


def test_a_municipality_that_was_says_what_it_became() -> None:
    viken = municipality_ever("3001")
    assert (viken.name, viken.county) == ("Halden", "Viken")
    assert (viken.valid_from, viken.valid_to, viken.became) == (date(2020, 1, 1), date(2024, 1, 1), ("3101",))
    assert municipality_ever("5014") == municipality("5014")
    assert municipality("5014").valid_to is None
    assert county_ever("19").became == ("55", "56")
    assert county_ever("50") == county("50")
    with pytest.raises(UnknownCode):
        municipality_ever("0000")
    with pytest.raises(UnknownCode):
        county_ever("00")
    with pytest.raises(UnknownCode):
        county("30")


def test_every_municipality_lies_in_a_county_of_the_official_list() -> None:
    official = sources.counties()
    assert set(official) <= {(one.number, one.name) for one in counties()}
    assert len(counties()) == 15
    assert county_of("5014").name == "Trøndelag"
    assert sum(len(municipalities_in(one.number)) for one in counties()) == len(municipalities())
    assert municipality("5014") in municipalities_in("50")


def test_a_postal_code_follows_its_municipality(folder: Path) -> None:
    head = lists.shipped_text("retired").split("list;")[0]
    gone = "municipalities;5014;Frøya;2026-01-01;5056\nmunicipalities;5056;Hitra;2025-01-01;\n"
    kept = "\n".join(line for line in lists.shipped_text("municipalities").splitlines() if "5014" not in line)
    (folder / "municipalities.csv").write_text(kept, "utf-8")
    (folder / "retired.csv").write_text(f"{head}{lists.columns('retired')}\n{gone.splitlines()[0]}\n", "utf-8")
    lists.forget()
    assert by_postal_code("7260") == "5056"
    (folder / "retired.csv").write_text(f"{head}{lists.columns('retired')}\n{gone}", "utf-8")
    lists.forget()
    assert by_postal_code("7260") is None
