"""l-diversity by merging: a class of too few sensitive values joins the one where that loses least. Pure arrays.

Waiting for a coarser level does not help such a class: those that hold the rare values are published meanwhile,
and what waits is alike in what is sensitive however coarse it grows. So a class that is already made takes it in,
and is described as coarsely as both need. A merge never takes a unit away, so the k of classes stays.

It does not protect against an attacker who knows all attributes of all people, and this program: that a class is
coarser than k demands tells that a part of it was alike (Wong et al., Minimality attack in privacy preserving data
publishing, VLDB 2007). Nor against one who knows which value is more likely, as l is of distinct values.

Source: Machanavajjhala et al., l-diversity (ACM TKDD 2007); agglomeration by least loss as in Byun et al.,
Efficient k-anonymization using clustering techniques (DASFAA 2007).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.joining import cheapest_partners

Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of m classes.

    Attributes:
        into: int64[m], the new class of each; numbered in the order of the first of the old ones in it.
        levels: int8[g, q], at which each new class is published.
        diverse: bool[g], whether it holds enough values. One that does not is alone: nothing is left to join.
    """

    into: NDArray[np.int64]
    levels: NDArray[np.int8]
    diverse: NDArray[np.bool_]


def diversify(
    classes: Ints,
    records: Ints,
    levels: Ints,
    hierarchies: Sequence[Hierarchy],
    sensitive: Sequence[Ints],
    diversity: int,
) -> Merged:
    """Merge classes until each holds `diversity` distinct values of everything that is sensitive.

    In rounds: each poor class seeks its cheapest partner, and the cheaper half of the pairs, none of which shares a
    class with another, are merged.

    Args:
        classes: int[n], the class of each record: 0 … m-1, each of which occurs.
        records: int[n, q], places of leaves.
        levels: int[n, q], at which each record is published; alike in a class.
        hierarchies: q of them.
        sensitive: arrays int[n].
        diversity: l, the fewest distinct values.
    """
    pool = _Pool(classes, records, levels, hierarchies, sensitive)
    poor = pool.poorer_than(diversity)
    while len(poor) and len(pool.present) > 1:
        pool.merge_cheaper_half(poor)
        poor = pool.poorer_than(diversity)
    pool.unite_alike()
    into, numbers = pool.into, pool.present
    return Merged(np.searchsorted(numbers, into), pool.levels[numbers].astype(np.int8), ~np.isin(numbers, poor))


class _Pool:
    """The classes as they are by now; each is known by the lowest number of those that are merged in it."""

    def __init__(
        self,
        classes: Ints,
        records: Ints,
        levels: Ints,
        hierarchies: Sequence[Hierarchy],
        sensitive: Sequence[Ints],
    ) -> None:
        _, first = np.unique(classes, return_index=True)
        self.leaves, self.levels = records[first].astype(np.int64), levels[first].astype(np.int64)
        self.counts = np.bincount(classes)
        self.into = np.arange(len(first))
        self._held = [np.unique(np.stack([classes, values]), axis=1) for values in sensitive]
        shape = max(len(h.levels) for h in hierarchies), max(len(h.paths) for h in hierarchies)
        self._groups = np.stack([_padded(h.groups, shape) for h in hierarchies])
        self._losses = np.stack([_padded(h.losses, shape) for h in hierarchies])

    @property
    def present(self) -> NDArray[np.int64]:
        """Numbers of the classes that are in no other."""
        return np.flatnonzero(self.into == np.arange(len(self.into)))

    def poorer_than(self, least: int) -> NDArray[np.int64]:
        """Numbers of the present classes that hold fewer values than that of something sensitive."""
        rich = np.ones(len(self.into), dtype=bool)
        for place, (number, value) in enumerate(self._held):
            self._held[place] = np.unique(np.stack([self.into[number], value]), axis=1)
            rich &= np.bincount(self._held[place][0], minlength=len(rich)) >= least
        return self.present[~rich[self.present]]

    def merge_cheaper_half(self, poor: NDArray[np.int64]) -> None:
        """Merge poor classes with their cheapest partners, cheapest first; a class takes part in one merge only."""
        partners, costs = cheapest_partners(
            poor, self.present, self.leaves, self.levels, self.counts, self._groups, self._losses
        )
        order, merged = np.lexsort((poor, costs)), set[int]()
        for one, other in zip(poor[order].tolist(), partners[order].tolist(), strict=True):
            if one not in merged and other not in merged:
                self._merge(min(one, other), max(one, other))
                merged |= {one, other}
            if len(merged) >= len(poor):
                break
        self.into = self.into[self.into]

    def unite_alike(self) -> None:
        """Make one class of those that came to say the same."""
        present = self.present
        columns = np.arange(self.leaves.shape[1])
        levels = self.levels[present]
        said = np.concatenate([levels, self._groups[columns, levels, self.leaves[present]]], axis=1)
        _, first, cell = np.unique(said, axis=0, return_index=True, return_inverse=True)
        self.into[present] = present[first[cell]]
        self.into = self.into[self.into]

    def _merge(self, one: int, other: int) -> None:
        for column, groups in enumerate(self._groups):
            level = max(self.levels[one, column], self.levels[other, column])
            while groups[level, self.leaves[one, column]] != groups[level, self.leaves[other, column]]:
                level += 1
            self.levels[one, column] = level
        self.counts[one] += self.counts[other]
        self.into[other] = one


def _padded(of_levels: NDArray[np.generic], shape: tuple[int, int]) -> NDArray[np.generic]:
    """Int or float[levels, leaves] widened to a shape by what no level and leaf of the hierarchy reads."""
    return np.pad(of_levels, [(0, wide - here) for wide, here in zip(shape, of_levels.shape, strict=True)])
