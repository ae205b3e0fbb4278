import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.lists import Head, fold, forget, head, is_refreshed, tidy, use_folder
from kompetanse.codes.occupations import occupation


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Žuvies apdorojimo", "zuvies apdorojimo"),
        ("  KIEROWCA   ciężarówki. ", "kierowca ciezarowki"),
        ("Æ ø Å", "ae o a"),
        ("Україна", "україна"),
        ("Łódź", "lodz"),
    ],
)
def test_spellings_meet_when_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=30))
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert tidy(decomposed) == tidy(unicodedata.normalize("NFC", text))


STYRK = "# what: w\n# version: v\n# valid_from: {}\n# source: s\n# klass: 7\n{}\n2;Akademikere\n"


def test_a_refreshed_list_is_read_in_place_of_the_shipped_one(folder: Path) -> None:
    assert occupation("2").name_nb == "Akademiske yrker"
    (folder / "styrk08.csv").write_text(STYRK.format("2026-01-01", "code;name"), "utf-8")
    forget()
    assert occupation("2").name_nb == "Akademikere"
    assert is_refreshed("styrk08")
    use_folder(None)
    assert occupation("2").name_nb == "Akademiske yrker"
    assert not is_refreshed("styrk08")


@pytest.mark.parametrize(("valid_from", "columns"), [("2010-12-31", "code;name"), ("2026-01-01", "code;name;more")])
def test_a_refreshed_list_gives_way_to_a_newer_program(folder: Path, valid_from: str, columns: str) -> None:
    (folder / "styrk08.csv").write_text(STYRK.format(valid_from, columns), "utf-8")
    forget()
    assert occupation("2").name_nb == "Akademiske yrker"


def test_a_list_says_what_it_is() -> None:
    found = head("# what: Occupations: all\n# a comment\n# version: 8\n# valid_from: 2011\n# source: SSB\ncode\n")
    assert found == Head("Occupations: all", "8", "2011", "SSB", None)
