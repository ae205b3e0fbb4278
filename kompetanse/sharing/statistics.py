"""Tables of counts that may be published: small cells hidden, and what would give them away; the rest rounded.

Pure arrays; knows no attribute. People are counted, as only they add up to margins, and a cell is small when they are
of fewer than five households.

What is promised of a small cell: from everything else that is published, even were it not rounded, it can be told
neither how many it holds nor that it is small: what is possible reaches from some number to at least five more, and to
five at least. Every hidden cell looks alike, so which of them are small is not said.

Of answers that differ by one person: a count shows as its nearest multiple of five, so it shows the same with and
without the person unless it goes from 2 to 3 above a multiple of five, or from hidden to shown. That is one count in
five, and it says that the person is in, so tables are published of fixed attributes and not of any filter that a
reader thinks of. The same people always give the same answer: asking again, or in other words, averages nothing out.
No noise is added. Noise drawn from the keys of the people in a cell (Thompson, Broadfoot, Elazar, Methodology for the
automatic confidentialisation of statistical outputs from remote servers at the Australian Bureau of Statistics, UNECE
2013) suits tables that readers order themselves. Here it was not taken: it makes two answers that differ by one person
differ oftener than one time in five, and a difference then always says that the people are not the same.

Source: Hundepool et al., Statistical disclosure control (Wiley 2012), ch. 4, for hidden cells, their audit by linear
programming, and rounding.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from kompetanse.errors import FieldFault, Invalid

LEAST = 5
"""Fewest households of which a count is shown."""

BASE = 5
"""Counts are shown as multiples of this."""

HIDDEN = -1
"""Stands in a table for a count that is not shown."""

_UNBOUNDED = 3  # what `linprog` says of a problem without a bound

Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of one or two attributes; the last row, and the last column of two, are the margins.

    Attributes:
        people: int64[r+1] or int64[r+1, c+1]; each margin is the sum of its cells.
        units: the same shape, how many distinct units (households) the people are of; these do not add up.
    """

    people: NDArray[np.int64]
    units: NDArray[np.int64]


def count(codes: Sequence[Ints], shape: tuple[int, ...], *, units: Ints | None = None) -> Counts:
    """Count people and units in each cell and margin.

    Args:
        codes: one or two arrays int[n], the row, and the column, of each person.
        shape: how many rows, and columns, there are.
        units: int[n], the household of each; everybody alone when None.

    Raises:
        Invalid: the arrays do not fit each other or the shape.
    """
    _check(codes, shape, units)
    owner = np.arange(len(codes[0])) if units is None else np.unique(units, return_inverse=True)[1]
    wide = tuple(size + 1 for size in shape)
    people, of_units = np.zeros(wide, dtype=np.int64), np.zeros(wide, dtype=np.int64)
    for margin in np.ndindex(*(2 for _ in shape)):
        places = [np.full_like(code, size) if at else code for code, size, at in zip(codes, shape, margin, strict=True)]
        cells = np.ravel_multi_index(places, wide)
        people += np.bincount(cells, minlength=people.size).reshape(wide)
        pairs = np.unique(np.stack([cells, owner]), axis=1)
        of_units += np.bincount(pairs[0], minlength=people.size).reshape(wide)
    return Counts(people, of_units)


def protect(counts: Counts) -> NDArray[np.int64]:
    """The table as it may be published: multiples of `BASE`, and `HIDDEN`; int64, the shape of the counts.

    A small cell that could be told from the others is made a corner of a hidden rectangle, of which as little as can
    be was shown before: five people could be moved along it without a change of any sum. Where there is none, the
    smallest count that is still shown in its row or column is hidden, then the smallest of all, until none can be told.
    Rounded cells do not add up to their rounded margins.
    """
    small = counts.units < LEAST
    hidden = small.copy()
    while True:
        lowest, highest = possible(counts.people, hidden, small)
        told = small & ((highest < LEAST) | (highest - lowest < LEAST))
        if not told.any():
            return np.where(hidden, HIDDEN, BASE * ((counts.people + BASE // 2) // BASE))
        for cell in np.argwhere(told):
            place = tuple(cell.tolist())
            if not _hide_rectangle(place, counts.people, hidden):
                _hide_beside(place, counts.people, hidden)
                break  # one more may be enough for all of them


def possible(
    people: Ints, hidden: NDArray[np.bool_], asked: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Between which counts a hidden cell must lie, by all that is shown and by what adds up to what.

    As if what is shown were not rounded: whoever reads the rounded table knows less. Bounds of such a table are whole
    numbers, as its constraints are totally unimodular.

    Args:
        people: int[r+1] or int[r+1, c+1], with margins.
        hidden: bool of that shape.
        asked: bool of that shape, for which of the hidden cells.

    Returns:
        The lowest and the highest count, float64 of that shape; infinity where nothing bounds it, and the count itself
        twice where it was not asked.
    """
    lowest, highest = people.astype(np.float64), people.astype(np.float64)
    sums, unknown = _sums(people.shape), hidden.ravel()
    total = -sums[:, ~unknown] @ people.ravel()[~unknown]
    columns = sums[:, unknown]
    for cell in np.flatnonzero(unknown & asked.ravel()):
        aim = (np.flatnonzero(unknown) == cell).astype(np.float64)
        lowest.flat[cell] = _least(aim, columns, total)
        highest.flat[cell] = -_least(-aim, columns, total)
    return lowest, highest


def _least(aim: NDArray[np.float64], columns: Ints, total: Ints) -> float:
    found = linprog(aim, A_eq=columns, b_eq=total, method="highs")
    return -np.inf if found.status == _UNBOUNDED else round(float(found.fun), 6)


def _hide_rectangle(cell: tuple[int, ...], people: Ints, hidden: NDArray[np.bool_]) -> bool:
    """Hide three cells that let five people move into this one; False where there are none, and for a margin."""
    if people.ndim == 1 or any(at == size - 1 for at, size in zip(cell, people.shape, strict=True)):
        return False
    row, column = cell
    inner = people[:-1, :-1]
    price = np.where(hidden, 0, people)[:-1, :-1]
    costs = price + price[row] + price[:, [column]]
    fits = (inner[row] >= LEAST) & (inner[:, [column]] >= LEAST)
    fits[row], fits[:, column] = False, False
    if not fits.any():
        return False
    other, across = np.unravel_index(np.argmin(np.where(fits, costs, np.inf)), fits.shape)
    for at in ((other, column), (row, across), (other, across)):
        hidden[at] = True
    return True


def _hide_beside(cell: tuple[int, ...], people: Ints, hidden: NDArray[np.bool_]) -> None:
    """Hide the smallest shown count of the cell's row or column, or of all; of equals the first. Margins come last."""
    places = np.indices(people.shape)
    here = np.array(cell).reshape(-1, *(1 for _ in people.shape))
    beside = (places != here).sum(axis=0) <= people.ndim - 1
    margins = (places == np.array(people.shape).reshape(here.shape) - 1).sum(axis=0)
    order = np.lexsort((people.ravel(), margins.ravel(), ~beside.ravel()))
    shown = order[~hidden.ravel()[order]]
    hidden.flat[shown[:1]] = True


def _sums(wide: tuple[int, ...]) -> NDArray[np.int64]:
    """What adds up to what, int64[sums, cells]: 1 for a part, -1 for the whole."""
    numbers, rows = np.arange(np.prod(wide)).reshape(wide), []
    for axis in range(len(wide)):
        for line in np.moveaxis(numbers, axis, -1).reshape(-1, wide[axis]):
            row = np.zeros(numbers.size, dtype=np.int64)
            row[line[:-1]], row[line[-1]] = 1, -1
            rows.append(row)
    return np.array(rows)


def _check(codes: Sequence[Ints], shape: tuple[int, ...], units: Ints | None) -> None:
    if len(codes) != len(shape) or len(shape) not in (1, 2) or min(shape) < 1:
        raise Invalid(FieldFault("/codes", "A table has one or two attributes", "Give one array for each of the shape"))
    for array in (*codes, *(() if units is None else (units,))):
        if array.shape != codes[0].shape or array.ndim != 1:
            raise Invalid(FieldFault("/codes", "One value a person is needed", "Give int[n]"))
    for code, size in zip(codes, shape, strict=True):
        if code.size and (code.min() < 0 or code.max() >= size):
            raise Invalid(FieldFault("/codes", "A value is outside of the table", "Use 0 to its size less one"))
