import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.exchange.cells.names import PersonName, parse_full_name, parse_name_part
from kompetanse.exchange.faults import CellRejected, Reason


@pytest.mark.parametrize(
    ("written", "family", "given_name"),
    [
        ("Žukauskas, Giedrė", "Žukauskas", "Giedrė"),
        ("Ioana Popescu", "Popescu", "Ioana"),
        ("Liezel dela Cruz", "dela Cruz", "Liezel"),
        ("Khaled Al Ahmad", "Al Ahmad", "Khaled"),
        ("Huda al-Masri", "al-Masri", "Huda"),
        ("Maria de la Cruz", "de la Cruz", "Maria"),
        ("NGUYEN Van Anh", "NGUYEN", "Van Anh"),
        ("Олена  Bondarenko", "Bondarenko", "Олена"),
        ("Madonna", "Madonna", ""),
    ],
)
def test_a_name_in_one_cell_is_divided(written: str, family: str, given_name: str) -> None:
    read = parse_full_name(written)
    assert read.value == PersonName(family, given_name)
    assert not read.warnings


def test_a_name_of_three_plain_words_is_divided_with_a_doubt() -> None:
    read = parse_full_name("Anna Maria Kowalska")
    assert read.value == PersonName("Kowalska", "Anna Maria")
    assert [warning.reason for warning in read.warnings] == [Reason.NAME_GUESSED]


@pytest.mark.parametrize("written", ["D?browski", "?ydr?n?", "Egl?", "?tefan", "Szyma?ski"])
def test_a_name_with_a_lost_letter_is_kept_and_marked(written: str) -> None:
    read = parse_name_part(written)
    assert read.value == written
    assert [warning.reason for warning in read.warnings] == [Reason.LETTERS_LOST]


@pytest.mark.parametrize("written", ["???????", "?????, Olena", "???? ???????", "??a?"])
def test_a_name_that_nobody_can_read_is_rejected_and_says_how_to_mend_it(written: str) -> None:
    with pytest.raises(CellRejected) as rejection:
        parse_full_name(written)
    assert rejection.value.reason is Reason.NAME_UNREADABLE
    assert "CSV UTF-8" in rejection.value.hint


@pytest.mark.parametrize(("written", "reason"), [("12345", Reason.NAME_UNREADABLE), ("x" * 101, Reason.NAME_TOO_LONG)])
def test_what_is_no_name_is_rejected(written: str, reason: Reason) -> None:
    with pytest.raises(CellRejected) as rejection:
        parse_name_part(written)
    assert rejection.value.reason is reason


@given(st.text(max_size=60))
def test_no_word_of_a_name_is_lost(written: str) -> None:
    try:
        name = parse_full_name(written).value
    except CellRejected:
        return
    assert sorted(f"{name.family_name} {name.given_name}".split()) == sorted(
        parse_name_part(written.replace(",", " ", 1)).value.split()
    )
