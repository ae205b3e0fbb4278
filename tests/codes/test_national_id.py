"""`data/fnr_oracle.csv` holds numbers and the verdict of an independent validator, NAV's @navikt/fnrvalidator 2.2.1.

It was made once with Node: numbers with month +80, +40 or +65, for people and with the day +40 of D-numbers,
on dates that exist and that do not, with checks by the rule for 2032; each then once more with one digit changed
or two swapped, but never the month's tens. So no number in it can belong to anybody; the two without an added
month are the published examples of Skatteetaten for 2032.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.national_id import NationalId, parse_national_id
from kompetanse.codes.residence import NationalIdKind
from kompetanse.errors import Invalid

ORACLE = [
    tuple(line.split(";"))
    for line in (Path(__file__).parent / "data" / "fnr_oracle.csv").read_text("utf-8").splitlines()[1:]
]
KINDS = {"fnr": NationalIdKind.FNR, "hnr": NationalIdKind.FNR, "tnr": NationalIdKind.FNR}


def verdict(digits: str) -> NationalIdKind | None:
    try:
        return parse_national_id(digits).kind
    except Invalid:
        return None


def month(digits: str) -> int:
    return int(digits[2:4])


def test_the_verdicts_are_those_of_the_outside_validator() -> None:
    """Months 66-77 are left out: the validator knows month +40 and +80 but not +65, and refuses them all."""
    asked = [(digits, said) for digits, said in ORACLE if not 66 <= month(digits.ljust(4, "0")) <= 77]
    wrong = [
        digits
        for digits, said in asked
        if verdict(digits) != (None if said == "invalid" else KINDS.get(said, NationalIdKind.DNR))
    ]
    assert len(asked) > 1500
    assert not wrong


def test_months_plus_65_are_test_numbers_too() -> None:
    """Where the outside validator disagrees."""
    plus_65 = [digits for digits, _ in ORACLE if 66 <= month(digits.ljust(4, "0")) <= 77]
    assert {said for digits, said in ORACLE if digits in plus_65} == {"invalid"}
    accepted = [digits for digits in plus_65 if verdict(digits)]
    assert len(plus_65) > len(accepted) > 100
    assert all(parse_national_id(digits).synthetic for digits in accepted)


@pytest.mark.parametrize("digits", ["02013299997", "30108299939"])
def test_the_published_numbers_for_2032_are_valid(digits: str) -> None:
    assert parse_national_id(digits) == NationalId(NationalIdKind.FNR, digits)
    assert not parse_national_id(digits).synthetic


def test_spaces_and_hyphens_do_not_matter() -> None:
    assert parse_national_id(" 020132 99997 ") == parse_national_id("020132-99997")


def test_twelve_digits_are_a_duf_number() -> None:
    assert parse_national_id("2024 123456 01") == NationalId(NationalIdKind.DUF, "202412345601")


@given(st.text(max_size=14) | st.from_regex(r"\d{9,13}", fullmatch=True))
def test_a_refusal_says_how_to_mend_it_and_never_repeats_the_number(text: str) -> None:
    if verdict(text) is not None:
        parsed = parse_national_id(text)
        assert parsed.digits not in repr(parsed)
        assert len(parsed.digits) == (12 if parsed.kind is NationalIdKind.DUF else 11)
        return
    with pytest.raises(Invalid) as refusal:
        parse_national_id(text)
    said = f"{refusal.value} {refusal.value.faults}"
    assert len(text.strip()) < 3 or text not in said
    assert refusal.value.faults[0].hint


@pytest.mark.parametrize("wrong", range(1, 10))
def test_one_wrong_last_digit_is_caught(wrong: int) -> None:
    digits = "02013299997"
    assert verdict(digits[:-1] + str((int(digits[-1]) + wrong) % 10)) is None
