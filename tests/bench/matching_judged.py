"""How well rankings agree with people's judgement: 60 pairs of the demo, graded twice."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import numpy as np
from rich.console import Console

from kompetanse import clock, migrations
from kompetanse.actor import system_actor
from kompetanse.database import Database
from kompetanse.demo import service as demo
from kompetanse.matching import holding
from kompetanse.matching.service import standing_weights
from kompetanse.matching.vectors import scoring
from kompetanse.settings import Settings
from tests.bench.results import Results, Row

JUDGED = Path(__file__).parent / "data" / "judged_matches.csv"
GRADES, SEED, PEOPLE = 4, 2014, 850


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair and its two grades, 0 to 3."""

    vacancy_id: UUID
    vacancy: str
    person_id: UUID
    first: int
    second: int

    @property
    def grade(self) -> float:
        """What both judges say together."""
        return (self.first + self.second) / 2


def judged() -> list[Judged]:
    """The pairs, as they were judged."""
    with JUDGED.open(encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter=";")
        return [
            Judged(
                UUID(one["vacancy_id"]), one["vacancy"], UUID(one["person_id"]), int(one["first"]), int(one["second"])
            )
            for one in rows
        ]


def ndcg(grades: Sequence[float], k: int = 10) -> float:
    """Normalised discounted cumulative gain at k (Järvelin and Kekäläinen 2002) of grades in the order of a ranking."""

    def gain(ordered: Sequence[float]) -> float:
        return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(ordered[:k]))

    best = gain(sorted(grades, reverse=True))
    return gain(grades) / best if best else 1.0


def kappa(pairs: Sequence[tuple[int, int]]) -> float:
    """Cohen's kappa with quadratic weights: agreement beyond chance, where a near miss is less than a far one."""
    seen = np.zeros((GRADES, GRADES))
    for one, other in pairs:
        seen[one, other] += 1
    distance = np.subtract.outer(np.arange(GRADES), np.arange(GRADES)) ** 2
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / len(pairs)
    return float(1 - (distance * seen).sum() / (distance * by_chance).sum())


def run() -> Sequence[Results]:
    """Judge the demo's rankings."""
    pairs = judged()
    by_vacancy: dict[UUID, list[Judged]] = defaultdict(list)
    for one in pairs:
        by_vacancy[one.vacancy_id].append(one)
    with TemporaryDirectory() as folder:
        ranked = _ranked(Path(folder), by_vacancy)
    rows = [
        Row(
            (found[0].vacancy, f"{ndcg([one.grade for one in found]):.3f}", " ".join(f"{one.grade:g}" for one in found))
        )
        for found in ranked.values()
    ]
    mean = sum(ndcg([one.grade for one in found]) for found in ranked.values()) / len(ranked)
    exact = sum(one.first == one.second for one in pairs) / len(pairs)
    agreement = kappa([(one.first, one.second) for one in pairs])
    rows.append(Row(("mean", f"{mean:.3f}", f"judges: {exact:.0%} the same, weighted kappa {agreement:.2f}")))
    return [Results("Matching: 60 judged pairs", ("vacancy", "nDCG@10", "grades in the order of the ranking"), rows)]


def _ranked(folder: Path, by_vacancy: Mapping[UUID, Sequence[Judged]]) -> dict[UUID, list[Judged]]:
    """The judged people of each vacancy in the order of the program; those whom a gate excludes come last."""
    settings = Settings(database_url=f"sqlite:///{folder}/demo.sqlite3")
    migrations.upgrade(settings.database_url)
    demo.seed(settings, people=PEOPLE, seed=SEED, console=Console(quiet=True))
    actor, today = system_actor(demo.FROYA), clock.today()
    with Database(settings.database_url).session(demo.FROYA, write=False) as session:
        weights = standing_weights(session, actor)
        everybody, open_now = (
            holding.candidates(session, actor, today),
            holding.openings(session, actor, today, weights),
        )
    scores = scoring.all_pairs(everybody.arrays, open_now.board)
    row = {one: number for number, one in enumerate(everybody.ids)}
    column = {one: number for number, one in enumerate(open_now.ids)}

    def place(one: Judged) -> tuple[bool, float]:
        at = row[one.person_id], column[one.vacancy_id]
        return bool(scores.verdict[at] == 0), -float(scores.score[at])

    return {vacancy_id: sorted(found, key=place) for vacancy_id, found in by_vacancy.items()}
