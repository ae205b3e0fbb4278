"""What the tables of counts give away, tried as an attacker would: by all that is written, and linear programming."""

from collections import Counter
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kompetanse.analytics.counting import Cell, counts
from kompetanse.analytics.dictionary import COMPETENCE, PEOPLE, Table
from kompetanse.analytics.folding import Folded, Rows, fold
from tests.analytics.test_folding import YEAR, populations, written

THRESHOLD = 5
OVERVIEWS = [(COMPETENCE, "utdanningsniva", "norsk_muntlig"), (PEOPLE, "opphavsregion", "arbeid")]


def table_of(folded: Folded, rows: str, columns: str) -> dict[tuple[str, str], int | None]:
    """A table of counts by its values."""
    cells: list[Cell] = list(counts(folded, rows, columns))
    found = {(one.row, one.column): one.count for one in cells}
    assert len(found) == len(cells)
    return found


@cache
def could_be(table: Table, column: str) -> dict[str, frozenset[str]]:
    """Which values of an overview each code that is written can stand for, by the published hierarchy alone."""
    attribute = table.attributes[table.position(column)]
    found: dict[str, set[str]] = {}
    for path in attribute.hierarchy(YEAR).paths:
        for code in path:
            found.setdefault("withheld" if code == "any" else code, set()).add(path[attribute.overview])
    return {code: frozenset(values) for code, values in found.items()}


def bounds(folded: Folded, rows: str, columns: str) -> dict[tuple[str, str], tuple[float, float]]:
    """Between which counts each cell lies, by all rows that are written: each is of one of the cells it can be of."""
    places = [folded.table.position(name) for name in (rows, columns)]
    known = [could_be(folded.table, name) for name in (rows, columns)]
    kinds = Counter((known[0][said[places[0]]], known[1][said[places[1]]]) for said in written(folded))
    variables = [(kind, cell) for kind in kinds for cell in product(sorted(kind[0]), sorted(kind[1]))]
    sums = np.array([[kind == one for kind, _ in variables] for one in kinds], dtype=float)
    found = {}
    for cell in {cell for _, cell in variables}:
        aim = np.array([at == cell for _, at in variables], dtype=float)
        ends = [linprog(sign * aim, A_eq=sums, b_eq=list(kinds.values())).fun for sign in (1, -1)]
        found[cell] = (round(ends[0], 6), round(-ends[1], 6))
    return found


@pytest.mark.parametrize(("table", "rows", "columns"), OVERVIEWS, ids=lambda one: str(getattr(one, "name", one)))
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_no_count_of_few_can_be_told(table: Table, rows: str, columns: str, data: st.DataObject) -> None:
    read = data.draw(populations(table))
    folded = fold(table, read, THRESHOLD, YEAR)
    if not len(folded.rows):
        return
    shown = table_of(folded, rows, columns)
    households = true_households(folded, read, rows, columns)
    for cell, (least, most) in bounds(folded, rows, columns).items():
        if least < most:
            assert most - least >= THRESHOLD
        elif least:
            assert len(households[cell]) >= THRESHOLD  # a count that is known for certain is of enough
            assert shown[cell] == least
        if 0 < len(households.get(cell, ())) < THRESHOLD:
            assert (least, shown.get(cell)) == (0, None)
            assert most >= THRESHOLD


def true_households(folded: Folded, read: Rows, rows: str, columns: str) -> dict[tuple[str, str], set[int]]:
    """Of which households the rows of each cell are, before anything was folded."""
    places = [folded.table.position(name) for name in (rows, columns)]
    found: dict[tuple[str, str], set[int]] = {}
    for row in folded.rows.tolist():
        cell = [
            folded.hierarchies[at].paths[read.leaves[row, at]][folded.table.attributes[at].overview] for at in places
        ]
        found.setdefault((cell[0], cell[1]), set()).add(int(read.units[row]))
    return found


@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_cells_add_up_to_their_sums_and_none_is_of_few(data: st.DataObject) -> None:
    read = data.draw(populations(COMPETENCE))
    folded = fold(COMPETENCE, read, THRESHOLD, YEAR)
    shown = table_of(folded, "yrke_styrk08", "arbeid")
    assert all(count is None or count == 0 or count >= THRESHOLD for count in shown.values())
    for row in {row for row, _ in shown}:
        inside = [count or 0 for (one, column), count in shown.items() if one == row and column != "all"]
        assert sum(inside) == shown[row, "all"]
    for column in {column for _, column in shown}:
        inside = [count or 0 for (row, one), count in shown.items() if one == column and row != "all"]
        assert sum(inside) == shown["all", column]
    assert shown["all", "all"] == len(folded.rows)


def told(*people: tuple[str, str]) -> dict[tuple[str, str], int | None]:
    """Counts of people by education and Norwegian, each in a household of her own."""
    hierarchies = [one.hierarchy(YEAR) for one in COMPETENCE.attributes]
    leaves = [
        [hierarchies[0].place("5120"), hierarchies[1].place(norwegian), hierarchies[2].place(level), 0]
        for level, norwegian in people
    ]
    numbers = np.arange(len(people), dtype=np.int32)
    folded = fold(COMPETENCE, Rows(np.array(leaves, dtype=np.int32), numbers, numbers), THRESHOLD, YEAR)
    return table_of(folded, "utdanningsniva", "norsk_muntlig")


def test_a_few_are_among_the_withheld_and_their_cell_is_empty() -> None:
    shown = told(*[("4", "B1")] * 7, *[("4", "A1")] * 3, *[("4", "C1")] * 2)
    assert shown["mid", "B"] == 7
    assert shown["mid", "withheld"] == 5
    assert shown["mid", "all"] == 12
    assert ("mid", "A") not in shown  # nobody is told to have A, so the table has no such column


def test_an_empty_cell_and_a_zero_are_two_things() -> None:
    shown = told(*[("4", "B1")] * 6, *[("6", "A1")] * 6, *[("4", "A2")] * 2, *[("4", "C1")] * 3)
    assert shown["mid", "A"] is None
    assert shown["high", "B"] == 0
    assert shown["high", "A"] == 6
