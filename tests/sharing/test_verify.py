import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.sharing.verify import Reached, Unsafe, class_sizes, demand, measure
from tests.sharing.registries import smallest

ROWS = st.lists(st.tuples(st.integers(-1, 5), st.integers(-3, 8), st.integers(0, 2**40)), max_size=60)


@given(ROWS)
def test_it_counts_as_one_would_by_hand(rows: list[tuple[int, int, int]]) -> None:
    classes, units, payload = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    reached = measure(classes, units=units, sensitive=[payload])
    cells = [None if number < 0 else number for number in classes.tolist()]
    assert reached.k == smallest(cells, units.tolist())
    assert reached.diversity == smallest(cells, payload.tolist())
    assert measure(classes).k == smallest(cells, list(range(len(cells))))
    assert reached.classes == len(set(cells) - {None})


def test_values_too_wide_for_one_number_are_counted_right() -> None:
    classes = np.array([0, 0, 2**20, 2**20])
    assert measure(classes, units=np.array([0, 2**61, 5, 5])) == Reached(2, 1, None)


def test_no_class_reaches_nothing_rather_than_zero() -> None:
    assert measure(np.array([-1, -1])) == Reached(0, None, None)
    assert demand(np.array([-1, -1]), 5).classes == 0
    assert class_sizes(np.array([-1, -1]), units=np.array([1, 2])).size == 0


def test_one_unit_short_stops_the_release() -> None:
    classes = np.array([0] * 5 + [1] * 4)
    with pytest.raises(Unsafe, match="fewer than 5"):
        demand(classes, 5)
    assert demand(classes[:5], 5) == Reached(1, 5, None)


def test_a_household_counted_twice_stops_the_release() -> None:
    with pytest.raises(Unsafe):
        demand(np.zeros(5, dtype=np.int64), 5, units=np.array([1, 2, 3, 4, 4]))


def test_one_payload_alike_stops_the_release() -> None:
    classes = np.zeros(5, dtype=np.int64)
    varied, alike = np.arange(5), np.ones(5, dtype=np.int64)
    assert demand(classes, 5, sensitive=[varied]).diversity == 5
    with pytest.raises(Unsafe, match="sensitive"):
        demand(classes, 5, sensitive=[varied, alike])
