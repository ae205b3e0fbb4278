"""The yardstick of anonymity: Mondrian over hierarchies, top down, strict, in NumPy.

LeFevre, DeWitt, Ramakrishnan, Mondrian multidimensional k-anonymity (ICDE 2006): everybody begins in one class, which
is parted by the attribute that says least of it, as long as each part is safe by itself.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kompetanse.sharing.hierarchies import Hierarchy

Ints = NDArray[np.int64]


def mondrian(
    records: Ints, hierarchies: Sequence[Hierarchy], k: int, sensitive: Ints | None = None
) -> tuple[Ints, float]:
    """The class of each record, int64[n], and the normalised certainty penalty."""
    classes, lost, made = np.zeros(len(records), dtype=np.int64), 0.0, 0
    waiting = [(np.arange(len(records)), tuple(len(h.levels) - 1 for h in hierarchies))]
    while waiting:
        rows, levels = waiting.pop()
        parts = _parted(rows, levels, records, hierarchies, k, sensitive)
        if parts:
            waiting += parts
            continue
        classes[rows], made = made, made + 1
        lost += len(rows) * sum(_losses(rows, levels, records, hierarchies))
    return classes, lost / records.size


def _parted(
    rows: Ints,
    levels: tuple[int, ...],
    records: Ints,
    hierarchies: Sequence[Hierarchy],
    k: int,
    sensitive: Ints | None,
) -> list[tuple[Ints, tuple[int, ...]]]:
    losses = _losses(rows, levels, records, hierarchies)
    for column in sorted(range(len(levels)), key=lambda one: -losses[one]):
        if not levels[column]:
            continue
        groups = hierarchies[column].groups[levels[column] - 1, records[rows, column]]
        parts = [rows[groups == group] for group in np.unique(groups)]
        if all(len(part) >= k and (sensitive is None or np.ptp(sensitive[part]) > 0) for part in parts):
            finer = tuple(level - (at == column) for at, level in enumerate(levels))
            return [(part, finer) for part in parts]
    return []


def _losses(rows: Ints, levels: tuple[int, ...], records: Ints, hierarchies: Sequence[Hierarchy]) -> list[float]:
    first = records[rows[0]]
    return [float(h.losses[level, leaf]) for h, level, leaf in zip(hierarchies, levels, first, strict=True)]
