"""What a problem refuses, and what a plan is worth."""

from dataclasses import replace

import numpy as np
import pytest

from kompetanse.matching.assignment import Edges, Plan
from kompetanse.matching.assignment.problem import together, worth
from tests.matching.assignment.problems import problem

COUPLE = ((0, 1),)
TWO = {(0, 0): 0.6, (1, 1): 0.5}


def plan(value: float, bound: float) -> Plan:
    return Plan(np.array([0]), (), value, bound, "solver", 0, 0)


def test_a_couple_near_each_other_earns_the_bonus_and_a_couple_far_apart_does_not() -> None:
    both = np.array([0, 1])
    near = problem(TWO, [1, 1], COUPLE, place=[0, 1], near=[(0, 1)], bonus=0.3)
    assert together(near, both) == (0,)
    assert worth(near, both) == pytest.approx(1.4)
    far = problem(TWO, [1, 1], COUPLE, place=[0, 1], bonus=0.3)
    assert together(far, both) == ()
    assert worth(far, both) == pytest.approx(1.1)
    assert together(near, np.array([0])) == ()


def test_a_place_that_is_not_known_is_near_nothing() -> None:
    assert together(problem(TWO, [1, 1], COUPLE, place=[-1, -1]), np.array([0, 1])) == ()


def test_an_edge_without_places_for_the_children_earns_nothing() -> None:
    assert together(problem(TWO, [1, 1], COUPLE, bonus_ok=[True, False]), np.array([0, 1])) == ()


def test_every_two_of_three_adults_must_be_near() -> None:
    fits = {(0, 0): 0.5, (1, 1): 0.5, (2, 2): 0.5}
    chain = problem(fits, [1, 1, 1], ((0, 1, 2),), place=[0, 1, 2], near=[(0, 1), (1, 2)])
    assert together(chain, np.arange(3)) == ()
    ring = problem(fits, [1, 1, 1], ((0, 1, 2),), place=[0, 1, 2], near=[(0, 1), (1, 2), (0, 2)])
    assert together(ring, np.arange(3)) == (0,)


def test_a_gap_is_a_share_of_the_value_and_only_none_is_optimal() -> None:
    assert plan(10, 11).gap == pytest.approx(0.1)
    assert not plan(10, 11).optimal
    assert not plan(10, 10.0001).optimal
    assert plan(10, 10 + 1e-9).optimal
    assert plan(0, 0).gap == 0
    assert plan(0, 1).gap == np.inf


@pytest.mark.parametrize("fit", [0.0, -0.1, 1.01, np.nan])
def test_a_fit_outside_its_range_is_refused(fit: float) -> None:
    with pytest.raises(ValueError, match="fit"):
        problem({(0, 0): fit}, [1])


def test_a_pair_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        Edges(np.array([0, 1, 0], np.int32), np.array([1, 1, 1], np.int32), np.array([0.5, 0.5, 0.5]))


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        Edges(np.array([0], np.int32), np.array([0], np.int32), np.array([0.5, 0.5]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"people": 1}, "person who is not there"),
        ({"capacity": np.array([1], np.int32), "place": np.array([0], np.int32)}, "vacancy that is not there"),
        ({"capacity": np.array([1, -1], np.int32)}, "capacity"),
        ({"place": np.array([0], np.int32)}, "place"),
        ({"place": np.array([0, 5], np.int32)}, "place"),
        ({"households": ((0,),)}, "two persons"),
        ({"households": ((0, 0),)}, "twice"),
        ({"households": ((0, 1), (1, 2)), "people": 3}, "twice"),
        ({"households": ((0, 7),)}, "household has a person"),
        ({"bonus": -0.1}, "bonus"),
        ({"bonus": np.inf}, "bonus"),
        ({"bonus_ok": np.array([True])}, "bonus_ok"),
        ({"near": np.ones((1, 2), bool)}, "square"),
        ({"near": np.array([[True, True], [False, True]])}, "symmetric"),
    ],
)
def test_what_does_not_fit_together_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(problem(TWO, [1, 1], COUPLE), **change)  # type: ignore[arg-type]
