"""The best ways to place a household."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.matching.explanation import Outcome
from kompetanse.matching.households import Children, Joint, Option, joint_placements, places_outcome

TOWN_HALL, SLIP, SCHOOL = 0, 1, 2
MINUTES = {frozenset({TOWN_HALL, SLIP}): 12, frozenset({TOWN_HALL, SCHOOL}): 50}


def travel(one: int, other: int) -> int | None:
    return 0 if one == other else MINUTES.get(frozenset({one, other}))


def joints(*adults: Sequence[Option], limit: int = 10, children: Children | None = None) -> list[Joint]:
    return joint_placements(adults, travel, within=30, bonus=0.2, limit=limit, children=children)


RASA = [Option(TOWN_HALL, 0.8)]
JONAS = [Option(SCHOOL, 0.7), Option(SLIP, 0.6)]


def test_near_each_other_beats_a_somewhat_better_match_far_away() -> None:
    near, far, *alone = joints(RASA, JONAS)
    assert near == Joint((TOWN_HALL, SLIP), 0.8 + 0.6, 0.2, 12, Outcome.MET, Outcome.MET)
    assert far == Joint((TOWN_HALL, SCHOOL), 0.8 + 0.7, 0, 50, Outcome.MET, Outcome.MET)
    assert near.total == pytest.approx(1.6)
    assert [one.vacancies for one in alone] == [(TOWN_HALL, None), (None, SCHOOL), (None, SLIP)]
    assert [one.minutes_apart for one in alone] == [0, 0, 0]


def test_minutes_that_are_not_known_are_said_and_earn_nothing() -> None:
    (first, *_) = joints([Option(SLIP, 0.8)], [Option(SCHOOL, 0.7)])
    assert (first.vacancies, first.bonus, first.minutes_apart) == ((SLIP, SCHOOL), 0, None)


def test_the_minutes_that_are_allowed_are_still_near() -> None:
    assert joint_placements([RASA, [JONAS[1]]], travel, within=12, bonus=0.2, limit=1)[0].bonus == 0.2
    assert joint_placements([RASA, [JONAS[1]]], travel, within=11, bonus=0.2, limit=1)[0].bonus == 0


def test_two_share_a_vacancy_only_when_it_has_two_positions() -> None:
    one = Option(TOWN_HALL, 0.8)
    assert [joint.vacancies for joint in joints([one], [one])] == [(TOWN_HALL, None), (None, TOWN_HALL)]
    two = replace(one, capacity=2)
    assert joints([two], [two])[0].vacancies == (TOWN_HALL, TOWN_HALL)
    assert joints([two], [two], [two])[0].vacancies == (TOWN_HALL, TOWN_HALL, None)


@pytest.mark.parametrize(
    ("stated", "outcome", "bonus"),
    [((2, 2), Outcome.MET, 0.2), ((2, None), Outcome.UNKNOWN, 0.2), ((None, 1), Outcome.MISSING, 0)],
)
def test_too_few_places_cost_the_bonus_and_places_not_stated_do_not(
    stated: tuple[int | None, int | None], outcome: Outcome, bonus: float
) -> None:
    rasa = [Option(TOWN_HALL, 0.8, kindergarten_places=stated[0], school_places=stated[1])]
    jonas = [Option(SLIP, 0.6, kindergarten_places=stated[1], school_places=stated[0])]
    first = joints(rasa, jonas, children=Children(under_school_age=2))[0]
    assert (first.kindergarten, first.school, first.bonus) == (outcome, Outcome.MET, bonus)
    first = joints(rasa, jonas, children=Children(school_age=2))[0]
    assert (first.kindergarten, first.school, first.bonus) == (Outcome.MET, outcome, bonus)


def test_nobody_needs_what_is_not_stated() -> None:
    assert places_outcome(0, None) is Outcome.MET
    assert places_outcome(0, 0) is Outcome.MET


def test_equals_come_in_the_order_of_the_options() -> None:
    # In floating point .1 + .2 + .3 is more than .3 + .2 + .1, which must not decide who comes first.
    ways = [[Option(index + 10 * adult, score) for index, score in enumerate((0.1, 0.3, 0.2))] for adult in range(3)]
    equal = [
        one.vacancies for one in joints(*ways, limit=100) if abs(one.total - 0.6) < 1e-9 and None not in one.vacancies
    ]
    assert len(equal) == 7
    assert equal == sorted(equal)


@pytest.mark.parametrize(
    ("adults", "limit", "bonus"),
    [([RASA], 0, 0.2), ([RASA], 1, -0.1), ([RASA, [Option(TOWN_HALL, 0.5, capacity=2)]], 1, 0.2)],
)
def test_what_has_no_meaning_is_refused(adults: list[list[Option]], limit: int, bonus: float) -> None:
    with pytest.raises(ValueError, match=r"limit|same"):
        joint_placements(adults, travel, 30, bonus, limit)


VACANCIES = 5
STATED = st.none() | st.integers(0, 2)
FACTS = st.builds(Option, st.just(0), st.just(0.0), st.integers(1, 2), STATED, STATED)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_nothing_better_is_left_out(data: st.DataObject) -> None:
    facts = data.draw(st.lists(FACTS, min_size=VACANCIES, max_size=VACANCIES))
    minutes = data.draw(st.lists(st.none() | st.integers(0, 60), min_size=VACANCIES**2, max_size=VACANCIES**2))
    ranked = st.dictionaries(st.integers(0, VACANCIES - 1), st.sampled_from([0.2, 0.4, 0.6, 0.9]), max_size=4)
    adults = [
        [replace(facts[vacancy], vacancy=vacancy, score=score) for vacancy, score in data.draw(ranked).items()]
        for _ in range(data.draw(st.integers(1, 4)))
    ]
    needs = Children(data.draw(st.integers(0, 2)), data.draw(st.integers(0, 2)))
    limit, bonus = data.draw(st.integers(1, 12)), data.draw(st.sampled_from([0, 0.25, 1.5]))

    def between(one: int, other: int) -> int | None:
        return minutes[one * VACANCIES + other]

    def total(chosen: Sequence[Option | None]) -> float:
        placed = [one for one in chosen if one is not None]
        apart = [between(one.vacancy, other.vacancy) for one, other in combinations(placed, 2)]
        short = any(
            places is not None and places < needed
            for one in placed
            for places, needed in (
                (one.kindergarten_places, needs.under_school_age),
                (one.school_places, needs.school_age),
            )
        )
        near = all(one is not None and one <= 30 for one in apart)
        return sum(one.score for one in placed) + (bonus if len(placed) == len(chosen) and near and not short else 0)

    def possible(chosen: Sequence[Option | None]) -> bool:
        taken = [one.vacancy for one in chosen if one is not None]
        return bool(taken) and all(taken.count(one) <= facts[one].capacity for one in taken)

    every = [chosen for chosen in product(*([*adult, None] for adult in adults)) if possible(chosen)]
    expected = sorted(every, key=lambda chosen: -round(total(chosen), 9))[:limit]
    found = joint_placements(adults, between, 30, bonus, limit, needs)
    assert [one.vacancies for one in found] == [
        tuple(None if one is None else one.vacancy for one in chosen) for chosen in expected
    ]
    assert [one.total for one in found] == pytest.approx([total(chosen) for chosen in expected])
