"""In a process of its own: 900,000 people against 20,000 vacancies in blocks. Prints times and memory as JSON."""

import json
import sys
from collections.abc import Iterator

import numpy as np

from kompetanse.matching.vectors import people as encoding
from kompetanse.matching.vectors import scoring
from kompetanse.matching.vectors.arrays import People
from kompetanse.matching.vectors.scoring import Board
from kompetanse.matching.vectors.vocabulary import Vocabulary
from tests.bench import matching_data
from tests.bench.matching import BEST, ROWS, THREADS
from tests.bench.matching_baseline import Plain, Tuned, Yardstick
from tests.bench.matching_data import TODAY
from tests.bench.resident import peak_mb
from tests.bench.timing import Took, took

PEOPLE, VACANCIES, BLOCK = 900_000, 20_000, 10_000
_POOL = 20_000  # different people, of whom the blocks are drawn


def main() -> None:
    """Measure ours in whole and each yardstick in one block, which is then taken as often as there are blocks."""
    pool, board = _prepared()
    chance = np.random.default_rng(3)
    one = encoding.take(pool, chance.integers(0, _POOL, BLOCK))
    scoring.best(encoding.take(pool, np.arange(2)), board, BEST)  # compiles
    ours = took(lambda: scoring.gather(scoring.best_of_blocks(_blocks(pool), board, BEST, THREADS), BEST))
    peak = peak_mb()
    found = {"plain": _extrapolated(Plain(board), one), "tuned": _extrapolated(Tuned(board), one), "ours": ours}
    told = {name: (each.wall, each.processor) for name, each in found.items()}
    sys.stdout.write(json.dumps({**told, "peak_mb": peak, "people": PEOPLE, "vacancies": VACANCIES, "rows": BLOCK}))


def _prepared() -> tuple[People, Board]:
    world, vocabulary = matching_data.world(), Vocabulary()
    pool = encoding.stack([encoding.encode(one, vocabulary, TODAY) for one in matching_data.people(world, _POOL)])
    return pool, scoring.board(matching_data.vacancies(world, VACANCIES), vocabulary, TODAY, known=world.known)


def _blocks(pool: People) -> Iterator[tuple[People, int]]:
    chance = np.random.default_rng(4)
    for first in range(0, PEOPLE, BLOCK):
        yield encoding.take(pool, chance.integers(0, _POOL, BLOCK)), first


def _extrapolated(yardstick: Yardstick, block: People) -> Took:
    measured = took(lambda: yardstick.best(block, BEST, ROWS))
    return Took(measured.wall * PEOPLE / BLOCK, measured.processor * PEOPLE / BLOCK)


if __name__ == "__main__":
    main()
