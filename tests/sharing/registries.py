"""Invented registries to share, and a slow, plain reading of the guarantee to hold the fast code against."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.sharing.classes import ShareableProfile
from kompetanse.sharing.hierarchies import Hierarchy

ADULT = Path(__file__).resolve().parents[3] / "shared" / "data" / "adult"


Ints = NDArray[np.int64]


def unit(number: int) -> UUID:
    return UUID(int=number)


def profile(
    number: int,
    occupation: str | None = "3313",
    norwegian: Cefr | None = Cefr.B1,
    education: EducationLevel | None = EducationLevel.BACHELOR,
) -> ShareableProfile:
    return ShareableProfile(unit(number), occupation, norwegian, education)


def cells(records: Ints, hierarchies: Sequence[Hierarchy], levels: Ints) -> list[tuple[str, ...] | None]:
    """What is published of each row, in words with the level; None for a suppressed row."""
    rows = zip(records.tolist(), levels.tolist(), strict=True)
    return [None if min(at) < 0 else _cell(hierarchies, row, at) for row, at in rows]


def _cell(hierarchies: Sequence[Hierarchy], row: Sequence[int], at: Sequence[int]) -> tuple[str, ...]:
    words = zip(hierarchies, row, at, strict=True)
    return tuple(f"{level}:{hierarchy.paths[leaf][level]}" for hierarchy, leaf, level in words)


def smallest(cell_of_row: Sequence[object | None], values: Sequence[object]) -> int | None:
    """The fewest distinct values in any cell, counted one by one."""
    found: dict[object, set[object]] = defaultdict(set)
    for cell, value in zip(cell_of_row, values, strict=True):
        if cell is not None:
            found[cell].add(value)
    return min(map(len, found.values()), default=None)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A large table with hierarchies, and the information loss that must not be exceeded, by k."""

    records: Ints
    hierarchies: tuple[Hierarchy, ...]
    sensitive: Ints
    most_lost: dict[int, float]


def yardstick() -> Yardstick:
    """UCI Adult where it is at hand, with the best that ARX reaches on it; else an invented table of that kind."""
    return adult() if (ADULT / "adult.csv").exists() else invented_table()


def adult() -> Yardstick:
    head, *rows = _read("adult.csv")
    hierarchies = tuple(_adult_hierarchy(name) for name in head[:-1])
    records = np.array([[h.place(value) for h, value in zip(hierarchies, row[:-1], strict=True)] for row in rows])
    salaries = np.unique([row[-1] for row in rows], return_inverse=True)[1]
    return Yardstick(records, hierarchies, salaries, {5: 0.056, 10: 0.081})


def invented_table(rows: int = 20_000) -> Yardstick:
    """Five skewed attributes over hierarchies of two to four levels."""
    shapes = ((64, 4), (27, 3), (16, 2), (8, 2), (2, 2))
    hierarchies = tuple(tree(f"attribute {leaves}", leaves, fan) for leaves, fan in shapes)
    chance = np.random.default_rng(3)
    columns = [np.minimum(chance.geometric(min(3 / leaves, 0.8), rows), leaves) - 1 for leaves, _ in shapes]
    return Yardstick(np.stack(columns, axis=1), hierarchies, chance.integers(0, 2, rows), {5: 0.065, 10: 0.09})


def skilled(people: int = 850, groups: int = 80, jobs: int = 40, seed: int = 3) -> NDArray[np.bool_]:
    """bool[people, groups]: who holds which skill group. A job draws on fourteen of them, and one skill in ten is of

    another trade; few groups and few jobs are much more common than the rest (Zipf).
    """
    chance = np.random.default_rng(seed)
    popular, job = _zipf(groups, 1.0), chance.choice(jobs, people, p=_zipf(jobs, 0.8))
    of_job = np.array([chance.choice(groups, 14, replace=False, p=popular) for _ in range(jobs)])
    person = np.repeat(np.arange(people), chance.poisson(11, people))  # some twice: about eight different groups
    own = of_job[job[person], chance.choice(14, len(person), p=_zipf(14, 0.4))]
    other = chance.choice(groups, len(person), p=popular)
    held = np.zeros((people, groups), dtype=bool)
    held[person, np.where(chance.random(len(person)) < 0.9, own, other)] = True
    return held


def _zipf(count: int, steep: float) -> NDArray[np.float64]:
    weights = np.arange(1, count + 1) ** -steep
    return np.asarray(weights / weights.sum())


def tree(name: str, leaves: int, fan: int) -> Hierarchy:
    """`leaves` leaves in groups of `fan`, groups of `fan` groups, … up to one."""
    steps = [1]
    while steps[-1] < leaves:
        steps.append(steps[-1] * fan)
    paths = tuple(tuple(f"{step}/{leaf // step}" for step in steps) for leaf in range(leaves))
    return Hierarchy(name, tuple(f"by {step}" for step in steps), paths)


def _adult_hierarchy(name: str) -> Hierarchy:
    # The files list the leaves as they come; in the order of their groups each group is one run.
    paths = sorted((tuple(row) for row in _read(f"adult_hierarchy_{name}.csv")), key=lambda path: path[::-1])
    return Hierarchy(name, tuple(f"level {number}" for number in range(len(paths[0]))), tuple(paths))


def _read(name: str) -> list[list[str]]:
    with (ADULT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))
