"""What a class can hold at all, and its size bands."""

from dataclasses import fields

import pytest

from kompetanse.errors import Invalid
from kompetanse.sharing.classes import SharedClass, SizeBand, size_band


@pytest.mark.parametrize(("occupation", "level"), [("3313", 4), ("3", 1), ("any", 0), ("not stated", 0)])
def test_the_level_of_an_occupation_is_its_digits(occupation: str, level: int) -> None:
    assert SharedClass(occupation, "B", "high", SizeBand.FROM_5).occupation_level == level


def test_a_class_has_no_field_for_a_name_an_id_a_date_or_a_text() -> None:
    assert {field.name for field in fields(SharedClass)} == {"occupation", "norwegian", "education", "size_band"}
    assert not hasattr(SharedClass("3313", "B1", "6", SizeBand.FROM_5), "__dict__")


@pytest.mark.parametrize("smuggled", ["Rasa", "1984-05-03", "018f3c1e-0000-7000-8000-000000000001", "", "850"])
@pytest.mark.parametrize("column", ["occupation", "norwegian", "education", "size_band"])
def test_nothing_but_generalised_values_can_be_put_in(smuggled: str, column: str) -> None:
    values = {"occupation": "3313", "norwegian": "B1", "education": "6", "size_band": SizeBand.FROM_5}
    with pytest.raises(Invalid):
        SharedClass(**(values | {column: smuggled}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("units", "band"), [(5, "5–9"), (9, "5–9"), (10, "10–19"), (19, "10–19"), (20, "20–49"), (49, "20–49"), (50, "50+")]
)
def test_bands_begin_and_end_where_they_say(units: int, band: str) -> None:
    assert size_band(units) == band


def test_there_is_no_band_for_few() -> None:
    with pytest.raises(Invalid, match="Too few"):
        size_band(4)
