"""Counts a folded table by two of its columns. Pure arrays.

Counts are of what is written, never of what was read: whoever has the rows could count them herself. A value that was
folded away counts as withheld, so the cells add up to their sums, and no sum can be taken apart: of a cell that is too
small to show, all that can be told is that its rows are among those withheld.

Each number shown is of whole classes, so of at least as many households as the threshold says. A cell is empty when
rows that are withheld may belong to it, and zero only when none can.

Source: Hundepool et al., Statistical disclosure control (Wiley 2012), ch. 4 (hidden cells and what gives them away) and
ch. 3.2.5 (local suppression, which this is).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kompetanse.analytics.dictionary import ALL, WITHHELD
from kompetanse.analytics.folding import Folded
from kompetanse.sharing.hierarchies import ANY, Hierarchy

Spans = tuple[NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A count: of rows with a value of one column and a value of another; None when it is too small to show."""

    row: str
    column: str
    count: int | None


@dataclass(frozen=True, slots=True)
class _Boxes:
    """What rows may be, as rectangles of the table: b kinds of rows.

    Attributes:
        low, high: int32[b, 2], between which values of the row and of the column a kind lies; the two are equal where
            its value is told.
        count: int64[b], how many rows are of the kind.
    """

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    count: NDArray[np.int64]

    def told(self, axis: int) -> NDArray[np.bool_]:
        """Whether the value is told, bool[b]."""
        return np.equal(self.low[:, axis], self.high[:, axis])


def counts(folded: Folded, rows: str, columns: str) -> Iterator[Cell]:
    """The cells and sums of a table of counts: each value that is told of somebody, what is withheld, and all."""
    places = [folded.table.position(name) for name in (rows, columns)]
    overview = [folded.table.attributes[place].overview for place in places]
    chosen = [folded.hierarchies[place] for place in places]
    boxes = _boxes(folded, places, [_spans(one, level) for one, level in zip(chosen, overview, strict=True)])
    names = [_values(one, level) for one, level in zip(chosen, overview, strict=True)]
    row_values, column_values = (_seen(boxes, axis) for axis in (0, 1))
    for row in row_values:
        for column in column_values:
            told = [_name(names[axis], value) for axis, value in enumerate((row, column))]
            yield Cell(told[0], told[1], _count(boxes, row, column))


def _spans(hierarchy: Hierarchy, overview: int) -> Spans:
    """Between which groups at the overview's level a value lies: low and high, int32[levels, leaves] each."""
    fine = hierarchy.groups[overview]
    low, high = np.empty_like(hierarchy.groups), np.empty_like(hierarchy.groups)
    for level, groups in enumerate(hierarchy.groups):
        first, last = np.full(groups.max() + 1, fine.max()), np.zeros(groups.max() + 1, dtype=np.int64)
        np.minimum.at(first, groups, fine)
        np.maximum.at(last, groups, fine)
        low[level], high[level] = first[groups], last[groups]
    return low, high


def _boxes(folded: Folded, places: list[int], spans: list[Spans]) -> _Boxes:
    ends = [
        span[folded.levels[:, place], folded.leaves[:, place]]
        for place, pair in zip(places, spans, strict=True)
        for span in pair
    ]
    kinds, count = np.unique(np.stack(ends, axis=1), axis=0, return_counts=True)
    return _Boxes(kinds[:, [0, 2]], kinds[:, [1, 3]], count)


def _values(hierarchy: Hierarchy, overview: int) -> list[str]:
    return list(dict.fromkeys(path[overview] for path in hierarchy.paths if path[overview] != ANY))


_UNTOLD, _EVERY = -1, -2


def _seen(boxes: _Boxes, axis: int) -> list[int]:
    """The values that some row is told to have, then what is withheld where anything is, then all."""
    told = boxes.told(axis)
    return [*np.unique(boxes.low[told, axis]).tolist(), *([] if told.all() else [_UNTOLD]), _EVERY]


def _name(names: list[str], value: int) -> str:
    return {_UNTOLD: WITHHELD, _EVERY: ALL}.get(value) or names[value]


def _count(boxes: _Boxes, row: int, column: int) -> int | None:
    is_so, may_be = np.ones(len(boxes.count), dtype=bool), np.ones(len(boxes.count), dtype=bool)
    for axis, value in enumerate((row, column)):
        told = boxes.told(axis)
        if value == _UNTOLD:
            is_so &= ~told
            may_be &= ~told
        elif value != _EVERY:
            is_so &= told & (boxes.low[:, axis] == value)
            may_be &= (boxes.low[:, axis] <= value) & (value <= boxes.high[:, axis])
    found = int(boxes.count[is_so].sum())
    return None if not found and may_be.any() else found
