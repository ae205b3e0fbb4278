"""Any text may stand in any cell: it is read, or rejected with a sentence."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.exchange import (
    course_cells,
    course_columns,
    household_columns,
    household_import,
    vacancy_cells,
    vacancy_columns,
)
from kompetanse.exchange.columns import ColumnSet
from kompetanse.exchange.faults import CellRejected
from kompetanse.exchange.plain_rows import CellReader

TODAY = date(2026, 11, 26)
KINDS = [
    (vacancy_columns.COLUMNS, vacancy_cells.READERS),
    (course_columns.COLUMNS, course_cells.READERS),
    (household_columns.COLUMNS, household_import.READERS),
]
words = st.sampled_from(["norsk", "B1", "31.12.26", "50-80", "%", "truck", "T4", "12", "år", "²", "٣", "(", ",", "-"])
cells = st.text(max_size=40) | st.lists(words, max_size=6).map(" ".join)


@pytest.mark.parametrize(("columns", "readers"), KINDS)
def test_every_field_has_a_reader_and_no_heading_means_two_things(
    columns: ColumnSet[StrEnum], readers: Mapping[StrEnum, CellReader]
) -> None:
    assert {column.field for column in columns.columns} == readers.keys()
    headings = [heading for column in columns.columns for heading in column.headings]
    assert len(headings) == len(set(headings))
    assert all(columns.named(heading) == column for column in columns.columns for heading in column.headings)


@pytest.mark.parametrize("readers", [readers for _, readers in KINDS])
@given(cell=cells)
def test_any_cell_is_read_or_rejected(readers: Mapping[StrEnum, CellReader], cell: str) -> None:
    for read in readers.values():
        try:
            fields = read(cell, TODAY).value
        except CellRejected as rejected:
            hint: str | None = rejected.hint
        else:
            hint = None
            assert all(isinstance(name, str) for name in fields)
        assert hint is None or hint
