from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.exchange.cells.dates import parse_birth, parse_date, parse_day
from kompetanse.exchange.faults import CellRejected, Reason

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("17/03/65", "1965-03-17"), ("28.10.1980", "1980-10-28"), ("1. December 1982", "1982-12-01"),
        ("6. March 1963", "1963-03-06"), ("29. november 2018", "2018-11-29"), ("1986-06-14", "1986-06-14"),
        ("1962", "1962"), ("mars 2012", "2012-03"), ("juni-14", "2014-06"), ("41730", "2014-04-01"),
        ("2014-02-01T00:00:00", "2014-02-01"),
        ("2014-02", "2014-02"), ("3.2012", "2012-03"), ("01.08.2013", "2013-08-01"),
        ("11/01/03", "2003-01-11"), ("12.3.14", "2014-03-12"), ("1.1.26", "2026-01-01"), ("1.1.27", "1927-01-01"),
        ("May 3, 1979", "1979-05-03"),
        ("19620503", "1962-05-03"), ("3 - 5 - 1962", "1962-05-03"), ("Aug. 1999", "1999-08"),
    ],
)  # fmt: skip
def test_dates_are_read_as_exact_as_they_were_written(written: str, expected: str) -> None:
    assert parse_date(written, today=TODAY).value == expected


@pytest.mark.parametrize("written", ["", "?", "ukjent", " - ", "Ukjent."])
def test_unknown_is_not_stated(written: str) -> None:
    assert parse_date(written, today=TODAY).value is None


@pytest.mark.parametrize("written", ["i fjor", "31.02.1990", "06/25/73", "12345678901", "99999", "65", "mandag 2012"])
def test_what_is_no_date_is_rejected_with_a_hint(written: str) -> None:
    with pytest.raises(CellRejected) as rejection:
        parse_date(written, today=TODAY)
    assert "28.10.1980" in rejection.value.hint
    assert written not in str(rejection.value)


def test_an_approximate_date_is_marked() -> None:
    read = parse_date("ca. 1962", today=TODAY)
    assert (read.value, [w.reason for w in read.warnings]) == ("1962", [Reason.DATE_APPROXIMATE])


@pytest.mark.parametrize("written", ["2027", "16.01.2026", "1850"])
def test_nobody_is_born_tomorrow_or_two_centuries_ago(written: str) -> None:
    with pytest.raises(CellRejected) as rejection:
        parse_birth(written, today=TODAY)
    assert rejection.value.reason is Reason.DATE_IMPOSSIBLE


def test_a_national_number_is_no_birth_date_and_is_not_repeated() -> None:
    with pytest.raises(CellRejected) as rejection:
        parse_birth("010190 12345", today=TODAY)
    assert "12345" not in rejection.value.detail + rejection.value.hint


@given(
    st.dates(date(1927, 1, 1), date(2026, 1, 15)), st.sampled_from(["%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d", "%d. %B %Y"])
)
def test_every_day_survives_every_common_form(day: date, form: str) -> None:
    assert parse_date(day.strftime(form), today=TODAY).value == day.isoformat()


@given(st.text(max_size=20))
def test_any_text_is_a_date_nothing_or_a_rejection(text: str) -> None:
    try:
        parse_birth(text, today=TODAY)
    except CellRejected:
        assert parse_day(text, today=TODAY) is None or text
