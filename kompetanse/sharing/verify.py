"""Checks what is about to leave, by itself: counts again, and shares no code with what made the classes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kompetanse.errors import DomainError

Ints = NDArray[np.integer]


class Unsafe(DomainError):
    """A class describes too few: nothing is released. Never expected; a fault in the program, not in the input."""

    code = "release-unsafe"


@dataclass(frozen=True, slots=True)
class Reached:
    """What the classes reach.

    Attributes:
        classes: how many there are.
        k: distinct units in the smallest class; None when there is no class.
        diversity: distinct sensitive values in the poorest class; None without a class or a sensitive array.
    """

    classes: int
    k: int | None
    diversity: int | None


def class_sizes(classes: Ints, *, units: Ints | None = None) -> NDArray[np.intp]:
    """Distinct units in each class, int[g] by class number; see `measure` for the arguments."""
    published = classes >= 0
    if units is None or not published.any():
        return np.bincount(classes[published])
    return _distinct(classes[published], units[published])


def measure(classes: Ints, *, units: Ints | None = None, sensitive: Sequence[Ints] = ()) -> Reached:
    """Count units and sensitive values in each class.

    Args:
        classes: int[n], the class of each record; below zero for a suppressed one. Records that are described
            alike must carry the same number, so number the classes by what is published of them.
        units: int[n], who counts as one; every record by itself when None.
        sensitive: arrays int[n].
    """
    published = classes >= 0
    if not published.any():
        return Reached(0, None, None)
    inside = classes[published]
    sizes = class_sizes(classes, units=units)
    present = sizes > 0
    poorest = [int(_distinct(inside, values[published])[present].min()) for values in sensitive]
    return Reached(int(present.sum()), int(sizes[present].min()), min(poorest, default=None))


def demand(
    classes: Ints, k: int, *, units: Ints | None = None, sensitive: Sequence[Ints] = (), diversity: int = 2
) -> Reached:
    """Let the classes pass only if each holds k units, and `diversity` distinct values of all that is sensitive.

    Raises:
        Unsafe: one does not.
    """
    reached = measure(classes, units=units, sensitive=sensitive)
    if reached.k is not None and reached.k < k:
        raise Unsafe(f"A class describes fewer than {k}; nothing was released")
    if reached.diversity is not None and reached.diversity < diversity:
        raise Unsafe(f"A class holds fewer than {diversity} values of what is sensitive; nothing was released")
    return reached


def fewest_together(held: NDArray[np.bool_], *, m: int = 2, units: Ints | None = None) -> int | None:
    """In how many units the rarest set of up to m groups occurs, of those that occur; None when nothing is held.

    Args:
        held: bool[n, g], whether a record holds a group.
        m: size of the largest set.
        units: int[n], who counts as one, and holds what any of its records does; every record by itself when None.
    """
    records, columns = np.nonzero(held)
    owners = records if units is None else np.unique(units, return_inverse=True)[1][records]
    bits = np.zeros((held.shape[1], int(owners.max(initial=0)) + 1), dtype=bool)
    bits[columns, owners] = True
    return _rarest(np.packbits(bits, axis=1), m)


def demand_km(held: NDArray[np.bool_], k: int, *, m: int = 2, units: Ints | None = None) -> int | None:
    """Let groups pass only if every set of up to m of them that occurs is held by k units; see `fewest_together`.

    Raises:
        Unsafe: one is not.
    """
    fewest = fewest_together(held, m=m, units=units)
    if fewest is not None and fewest < k:
        raise Unsafe(f"Skill groups are held together by fewer than {k}; nothing was released")
    return fewest


def _rarest(bits: NDArray[np.uint8], m: int) -> int | None:
    """The smallest count above zero of a row (uint8[g, bytes]), or of up to m rows taken together."""
    counts = np.bitwise_count(bits).sum(axis=1)
    found = [int(counts[counts > 0].min())] if counts.any() else []
    if m > 1:
        for row in np.flatnonzero(counts):
            deeper = _rarest(bits[row + 1 :] & bits[row], m - 1)
            found += [] if deeper is None else [deeper]
    return min(found, default=None)


def _distinct(classes: Ints, values: Ints) -> NDArray[np.intp]:
    """Distinct values in each class: sort the pairs, and count where a pair differs from the one before."""
    low = int(values.min())
    span = int(values.max()) - low + 1
    if int(classes.max()) >= (2**62) // span:
        _, values = np.unique(values, return_inverse=True)
        low, span = 0, len(values)
    pairs = np.sort(classes.astype(np.int64) * span + (values - low))
    first = np.ones(len(pairs), dtype=bool)
    first[1:] = pairs[1:] != pairs[:-1]
    return np.bincount(pairs[first] // span)
