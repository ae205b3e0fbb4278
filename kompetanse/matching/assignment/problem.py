"""What is asked and what is answered: people, vacancies and households as arrays. It must not know how it is solved."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

# Sums of fits are told apart to this much, absolute or relative: HiGHS stops at an absolute gap of 1e-6 whatever it is
# asked, and the flow rounds every fit to 1e-9.
_ABSOLUTE, _RELATIVE = 2e-6, 1e-8


@dataclass(frozen=True, eq=False, slots=True)
class Edges:
    """Who could take what: E pairs of a person and a vacancy whose gates let the person through, each pair once.

    `person`: int32[E], below the problem's people. `vacancy`: int32[E], an index into its capacities.
    `fit`: float64[E] in (0, 1], the score of the match.

    Raises:
        ValueError: arrays of different lengths, a fit outside (0, 1], or a pair that is there twice.
    """

    person: NDArray[np.int32]
    vacancy: NDArray[np.int32]
    fit: NDArray[np.float64]

    def __post_init__(self) -> None:
        if not self.person.shape == self.vacancy.shape == self.fit.shape == (len(self.fit),):
            raise ValueError("person, vacancy and fit must be of one length")
        if not ((self.fit > 0) & (self.fit <= 1)).all():
            raise ValueError("A fit must be above 0 and at most 1")
        order = np.lexsort((self.vacancy, self.person))
        if ((np.diff(self.person[order]) == 0) & (np.diff(self.vacancy[order]) == 0)).any():
            raise ValueError("A person and a vacancy can be a pair only once")

    def __len__(self) -> int:
        return len(self.fit)


@dataclass(frozen=True, eq=False, slots=True)
class Problem:
    """The whole picture of `people` persons and m vacancies in L places.

    `capacity`: int32[m], open positions of each vacancy.
    `households`: of each the persons (two or more) who seek work; nobody is in two.
    `place`: int32[m], where each vacancy is, below L; -1 is unknown, which is near nothing.
    `near`: bool[L, L], symmetric: the pairs of places within the chosen travel time.
    `bonus`: what it adds, in units of fit, that all adults of a household are placed and every two of them near.
    `bonus_ok`: bool[E]; an edge that is False earns its household no bonus (too few places in kindergarten or school).

    Raises:
        ValueError: shapes or indexes that do not fit together, or a bonus that is negative or not finite.
    """

    edges: Edges
    people: int
    capacity: NDArray[np.int32]
    households: tuple[tuple[int, ...], ...]
    place: NDArray[np.int32]
    near: NDArray[np.bool_]
    bonus: float
    bonus_ok: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        vacancies, places = len(self.capacity), len(self.near)
        seeking = [person for household in self.households for person in household]
        rules = {
            "An edge names a person who is not there": _within(self.edges.person, 0, self.people),
            "An edge names a vacancy that is not there": _within(self.edges.vacancy, 0, vacancies),
            "Every vacancy has a place, or -1": self.place.shape == (vacancies,) and _within(self.place, -1, places),
            "A capacity is not negative": bool((self.capacity >= 0).all()),
            "near must be square and symmetric": self.near.shape == (places, places)
            and (self.near == self.near.T).all(),
            "A household has two persons or more": all(len(one) >= 2 for one in self.households),
            "Nobody is in a household twice": len(seeking) == len(set(seeking)),
            "A household has a person who is not there": _within(np.array(seeking, int), 0, self.people),
            "A bonus is finite and not negative": 0 <= self.bonus < np.inf,
            "bonus_ok is one for each edge": self.bonus_ok is None or self.bonus_ok.shape == (len(self.edges),),
        }
        for rule, kept in rules.items():
            if not kept:
                raise ValueError(rule)
        if not (self.near == self.near.T).all():
            raise ValueError("near must be symmetric")

    @property
    def carries(self) -> NDArray[np.bool_]:
        """bool[E]: edges that could be part of a household's bonus at all."""
        known = self.place[self.edges.vacancy] >= 0
        return known if self.bonus_ok is None else known & self.bonus_ok


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """Who takes what, and how good that is at least.

    `edges`: int64[k], sorted indexes of the chosen edges. `households`: indexes of those that earn the bonus.
    `value`: fits and bonuses together. `bound`: no plan is worth more than this. `seconds_building` went into the
    solver's input, `seconds_solving` into the rest.
    """

    edges: NDArray[np.int64]
    households: tuple[int, ...]
    value: float
    bound: float
    solver: str
    seconds_building: float
    seconds_solving: float

    @property
    def gap(self) -> float:
        """How far below the bound the plan is at most, as a share of its value."""
        short = max(0.0, self.bound - self.value)
        return 0.0 if short == 0 else short / self.value if self.value else np.inf

    @property
    def optimal(self) -> bool:
        """Whether it is proven, as exactly as these sums are told apart, that no plan is better."""
        return self.bound - self.value <= max(_ABSOLUTE, _RELATIVE * self.value)


def together(problem: Problem, chosen: NDArray[np.int64]) -> tuple[int, ...]:
    """Indexes of the households that earn the bonus under the chosen edges (int64[k])."""
    carrying = chosen[problem.carries[chosen]]
    places = problem.place[problem.edges.vacancy[carrying]]
    where = dict(zip(problem.edges.person[carrying].tolist(), places.tolist(), strict=True))

    def earns(household: tuple[int, ...]) -> bool:
        if not all(person in where for person in household):
            return False
        return all(problem.near[where[one], where[other]] for one, other in combinations(household, 2))

    return tuple(index for index, household in enumerate(problem.households) if earns(household))


def worth(problem: Problem, chosen: NDArray[np.int64]) -> float:
    """The fits of the chosen edges (int64[k]) and the bonuses that they earn."""
    return float(problem.edges.fit[chosen].sum()) + problem.bonus * len(together(problem, chosen))


def _within(values: NDArray[np.integer], low: int, high: int) -> bool:
    """Whether all are from `low` to below `high`."""
    return bool(((values >= low) & (values < high)).all())
