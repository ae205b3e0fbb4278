import re

import pytest

from kompetanse.codes.education import (
    EducationLevel,
    EducationStage,
    education_field,
    education_fields,
    eqf,
    field_ancestors,
    is_education_field,
    level_of_eqf,
    qualifications,
    stage,
)
from kompetanse.errors import UnknownCode


def test_levels_are_the_first_digits_of_nus_in_order() -> None:
    assert list(EducationLevel) == [str(digit) for digit in range(9)]


def test_every_level_has_names_of_its_own() -> None:
    assert len({level.name_nb for level in EducationLevel}) == len({level.name_en for level in EducationLevel}) == 9


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (EducationLevel.NONE, None),
        (EducationLevel.PRIMARY, None),
        (EducationLevel.LOWER_SECONDARY, 2),
        (EducationLevel.UPPER_SECONDARY, 4),
        (EducationLevel.POST_SECONDARY, 5),
        (EducationLevel.BACHELOR, 6),
        (EducationLevel.DOCTORATE, 8),
    ],
)
def test_the_european_level_of_a_norwegian_one(level: EducationLevel, expected: int | None) -> None:
    assert eqf(level) == expected


def test_fields_have_the_shape_of_isced_f_2013() -> None:
    codes = [field.code for field in education_fields()]
    assert len(codes) == len(set(codes))
    named = [code for code in codes if len(code) == 2 or code[-1] not in "089"]  # 0, 8, 9: unspecified, mixed, other
    assert [sum(len(code) == digits for code in named) for digits in (2, 3, 4)] == [11, 29, 80]
    assert all(re.fullmatch(r"\d{2,4}", code) for code in codes)


def test_every_field_has_its_wider_field() -> None:
    for field in education_fields():
        assert field.name_nb
        assert field.name_en
        assert field.parent is None or is_education_field(field.parent)


def test_a_field_by_its_code() -> None:
    assert education_field("0411").name_nb == "Regnskap og skatt"
    assert education_field("0411").parent == "041"
    with pytest.raises(UnknownCode, match="ISCED-F"):
        education_field("9999")


def test_the_fields_that_hold_a_field_come_nearest_first() -> None:
    assert field_ancestors("0411") == ("041", "04")
    assert field_ancestors("04") == ()
    with pytest.raises(UnknownCode):
        field_ancestors("9999")


def test_levels_are_gathered_into_stages_in_their_order() -> None:
    stages = [stage(level) for level in EducationLevel]
    assert stages == [None, *["compulsory"] * 2, *["intermediate"] * 3, *["higher"] * 3]
    assert len({one.name_nb for one in EducationStage} | {one.name_en for one in EducationStage}) == 6


def test_levels_of_nkr_and_of_schooling_lead_to_one_another() -> None:
    for level in EducationLevel:
        number = eqf(level)
        assert number is None or level_of_eqf(number) is level
    assert level_of_eqf(1) is None
    whole = [one for one in qualifications() if one.parent is None]
    assert [one.eqf for one in whole] == [2, 3, 4, 5, 6, 7, 8]
    assert {one.parent for one in qualifications()} == {None, "4", "5", "6"}
