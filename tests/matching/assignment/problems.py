"""Small problems of every kind, and the best plan of one by trying all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from kompetanse.matching.assignment import Edges, Problem

Pair = tuple[int, int]


def problem(
    fits: Mapping[Pair, float],
    capacity: Sequence[int],
    households: tuple[tuple[int, ...], ...] = (),
    *,
    place: Sequence[int] | None = None,
    near: Collection[Pair] = (),
    bonus: float = 0.3,
    bonus_ok: Sequence[bool] | None = None,
    people: int | None = None,
) -> Problem:
    """Of (person, vacancy) pairs. Unless said otherwise all vacancies are in place 0; a place is near itself."""
    where = np.array([0] * len(capacity) if place is None else place, np.int32)
    places = max([0, *where.tolist(), *(at for pair in near for at in pair)]) + 1
    distances = np.eye(places, dtype=bool)
    for one, other in near:
        distances[one, other] = distances[other, one] = True
    pairs = np.array(list(fits), np.int32).reshape(-1, 2)
    return Problem(
        edges=Edges(pairs[:, 0].copy(), pairs[:, 1].copy(), np.array(list(fits.values()), float)),
        people=int(pairs[:, 0].max(initial=-1)) + 1 if people is None else people,
        capacity=np.array(capacity, np.int32),
        households=households,
        place=where,
        near=distances,
        bonus=bonus,
        bonus_ok=None if bonus_ok is None else np.array(bonus_ok),
    )


@st.composite
def small(draw: st.DrawFn, bonuses: Sequence[float] = (0.1, 0.35, 0.8, 2.0)) -> Problem:
    """Up to five people, three vacancies and three places; households of two and three, places that are not known."""
    people, vacancies, places = draw(st.integers(0, 5)), draw(st.integers(1, 3)), 3
    fits = st.integers(1, 20).map(lambda twentieth: twentieth / 20)
    pairs = draw(st.dictionaries(st.tuples(st.integers(0, max(0, people - 1)), st.integers(0, vacancies - 1)), fits))
    pairs = pairs if people else {}
    size = draw(st.integers(2, 3))
    order = draw(st.permutations(range(people)))
    households = tuple(tuple(part) for part in (order[:size], order[size : size + 2]) if len(part) >= 2)
    near = draw(st.lists(st.booleans(), min_size=places**2, max_size=places**2))
    upper = np.triu(np.array(near).reshape(places, places))
    return Problem(
        edges=problem(pairs, [1] * vacancies).edges,
        people=people,
        capacity=np.array(draw(st.lists(st.integers(0, 2), min_size=vacancies, max_size=vacancies)), np.int32),
        households=households,
        place=np.array(draw(st.lists(st.integers(-1, 2), min_size=vacancies, max_size=vacancies)), np.int32),
        near=upper | upper.T,
        bonus=draw(st.sampled_from(bonuses)),
        bonus_ok=draw(st.none() | st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs)).map(_marks)),
    )


def _marks(marks: Sequence[bool]) -> NDArray[np.bool_]:
    return np.array(marks, bool)


def town(people: int, bonus: float, seed: int = 5) -> Problem:
    """A town where positions are fewer than people, two in three of whom live in couples, and no place is near all."""
    chance = np.random.default_rng(seed)
    vacancies, places, each = people // 3, 8, 8
    person = np.repeat(np.arange(people, dtype=np.int32), each)
    taken = np.concatenate([chance.choice(vacancies, each, replace=False) for _ in range(people)])
    along = np.arange(places)
    couples = chance.permutation(people)[: people * 2 // 3 // 2 * 2].reshape(-1, 2)
    return Problem(
        edges=Edges(person, taken.astype(np.int32), chance.uniform(0.1, 1, len(taken))),
        people=people,
        capacity=chance.integers(1, 3, vacancies).astype(np.int32),
        households=tuple((int(one), int(other)) for one, other in couples),
        place=chance.integers(0, places, vacancies).astype(np.int32),
        near=np.abs(along[:, None] - along) <= 1,
        bonus=bonus,
    )


def plans(of: Problem) -> Iterator[list[int]]:
    """Every plan: nobody in two positions, no vacancy over its capacity."""
    person, vacancy = of.edges.person.tolist(), of.edges.vacancy.tolist()
    own = [[None, *(edge for edge in range(len(person)) if person[edge] == one)] for one in range(of.people)]
    for chosen in product(*own):
        edges = [edge for edge in chosen if edge is not None]
        filled = [sum(vacancy[edge] == one for edge in edges) for one in range(len(of.capacity))]
        if all(taken <= free for taken, free in zip(filled, of.capacity, strict=True)):
            yield edges


def earning(of: Problem, edges: Sequence[int]) -> tuple[int, ...]:
    """The households that earn the bonus, by the words of the rule."""
    taken = {int(of.edges.person[edge]): edge for edge in edges}

    def earns(household: tuple[int, ...]) -> bool:
        if any(person not in taken for person in household):
            return False
        mine = [taken[person] for person in household]
        if of.bonus_ok is not None and not all(of.bonus_ok[edge] for edge in mine):
            return False
        at = [int(of.place[of.edges.vacancy[edge]]) for edge in mine]
        return all(one >= 0 and other >= 0 and bool(of.near[one, other]) for one, other in combinations(at, 2))

    return tuple(index for index, household in enumerate(of.households) if earns(household))


def value(of: Problem, edges: Sequence[int]) -> float:
    """What a plan is worth."""
    return sum(float(of.edges.fit[edge]) for edge in edges) + of.bonus * len(earning(of, edges))
