"""The development tasks of MELO: job titles to be linked to ESCO, and how published methods were measured."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
MELO = DATA / "melo-dev"
TASKS = {"sv": "swe_q_sv_c_sv", "da": "dnk_q_da_c_da", "ro": "rou_q_ro_c_ro"}
CROSS = {"sv": "swe_q_sv_c_en", "da": "dnk_q_da_c_en", "ro": "rou_q_ro_c_en"}


@dataclass(frozen=True, slots=True)
class Task:
    """Titles in one language, labels of concepts in the same, in the order of the labels' ids, and which are right."""

    language: str
    titles: Sequence[str]
    labels: Sequence[str]
    uris: Sequence[str]
    right: Sequence[NDArray[np.int64]]

    def uri(self, title: int) -> str:
        """The concept that a title means."""
        return self.uris[int(self.right[title][0])]


def task(language: str) -> Task:
    """Read the same-language task of a language."""
    folder = MELO / TASKS[language]
    titles = _pairs(folder / "queries.tsv")
    labels = dict(sorted(_pairs(folder / "corpus_elements.tsv").items()))
    uris = _pairs(folder / "concept_mapping.tsv")
    position = {label: at for at, label in enumerate(labels)}
    right: dict[str, list[int]] = {title: [] for title in titles}
    for title, _, label, _ in _rows(folder / "annotations.tsv"):
        right[title].append(position[label])
    return Task(
        language,
        list(titles.values()),
        list(labels.values()),
        [uris[label] for label in labels],
        [np.array(sorted(found), np.int64) for found in right.values()],
    )


def best_published(name: str) -> tuple[str, float]:
    """The method with the highest MRR in a task, and that."""
    with (MELO / "published_baselines.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["task"] == name]
    return max(((row["method"], float(row["mrr"])) for row in rows), key=lambda one: one[1])


def rank(scores: NDArray[np.float32], right: NDArray[np.int64]) -> int:
    """The rank of the best right position, from 1: by descending score, equals by position."""
    best = right[int(np.argmax(scores[right]))]
    return 1 + int((scores > scores[best]).sum() + (scores[:best] == scores[best]).sum())


@dataclass(frozen=True, slots=True)
class Quality:
    """How high the right answers rank."""

    mrr: float
    hits: Mapping[int, float]

    @classmethod
    def of(cls, ranks: Sequence[int]) -> "Quality":
        """Mean reciprocal rank, and the share of ranks up to 1, 5 and 10."""
        found = np.array(ranks)
        return cls(float((1 / found).mean()), {limit: float((found <= limit).mean()) for limit in (1, 5, 10)})


def _pairs(path: Path) -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(path)}


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    with path.open(encoding="utf-8") as lines:
        yield from (tuple(line.rstrip("\n").split("\t")) for line in lines if line.strip())
