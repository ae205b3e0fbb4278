"""The whole picture is the best there is, and says so only when that is proven."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.matching.assignment import Plan, Problem, flow, solve, solving
from kompetanse.matching.assignment.model import build
from tests.matching.assignment.problems import earning, plans, problem, small, town, value
from tests.matching.assignment.test_model import most

LONG = 120.0


def check(of: Problem, plan: Plan) -> None:
    """What holds of every plan, proven or not."""
    edges = plan.edges.tolist()
    assert edges == sorted(set(edges))
    assert len(set(of.edges.person[plan.edges].tolist())) == len(edges)
    assert (np.bincount(of.edges.vacancy[plan.edges], minlength=len(of.capacity)) <= of.capacity).all()
    assert plan.households == earning(of, edges)
    assert plan.value == pytest.approx(value(of, edges))
    assert plan.value <= plan.bound
    assert min(plan.seconds_building, plan.seconds_solving) >= 0


@settings(max_examples=250, deadline=None)
@given(small())
def test_no_plan_is_better(of: Problem) -> None:
    plan = solve(of, LONG)
    check(of, plan)
    assert plan.value == pytest.approx(max(value(of, edges) for edges in plans(of)))
    assert plan.optimal


def test_a_couple_gives_up_a_little_fit_to_work_near_each_other() -> None:
    fits = {(0, 0): 0.9, (0, 1): 0.8, (1, 2): 0.7}
    apart = problem(fits, [1, 1, 1], ((0, 1),), place=[0, 1, 1], bonus=0.05)
    assert solve(apart, LONG).edges.tolist() == [0, 2]
    together = replace(apart, bonus=0.2)
    plan = solve(together, LONG)
    assert (plan.edges.tolist(), plan.households) == ([1, 2], (0,))


def test_without_households_it_is_the_flow_and_the_program_agrees() -> None:
    singles = replace(town(300, bonus=0.5), households=())
    plan = solve(singles, LONG)
    assert plan.solver == flow.SOLVER
    assert plan.value == pytest.approx(most(build(singles)), abs=1e-6)
    assert solve(town(300, bonus=0), LONG).value == pytest.approx(plan.value, abs=1e-6)


@pytest.mark.parametrize(("people", "bonus"), [(120, 0.2), (240, 0.8), (400, 0.5)])
def test_in_a_town_it_is_the_proven_best(people: int, bonus: float) -> None:
    of = town(people, bonus)  # the relaxation of the first is whole, that of the others leaves 20 and 37 people open
    plan = solve(of, LONG)
    check(of, plan)
    assert plan.solver == solving.SOLVER
    assert plan.optimal
    assert plan.value == pytest.approx(most(build(of)), rel=1e-4)  # where the yardstick stops


@cache
def best_of_town(seed: int) -> Plan:
    return solve(town(300, 0.8, seed), LONG)


@settings(max_examples=6, deadline=None)
@given(st.floats(0.0005, 0.3), st.integers(0, 1))
def test_a_plan_that_ran_out_of_time_never_claims_more_than_is_proven(seconds: float, seed: int) -> None:
    of, best = town(300, 0.8, seed), best_of_town(seed)
    plan = solve(of, seconds)
    check(of, plan)
    assert plan.value <= best.value + 1e-5
    assert plan.bound >= best.value - 1e-5
    assert not plan.optimal or plan.value == pytest.approx(best.value, abs=1e-4)


def test_with_no_time_for_anything_it_is_the_flow_with_the_bonuses_that_fall_to_it() -> None:
    of = town(600, 0.6)
    plan = solve(of, 0.001)
    check(of, plan)
    assert plan.solver == flow.SOLVER
    assert not plan.optimal
    assert plan.gap > 0.01


def test_a_gap_that_is_allowed_is_kept_to_and_told() -> None:
    of = town(300, 0.8, 0)
    plan = solve(of, LONG, mip_gap=0.05)
    check(of, plan)
    assert plan.gap <= 0.05
    assert plan.bound >= best_of_town(0).value - 1e-5


@pytest.mark.parametrize(("seconds", "gap"), [(0, 0), (-1, 0), (1, -0.1)])
def test_a_limit_or_gap_without_meaning_is_refused(seconds: float, gap: float) -> None:
    with pytest.raises(ValueError, match="time limit"):
        solve(problem({(0, 0): 0.5}, [1]), seconds, gap)
