import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.lists import fold, tidy


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
