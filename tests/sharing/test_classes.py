"""What a class can hold at all, and its size bands."""

from dataclasses import fields

import pytest

from kompetanse.errors import Invalid
from kompetanse.sharing.classes import SharedClass, SizeBand, hierarchies, size_band


@pytest.mark.parametrize(("occupation", "level"), [("3313", 4), ("3", 1), ("any", 0), ("not stated", 0)])
def test_the_level_of_an_occupation_is_its_digits(occupation: str, level: int) -> None:
    assert SharedClass(occupation, "B", "high", SizeBand.FROM_5).occupation_level == level


def test_a_class_has_no_field_for_a_name_an_id_a_date_or_a_text() -> None:
    told = {"occupation", "norwegian", "education", "size_band", "age", "country", "arrival", "municipality"}
    assert {field.name for field in fields(SharedClass)} == told
    assert not hasattr(SharedClass("3313", "B1", "6", SizeBand.FROM_5), "__dict__")


@pytest.mark.parametrize("smuggled", ["Rasa", "1984-05-03", "018f3c1e-0000-7000-8000-000000000001", "", "850"])
@pytest.mark.parametrize("column", [field.name for field in fields(SharedClass)])
def test_nothing_but_generalised_values_can_be_put_in(smuggled: str, column: str) -> None:
    values = {"occupation": "3313", "norwegian": "B1", "education": "6", "size_band": SizeBand.FROM_5}
    with pytest.raises(Invalid):
        SharedClass(**(values | {column: smuggled}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("units", "band"), [(5, "5–9"), (9, "5–9"), (10, "10–19"), (19, "10–19"), (20, "20–49"), (49, "20–49"), (50, "50+")]
)
def test_bands_begin_and_end_where_they_say(units: int, band: str) -> None:
    assert size_band(units) == band


def test_what_is_told_beside_the_usual_is_generalised_too_and_only_that_may_be_missing() -> None:
    more = {"age": "30–34", "country": "nordic or eea", "arrival": "2025–2033", "municipality": "50"}
    usual = SharedClass("3313", "B1", "6", SizeBand.FROM_5)
    assert SharedClass("3313", "B1", "6", SizeBand.FROM_5, **more).order() > usual.order()
    with pytest.raises(Invalid):
        SharedClass("3313", "B1", None, SizeBand.FROM_5)  # type: ignore[arg-type]


def test_hierarchies_come_in_one_order_whatever_the_order_they_are_asked_for() -> None:
    names = [one.name for one in hierarchies(("municipality", "age"))]
    assert names == ["occupation", "norwegian", "education", "age", "municipality"]


def test_there_is_no_band_for_few() -> None:
    with pytest.raises(Invalid, match="Too few"):
        size_band(4)
