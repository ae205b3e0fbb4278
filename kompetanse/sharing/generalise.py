"""k-anonymity by local recoding: each record as fine as keeps it among k units. Pure arrays; knows no attribute.

The lattice of all combinations of levels is walked once from fine to coarse. Every combination publishes the
groups that reach k among the records not yet placed; what is left over waits for a coarser one. The walk's
order depends on the hierarchies alone, never on the records, so what is published tells nothing of the order
of the rows and stays comparable from one release to the next. Where something is sensitive, classes that hold too
few values of it are merged afterwards (`diversity`).

Sources: Samarati, Protecting respondents' identities in microdata release (IEEE TKDE 2001), for the lattice;
Xu et al., Utility-based anonymization using local recoding (KDD 2006), for local recoding and its loss.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from kompetanse.errors import FieldFault, Invalid
from kompetanse.sharing.diversity import diversify
from kompetanse.sharing.hierarchies import Hierarchy

K_FLOOR = 5
"""No agreement may ask for less."""

SUPPRESSED = -1
"""Stands for the class, and for each level, of a record that no level makes safe."""

Ints = NDArray[np.integer]
Node = tuple[int, ...]

_KEY_SPACE = 2**62  # combined group numbers stay within int64


@dataclass(frozen=True, slots=True)
class Generalisation:
    """What became of n records of q attributes, in the order they came.

    Attributes:
        levels: int8[n, q], the level at which each value is published.
        classes: int64[n], the class; numbered by the walk, so the numbers do not depend on the rows' order. A class
            that took in another keeps the place of the one that the walk made first.
        ncp: the mean normalised certainty penalty over records and attributes, 0 (nothing lost) to 1; a
            suppressed record counts 1.
    """

    levels: NDArray[np.int8]
    classes: NDArray[np.int64]
    ncp: float

    @property
    def suppressed(self) -> NDArray[np.bool_]:
        """bool[n]: records that no level made safe."""
        return np.equal(self.classes, SUPPRESSED)


def generalise(
    records: Ints,
    hierarchies: Sequence[Hierarchy],
    k: int,
    *,
    units: Ints | None = None,
    sensitive: Sequence[Ints] = (),
    diversity: int = 2,
) -> Generalisation:
    """Place each record in the finest class that holds at least k units, and as few more as l-diversity asks.

    Args:
        records: int[n, q], places of leaves (`Hierarchy.place`).
        hierarchies: q of them, in the order of the columns.
        k: fewest distinct units in a class.
        units: int[n], who counts as one (a household); every record by itself when None.
        sensitive: arrays int[n] of which each class must hold at least `diversity` distinct values.
        diversity: l of distinct l-diversity; without `sensitive` it demands nothing. Where not even all
            records together reach it, all are suppressed.

    Raises:
        Invalid: k or diversity is too low, or the arrays do not fit each other.
    """
    _check(records, hierarchies, k, units, sensitive, diversity)
    levels, classes = _placed(records, hierarchies, k, units)
    if sensitive and (classes != SUPPRESSED).any():
        _diversify(records, hierarchies, levels, classes, sensitive, diversity)
    return Generalisation(levels, classes, _ncp(records, hierarchies, levels))


def _placed(
    records: Ints, hierarchies: Sequence[Hierarchy], k: int, units: Ints | None
) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """The walk: the levels (int8[n, q]) and the class (int64[n]) of each record."""
    waiting = _Waiting(records, hierarchies, units)
    levels = np.full(records.shape, SUPPRESSED, dtype=np.int8)
    classes = np.full(len(records), SUPPRESSED, dtype=np.int64)
    published = 0
    for node in _walk(hierarchies):
        if len(waiting.rows) < k:
            break
        safe, group = waiting.safe_groups(node, k)
        if not safe.any():
            continue
        placed = safe[group]
        number = np.cumsum(safe) - 1 + published
        rows = waiting.rows[placed]
        levels[rows], classes[rows] = node, number[group[placed]]
        published += int(safe.sum())
        waiting.keep(~placed)
    return levels, classes


def _diversify(
    records: Ints,
    hierarchies: Sequence[Hierarchy],
    levels: NDArray[np.int8],
    classes: NDArray[np.int64],
    sensitive: Sequence[Ints],
    diversity: int,
) -> None:
    """Change levels and classes so that each class holds enough sensitive values, or is suppressed."""
    inside = classes != SUPPRESSED
    values = [array[inside] for array in sensitive]
    merged = diversify(classes[inside], records[inside], levels[inside], hierarchies, values, diversity)
    into = merged.into[classes[inside]]
    enough = merged.diverse[into]
    levels[inside] = np.where(enough[:, None], merged.levels[into], SUPPRESSED)
    classes[inside] = np.where(enough, into, SUPPRESSED)


class _Waiting:
    """The records not yet placed: their row numbers, and their group numbers at every level."""

    def __init__(self, records: Ints, hierarchies: Sequence[Hierarchy], units: Ints | None) -> None:
        self.rows = np.arange(len(records))
        self._groups = [h.groups[:, records[:, column]] for column, h in enumerate(hierarchies)]
        self._sizes = [(h.groups[:, -1] + 1).tolist() for h in hierarchies]
        self._units = None if units is None else _dense(units)

    def safe_groups(self, node: Node, k: int) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        """Which groups at a node may be published (bool[g]), and the group of each waiting record (int[w])."""
        keys = self._keys(node)
        ordered = np.sort(keys)
        if not (ordered[k - 1 :] == ordered[: len(ordered) - k + 1]).any():
            # Most nodes end here: without k rows there are no k units, and sorting is all it cost.
            return np.zeros(1, dtype=bool), np.zeros(len(keys), dtype=np.intp)
        _, group, rows = np.unique(keys, return_inverse=True, return_counts=True)
        return (rows if self._units is None else _distinct(group, self._units)) >= k, group

    def keep(self, mask: NDArray[np.bool_]) -> None:
        """Go on with the records of the mask (bool[w])."""
        self.rows = self.rows[mask]
        self._groups = [groups[:, mask] for groups in self._groups]
        self._units = None if self._units is None else self._units[mask]

    def _keys(self, node: Node) -> NDArray[np.int64]:
        """One number a record (int64[w]) that is equal exactly for records alike at the node."""
        keys, space = np.zeros(len(self.rows), dtype=np.int64), 1
        for groups, sizes, level in zip(self._groups, self._sizes, node, strict=True):
            if space * sizes[level] > _KEY_SPACE:
                keys = _dense(keys)
                space = len(keys)
            keys = keys * sizes[level] + groups[level]
            space *= sizes[level]
        return keys


def _walk(hierarchies: Sequence[Hierarchy]) -> Iterator[Node]:
    """Every combination of levels by mean loss over the leaves, so that finer always comes before coarser."""
    means = [h.losses.mean(axis=1) for h in hierarchies]

    def cost(node: Node) -> tuple[float, Node]:
        return round(sum(float(mean[level]) for mean, level in zip(means, node, strict=True)), 12), node

    return iter(sorted(product(*(range(len(mean)) for mean in means)), key=cost))


def _dense(values: Ints) -> NDArray[np.int64]:
    """The same values renumbered 0, 1, 2 … in their order."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _distinct(group: NDArray[np.intp], values: NDArray[np.int64]) -> NDArray[np.intp]:
    """How many distinct values (dense, int[w]) each group (int[w]) holds: int[g]."""
    span = int(values.max()) + 1
    return np.bincount(np.unique(group * span + values) // span, minlength=int(group.max()) + 1)


def _ncp(records: Ints, hierarchies: Sequence[Hierarchy], levels: NDArray[np.int8]) -> float:
    if not records.size:
        return 0.0
    losses = [h.losses[levels[:, column], records[:, column]] for column, h in enumerate(hierarchies)]
    return float(np.where(levels == SUPPRESSED, 1.0, np.stack(losses, axis=1)).mean())


def _check(
    records: Ints,
    hierarchies: Sequence[Hierarchy],
    k: int,
    units: Ints | None,
    sensitive: Sequence[Ints],
    diversity: int,
) -> None:
    if k < K_FLOOR:
        raise Invalid(FieldFault("/k", f"k must be at least {K_FLOOR}", f"Use {K_FLOOR} or more; 10 is usual"))
    if diversity < 1:
        raise Invalid(FieldFault("/diversity", "Diversity must be at least 1", "Use 2 or more"))
    if records.ndim != 2 or not hierarchies or records.shape[1] != len(hierarchies):
        raise Invalid(FieldFault("/records", "One column a hierarchy is needed", "Give int[n, q]"))
    for array in (*sensitive, *(() if units is None else (units,))):
        if array.shape != records.shape[:1]:
            raise Invalid(FieldFault("/units", "One value a record is needed", "Give int[n]"))
    if records.size and ((records < 0) | (records >= [len(h.paths) for h in hierarchies])).any():
        raise Invalid(FieldFault("/records", "A value is no leaf of its hierarchy", "Use Hierarchy.place"))
