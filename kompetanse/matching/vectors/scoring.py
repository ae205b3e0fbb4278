"""Scores people against vacancies, all pairs or the best of each, on as many cores as wanted."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from kompetanse.matching.knowledge import NOTHING, Knowledge
from kompetanse.matching.vectors import demands, kernel, people, vacancies, ways
from kompetanse.matching.vectors.arrays import Codes, Demands, Floats, Ints, People, Vacancies, Weighing
from kompetanse.matching.vectors.vacancies import Questions
from kompetanse.matching.vectors.vocabulary import Vocabulary
from kompetanse.matching.weights import DEFAULT, Weights


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """Vacancies ready to be scored against anybody whom the vocabulary had met when it was made, or extended."""

    vacancies: Vacancies
    demands: Demands
    weighing: Weighing
    asked: Questions
    codes: tuple[str, ...]

    def __len__(self) -> int:
        """How many vacancies there are."""
        return len(self.vacancies.scale)

    def extended(self, vocabulary: Vocabulary) -> "Board":
        """The board for people who came since, encoded in the same vocabulary."""
        return replace(self, demands=ways.extended(self.demands, self.asked, self.codes, vocabulary))


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """All pairs: `score` float64[n, m]; `verdict` int8[n, m]: 0 a gate fails, 1 a gate asks, 2 all pass."""

    score: Floats
    verdict: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best of each, whom no gate excludes, best first: numbers (-1 for nobody) and scores.

    `vacancies` int32[n, k] of each person with `vacancy_scores` float64[n, k]; `people` int32[m, k] of each vacancy
    with `people_scores`.
    """

    vacancies: Ints
    vacancy_scores: Floats
    people: Ints
    people_scores: Floats


def board(
    wanted: Sequence[VacancyFeatures],
    vocabulary: Vocabulary,
    on: date,
    weights: Weights = DEFAULT,
    known: Knowledge = NOTHING,
) -> Board:
    """Make vacancies ready to be scored against everybody whom the vocabulary has met."""
    arrays, asked = vacancies.encode(wanted, known, on, weights)
    tables = demands.demands(wanted, asked, known, vocabulary, weights, on.toordinal())
    return Board(arrays, tables, demands.weighing(weights), asked, tuple(demands.asked_codes(asked)))


def scores_of(
    candidates: Iterable[CandidateFeatures],
    wanted: Sequence[VacancyFeatures],
    on: date,
    weights: Weights = DEFAULT,
    known: Knowledge = NOTHING,
) -> Scores:
    """All pairs of some people and some vacancies."""
    vocabulary = Vocabulary()
    encoded = people.stack([people.encode(one, vocabulary, on) for one in candidates])
    return all_pairs(encoded, board(wanted, vocabulary, on, weights, known))


def all_pairs(encoded: People, on_board: Board) -> Scores:
    """All pairs of encoded people and the vacancies on a board."""
    return Scores(*kernel.all_pairs(encoded, on_board.vacancies, on_board.demands, on_board.weighing))


def best(encoded: People, on_board: Board, k: int, workers: int = 1) -> Best:
    """The k best of each. People are cut into as many parts as there are workers; the result is the same."""
    cuts = np.linspace(0, len(encoded.may_work), workers + 1).astype(np.intp)
    parts = [part(encoded, first, last) for first, last in pairwise(cuts.tolist())]
    return gather(best_of_blocks(zip(parts, cuts[:-1].tolist(), strict=True), on_board, k, workers), k)


def best_of_blocks(blocks: Iterable[tuple[People, int]], on_board: Board, k: int, workers: int = 1) -> Iterator[Best]:
    """The k best of each block: encoded people, and the number of the first of them. Blocks are read as needed."""

    def of_block(block: tuple[People, int]) -> Best:
        encoded, first = block
        found = kernel.best_of_block(encoded, on_board.vacancies, on_board.demands, on_board.weighing, k, first)
        person_scores, person_best, vacancy_scores, vacancy_best = found
        return Best(person_best, person_scores, vacancy_best, vacancy_scores)

    with ThreadPoolExecutor(workers) as pool:
        waiting = []
        for block in blocks:
            waiting.append(pool.submit(of_block, block))
            if len(waiting) > workers:
                yield waiting.pop(0).result()
        yield from (one.result() for one in waiting)


def gather(found: Iterable[Best], k: int) -> Best:
    """The best of several blocks together, which come in the order of their people."""
    vacancy_numbers, vacancy_scores = [], []
    people_numbers = people_scores = None
    for one in found:
        vacancy_numbers.append(one.vacancies)
        vacancy_scores.append(one.vacancy_scores)
        if people_numbers is None or people_scores is None:
            people_numbers, people_scores = one.people, one.people_scores
        else:
            people_scores, people_numbers = _merged(people_scores, people_numbers, one.people_scores, one.people, k)
    if people_numbers is None or people_scores is None:
        raise ValueError("no block")
    return Best(np.concatenate(vacancy_numbers), np.concatenate(vacancy_scores), people_numbers, people_scores)


def _merged(scores: Floats, numbers: Ints, more_scores: Floats, more: Ints, k: int) -> tuple[Floats, Ints]:
    """The k best of two lists for each vacancy; of equals, those of the first list."""
    both, who = np.concatenate([scores, more_scores], axis=1), np.concatenate([numbers, more], axis=1)
    order = np.argsort(-both, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(both, order, axis=1), np.take_along_axis(who, order, axis=1)


def part(encoded: People, first: int, last: int) -> People:
    """The people from one number to before another, without copying what can be shared."""
    rows: NDArray[np.intp] = np.arange(first, last)
    return people.take(encoded, rows)


def warm() -> None:
    """Compile the loops, or read what was compiled before, so that nobody waits for it later."""
    nobody, nothing = CandidateFeatures(UUID(int=0)), VacancyFeatures(UUID(int=0))
    vocabulary, today = Vocabulary(), date(2000, 1, 1)
    encoded = people.stack([people.encode(nobody, vocabulary, today)])
    on_board = board([nothing], vocabulary, today)
    all_pairs(encoded, on_board)
    best(encoded, on_board, 1)
