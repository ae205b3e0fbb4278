from pathlib import Path

import pytest

from kompetanse.codes import lists
from kompetanse.codes.catalogue import READERS, Entry, FormerEntry, code_lists, entries, entry
from kompetanse.codes.cefr import Cefr, CefrBand
from kompetanse.errors import NotFound, UnknownCode

DATA = Path(lists.__file__).parent / "data"


def test_every_file_is_a_list_that_says_what_it_is() -> None:
    assert {path.stem for path in DATA.glob("*.csv")} == {
        *READERS,
        "consent_texts",
        "isco08_en",
        "place_points",
        "retired",
        "steps",
        "travel",
        "travel_places",
    }
    for one in code_lists():
        assert one.size > 0
        assert all((one.head.what, one.head.version, one.head.valid_from, one.head.source))
        assert not one.refreshed
    assert {one.name: one.head.klass for one in code_lists() if one.head.klass} == {
        "styrk08": 7,
        "municipalities": 131,
        "counties": 104,
        "nus2000": 36,
        "countries": 552,
    }


@pytest.mark.parametrize("name", READERS)
def test_codes_are_unique_and_what_holds_them_is_named(name: str) -> None:
    found = entries(name)
    assert len({one.code for one in found}) == len(found)
    assert all(one.code and one.name_nb for one in found)
    own = {one.code for one in found}
    for one in found:
        if name != "postal_codes":  # 0301 is both a postal code and the number of Oslo
            assert one.code not in {code for code, _ in one.above}
        assert all(code in own or label for code, label in one.above if name != "licences")


@pytest.mark.parametrize(
    ("name", "code", "above"),
    [
        ("styrk08", "2221", ["222", "22", "2"]),
        ("isced_f", "0411", ["041", "04"]),
        ("countries", "PL", ["eea"]),
        ("municipalities", "5014", ["50"]),
        ("postal_codes", "7260", ["5014", "50"]),
        ("counties", "50", ["NO"]),
        ("nus2000", "6", ["higher"]),
        ("nus2000", "0", []),
        ("nkr", "4A", ["4", "nus2000:4"]),
        ("cefr", "B1", ["B"]),
        ("languages", "nob", ["nor"]),
        ("licences", "driving:CE", ["driving"]),
    ],
)
def test_what_a_code_lies_in(name: str, code: str, above: list[str]) -> None:
    found = entry(name, code)
    assert isinstance(found, Entry)
    assert [one for one, _ in found.above] == above


def test_sectors_and_professions_hold_occupations() -> None:
    for name, code in (("sectors", "fish"), ("authorisations", "auth:nurse")):
        found = entry(name, code)
        assert isinstance(found, Entry)
        assert found.holds
        assert all(held.startswith("styrk08:") and label for held, label in found.holds)


def test_a_code_that_was_says_what_it_became() -> None:
    found = entry("municipalities", "1850")
    assert isinstance(found, FormerEntry)
    assert found.name_nb == "Tysfjord"
    assert [one.name_nb for one in found.became] == ["Narvik", "Hábmer"]


def test_the_levels_of_language_are_those_of_the_list() -> None:
    assert {one.code for one in entries("cefr")} == {*Cefr, *CefrBand}


def test_unknown_lists_and_codes() -> None:
    with pytest.raises(NotFound, match="there are cefr"):
        entries("yrker")
    with pytest.raises(UnknownCode, match="styrk08"):
        entry("styrk08", "99999")
