"""From a problem to a plan: by flow where nobody is placed together, and otherwise by relaxation and then by search.

The relaxation is nearly whole by itself, and its prices say of every edge what a plan with it loses at least. A first
search decides what the relaxation left open. The next have only edges that lose little: when the plan that they find is
short of the bound by less than all the others lose, no better plan has any of those, and it is proven.
"""

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from kompetanse.matching.assignment.flow import best_flow
from kompetanse.matching.assignment.model import Model, build
from kompetanse.matching.assignment.problem import Plan, Problem, together, worth

SOLVER = "HiGHS"

# The first search leaves those whom the relaxation decided where they are, and of the others' edges has those that lose
# at most a hundredth of a full match: it takes a tenth of the time that a search with all such edges takes.
_EASY_LOSS, _EASY_SHARE = 0.01, 0.4
# Then everybody's edges, first those that lose little, which mostly proves; at last all that could matter. Each search
# has what it may lose at most, and its share of the time that is left.
_SEARCHES = ((0.01, 0.5), (np.inf, 1.0))
# HiGHS holds a number that is this near a whole one for whole.
_WHOLE = 1e-6
# HiGHS takes a limit of nothing for none.
_LEAST_SECONDS = 0.001


def solve(problem: Problem, time_limit: float, mip_gap: float = 0.0) -> Plan:
    """The assignment that maximises total fit and bonuses, each person in at most one position.

    Stops when no plan can be better by more than `mip_gap` of its value, or after about `time_limit` seconds with the
    best plan found and its honest bound. The flow, which is quick, is not interrupted.

    Raises:
        ValueError: a time limit that is not positive, or a negative gap.
    """
    if not (time_limit > 0 and mip_gap >= 0):
        raise ValueError("The time limit must be positive and the gap not negative")
    begin = time.perf_counter()
    model = build(problem) if problem.bonus else None
    built = time.perf_counter()
    if model is None or not model.could_earn:
        return best_flow(problem)
    plan = _Solving(problem, model, begin + time_limit, mip_gap).run()
    return replace(plan, seconds_building=built - begin, seconds_solving=time.perf_counter() - built)


@dataclass(frozen=True, eq=False, slots=True)
class _Relaxation:
    """The program without whole numbers: x float64[n], what each column loses float64[n], and a bound on any plan."""

    x: NDArray[np.float64]
    loss: NDArray[np.float64]
    bound: float


@dataclass(frozen=True, eq=False, slots=True)
class _Solving:
    """One problem on its way to a plan; the plans inside count no seconds."""

    problem: Problem
    model: Model
    deadline: float
    mip_gap: float

    def run(self) -> Plan:
        """The best plan in time."""
        relaxed = self._relaxed()
        if relaxed is None:
            return self._without_seeking(np.inf)
        undecided = self._undecided(relaxed)
        if not undecided.any():
            return self._plan(relaxed.x[: self.model.choices], relaxed.bound)
        easy = self._open(relaxed, undecided) & (relaxed.loss <= _EASY_LOSS)
        best = self._searched(relaxed, easy, relaxed.bound, _EASY_SHARE * self._left())
        best = best or self._without_seeking(relaxed.bound)
        for most, share in _SEARCHES:
            if best.optimal or best.gap <= self.mip_gap:
                break
            # A plan that is better than the best so far has no column that loses more than that one is short of.
            loss = min(most, relaxed.bound - best.value)
            found = self._searched(relaxed, relaxed.loss <= loss, relaxed.bound - loss, share * self._left())
            if found is not None:
                best = replace(max(best, found, key=lambda plan: plan.value), bound=min(best.bound, found.bound))
        return best

    def _left(self) -> float:
        return max(_LEAST_SECONDS, self.deadline - time.perf_counter())

    def _relaxed(self) -> _Relaxation | None:
        """None where time ran out. The bound follows from the prices alone (weak duality), however good they are."""
        model = self.model
        options = {"time_limit": self._left()}
        found = linprog(-model.gain, A_ub=model.rows, b_ub=model.limit, method="highs-ds", options=options)
        if found.status != 0:
            return None
        prices = np.maximum(0, -found.ineqlin.marginals)
        surplus = model.gain - model.rows.T @ prices
        bound = float(model.limit @ prices + np.maximum(0, surplus).sum())
        return _Relaxation(found.x, np.maximum(0, -surplus), bound)

    def _undecided(self, relaxed: _Relaxation) -> NDArray[np.bool_]:
        """bool[people]: for whom the relaxation took a part of an edge, and who is in a household with one of them."""
        x = relaxed.x[: self.model.choices]
        undecided = np.zeros(self.problem.people, bool)
        undecided[self.problem.edges.person[np.abs(x - np.rint(x)) > _WHOLE]] = True
        for household in self.problem.households:
            members = np.array(household)
            undecided[members] = undecided[members].any()
        return undecided

    def _open(self, relaxed: _Relaxation, undecided: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """bool[n]: the columns that are left when everybody who is not undecided keeps what the relaxation took."""
        kept = relaxed.x > 0.5
        kept[: self.model.choices] |= undecided[self.problem.edges.person]
        kept[self.model.choices :] = True
        return kept

    def _searched(
        self, relaxed: _Relaxation, columns: NDArray[np.bool_], bound_beside: float, seconds: float
    ) -> Plan | None:
        """The best plan of some columns (bool[n]); None where none was found in time.

        `bound_beside` is what plans that use the other columns are worth at most.
        """
        model = self.model
        kept = np.flatnonzero(columns)
        edges = kept < model.choices
        found = milp(
            -model.gain[kept],
            constraints=LinearConstraint(model.rows[:, kept], -np.inf, model.limit),
            integrality=edges,
            bounds=Bounds(0, 1),
            options={"time_limit": seconds, "mip_rel_gap": self.mip_gap},
        )
        if found.x is None:
            return None
        x = np.zeros(model.choices)
        x[kept[edges]] = found.x[edges]
        return self._plan(x, min(relaxed.bound, max(-found.mip_dual_bound, bound_beside)))

    def _plan(self, x: NDArray[np.float64], bound: float) -> Plan:
        chosen = np.flatnonzero(x > 0.5)
        value = worth(self.problem, chosen)
        return Plan(chosen, together(self.problem, chosen), value, max(bound, value), SOLVER, 0, 0)

    def _without_seeking(self, bound: float) -> Plan:
        """The flow's plan, with the bonuses that fall to it, when there was no time for more."""
        plan = best_flow(self.problem)
        every = plan.bound + self.problem.bonus * self.model.could_earn
        return replace(plan, bound=max(plan.value, min(bound, every)))
