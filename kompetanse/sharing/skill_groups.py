"""Which groups of skills may be told of together: k^m-anonymity of sets. Pure arrays; a skill itself never comes here.

Somebody who knows up to m skill groups that a household holds must find at least k households that hold them all.
Skills are a set and not one value, so classes of alike people would have to suppress nearly everything: here
single groups of single households are left out instead, until every set of up to m that still occurs is common.

What it protects against is knowledge of what somebody has, not of what somebody lacks; and of more than m groups it
promises nothing.

Source: Terrovitis, Mamoulis, Kalnis, Privacy-preserving anonymization of set-valued data (PVLDB 2008), for k^m. They
generalise; here groups are left out, as what is coarser than a group of skills is of no help to a neighbour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from kompetanse.errors import FieldFault, Invalid
from kompetanse.sharing.classes import SizeBand, size_band
from kompetanse.sharing.generalise import K_FLOOR
from kompetanse.sharing.verify import demand_km

M_MOST = 2
"""Sets of three would leave a municipality's registry next to nothing."""

_TIMES_K = (1, 2, 4, 8)  # groups of fewer units than so many k are tried to be left out everywhere

Bools = NDArray[np.bool_]
Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class KeptGroups:
    """What may be told of.

    Attributes:
        kept: bool[n, g], which of the groups that each record holds are kept.
        share: of the groups that units hold, how much is kept; 1 where they hold none.
    """

    kept: Bools
    share: float


@dataclass(frozen=True, slots=True, order=True)
class GroupFact:
    """One skill group, or two that are held together, and how many units hold them."""

    groups: tuple[str, ...]
    size_band: SizeBand


def keep_common(held: Bools, k: int, *, m: int = 2, units: Ints | None = None) -> KeptGroups:
    """Leave out as few groups as it takes until every set of up to m of them is held by at least k units.

    Each unit with a rare pair loses the group that is in most of its rare pairs, all units at once, until no pair
    is rare; then groups that are common with all that a unit kept come back. This is done with each of several bounds
    below which a group is left out everywhere, and the one that keeps most is taken. All that decides is what a unit
    holds and how many hold it, so the order of records is without effect, and alike units are treated alike.

    Args:
        held: bool[n, g], whether a record holds a skill group.
        k: fewest units.
        m: size of the largest set, 1 or 2.
        units: int[n], who counts as one (a household, which holds what any of its members does); every record by
            itself when None.

    Raises:
        Invalid: k is below the floor, m is neither 1 nor 2, or the arrays do not fit each other.
        Unsafe: the independent count disagrees.
    """
    _check(held, k, m, units)
    unit = np.arange(len(held)) if units is None else np.unique(units, return_inverse=True)[1]
    whole = _merged(held, unit)
    common = max((_without_rare(whole, k, m, times * k) for times in _TIMES_K), key=_size)
    kept = held & common[unit]
    demand_km(kept, k, m=m, units=units)
    return KeptGroups(kept, float(common.sum() / whole.sum()) if whole.any() else 1.0)


def facts(kept: Bools, names: Sequence[str], k: int, *, m: int = 2, units: Ints | None = None) -> tuple[GroupFact, ...]:
    """The groups and pairs that are held, with bands of how many units hold them, in the order of their names.

    A band is of what is kept, so it may be lower than what is true. Pairs that are not held are not told of: they are
    rare or do not occur, and which of the two is not said.

    Args:
        kept: bool[n, g] of `keep_common`.
        names: g names of skill groups, different from each other.
        k: fewest units, as promised.
        m: 1 for groups alone, 2 for pairs too.
        units: int[n], as there.

    Raises:
        Unsafe: a set is held by fewer than k units; nothing is told.
        Invalid: names do not fit the columns.
    """
    _check(kept, k, m, units)
    if len(set(names)) != kept.shape[1] or len(names) != kept.shape[1]:
        raise Invalid(FieldFault("/names", "One name a group is needed", "Name each group once"))
    demand_km(kept, k, m=m, units=units)
    unit = np.arange(len(kept)) if units is None else np.unique(units, return_inverse=True)[1]
    together = _together(_merged(kept, unit))
    sets = [*((column,) for column in range(len(names))), *(combinations(range(len(names)), 2) if m > 1 else ())]
    return tuple(
        sorted(
            GroupFact(tuple(sorted(names[column] for column in one)), size_band(int(together[one[0], one[-1]])))
            for one in sets
            if together[one[0], one[-1]]
        )
    )


def _without_rare(held: Bools, k: int, m: int, bound: int) -> Bools:
    """What is left of bool[u, g] when no set is rare, with groups of fewer than `bound` units left out everywhere."""
    allowed = held & (held.sum(axis=0) >= bound)
    kept = allowed.copy()
    while True:
        together = _together(kept)
        rare = (together > 0) & (together < k)
        alone = np.diagonal(rare)
        if alone.any():
            kept &= ~alone
            continue
        if m == 1 or not rare.any():
            return _with_common(kept, allowed, k, m)
        # Weighed by how many rare pairs it is in within the unit; of equals the group that fewer units hold.
        partners = np.where(kept, kept.astype(np.float32) @ rare.astype(np.float32), 0)
        bad = partners.max(axis=1) > 0
        kept[bad, _first(partners[bad], np.diagonal(together))] = False


def _with_common(kept: Bools, allowed: Bools, k: int, m: int) -> Bools:
    """With what was left out and may come back, as it is common together with everything that its unit kept."""
    kept = kept.copy()
    while True:
        together = _together(kept)
        rare = together < k
        alone = np.diagonal(rare)
        against = kept.astype(np.float32) @ rare.astype(np.float32) if m > 1 else np.zeros(kept.shape, np.float32)
        back = allowed & ~kept & ~alone & (against == 0)
        some = back.any(axis=1)
        if not some.any():
            return kept
        kept[some, _first(back[some].astype(np.float32), -np.diagonal(together))] = True


def _first(weights: NDArray[np.float32], supports: NDArray[np.float32]) -> NDArray[np.intp]:
    """In each row the column of the largest weight (float32[r, g]); of equals that with the least support, int[r]."""
    order = np.argsort(supports, kind="stable")
    found: NDArray[np.intp] = order[np.argmax(weights[:, order], axis=1)]
    return found


def _together(held: Bools) -> NDArray[np.float32]:
    """How many units hold both of two groups, float32[g, g]; on the diagonal how many hold one."""
    one = held.astype(np.float32)  # whole numbers below 2^24 are exact
    return one.T @ one


def _size(kept: Bools) -> int:
    return int(kept.sum())


def _merged(held: Bools, unit: NDArray[np.intp]) -> Bools:
    """What each unit holds, bool[u, g]: whatever one of its records holds."""
    merged = np.zeros((int(unit.max(initial=-1)) + 1, held.shape[1]), dtype=bool)
    records, columns = np.nonzero(held)
    merged[unit[records], columns] = True
    return merged


def _check(held: Bools, k: int, m: int, units: Ints | None) -> None:
    if k < K_FLOOR:
        raise Invalid(FieldFault("/k", f"k must be at least {K_FLOOR}", f"Use {K_FLOOR} or more; 10 is usual"))
    if not 1 <= m <= M_MOST:
        raise Invalid(FieldFault("/m", f"m must be 1 to {M_MOST}", f"Use {M_MOST}"))
    if held.ndim != 2 or held.dtype != np.bool_:
        raise Invalid(FieldFault("/held", "Whether each record holds each group is needed", "Give bool[n, g]"))
    if units is not None and units.shape != held.shape[:1]:
        raise Invalid(FieldFault("/units", "One value a record is needed", "Give int[n]"))
