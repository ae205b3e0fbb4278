import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kompetanse.sharing.diversity import diversify
from kompetanse.sharing.generalise import generalise
from kompetanse.sharing.verify import demand
from tests.sharing.registries import Ints, cells, smallest, tree, yardstick

NINE, FOUR = tree("nine", 9, 3), tree("four", 4, 2)
TREES = (NINE, FOUR)
SIZES = st.integers(5, 90)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Ints, Ints, Ints]:
    """Records over the two trees, and two sensitive values of each, the second of them mostly alike."""
    n = draw(SIZES)
    columns = [draw(arrays(np.int64, n, elements=st.integers(0, len(h.paths) - 1))) for h in TREES]
    rare = draw(arrays(np.int64, n, elements=st.sampled_from([7, 7, 7, 7, 9])))
    return np.stack(columns, axis=1), draw(arrays(np.int64, n, elements=st.integers(0, 3))), rare


@settings(deadline=None)  # the first call compiles
@given(tables(), st.integers(1, 4))
def test_each_class_holds_l_values_of_everything_sensitive(table: tuple[Ints, Ints, Ints], diversity: int) -> None:
    records, *sensitive = table
    made = generalise(records, TREES, 5, sensitive=sensitive, diversity=diversity)
    words = cells(records, TREES, made.levels.astype(np.int64))
    for values in sensitive:
        found = smallest(words, values.tolist())
        assert found is None or found >= diversity
    assert (smallest(words, list(range(len(records)))) or 5) >= 5


@settings(deadline=None)
@given(tables())
def test_nobody_is_suppressed_for_diversity_that_all_together_reach(table: tuple[Ints, Ints, Ints]) -> None:
    records, *sensitive = table
    plain = generalise(records, TREES, 5)
    reached = all(len(set(values[~plain.suppressed].tolist())) > 1 for values in sensitive)
    made = generalise(records, TREES, 5, sensitive=sensitive)
    assert made.suppressed.tolist() == (plain.suppressed.tolist() if reached else [True] * len(records))


@settings(deadline=None)
@given(tables())
def test_merging_makes_nothing_finer_and_parts_nobody(table: tuple[Ints, Ints, Ints]) -> None:
    records, *sensitive = table
    plain, made = generalise(records, TREES, 5), generalise(records, TREES, 5, sensitive=sensitive)
    inside = ~made.suppressed
    assert (made.levels[inside] >= plain.levels[inside]).all()
    pairs = set(zip(plain.classes[inside].tolist(), made.classes[inside].tolist(), strict=True))
    assert len(pairs) == len({old for old, _ in pairs})
    assert sorted({new for _, new in pairs}) == list(range(len({new for _, new in pairs})))


def merged(records: list[list[int]], payload: list[int]) -> list[list[int]]:
    """Of a class a distinct record: the levels at which each class is published at last."""
    table = np.array(records)
    classes = np.unique(table, axis=0, return_inverse=True)[1].ravel()
    found = diversify(classes, table, np.zeros_like(table), TREES, [np.array(payload)], 2)
    assert found.diverse.all()
    levels: list[list[int]] = found.levels.tolist()
    return levels


def test_a_poor_class_joins_where_that_loses_least_and_the_others_stay() -> None:
    # Leaf 1 is beside 0 in its group of three, 8 is in another; both are rich.
    records = [[0, 0]] * 6 + [[1, 0]] * 5 + [[8, 0]] * 6
    assert merged(records, [0, 1] * 3 + [0] * 5 + [0, 1] * 3) == [[1, 0], [0, 0]]


def test_a_large_class_is_spared_for_a_small_one_as_near() -> None:
    records = [[0, 0]] * 60 + [[1, 0]] * 5 + [[2, 0]] * 6
    assert merged(records, [0, 1] * 30 + [0] * 5 + [0, 1] * 3) == [[0, 0], [1, 0]]


def test_two_poor_classes_of_different_values_help_each_other() -> None:
    records = [[0, 0]] * 5 + [[1, 0]] * 5 + [[8, 3]] * 6
    assert merged(records, [0] * 5 + [1] * 5 + [0, 1] * 3) == [[1, 0], [0, 0]]


def test_classes_that_say_the_same_are_one() -> None:
    records, payload = np.array([[0, 0]] * 6 + [[1, 0]] * 6), np.array([0, 1] * 6)
    found = diversify(np.repeat([0, 1], 6), records, np.array([[1, 0]] * 12), TREES, [payload], 2)
    assert found.into.tolist() == [0, 0]
    assert found.levels.tolist() == [[1, 0]]


def test_alike_as_a_whole_ends_in_one_class_that_is_not_diverse() -> None:
    records = np.array([[0, 0]] * 5 + [[8, 3]] * 5)
    found = diversify(np.repeat([0, 1], 5), records, np.zeros_like(records), TREES, [np.zeros(10, dtype=np.int64)], 2)
    assert found.into.tolist() == [0, 0]
    assert not found.diverse.any()


def test_a_large_table_keeps_everybody_and_most_of_what_it_says() -> None:
    table = yardstick()
    made = generalise(table.records, table.hierarchies, 5, sensitive=[table.sensitive])
    demand(made.classes, 5, sensitive=[table.sensitive])
    assert made.ncp <= 0.13
    assert made.suppressed.sum() < 5
