import pytest

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import countries
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.municipalities import municipalities
from kompetanse.codes.occupations import occupations
from kompetanse.errors import Invalid
from kompetanse.sharing.hierarchies import (
    NOT_STATED,
    Hierarchy,
    age_band,
    age_hierarchy,
    arrival_hierarchy,
    arrival_period,
    country_hierarchy,
    education_hierarchy,
    municipality_hierarchy,
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


def arrival_until_now() -> Hierarchy:
    return arrival_hierarchy(2026)


BUILT_IN = [
    occupation_hierarchy,
    norwegian_hierarchy,
    education_hierarchy,
    age_hierarchy,
    country_hierarchy,
    arrival_until_now,
    municipality_hierarchy,
]


@pytest.mark.parametrize("built_in", BUILT_IN)
def test_a_label_says_the_same_at_every_level(built_in: object) -> None:
    """Else two classes could be told in the same words and mean different people."""
    hierarchy = built_in()  # type: ignore[operator]
    covered: dict[str, set[frozenset[str]]] = {}
    for level in range(len(hierarchy.levels)):
        for label in {one[level] for one in hierarchy.paths}:
            leaves = frozenset(one[0] for one in hierarchy.paths if one[level] == label)
            covered.setdefault(label, set()).add(leaves)
    more = {label: found for label, found in covered.items() if len(found) > 1}
    assert all(label.isdigit() and hierarchy.name == "occupation" for label in more)


@pytest.mark.parametrize(
    ("years", "leaf", "band"),
    [
        (0, "under 20", "under 35"),
        (19, "under 20", "under 35"),
        (20, "20–24", "under 35"),
        (34, "30–34", "under 35"),
        (35, "35–39", "35–49"),
        (49, "45–49", "35–49"),
        (50, "50–54", "50 and over"),
        (70, "70 and over", "50 and over"),
        (101, "70 and over", "50 and over"),
    ],
)
def test_age_goes_by_five_years_to_three_bands(years: int, leaf: str, band: str) -> None:
    assert age_band(years) == leaf
    assert path(age_hierarchy(), leaf) == (leaf, band, "any")


def test_an_age_below_zero_is_refused() -> None:
    with pytest.raises(Invalid, match="below zero"):
        age_band(-1)


def test_a_country_goes_to_its_region_and_then_to_free_movement() -> None:
    assert path(country_hierarchy(), "SE") == ("SE", "nordic", "nordic or eea", "any")
    assert path(country_hierarchy(), "PL") == ("PL", "eea", "nordic or eea", "any")
    assert path(country_hierarchy(), "ER") == ("ER", "africa", "elsewhere", "any")
    assert {one[0] for one in country_hierarchy().paths} == {NOT_STATED, *(one.alpha2 for one in countries())}


def test_arrival_lies_on_a_grid_that_does_not_move() -> None:
    for until in (2024, 2026, 2033):
        assert path(arrival_hierarchy(until), arrival_period(2023)) == ("2022–2024", "2016–2024", "any")
    assert path(arrival_hierarchy(1998), arrival_period(1971)) == ("before 1998", "before 1998", "any")
    for year in range(1960, 2027):
        assert arrival_hierarchy(2026).place(arrival_period(year)) >= 0
    with pytest.raises(Invalid, match="begin later"):
        arrival_hierarchy(1997)


def test_a_municipality_goes_to_its_county() -> None:
    assert path(municipality_hierarchy(), "5014") == ("5014", "50", "any")
    assert {one[0] for one in municipality_hierarchy().paths} == {NOT_STATED, *(one.number for one in municipalities())}


@pytest.mark.parametrize("built_in", BUILT_IN)
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
