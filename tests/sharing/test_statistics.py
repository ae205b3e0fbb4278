import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.optimize import linprog

from kompetanse.errors import Invalid
from kompetanse.sharing.statistics import BASE, HIDDEN, LEAST, Counts, count, possible, protect
from tests.sharing.registries import Ints

COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 60))
SHAPES = st.one_of(st.tuples(st.integers(1, 5)), st.tuples(st.integers(1, 4), st.integers(1, 4)))


def with_margins(inner: Ints) -> Counts:
    """A table of people who are alone."""
    people = inner
    for axis in range(inner.ndim):
        people = np.concatenate([people, people.sum(axis=axis, keepdims=True)], axis=axis)
    return Counts(people, people)


@st.composite
def tables(draw: st.DrawFn) -> Counts:
    shape = draw(SHAPES)
    return with_margins(draw(arrays(np.int64, shape, elements=COUNTS)))


def bounds(counts: Counts, hidden: NDArray[np.bool_], cell: tuple[int, ...]) -> tuple[float, float]:
    """What a reader can work out of a cell: over the inner cells alone, each margin as a sum of them."""
    inner = tuple(size - 1 for size in counts.people.shape)
    sums, shown = [], []
    for place in np.ndindex(*counts.people.shape):
        part = np.zeros(inner)
        part[tuple(slice(None) if at == size else at for at, size in zip(place, inner, strict=True))] = 1
        if place == cell:
            aim = part.ravel()
        if not hidden[place]:
            sums.append(part.ravel())
            shown.append(counts.people[place])
    least, most = (
        linprog(sign * aim, A_eq=np.array(sums).reshape(-1, aim.size), b_eq=shown, method="highs") for sign in (1, -1)
    )
    return float(least.fun), np.inf if most.fun is None else -float(most.fun)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_a_small_count_can_be_told_neither_exactly_nor_as_small(counts: Counts) -> None:
    hidden = protect(counts) == HIDDEN
    for cell in map(tuple, np.argwhere(counts.units < LEAST).tolist()):
        assert hidden[cell]
        least, most = bounds(counts, hidden, cell)
        assert most >= LEAST - 1e-6
        assert most - least >= LEAST - 1e-6


@settings(deadline=None, max_examples=40)
@given(tables())
def test_what_is_possible_is_what_a_reader_works_out(counts: Counts) -> None:
    hidden = protect(counts) == HIDDEN
    lowest, highest = possible(counts.people, hidden, hidden)
    for cell in map(tuple, np.argwhere(hidden).tolist()):
        assert (lowest[cell], highest[cell]) == pytest.approx(bounds(counts, hidden, cell), abs=1e-5)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_what_is_shown_is_the_nearest_multiple_of_five(counts: Counts) -> None:
    shown = protect(counts)
    told = shown != HIDDEN
    assert (abs(shown - counts.people)[told] <= BASE // 2).all()
    assert (shown[told] % BASE == 0).all()
    assert (shown[told] >= LEAST).all()


@given(st.integers(LEAST, 10_000))
def test_one_person_more_shows_only_from_two_to_three_above_a_multiple(people: int) -> None:
    one, more = (int(protect(with_margins(np.array([size])))[0]) for size in (people, people + 1))
    assert (one != more) == (people % BASE == 2)


def test_a_small_cell_alone_in_its_row_takes_another_along_and_columns_too() -> None:
    shown = protect(with_margins(np.array([[2, 20, 30], [40, 50, 60], [70, 80, 91]])))
    assert shown.tolist() == [
        [HIDDEN, HIDDEN, 30, 50],
        [HIDDEN, HIDDEN, 60, 150],
        [70, 80, 90, 240],
        [110, 150, 180, 445],
    ]


def test_a_table_with_nothing_small_is_only_rounded() -> None:
    assert protect(with_margins(np.array([12, 13, 5]))).tolist() == [10, 15, 5, 30]


def test_many_people_of_few_households_are_hidden() -> None:
    rows, homes = np.repeat([0, 1, 2], [8, 9, 30]), np.concatenate([np.repeat([0, 1], 4), np.arange(2, 41)])
    counts = count([rows], (3,), units=homes)
    assert counts.people.tolist() == [8, 9, 30, 47]
    assert counts.units.tolist() == [2, 9, 30, 41]
    assert protect(counts).tolist() == [HIDDEN, HIDDEN, 30, 45]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 9)), max_size=40))
def test_people_and_households_are_counted_in_cells_and_margins(rows: list[tuple[int, int, int]]) -> None:
    row, column, home = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    counts = count([row, column], (3, 2), units=home)
    for r, c in np.ndindex(4, 3):
        inside = [one for one in rows if r in (one[0], 3) and c in (one[1], 2)]
        assert counts.people[r, c] == len(inside)
        assert counts.units[r, c] == len({one[2] for one in inside})
    assert (count([row, column], (3, 2)).units == counts.people).all()


@given(tables())
@settings(deadline=None, max_examples=30)
def test_the_order_of_people_changes_nothing_and_the_same_people_give_the_same(counts: Counts) -> None:
    inner = counts.people[tuple(slice(-1) for _ in counts.people.shape)]
    places = np.repeat(np.arange(inner.size), inner.ravel())
    codes = np.unravel_index(places, inner.shape)
    turned = [np.asarray(code)[::-1] for code in codes]
    assert protect(count(turned, inner.shape)).tolist() == protect(counts).tolist()


def test_what_does_not_fit_together_is_refused() -> None:
    one = np.zeros(6, dtype=np.int64)
    for codes, shape in (([], ()), ([one], (2, 2)), ([one] * 3, (2, 2, 2)), ([one], (0,))):
        with pytest.raises(Invalid, match="one or two"):
            count(codes, shape)
    with pytest.raises(Invalid, match="One value a person"):
        count([one, one[:5]], (2, 2))
    with pytest.raises(Invalid, match="One value a person"):
        count([one], (2,), units=one[:5])
    for outside in (one + 2, one - 1):
        with pytest.raises(Invalid, match="outside"):
            count([outside], (2,))
