import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.taxonomy.linking.parts import parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sveising;montasje", ["sveising", "montasje"]),
        ("kokk / renholder", ["kokk", "renholder"]),
        ("regnskap/lønn, HMS", ["regnskap", "lønn", "HMS"]),
        ("MIG/MAG, truck T1/T4", ["MIG/MAG", "truck T1/T4"]),
        ("księgowa 10 lat", ["księgowa"]),
        ("ksi?gowa, 3 år i Norge", ["ksi?gowa"]),
        ("kucharz (2009-2015)", ["kucharz"]),
        ("3 år i Norge", []),
        ("?????", []),
        ("", []),
    ],
)
def test_what_a_cell_lists_is_taken_apart(text: str, found: list[str]) -> None:
    assert parts(text) == found


@given(st.text(max_size=60))
def test_every_part_holds_a_letter_and_comes_once(text: str) -> None:
    found = parts(text)
    assert len(found) == len(set(found))
    assert all(any(sign.isalpha() for sign in part) for part in found)
