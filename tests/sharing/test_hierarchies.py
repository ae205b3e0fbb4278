import pytest

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.occupations import occupations
from kompetanse.errors import Invalid
from kompetanse.sharing.hierarchies import (
    NOT_STATED,
    Hierarchy,
    education_hierarchy,
    norwegian_hierarchy,
    occupation_hierarchy,
)


def path(hierarchy: Hierarchy, leaf: str) -> tuple[str, ...]:
    return hierarchy.paths[hierarchy.place(leaf)]


def test_an_occupation_loses_a_digit_a_level() -> None:
    assert path(occupation_hierarchy(), "3313") == ("3313", "331", "33", "3", "any")


def test_an_occupation_known_to_two_digits_only_waits_for_the_others() -> None:
    assert path(occupation_hierarchy(), "33") == ("33", "33", "33", "3", "any")


def test_every_occupation_of_the_code_list_has_a_place() -> None:
    leaves = {one[0] for one in occupation_hierarchy().paths}
    assert {one.code for one in occupations() if not one.code.startswith("00")} == leaves - {NOT_STATED}


def test_cefr_goes_to_its_three_bands() -> None:
    assert path(norwegian_hierarchy(), Cefr.B2) == ("B2", "B", "any")
    assert {one[0] for one in norwegian_hierarchy().paths} == {*Cefr, NOT_STATED}


def test_education_goes_to_low_mid_and_high() -> None:
    bands = [path(education_hierarchy(), level)[1] for level in EducationLevel]
    assert bands == ["low"] * 3 + ["mid"] * 3 + ["high"] * 3


@pytest.mark.parametrize("built_in", [occupation_hierarchy, norwegian_hierarchy, education_hierarchy])
def test_not_stated_is_a_leaf_that_joins_nothing_before_any(built_in: object) -> None:
    hierarchy = built_in()  # type: ignore[operator]
    *before, top = path(hierarchy, NOT_STATED)
    assert set(before) == {NOT_STATED}
    assert top == "any"
    beside = {label for one in hierarchy.paths if one[0] != NOT_STATED for label in one[:-1]}
    assert NOT_STATED not in beside


def test_losses_go_from_nothing_to_everything() -> None:
    losses = norwegian_hierarchy().losses
    assert losses[0].tolist() == [0.0] * 7
    assert losses[1].tolist() == [1 / 6] * 6 + [0.0]
    assert losses[2].tolist() == [1.0] * 7


def test_a_domain_of_one_value_loses_nothing() -> None:
    assert Hierarchy("one", ("value",), (("x",),)).losses.tolist() == [[0.0]]


@pytest.mark.parametrize(
    ("paths", "fault"),
    [
        ((), "empty"),
        ((("a", "x"), ("b",)), "not complete"),
        ((("a", "x"), ("b", "")), "not complete"),
        ((("a", "x"), ("a", "x")), "leaf stands twice"),
        ((("a", "x"), ("b", "y")), "several tops"),
    ],
)
def test_an_incomplete_hierarchy_is_refused(paths: tuple[tuple[str, ...], ...], fault: str) -> None:
    with pytest.raises(Invalid, match=fault):
        Hierarchy("colour", ("leaf", "top"), paths)


def test_a_group_in_two_groups_is_refused_by_name() -> None:
    paths = (("a", "g", "x", "*"), ("b", "g", "y", "*"))
    with pytest.raises(Invalid, match="'colour' is not nested at shade 'g'"):
        Hierarchy("colour", ("leaf", "shade", "family", "top"), paths)


def test_a_group_in_two_runs_is_refused_by_name() -> None:
    paths = (("a", "g", "*"), ("b", "h", "*"), ("c", "g", "*"))
    with pytest.raises(Invalid, match="'colour' is not contiguous at shade 'g'"):
        Hierarchy("colour", ("leaf", "shade", "top"), paths)


def test_an_unknown_leaf_is_refused_without_repeating_it() -> None:
    with pytest.raises(Invalid, match="Not a value of norwegian") as caught:
        norwegian_hierarchy().place("Rasa, 41")
    assert "Rasa" not in str(caught.value)
