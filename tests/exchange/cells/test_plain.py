from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.exchange.cells.plain import choices_of, day_of, months_of, text_of, whole_of
from kompetanse.exchange.cells.words import tidy
from kompetanse.exchange.faults import CellRejected

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("31.12.2026", date(2026, 12, 31)),
        ("15.1.27", date(2027, 1, 15)),
        ("1.6.98", date(1998, 6, 1)),
        ("2027-02-01", date(2027, 2, 1)),
        ("1. mars 2027", date(2027, 3, 1)),
    ],
)
def test_days_lie_ahead(cell: str, day: date) -> None:
    assert day_of(cell, TODAY) == day


@pytest.mark.parametrize("cell", ["snarest", "mars 2027", "2027", "31.02.2027", "?"])
def test_what_is_no_whole_day_is_rejected(cell: str) -> None:
    with pytest.raises(CellRejected):
        day_of(cell, TODAY)


@pytest.mark.parametrize(("cell", "months"), [("2 år", 24), ("1,5 år", 18), ("6 mnd", 6), ("3 måneder praksis", 3)])
def test_lengths_are_months(cell: str, months: int) -> None:
    assert months_of(cell) == months


def test_numbers_have_bounds() -> None:
    assert whole_of(" 1 000 ", 1, 1000) == 1000
    for cell in ("0", "1001", "-1", "1,5", "²", "to"):
        with pytest.raises(CellRejected):
            whole_of(cell, 1, 1000)


def test_words_of_a_closed_set_are_found_by_how_they_begin() -> None:
    words = {"dag": 1, "natt": 2}
    assert choices_of("Natt og dagvakt, natt", words) == [2, 1]
    with pytest.raises(CellRejected):
        choices_of("midt", words)


@given(st.text(max_size=300), st.integers(1, 100))
def test_a_text_is_whole_or_rejected(cell: str, longest: int) -> None:
    if len(tidy(cell)) <= longest:
        assert text_of(cell, longest) == tidy(cell)
        return
    with pytest.raises(CellRejected):
        text_of(cell, longest)
