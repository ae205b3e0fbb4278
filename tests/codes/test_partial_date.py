from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.partial_date import Precision, first_day, last_day, parse_partial_date, precision, year

FORMATS = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m", Precision.DAY: "%Y-%m-%d"}


@given(st.dates(date(1000, 1, 1)), st.sampled_from(Precision))
def test_a_date_keeps_the_precision_it_was_written_with(day: date, how_exact: Precision) -> None:
    parsed = parse_partial_date(day.strftime(FORMATS[how_exact]))
    assert precision(parsed) is how_exact
    assert year(parsed) == day.year
    assert first_day(parsed) <= day <= last_day(parsed)


@given(st.dates(date(1000, 1, 1)))
def test_a_whole_date_begins_and_ends_on_its_day(day: date) -> None:
    parsed = parse_partial_date(day.isoformat())
    assert first_day(parsed) == last_day(parsed) == day


def test_a_year_and_a_month_span_all_their_days() -> None:
    assert last_day(parse_partial_date("1962")) == date(1962, 12, 31)
    assert last_day(parse_partial_date("2024-02")) == date(2024, 2, 29)
    assert first_day(parse_partial_date("1962-05")) == date(1962, 5, 1)


@pytest.mark.parametrize(
    "text", ["", "62", "1962-13", "1962-02-30", "1962-2", "03.05.1962", "19620503", "1962-05-03T00", "1962 ", "0000"]
)
def test_what_iso_does_not_know_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD") as refusal:
        parse_partial_date(text)
    assert not text or text not in str(refusal.value)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse_partial_date(text)
    except ValueError:
        return
    assert parsed == text
