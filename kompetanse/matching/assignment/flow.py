"""The best plan without bonuses, as a flow of least cost: quick at any size, and exact."""

import time

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from kompetanse.matching.assignment.problem import Plan, Problem, together, worth

SOLVER = "OR-tools min-cost flow"

# Costs are whole numbers: a fit in billionths. Times the nodes they must stay below 2^63, which they do for 10^9 nodes.
_SCALE = 10**9


def best_flow(problem: Problem) -> Plan:
    """The plan of the highest total fit; bonuses count in its value where they fall, but are not sought.

    The bound is that of plans without bonuses, and allows for the rounding of every fit.

    Raises:
        RuntimeError: the solver gave no optimum, which no valid problem causes.
    """
    begin = time.perf_counter()
    solver = _network(problem)
    built = time.perf_counter()
    status = solver.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError(f"The flow ended as {status}")
    chosen = np.flatnonzero(solver.flows(np.arange(len(problem.edges), dtype=np.int32)))
    rounding = min(problem.people, int(problem.capacity.sum())) / _SCALE
    return Plan(
        edges=chosen,
        households=together(problem, chosen),
        value=worth(problem, chosen),
        bound=float(problem.edges.fit[chosen].sum()) + rounding,
        solver=SOLVER,
        seconds_building=built - begin,
        seconds_solving=time.perf_counter() - built,
    )


def _network(problem: Problem) -> SimpleMinCostFlow:
    """Everybody sends one unit to the sink: through a vacancy, or past them all at no cost."""
    edges, people, vacancies = problem.edges, problem.people, len(problem.capacity)
    sink = people + vacancies
    past, through = np.arange(people), people + np.arange(vacancies)
    costs = _whole(np.concatenate([-np.rint(edges.fit * _SCALE), np.zeros(sink)]))
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        _node(np.concatenate([edges.person, past, through])),
        _node(np.concatenate([people + edges.vacancy, np.full(sink, sink)])),
        _whole(np.concatenate([np.ones(len(edges) + people), problem.capacity])),
        costs,
    )
    supply = np.concatenate([np.ones(people), np.zeros(vacancies), [-people]])
    solver.set_nodes_supplies(_node(np.arange(sink + 1)), _whole(supply))
    return solver


def _node(values: NDArray[np.number]) -> NDArray[np.int32]:
    return values.astype(np.int32)


def _whole(values: NDArray[np.number]) -> NDArray[np.int64]:
    return values.astype(np.int64)
