"""The program says what the problem says: whole solutions are plans, and worth what those are."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import Bounds, LinearConstraint, milp

from kompetanse.matching.assignment import Problem
from kompetanse.matching.assignment.model import Model, build
from tests.matching.assignment.problems import plans, problem, small, value


def most(model: Model, fixed: list[int] | None = None) -> float:
    """What the program finds best, or, where the edges are fixed, what it says that they are worth."""
    low, high = np.zeros(len(model.gain)), np.ones(len(model.gain))
    if fixed is not None:
        high[: model.choices] = 0
        low[fixed], high[fixed] = 1, 1
    whole = np.arange(len(model.gain)) < model.choices
    rules = LinearConstraint(model.rows, -np.inf, model.limit)
    found = milp(-model.gain, constraints=rules, integrality=whole, bounds=Bounds(low, high))
    assert found.status == 0
    return -float(found.fun)


@settings(max_examples=40, deadline=None)
@given(small())
def test_every_plan_is_worth_the_same_in_the_program(of: Problem) -> None:
    model = build(of)
    for edges in list(plans(of))[:30] if len(of.edges) else []:
        assert most(model, edges) == pytest.approx(value(of, edges))


def test_a_household_that_can_work_nowhere_near_each_other_makes_no_column() -> None:
    fits = {(0, 0): 0.5, (1, 1): 0.5}
    far = build(problem(fits, [1, 1], ((0, 1),), place=[0, 1]))
    assert (far.could_earn, len(far.gain)) == (0, 2)


def test_places_near_the_same_places_are_one_group() -> None:
    fits = {(0, 0): 0.5, (0, 1): 0.5, (0, 2): 0.5, (1, 3): 0.5}
    every = build(problem(fits, [1] * 4, ((0, 1),), place=[0, 1, 2, 3], near=[(0, 3), (1, 3), (2, 3)]))
    one = build(problem(fits, [1] * 4, ((0, 1),), place=[0, 0, 0, 0]))
    assert every.rows.shape == one.rows.shape
