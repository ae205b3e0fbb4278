from datetime import date

import pytest

from kompetanse.competence.unused import Unused
from kompetanse.overview import rules
from kompetanse.overview.rules import Figure, Lying

TODAY = date(2026, 11, 26)


def people(*counts: int) -> tuple[list[str | None], list[int]]:
    """So many people of "a", "b" …, each a household of her own."""
    codes: list[str | None] = [code for code, number in zip("abcdef", counts, strict=False) for _ in range(number)]
    return codes, list(range(len(codes)))


def test_whoever_may_know_everybody_is_told_every_count() -> None:
    codes, units = people(7, 1, 0)
    found = rules.series(Figure.ORIGIN, "abc", [*codes, None, "unknown"], [*units, 90, 91], exact=True)
    assert [(bar.code, bar.people) for bar in found.bars] == [("a", 7), ("b", 1), ("c", 0), ("", 2)]
    assert found.people == 10


def test_others_are_told_no_small_group_and_nothing_that_gives_one_away() -> None:
    codes, units = people(23, 2, 31)
    found = rules.series(Figure.ORIGIN, "abc", codes, units, exact=False)
    told = {bar.code: bar.people for bar in found.bars}
    assert told["b"] is None
    assert all(one is None or one % 5 == 0 for one in told.values())
    assert list(told.values()).count(None) >= 2  # the small one cannot be had by taking the others from the sum


def test_one_large_household_is_a_small_group() -> None:
    codes, _ = people(8, 30)
    found = rules.series(Figure.ORIGIN, "ab", codes, [0] * 8 + list(range(1, 31)), exact=False)
    assert found.bars[0].people is None


def test_a_municipality_without_people_has_empty_charts() -> None:
    found = rules.series(Figure.ORIGIN, "ab", [], [], exact=True)
    assert (found.people, {bar.people for bar in found.bars}) == (0, {0})
    assert rules.series(Figure.ORIGIN, "ab", [], [], exact=False).people is None


def test_the_last_quarter_is_the_present_one() -> None:
    told = rules.quarters(TODAY)
    assert (told[0], told[-1], len(told)) == ("2024-1", "2026-4", rules.QUARTERS)


@pytest.mark.parametrize(
    ("arrived", "quarter"),
    [
        ("2026-11-26", "2026-4"),
        ("2026-07", "2026-3"),
        ("2024-01-01", "2024-1"),
        ("2023-12-31", rules.EARLIER),
        ("2019", rules.EARLIER),
        ("2025", rules.YEAR_ONLY),
        ("2026-12-24", None),
        (None, None),
    ],
)
def test_an_arrival_is_told_as_exactly_as_it_is_known(arrived: str | None, quarter: str | None) -> None:
    assert rules.quarter_of(arrived, TODAY) == quarter


def test_where_nothing_is_known_of_work_nothing_is_said_of_unused_competence() -> None:
    assert rules.lying(None, known=False) is None
    assert rules.lying(None, known=True) is Lying.USED
    steps = {None: Lying.NO_WORK, 0: Lying.SAME_LEVEL, 1: Lying.ONE_BELOW, 3: Lying.MORE_BELOW}
    assert {one: rules.lying(Unused((), (), one), known=True) for one in steps} == steps


def test_a_country_that_is_no_more_has_no_region() -> None:
    assert (rules.region_of("LT"), rules.region_of("SU"), rules.region_of(None)) == ("eea", None, None)


def test_few_people_are_one_or_two() -> None:
    assert [rules.few(one) for one in (None, 0, 1, 2, 3)] == [False, False, True, True, False]
