"""What is promised of every row, tried on populations of any shape."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.analytics import folding
from kompetanse.analytics.dictionary import COMPETENCE, EDUCATIONS, PEOPLE, REFERRALS, TABLES, Table
from kompetanse.analytics.folding import Folded, Rows, fold
from kompetanse.errors import Invalid
from kompetanse.sharing.generalise import Generalisation, Ints, generalise
from kompetanse.sharing.hierarchies import Hierarchy

YEAR = 2026


@st.composite
def populations(draw: st.DrawFn, table: Table) -> Rows:
    """Up to sixty rows of few values and few households, so that some are shared and some rare."""
    number = draw(st.integers(0, 60))
    hierarchies = [one.hierarchy(YEAR) for one in table.attributes]
    few = [draw(st.lists(st.integers(0, len(h.paths) - 1), min_size=1, max_size=4)) for h in hierarchies]
    leaves = [[draw(st.sampled_from(places)) for places in few] for _ in range(number)]
    people = draw(st.lists(st.integers(0, 40), min_size=number, max_size=number))
    return Rows(
        np.array(leaves, dtype=np.int32).reshape(number, len(hierarchies)),
        np.array(people, dtype=np.int32),
        np.array(people, dtype=np.int32) // 2,
    )


def written(folded: Folded) -> list[tuple[str, ...]]:
    """The rows by what they say."""
    columns = [folded.column(place).tolist() for place in range(len(folded.hierarchies))]
    return [tuple(folded.labels[place][code] for place, code in enumerate(row)) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@given(data=st.data(), threshold=st.integers(5, 9))
@settings(deadline=None, max_examples=30)
def test_every_row_stands_for_enough_households(table: Table, data: st.DataObject, threshold: int) -> None:
    read = data.draw(populations(table))
    folded = fold(table, read, threshold, YEAR)
    households: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for row, said in zip(folded.rows.tolist(), written(folded), strict=True):
        households[said].add(int(read.units[row]))
    assert all(len(found) >= threshold for found in households.values())


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_a_value_is_told_as_it_is_or_coarser(data: st.DataObject) -> None:
    read = data.draw(populations(EDUCATIONS))
    folded = fold(EDUCATIONS, read, 5, YEAR)
    for row, said in zip(folded.rows.tolist(), written(folded), strict=True):
        for place, hierarchy in enumerate(folded.hierarchies):
            path = hierarchy.paths[read.leaves[row, place]]
            assert said[place] in {*path[:-1], "withheld"}


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_nobody_is_left_out_of_a_table_that_others_are_in(data: st.DataObject) -> None:
    read = data.draw(populations(REFERRALS))
    told = fold(REFERRALS, read, 5, YEAR).rows.tolist()
    assert told == (list(range(len(read.units))) if len(set(read.units.tolist())) >= 5 else [])


def alike(number: int) -> Rows:
    """As many people of one kind, each in a household of her own."""
    numbers = np.arange(number, dtype=np.int32)
    return Rows(np.zeros((number, len(COMPETENCE.attributes)), dtype=np.int32), numbers, numbers)


def test_somebody_like_nobody_is_withheld_with_the_smallest_class() -> None:
    leaves = np.zeros((12, len(PEOPLE.attributes)), dtype=np.int32)
    leaves[6:11, 0], leaves[11] = 1, [5, 3, 2, 3]  # six, five others, and one who shares nothing with them
    numbers = np.arange(12, dtype=np.int32)
    said = written(fold(PEOPLE, Rows(leaves, numbers, numbers), 5, YEAR))
    assert said[6:] == [("withheld",) * len(PEOPLE.attributes)] * 6
    assert len(set(said[:6])) == 1
    assert said[0] != said[6]


def test_people_who_are_alike_are_told_as_they_are() -> None:
    assert len(set(written(fold(COMPETENCE, alike(5), 5, YEAR)))) == 1
    assert "withheld" not in written(fold(COMPETENCE, alike(5), 5, YEAR))[0]


def test_too_few_people_are_told_of_in_no_way() -> None:
    assert written(fold(COMPETENCE, alike(4), 5, YEAR)) == []
    assert written(fold(COMPETENCE, alike(0), 5, YEAR)) == []


def test_a_family_counts_as_one() -> None:
    family = Rows(alike(9).leaves, alike(9).people, np.zeros(9, dtype=np.int32))
    assert written(fold(COMPETENCE, family, 5, YEAR)) == []


def test_a_threshold_below_five_is_refused() -> None:
    with pytest.raises(Invalid):
        fold(COMPETENCE, alike(9), 4, YEAR)


def test_nothing_is_written_where_the_promise_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(leaves: Ints, hierarchies: Sequence[Hierarchy], _: int, *, units: Ints) -> Generalisation:
        return generalise(leaves, hierarchies, 5, units=units)

    monkeypatch.setattr(folding, "generalise", careless)
    with pytest.raises(RuntimeError, match="kompetanse"):
        fold(COMPETENCE, alike(5), 6, YEAR)


def test_the_promise_is_counted_by_what_is_written() -> None:
    folded = fold(PEOPLE, Rows(np.zeros((6, 4), dtype=np.int32), *(np.arange(6, dtype=np.int32),) * 2), 5, YEAR)
    assert folding.fewest_households(folded, np.array([1, 1, 1, 2, 3, 3])) == 3
