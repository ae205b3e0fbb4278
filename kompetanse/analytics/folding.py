"""Folds a table until each of its rows stands for enough households. Pure arrays.

All columns of a table are folded together by local recoding (`sharing.generalise`), and all count as what somebody may
know of a person: none is left as it was. So not only is no value rare: no combination of them is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kompetanse.analytics.dictionary import WITHHELD, Table
from kompetanse.sharing.generalise import Generalisation, generalise
from kompetanse.sharing.hierarchies import ANY, Hierarchy

Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as it was read: m rows, its q columns as places of leaves.

    Attributes:
        leaves: int32[m, q].
        people: int32[m], the number of the person that a row is of.
        units: int32[m], the number of her household.
    """

    leaves: NDArray[np.int32]
    people: NDArray[np.int32]
    units: NDArray[np.int32]


@dataclass(frozen=True)
class Folded:
    """A table as it may be written.

    Attributes:
        hierarchies: q of them.
        rows: int64[n], which of the rows as read are left: all, or none where all of them together are of fewer
            households than the threshold.
        leaves: int32[n, q], as read: never to be written.
        levels: int8[n, q], at which each value is told.
    """

    table: Table
    hierarchies: tuple[Hierarchy, ...]
    rows: NDArray[np.int64]
    leaves: NDArray[np.int32]
    levels: NDArray[np.int8]

    @cached_property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """Every code that each column can have."""
        return tuple(tuple(_codes(one)) for one in self.hierarchies)

    def column(self, place: int, rows: Ints | slice = slice(None)) -> NDArray[np.int32]:
        """A column of some of its rows (int[r]), or of all, as places in its labels: int32[r]."""
        told: NDArray[np.int32] = _label_places(self.hierarchies[place])[
            self.levels[rows, place], self.leaves[rows, place]
        ]
        return told


def fold(table: Table, read: Rows, threshold: int, year: int) -> Folded:
    """Fold a table as read.

    Args:
        table: which.
        read: its rows.
        threshold: fewest households that share all values of a row.
        year: the last that a value can be of.

    Raises:
        Invalid: the threshold is too low.
        RuntimeError: what came out does not keep the promise, and nothing may be written of it.
    """
    hierarchies = tuple(one.hierarchy(year) for one in table.attributes)
    made = generalise(read.leaves, hierarchies, threshold, units=read.units)
    levels = _without_leaving_out(made, hierarchies, read.units)
    rows = np.arange(len(levels)) if not made.suppressed.all() else np.empty(0, dtype=np.int64)
    folded = Folded(table, hierarchies, rows, read.leaves[rows], levels[rows])
    if fewest_households(folded, read.units[rows]) < threshold:
        raise RuntimeError(f"A row of {table.name} stands for too few households")
    return folded


def _without_leaving_out(made: Generalisation, hierarchies: Sequence[Hierarchy], units: Ints) -> NDArray[np.int8]:
    """The levels, int8[m, q], where rows that nothing is like are withheld whole, and with them the smallest class.

    Were they left out, another table that has the same people would tell of them alone: its counts less this one's.
    """
    alone = made.suppressed
    if not alone.any() or alone.all():
        return made.levels
    pairs = np.unique(np.stack([made.classes[~alone], units[~alone]]), axis=1)
    classes, households = np.unique(pairs[0], return_counts=True)
    levels = made.levels.copy()
    levels[alone | (made.classes == classes[households.argmin()])] = [len(one.levels) - 1 for one in hierarchies]
    return levels


def fewest_households(folded: Folded, units: Ints) -> int:
    """How many households (of int[n]) share the values of the row that fewest share, counted by what is written."""
    if not len(folded.rows):
        return np.iinfo(np.int64).max
    told = np.stack([folded.column(place) for place in range(len(folded.hierarchies))], axis=1)
    _, alike = np.unique(told, axis=0, return_inverse=True)
    pairs = np.unique(np.stack([alike.ravel(), units]), axis=1)
    return int(np.bincount(pairs[0]).min())


def _codes(hierarchy: Hierarchy) -> list[str]:
    """What a column of it can say, the finest first."""
    levels = range(len(hierarchy.levels))
    said = dict.fromkeys(path[level] for level in levels for path in hierarchy.paths)
    return [WITHHELD if one == ANY else one for one in said]


def _label_places(hierarchy: Hierarchy) -> NDArray[np.int32]:
    """The place of each leaf's label at each level among `_codes`: int32[levels, leaves]."""
    places = {code: place for place, code in enumerate(_codes(hierarchy))}
    levels = range(len(hierarchy.levels))
    said = [[places[WITHHELD if path[level] == ANY else path[level]] for path in hierarchy.paths] for level in levels]
    return np.array(said, dtype=np.int32)
