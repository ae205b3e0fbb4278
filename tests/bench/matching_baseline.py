"""The yardstick of matching: a SciPy sparse product, the engine's gates applied after in NumPy, and `argpartition`.

It ranks by skills alone, softly expanded as in `rules.skill`, where the engine weighs everything; whom it lets through
is whom the engine lets through. It begins, as the engine does, with the arrays of people and a board of vacancies.

There are two of it. `Plain` is what one writes first, and what the target is about. `Tuned` is what is left after
an afternoon with a profiler, and so as far as NumPy and SciPy seem to go; it says how much the target flatters.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kompetanse.matching.vectors import scoring
from kompetanse.matching.vectors.arrays import Flags, Ints, People
from kompetanse.matching.vectors.scoring import Board
from tests.bench.matching_gates import owners, tables

Shares = NDArray[np.float32]

_EXACT = 2.0  # more than any near skill counts, so that the skill itself is what is left of several


class Yardstick(ABC):
    """A board made ready: the part of each vacancy's skills that one is, [demanded skills, vacancies], sparse."""

    def __init__(self, board: Board) -> None:
        demands = board.demands
        shape = (len(demands.post_at) - 1, len(board))
        asked = sparse.csr_array((demands.post_weight, demands.post_vacancy, demands.post_at), shape=shape)
        weight = np.maximum(np.asarray(asked.sum(axis=0)), 1.0)
        self.demands, self.unknown, self.skills, self.vacancies = demands, board.weighing.unknown, *shape
        self.asked = (asked / weight).tocsr().astype(np.float32)
        self.answers = (board.vacancies.asks - demands.first[:-1]).T.astype(np.intp)

    @abstractmethod
    def block(self, people: People) -> tuple[Shares, Flags]:
        """The score of all pairs of a block with those that are excluded last; and which are: [n, m] both."""

    @abstractmethod
    def best(self, people: People, k: int, rows: int) -> tuple[Ints, Ints]:
        """The k best vacancies of each person [n, k] and people of each vacancy [m, k], in no order within the k.

        Scores are made `rows` people at a time. Where fewer than k are allowed, the rest are any.
        """

    def _expanded(self, people: People) -> Shares:
        """What each demanded skill counts beyond an unknown one, by itself or by one near it: float32[n, skills]."""
        at, count = self.demands.support_at, len(people.may_work)
        held = people.skill < len(at) - 1  # others count for nothing that is asked
        owner, skill, value = owners(people.skill_at)[held], people.skill[held], people.skill_value[held]
        lengths = at[skill + 1] - at[skill]
        source = np.repeat(at[skill] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        share, value = self.demands.support_share[source], np.repeat(value, lengths)
        near = np.where(value > 0.0, np.maximum(share * value, self.unknown), 0.0)
        worth = np.where(share == 1.0, _EXACT + np.maximum(value, 0.0), near)
        best = np.zeros((count, self.skills), np.float32)
        cell = np.repeat(owner, lengths) * self.skills + self.demands.support_skill[source]
        np.maximum.at(best.reshape(-1), cell, worth.astype(np.float32))
        return best


class Plain(Yardstick):
    """People by vacancies, the excluded at minus infinity, and the k greatest."""

    def block(self, people: People) -> tuple[Shares, Flags]:
        """Scores and who is excluded."""
        best = self._expanded(people)
        known = best > 0.0
        best[known] = best[known] % _EXACT - self.unknown
        scores = (sparse.csr_array(best) @ self.asked).toarray()
        excluded = np.zeros(scores.shape, np.bool_)
        for column, fails in tables(people, self.demands):
            excluded |= fails.T[:, self.answers[column]]
        scores[excluded] = -np.inf
        return scores, excluded

    def best(self, people: People, k: int, rows: int) -> tuple[Ints, Ints]:
        """The k greatest of each row, and of each column merged with those of the blocks before."""
        by_person = []
        best, who = np.zeros((0, self.vacancies), np.float32), np.zeros((0, self.vacancies), np.int32)
        for first, last in cuts(len(people.may_work), rows):
            scores, _ = self.block(scoring.part(people, first, last))
            by_person.append(np.argpartition(scores, -k, axis=1)[:, -k:].astype(np.int32))
            top = np.argpartition(scores, -k, axis=0)[-k:]
            best = np.concatenate([best, np.take_along_axis(scores, top, axis=0)])
            who = np.concatenate([who, (top + first).astype(np.int32)])
            kept = np.argpartition(best, -k, axis=0)[-k:]
            best, who = np.take_along_axis(best, kept, axis=0), np.take_along_axis(who, kept, axis=0)
        return np.concatenate(by_person), who.T


class Tuned(Yardstick):
    """Vacancies by people, and what is least is best.

    Spreading a table over the vacancies copies rows instead of picking columns, ten times quicker. Among many equals,
    as scores of skills are mostly 0, `argpartition` finds the least ten times quicker than the greatest.
    """

    _FAR = np.float32(1000.0)  # more than any score, added instead of written where a mask says so

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.costs = (-self.asked).T.tocsr()

    def block(self, people: People) -> tuple[Shares, Flags]:
        """Scores and who is excluded."""
        costs, excluded = self._costs(people)
        return -costs.T, excluded.T

    def _costs(self, people: People) -> tuple[Shares, Flags]:
        """Scores, negative, and who is excluded: [m, n] both."""
        count = len(people.may_work)
        best = self._expanded(people).reshape(-1)
        known = np.flatnonzero(best)
        found = best[known] % _EXACT - np.float32(self.unknown)
        ends = np.searchsorted(known, np.arange(count + 1) * self.skills)
        expanded = sparse.csr_array((found, known % self.skills, ends), shape=(count, self.skills))
        costs = (self.costs @ expanded.T.tocsr()).toarray()
        excluded = np.zeros(costs.shape, np.bool_)
        for column, fails in tables(people, self.demands):
            excluded |= fails[self.answers[column]]
        costs += self._FAR * excluded
        return costs, excluded

    def best(self, people: People, k: int, rows: int) -> tuple[Ints, Ints]:
        """The k least of each column, and of each row merged with those of the blocks before."""
        by_person = []
        best, who = np.zeros((self.vacancies, 0), np.float32), np.zeros((self.vacancies, 0), np.int32)
        for first, last in cuts(len(people.may_work), rows):
            costs, _ = self._costs(scoring.part(people, first, last))
            by_person.append(np.argpartition(costs, k - 1, axis=0)[:k].T.astype(np.int32))
            top = np.argpartition(costs, k - 1, axis=1)[:, :k]
            best = np.concatenate([best, np.take_along_axis(costs, top, axis=1)], axis=1)
            who = np.concatenate([who, (top + first).astype(np.int32)], axis=1)
            kept = np.argpartition(best, k - 1, axis=1)[:, :k]
            best, who = np.take_along_axis(best, kept, axis=1), np.take_along_axis(who, kept, axis=1)
        return np.concatenate(by_person), who


def cuts(count: int, rows: int) -> Iterator[tuple[int, int]]:
    """Blocks of so many rows: the first of each, and the first of the next."""
    for first in range(0, count, rows):
        yield first, min(first + rows, count)
