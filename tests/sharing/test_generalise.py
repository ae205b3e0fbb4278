from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kompetanse.errors import Invalid
from kompetanse.sharing.generalise import SUPPRESSED, Generalisation, generalise
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.verify import demand
from tests.sharing.registries import Ints, Yardstick, cells, invented_table, smallest, tree, yardstick

TREES = (tree("nine", 9, 3), tree("four", 4, 2), tree("two", 2, 2))
SIZES = st.integers(0, 120)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Ints, Ints, Ints]:
    """Records over the three trees, the unit of each, and a sensitive value of each."""
    n = draw(SIZES)
    columns = [draw(arrays(np.int64, n, elements=st.integers(0, len(h.paths) - 1))) for h in TREES]
    units = draw(arrays(np.int64, n, elements=st.integers(0, 60)))
    return np.stack(columns, axis=1), units, draw(arrays(np.int64, n, elements=st.integers(0, 2)))


def published(records: Ints, made: Generalisation, hierarchies: tuple[Hierarchy, ...] = TREES) -> list[object]:
    return list(cells(records, hierarchies, made.levels.astype(np.int64)))


@given(tables(), st.integers(5, 12))
def test_no_cell_holds_fewer_than_k_units(table: tuple[Ints, Ints, Ints], k: int) -> None:
    records, units, _ = table
    found = smallest(published(records, generalise(records, TREES, k, units=units)), units.tolist())
    assert found is None or found >= k


@settings(deadline=None)  # the first call compiles
@given(tables())
def test_no_cell_holds_only_one_sensitive_value(table: tuple[Ints, Ints, Ints]) -> None:
    records, units, sensitive = table
    made = generalise(records, TREES, 5, units=units, sensitive=[sensitive])
    rich = smallest(published(records, made), sensitive.tolist())
    many = smallest(published(records, made), units.tolist())
    assert rich is None or rich >= 2
    assert many is None or many >= 5


@given(tables())
def test_every_row_is_in_exactly_one_class_or_suppressed(table: tuple[Ints, Ints, Ints]) -> None:
    records, units, _ = table
    made = generalise(records, TREES, 5, units=units)
    for row, cell in enumerate(published(records, made)):
        assert (cell is None) == bool(made.suppressed[row]) == (made.classes[row] == SUPPRESSED)
    pairs = {(number, cell) for number, cell in zip(made.classes, published(records, made), strict=True) if cell}
    assert len(pairs) == len({number for number, _ in pairs}) == len({cell for _, cell in pairs})


@given(tables())
def test_only_fewer_than_k_units_are_suppressed(table: tuple[Ints, Ints, Ints]) -> None:
    records, units, _ = table
    assert len(set(units[generalise(records, TREES, 5, units=units).suppressed].tolist())) < 5


@settings(deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(table: tuple[Ints, Ints, Ints], chance: object) -> None:
    records, units, sensitive = table
    order = list(range(len(records)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    one = generalise(records, TREES, 5, units=units, sensitive=[sensitive])
    other = generalise(records[order], TREES, 5, units=units[order], sensitive=[sensitive[order]])
    assert one.classes[order].tolist() == other.classes.tolist()
    assert one.levels[order].tolist() == other.levels.tolist()
    assert one.ncp == pytest.approx(other.ncp)


@given(tables())
def test_members_of_a_class_fit_no_class_that_the_walk_published_before(table: tuple[Ints, Ints, Ints]) -> None:
    """Else taking a finer class from a coarser one would leave fewer than the coarser says."""
    records, units, _ = table
    made = generalise(records, TREES, 5, units=units)
    of_class = {int(number): row for row, number in enumerate(made.classes) if number >= 0}
    for number, row in of_class.items():
        at = made.levels[row]
        fits = np.ones(len(records), dtype=bool)
        for column, hierarchy in enumerate(TREES):
            groups = hierarchy.groups[at[column]]
            fits &= groups[records[:, column]] == groups[records[row, column]]
        later = made.classes[fits & ~made.suppressed]
        assert later.max(initial=number) == number


def test_k_alike_stay_as_they_are() -> None:
    made = generalise(np.zeros((5, 3), dtype=np.int64), TREES, 5)
    assert made.levels.tolist() == [[0, 0, 0]] * 5
    assert made.ncp == 0.0


def test_leftovers_go_to_a_coarser_class_and_the_others_stay() -> None:
    records = np.array([[0, 0, 0]] * 5 + [[1, 0, 0]] * 3 + [[2, 0, 0]] * 3)
    made = generalise(records, TREES, 5)
    assert made.levels.tolist() == [[0, 0, 0]] * 5 + [[1, 0, 0]] * 6
    assert made.ncp == pytest.approx(6 / 11 * (2 / 8) / 3)


def test_a_household_of_six_counts_as_one() -> None:
    records = np.zeros((10, 3), dtype=np.int64)
    units = np.array([0] * 6 + [1, 2, 3, 3])
    made = generalise(records, TREES, 5, units=units)
    assert made.suppressed.all()
    assert made.ncp == 1.0


def test_alike_in_what_is_sensitive_is_not_published() -> None:
    records = np.zeros((9, 3), dtype=np.int64)
    assert generalise(records, TREES, 5, sensitive=[np.ones(9, dtype=np.int64)]).suppressed.all()


def test_nobody_gives_no_class() -> None:
    made = generalise(np.empty((0, 3), dtype=np.int64), TREES, 5)
    assert (made.classes.size, made.ncp) == (0, 0.0)


def test_many_wide_attributes_do_not_overflow() -> None:
    wide = tuple(tree(f"wide {number}", 64, 64) for number in range(12))  # 64^12 combinations are more than int64
    records = np.repeat(np.random.default_rng(1).integers(0, 64, (40, 12)), 5, axis=0)
    made = generalise(records, wide, 5)
    assert made.ncp == 0.0
    assert demand(made.classes, 5).classes == 40


@pytest.mark.parametrize("k", [-1, 0, 1, 4])
def test_k_below_the_floor_is_refused(k: int) -> None:
    with pytest.raises(Invalid, match="at least 5"):
        generalise(np.zeros((9, 3), dtype=np.int64), TREES, k)


def test_what_does_not_fit_together_is_refused() -> None:
    records = np.zeros((9, 3), dtype=np.int64)
    with pytest.raises(Invalid, match="One column a hierarchy"):
        generalise(records, TREES[:2], 5)
    with pytest.raises(Invalid, match="One value a record"):
        generalise(records, TREES, 5, units=np.zeros(8, dtype=np.int64))
    with pytest.raises(Invalid, match="no leaf"):
        generalise(records + 4, TREES, 5)
    with pytest.raises(Invalid, match="no leaf"):
        generalise(records - 1, TREES, 5)
    with pytest.raises(Invalid, match="Diversity"):
        generalise(records, TREES, 5, diversity=0)


@pytest.mark.parametrize("k", [5, 10])
@pytest.mark.parametrize("large_table", [yardstick, invented_table])
def test_a_large_table_loses_little(large_table: Callable[[], Yardstick], k: int) -> None:
    table = large_table()
    made = generalise(table.records, table.hierarchies, k)
    assert demand(made.classes, k).k == k
    assert made.ncp <= table.most_lost[k]
    assert made.suppressed.sum() < k
