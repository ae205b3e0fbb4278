"""What a code looks like, and how often somebody may guess."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.personal_links import rules
from kompetanse.personal_links.rules import Code, LinkState, read_code

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "๐๑๒๓๔๕๖๗๘๙")
"""Digits as they are on European, Arabic, Persian and Thai keyboards."""


@settings(deadline=None)
@given(
    st.from_regex(r"[0-9]{4}", fullmatch=True), st.from_regex(r"[0-9]{12}", fullmatch=True), st.sampled_from(SCRIPTS)
)
def test_a_code_is_read_as_it_is_printed_in_the_digits_of_any_keyboard(number: str, secret: str, script: str) -> None:
    code = Code(number, secret)
    typed = str(code).translate({ord(str(digit)): script[digit] for digit in range(10)})
    assert read_code(typed) == code
    assert read_code(typed.replace(" ", "")) == code
    assert read_code(f" {typed.replace(' ', '-')} ") == code


@pytest.mark.parametrize(
    "text", ["", "5014", "5014 1234 5678 901", "5014 1234 5678 90123", "5014 1234 5678 901x", "½" * 16]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    found = read_code(text)
    assert found is None or read_code(str(found)) == found


def test_a_link_stands_until_it_is_spent_revoked_or_expired() -> None:
    def state(spent: datetime | None = None, revoked: datetime | None = None, hours: int = 1) -> LinkState:
        expires = NOW + timedelta(hours=hours)
        return rules.state(spent_at=spent, revoked_at=revoked, expires_at=expires, now=NOW)

    assert state() is LinkState.OPEN
    assert state(hours=0) is LinkState.EXPIRED
    assert state(spent=NOW, hours=-1) is LinkState.SPENT
    assert state(revoked=NOW) is LinkState.REVOKED


def test_a_device_that_lies_unused_lets_nobody_in() -> None:
    assert rules.stands(NOW - timedelta(days=89), 90, NOW)
    assert not rules.stands(NOW - timedelta(days=90), 90, NOW)


def test_a_household_with_many_addresses_is_one_who_guesses() -> None:
    assert rules.network("2001:db8::1") == rules.network("2001:db8::ffff:2")
    assert rules.network("192.0.2.1") != rules.network("192.0.2.2")


def test_the_first_language_of_hers_that_there_is() -> None:
    assert rules.met_in(["so", "uk"], ["nb", "uk"], "nb") == "uk"
    assert rules.met_in([], ["uk"], "nb") == "nb"
