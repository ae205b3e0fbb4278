"""The whole picture: plans for a region, and how long they take against the bare solvers on the same matrix."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from kompetanse.matching.assignment import Edges, Plan, Problem, solve
from kompetanse.matching.assignment.model import Model, build
from tests.bench.results import Results, Row

_EDGES, _OF_OWN_TRADE = 20, 14
_TRADES, _PLACES = 60, 24
_PEOPLE_A_VACANCY = 4
_IN_COUPLES = 0.3
# The bare solver had no proof for the large problem after 15 minutes either; no use in waiting longer.
_PATIENCE = 600.0
_MOST_TIMES_BARE = 2.0

Result = TypeVar("Result")


def run() -> list[Results]:
    """With couples against HiGHS alone, and singles against three other ways to the same optimum."""
    columns = ("", "ours s", "bare s", "ours to bare", "gap", "proven", "target")
    couples = [_couples(people, bonus) for people, bonus in ((5_000, 0.2), (5_000, 0.3), (20_000, 0.2))]
    title = f"Plans with 30 % in couples, {_EDGES} edges a person, against bare scipy.optimize.milp"
    return [Results(title, columns, couples), _singles(20_000)]


def region(people: int, bonus: float, seed: int = 7) -> Problem:
    """People of a few common and many rare trades, who compete for the popular vacancies of theirs and of others."""
    chance = np.random.default_rng(seed)
    vacancies = people // _PEOPLE_A_VACANCY
    common = _falling(_TRADES, 0.8)
    trade_of_vacancy = chance.choice(_TRADES, vacancies, p=common)
    trade = chance.choice(_TRADES, people, p=common)
    popular = chance.lognormal(0, 0.7, vacancies)
    chosen = [_wanted(chance, np.flatnonzero(trade_of_vacancy == one), popular) for one in trade]
    person = np.repeat(np.arange(people, dtype=np.int32), _EDGES)
    vacancy = np.concatenate(chosen).astype(np.int32)
    strength = chance.beta(5, 2, people)[person] * np.where(trade_of_vacancy[vacancy] == trade[person], 1, 0.5)
    place = np.where(chance.random(vacancies) < 0.03, -1, chance.choice(_PLACES, vacancies, p=_falling(_PLACES, 0.7)))
    at = chance.random((_PLACES, 2)) * 100
    couples = chance.permutation(people)[: int(people * _IN_COUPLES) // 2 * 2].reshape(-1, 2)
    return Problem(
        edges=Edges(person, vacancy, np.clip(strength * chance.uniform(0.7, 1, len(vacancy)), 0.01, 1)),
        people=people,
        capacity=chance.choice([1, 2, 3], vacancies, p=[0.6, 0.25, 0.15]).astype(np.int32),
        households=tuple((int(one), int(other)) for one, other in couples),
        place=place.astype(np.int32),
        near=np.linalg.norm(at[:, None] - at, axis=2) <= 30,
        bonus=bonus,
    )


def _falling(count: int, steepness: float) -> NDArray[np.float64]:
    """float64[count]: shares that fall as those of trades and places do (Zipf)."""
    shares = 1 / np.arange(1, count + 1) ** steepness
    return np.asarray(shares / shares.sum())


def _wanted(chance: np.random.Generator, own: NDArray[np.int64], popular: NDArray[np.float64]) -> NDArray[np.int64]:
    """int64[edges]: mostly vacancies of one's own trade, the popular ones more often."""
    count = min(len(own), _OF_OWN_TRADE)
    first = own[np.argsort(chance.exponential(1, len(own)) / popular[own])[:count]]
    others = chance.exponential(1, len(popular)) / popular
    others[first] = np.inf
    return np.concatenate([first, np.argpartition(others, _EDGES - count)[: _EDGES - count]])


def _couples(people: int, bonus: float) -> Row:
    problem = region(people, bonus)
    ours, plan = _seconds(lambda: solve(problem, _PATIENCE))
    model = build(problem)
    bare, proven = _seconds(lambda: _bare(model))
    missing = "" if proven is not None else "not proven after "
    ratio = f"{'' if proven is not None else 'below '}{ours / bare:.3f}"
    met = plan.optimal and ours <= _MOST_TIMES_BARE * bare
    if proven is not None:
        met = met and abs(proven - plan.value) < 1e-5
    name = f"{people:,} people × {len(problem.capacity):,} vacancies, bonus {bonus:g}"
    target = f"gap 0, at most {_MOST_TIMES_BARE:g}"
    cells = (name, f"{ours:.1f}", f"{missing}{bare:.1f}", ratio, f"{plan.gap:.1e}", str(plan.optimal), target)
    return Row(cells, met)


def _bare(model: Model) -> float | None:
    """What HiGHS proves best, given all at once; None where it did not in time."""
    found = milp(
        -model.gain,
        constraints=LinearConstraint(model.rows, -np.inf, model.limit),
        integrality=np.arange(len(model.gain)) < model.choices,
        bounds=Bounds(0, 1),
        options={"time_limit": _PATIENCE, "mip_rel_gap": 0},
    )
    return -float(found.fun) if found.status == 0 else None


def _singles(people: int) -> Results:
    problem = replace(region(people, 0), households=())
    model = build(problem)
    positions = _positions(problem)
    ways: Sequence[tuple[str, int, Callable[[], float | None]]] = (
        ("ours, min-cost flow, end to end (= 1)", 3, lambda: _proven(solve(problem, _PATIENCE))),
        ("bare scipy.optimize.milp, matrix ready, one round", 1, lambda: _bare(model)),
        ("bare scipy.optimize.linprog, matrix ready", 3, lambda: _relaxed(model)),
        ("scipy min_weight_full_bipartite_matching, matrix ready", 3, lambda: _matched(problem, positions)),
    )
    unit, best = 0.0, None
    rows = []
    for name, rounds, way in ways:
        done = [_seconds(way) for _ in range(rounds)]
        took, value = median(took for took, _ in done), done[0][1]
        unit, best = unit or took, best or value
        same = value is not None and best is not None and abs(value - best) < 1e-4
        rows.append(Row((name, f"{took:.2f}", f"{took / unit:.1f}", "" if value is None else f"{value:.6f}"), same))
    return Results(f"{people:,} single people, medians of three", ("", "s", "to ours", "total fit"), rows)


def _proven(plan: Plan) -> float | None:
    return plan.value if plan.optimal else None


def _relaxed(model: Model) -> float:
    """Without households the relaxation is whole by itself, so that it is a fair yardstick, too."""
    return -float(linprog(-model.gain, A_ub=model.rows, b_ub=model.limit, method="highs-ds").fun)


def _positions(problem: Problem) -> csr_array:
    """Costs[people, positions + people]: every position of a vacancy for itself, and staying without one."""
    edges, capacity = problem.edges, problem.capacity
    copies = capacity[edges.vacancy]
    first = np.cumsum(capacity) - capacity
    nth = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    without = np.arange(problem.people)
    row = np.concatenate([np.repeat(edges.person, copies), without])
    column = np.concatenate([np.repeat(first[edges.vacancy], copies) + nth, capacity.sum() + without])
    cost = np.concatenate([np.repeat(2 - edges.fit, copies), np.full(problem.people, 2.0)])
    return csr_array((cost, (row, column)), shape=(problem.people, capacity.sum() + problem.people))


def _matched(problem: Problem, positions: csr_array) -> float:
    row, column = min_weight_full_bipartite_matching(positions)
    return 2 * problem.people - float(positions[row, column].sum())


def _seconds(do: Callable[[], Result]) -> tuple[float, Result]:
    begin = time.perf_counter()
    done = do()
    return time.perf_counter() - begin, done
