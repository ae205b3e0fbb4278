"""The best plan without bonuses."""

import pytest
from hypothesis import given, settings

from kompetanse.matching.assignment import Problem
from kompetanse.matching.assignment.flow import best_flow
from tests.matching.assignment.problems import plans, problem, small, value


def test_the_better_pairing_wins_over_the_best_single_match() -> None:
    plan = best_flow(problem({(0, 0): 1.0, (0, 1): 0.8, (1, 0): 0.9}, [1, 1]))
    assert plan.edges.tolist() == [1, 2]
    assert plan.value == pytest.approx(1.7)


@settings(max_examples=150, deadline=None)
@given(small(bonuses=[0]))
def test_no_plan_has_a_higher_total_fit(of: Problem) -> None:
    plan = best_flow(of)
    assert plan.edges.tolist() in list(map(sorted, plans(of)))
    assert plan.value == pytest.approx(max(value(of, edges) for edges in plans(of)))
    assert plan.value <= plan.bound
    assert plan.optimal


@settings(max_examples=60, deadline=None)
@given(small())
def test_bonuses_that_fall_to_it_count(of: Problem) -> None:
    plan = best_flow(of)
    assert plan.value == pytest.approx(value(of, plan.edges.tolist()))
