"""Matching: speed against a plain yardstick in the same run, and what the compiled loops cost at start."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kompetanse.matching import engine
from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from kompetanse.matching.vectors import people as encoding
from kompetanse.matching.vectors import scoring
from kompetanse.matching.vectors.arrays import People
from kompetanse.matching.vectors.scoring import Best, Board
from kompetanse.matching.vectors.vocabulary import Vocabulary
from tests.bench import matching_data, opportunities
from tests.bench.matching_baseline import Plain, Tuned
from tests.bench.matching_data import TODAY, World
from tests.bench.results import Results, Row
from tests.bench.timing import Took, in_turn

BEST, THREADS = 20, 2
ROWS = 500  # people that a yardstick takes at a time: of 500, 1,000 and 2,000 what suits both best

_TIMES_PLAIN, _TIMES_PLAIN_LARGE = 5.0, 7.0 / 3
"""The targets: at 20,000 x 5,000; and at the largest within three times a prototype's proportion, which was 7."""

_COLUMNS = ("", "plain s", "tuned s", "ours s", "plain to ours", "target", "tuned to ours", "plain to ours, processor")


@dataclass(frozen=True, slots=True)
class Prepared:
    """People and vacancies, and the arrays in which both sides begin."""

    world: World
    candidates: Sequence[CandidateFeatures]
    wanted: Sequence[VacancyFeatures]
    arrays: People
    board: Board


def run() -> list[Results]:
    """Speed, and what a start costs. Raises Unmeasured where ESCO lacks."""
    answers = opportunities.run()  # first: what garbage collection costs it depends on what else there is
    world = matching_data.world()
    rows = [_all_pairs(_prepared(world, 1000, 200)), *_best(_prepared(world, 20_000, 5000))]
    speed = Results(f"Matching on {THREADS} threads, yardsticks on one", _COLUMNS, rows)
    return [speed, answers, _start()]


def run_large() -> list[Results]:
    """A country's people against its vacancies, in a process of its own. Raises Unmeasured where ESCO lacks."""
    matching_data.world()
    command = [sys.executable, "-m", "tests.bench.whole_country"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    times = {name: Took(*found[name]) for name in ("plain", "tuned", "ours")}
    name = f"{found['people']:,} x {found['vacancies']:,}, best {BEST} both ways; yardsticks by {found['rows']:,}"
    memory = Row((f"most memory: {found['peak_mb']:,.0f} MB", *[""] * 4, "2,048 MB", "", ""), found["peak_mb"] <= 2048)
    return [Results("A whole country", _COLUMNS, [_row(name, times, _TIMES_PLAIN_LARGE), memory])]


def _prepared(world: World, count: int, openings: int) -> Prepared:
    candidates, wanted = matching_data.people(world, count), matching_data.vacancies(world, openings)
    vocabulary = Vocabulary()
    arrays = encoding.stack([encoding.encode(one, vocabulary, TODAY) for one in candidates])
    board = scoring.board(wanted, vocabulary, TODAY, known=world.known)
    return Prepared(world, candidates, wanted, arrays, board)


def _all_pairs(made: Prepared) -> Row:
    plain, tuned = Plain(made.board), Tuned(made.board)
    ways = {
        "plain": lambda: plain.block(made.arrays),
        "tuned": lambda: tuned.block(made.arrays),
        "ours": lambda: scoring.all_pairs(made.arrays, made.board),
    }
    scoring.all_pairs(made.arrays, made.board)  # compiles
    return _row("1,000 x 200, all pairs, one thread", in_turn(ways, 11), None)


def _best(made: Prepared) -> list[Row]:
    plain, tuned = Plain(made.board), Tuned(made.board)
    ways = {
        "plain": lambda: plain.best(made.arrays, BEST, ROWS),
        "tuned": lambda: tuned.best(made.arrays, BEST, ROWS),
        "ours": lambda: _explained(made, THREADS),
        "alone": lambda: _explained(made, 1),
    }
    _explained(made, 1)  # compiles
    times = in_turn(ways, 5)
    name = f"20,000 x 5,000, best {BEST} both ways, {2 * BEST} explained"
    both = _row(name, times, _TIMES_PLAIN)
    return [both, _row("the same on one thread", {**times, "ours": times["alone"]}, None)]


def _explained(made: Prepared, threads: int) -> None:
    """The best of each, with the reasons of those that one vacancy's page and one person's would show."""
    best = scoring.best(made.arrays, made.board, BEST, threads)
    for i, j in shown(best):
        engine.match(made.candidates[i], made.wanted[j], TODAY, known=made.world.known)


def shown(best: Best) -> list[tuple[int, int]]:
    """Pairs of a person and a vacancy: the best of one person, and of one vacancy, who both have a full list."""
    person = int(np.flatnonzero(best.vacancies[:, -1] >= 0)[0])
    vacancy = int(np.flatnonzero(best.people[:, -1] >= 0)[0])
    of_person = [(person, int(one)) for one in best.vacancies[person]]
    return of_person + [(int(one), vacancy) for one in best.people[vacancy]]


def _row(name: str, times: Mapping[str, Took], target: float | None) -> Row:
    plain, tuned, ours = times["plain"], times["tuned"], times["ours"]
    ratio = plain.wall / ours.wall
    seconds = [f"{one.wall:.3g}" for one in (plain, tuned, ours)]
    least = "" if target is None else f"{target:.1f}"
    others = (f"{tuned.wall / ours.wall:.1f}", f"{plain.processor / ours.processor:.1f}")
    return Row((name, *seconds, f"{ratio:.1f}", least, *others), None if target is None else ratio >= target)


def _start() -> Results:
    """Twice in fresh processes that share an empty cache: compiled first, then read from there."""
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        for name in ("nothing compiled yet", "compiled before"):
            command = [sys.executable, "-m", "tests.bench.fresh_matching"]
            environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
            done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
            found = json.loads(done.stdout)
            seconds = [f"{found[part]:.2f}" for part in ("import_s", "score_s", "best_s")]
            rows.append(Row((name, *seconds, f"{found['resident_mb']:.0f}")))
    columns = ("", "import s", "first scores s", "first best s", "memory MB")
    return Results("What the compiled loops cost a process", columns, rows)
