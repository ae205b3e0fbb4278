"""The problem with households as a mixed integer program: one column a choice, one row a rule.

    maximise   sum of fit[e] x[e] + sum of bonus y[h]
    subject to sum of x[e] over the edges of a person   <= 1
               sum of x[e] over the edges of a vacancy  <= capacity
               y[h] <= sum over (a, b) of z[h,i,j,a,b]               for every two adults i, j of household h
               sum over b of z[h,i,j,a,b] <= sum of x[e], i at a     and the same with i and j changed about

a and b are groups of places of i and of j, and z is there only where a is near b. For a couple z is a flow between
where one works and where the other does, so that the relaxation is as tight as any that looks at one household at a
time; for three adults and more it is a little weaker. Places that are near the same places of the other are one group.
Where all x are whole, whole y and z are best, so that only x need be declared whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from kompetanse.matching.assignment.problem import Problem


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """Maximise gain @ x where rows @ x <= limit and 0 <= x <= 1.

    `gain`: float64[n]; the first `choices` columns are the problem's edges. `rows`: sparse[r, n]. `limit`: float64[r].
    `could_earn`: how many households could have the bonus.
    """

    gain: NDArray[np.float64]
    rows: csc_array
    limit: NDArray[np.float64]
    choices: int
    could_earn: int


@dataclass(slots=True)
class _Rows:
    """Rows and columns as they come: the triples of a sparse matrix."""

    columns: int
    count: int = 0
    row: list[NDArray[np.int64]] = field(default_factory=list)
    column: list[NDArray[np.int64]] = field(default_factory=list)
    sign: list[NDArray[np.float64]] = field(default_factory=list)

    def new_columns(self, count: int) -> NDArray[np.int64]:
        """int64[count]: columns that are not yet used."""
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def at_most(self, these: NDArray[np.int64], those: NDArray[np.int64]) -> None:
        """A row: the sum of these columns is at most the sum of those."""
        size = len(these) + len(those)
        self.row.append(np.full(size, self.count))
        self.column.append(np.concatenate([these, those]))
        self.sign.append(np.repeat([1.0, -1.0], [len(these), len(those)]))
        self.count += 1


@dataclass(frozen=True, eq=False, slots=True)
class _Adult:
    """The edges of an adult that can carry a bonus (int64[k]), and the places that they lead to (int32[k])."""

    edges: NDArray[np.int64]
    places: NDArray[np.int32]


def build(problem: Problem) -> Model:
    """The program of a problem."""
    edges, people, vacancies = problem.edges, problem.people, len(problem.capacity)
    households = [adults for adults in _households(problem) if _can_earn(problem, adults)]
    rows = _Rows(columns=len(edges) + len(households), count=people + vacancies)
    for earned, adults in enumerate(households, start=len(edges)):
        for one, other in combinations(adults, 2):
            _link(rows, problem.near, np.array([earned]), one, other)
    every = np.arange(len(edges))
    gain = np.zeros(rows.columns)
    gain[: len(edges)] = edges.fit
    gain[len(edges) : len(edges) + len(households)] = problem.bonus
    limit = np.zeros(rows.count)
    limit[:people] = 1
    limit[people : people + vacancies] = problem.capacity
    place = (
        np.concatenate([edges.person, people + edges.vacancy, *rows.row]),
        np.concatenate([every, every, *rows.column]),
    )
    signs = np.concatenate([np.ones(2 * len(edges)), *rows.sign])
    matrix = csc_array((signs, place), shape=(rows.count, rows.columns))
    return Model(gain, matrix, limit, len(edges), len(households))


def _households(problem: Problem) -> Iterator[list[_Adult]]:
    carrying = np.flatnonzero(problem.carries)
    carrying = carrying[np.argsort(problem.edges.person[carrying], kind="stable")]
    places = problem.place[problem.edges.vacancy[carrying]]
    first = np.searchsorted(problem.edges.person[carrying], np.arange(problem.people + 1))
    for household in problem.households:
        parts = [slice(first[person], first[person + 1]) for person in household]
        yield [_Adult(carrying[part], places[part]) for part in parts]


def _can_earn(problem: Problem, adults: Sequence[_Adult]) -> bool:
    """Whether every two have somewhere to work near each other; where not, no column is made for the household."""
    pairs = combinations(adults, 2)
    return all(problem.near[np.ix_(one.places, other.places)].any() for one, other in pairs)


def _link(rows: _Rows, near: NDArray[np.bool_], earned: NDArray[np.int64], one: _Adult, other: _Adult) -> None:
    """The rows that let the bonus be earned only when these two are near each other."""
    these, one_in = _grouped(near[np.ix_(one.places, other.places)])
    those, other_in = _grouped(these.T)
    here, there = np.nonzero(those.T)
    pairs = rows.new_columns(len(here))
    rows.at_most(earned, pairs)
    for adult, group_of, group_in_pair in ((one, one_in, here), (other, other_in, there)):
        for group in np.unique(group_in_pair):
            rows.at_most(pairs[group_in_pair == group], adult.edges[group_of == group])


def _grouped(near: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """The different rows of bool[k, l], and int64[k]: which of them each row is."""
    distinct, group = np.unique(near, axis=0, return_inverse=True)
    return distinct, group.ravel()
