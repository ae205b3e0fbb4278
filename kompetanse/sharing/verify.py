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
