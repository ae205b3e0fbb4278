import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.partial_date import parse_partial_date
from kompetanse.exchange.cells.work import (
    CurrentSituation,
    ExperienceEntry,
    PercentageRange,
    Situation,
    parse_current_situation,
    parse_occupations,
    parse_percentage,
    parse_styrk,
)
from kompetanse.exchange.faults import CellRejected, Reason

YEAR_2009, YEAR_2015 = parse_partial_date("2009"), parse_partial_date("2015")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("kucharz (2009-2015)", [ExperienceEntry("kucharz", started=YEAR_2009, ended=YEAR_2015, ongoing=False)]),
        ("spawacz 10 år", [ExperienceEntry("spawacz", months=120)]),
        ("kokk 1,5 år", [ExperienceEntry("kokk", months=18)]),
        ("kokk, 6 mnd; vaskehjelp", [ExperienceEntry("kokk", months=6), ExperienceEntry("vaskehjelp")]),
        ("kierowca siden 2009", [ExperienceEntry("kierowca", started=YEAR_2009, ongoing=True)]),
        ("lærer (2009-)", [ExperienceEntry("lærer", started=YEAR_2009, ongoing=True)]),
        (
            "sykepleier (ikke godkjent) (2009-2015)",
            [ExperienceEntry("sykepleier", None, YEAR_2009, YEAR_2015, False, note="ikke godkjent")],
        ),
        ("suvirintojas 10 metų", [ExperienceEntry("suvirintojas", months=120)]),
        ("ukjent", []),
    ],
)
def test_occupations_with_how_long(written: str, expected: list[ExperienceEntry]) -> None:
    read = parse_occupations(written)
    assert list(read.value) == expected
    assert not read.warnings


def test_years_in_norway_are_no_experience() -> None:
    read = parse_occupations("księgowa, 3 år i Norge")
    assert read.value == (ExperienceEntry("księgowa", note="3 år i Norge"),)
    assert [warning.reason for warning in read.warnings] == [Reason.TIME_IN_NORWAY]


def test_a_title_that_is_lost_is_left_out_and_one_with_a_lost_letter_kept() -> None:
    lost = parse_occupations("??????? (2009-2015)")
    assert (lost.value, [warning.reason for warning in lost.warnings]) == ((), [Reason.OCCUPATION_LOST])
    damaged = parse_occupations("ksi?gowa")
    assert damaged.value == (ExperienceEntry("ksi?gowa"),)
    assert [warning.reason for warning in damaged.warnings] == [Reason.LETTERS_LOST]


def test_a_code_stands_for_its_occupation() -> None:
    assert parse_styrk("33.13").value == ExperienceEntry("Regnskapsførere", styrk="3313")
    assert parse_styrk("ukjent").value is None
    with pytest.raises(CellRejected):
        parse_styrk("9999")


@pytest.mark.parametrize(
    ("written", "situation"),
    [
        ("SalMar filet", Situation.EMPLOYED), ("arbeidsledig", Situation.UNEMPLOYED), ("mor hjemme", Situation.AT_HOME),
        ("introprogram", Situation.INTRODUCTION_PROGRAMME), ("student", Situation.STUDYING),
        ("hjemmehjelp i kommunen", Situation.EMPLOYED), ("hjemmesykepleien", Situation.EMPLOYED),
    ],
)  # fmt: skip
def test_what_somebody_does_now(written: str, situation: Situation) -> None:
    assert parse_current_situation(written).value == CurrentSituation(situation, written)


def test_a_substitute_is_employed_for_now_and_unknown_is_nothing() -> None:
    assert parse_current_situation("renhold, vikar").value == CurrentSituation(
        Situation.EMPLOYED, "renhold, vikar", True
    )
    assert parse_current_situation("ukjent").value is None


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("100", 100, 100), ("100%", 100, 100), ("0,8", 80, 80), ("0.8", 80, 80), ("heltid", 100, 100),
        ("50-80", 50, 80),
        ("50 % til 80 %", 50, 80), ("minst 50", 50, 100), ("inntil 60 %", 1, 60), ("1", 100, 100), ("80-50", 50, 80),
    ],
)  # fmt: skip
def test_percentages(written: str, low: int, high: int) -> None:
    assert parse_percentage(written).value == PercentageRange(low, high)


def test_part_time_without_a_number_is_no_number() -> None:
    read = parse_percentage("deltid")
    assert (read.value, [warning.reason for warning in read.warnings]) == (None, [Reason.PERCENTAGE_OPEN])
    assert parse_percentage("").value is None


@pytest.mark.parametrize("written", ["0", "120", "mye", "50-800"])
def test_what_is_no_percentage_is_rejected(written: str) -> None:
    with pytest.raises(CellRejected):
        parse_percentage(written)


@given(st.text(alphabet="0123456789,.-% til", max_size=12))
def test_a_percentage_is_always_from_1_to_100(text: str) -> None:
    try:
        wish = parse_percentage(text).value
    except CellRejected:
        return
    assert wish is None or 1 <= wish.minimum <= wish.maximum <= 100
