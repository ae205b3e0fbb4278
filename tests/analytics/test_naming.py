"""The extract explains itself: every code has a name, every column a description, and none is left to itself."""

from datetime import date

import pytest

from kompetanse.analytics import hierarchies as own
from kompetanse.analytics.dictionary import FILES, TABLES, WITHHELD
from kompetanse.analytics.hierarchies import Duration, Place, WorkStatus, duration, place, quarter
from kompetanse.analytics.naming import code_rows, column_rows
from kompetanse.analytics.rules import arrival_year
from kompetanse.exchange.csv_safe import cell, neutralise
from kompetanse.sharing.hierarchies import ANY

YEAR = 2026


def test_every_code_that_a_table_can_hold_has_a_name() -> None:
    named = {(codes, code): name for codes, code, name, _ in code_rows(YEAR)}
    for table in TABLES:
        for one in table.attributes:
            for label in one.hierarchy(YEAR).labels:
                name = named[one.codes, WITHHELD if label == ANY else label]
                assert isinstance(name, str)
                assert name


def test_a_code_stands_once_and_belongs_to_one_that_is_there() -> None:
    listed = [(codes, code) for codes, code, _, _ in code_rows(YEAR)]
    assert len(listed) == len(set(listed))
    assert {(codes, parent) for codes, _, _, parent in code_rows(YEAR) if parent} <= set(listed)


def test_the_dictionary_lists_every_column_of_every_table() -> None:
    listed = [(row[0], row[1]) for row in column_rows(YEAR)]
    assert listed == [(name, field.name) for name, (_, fields) in FILES.items() for field in fields]
    assert all(row[5] and row[6] for row in column_rows(YEAR))


def test_no_code_is_a_formula_or_needs_quotes() -> None:
    for _, code, name, _ in code_rows(YEAR):
        for text in (str(code), str(name)):
            assert neutralise(text) == text == cell(text)
            assert not set(text) & set(';"\r\n')


def test_every_overview_is_of_columns_that_the_table_has() -> None:
    for table in TABLES:
        for pair in table.overviews:
            assert [table.attributes[table.position(name)].column for name in pair] == list(pair)
        for one in table.attributes:
            assert one.overview < len(one.hierarchy(YEAR).levels) - 1


@pytest.mark.parametrize(
    ("alpha2", "expected"),
    [("NO", Place.NORWAY), ("SE", Place.NEAR), ("PL", Place.NEAR), ("SY", Place.ELSEWHERE), ("SU", None), (None, None)],
)
def test_a_place_is_told_by_the_right_to_move(alpha2: str | None, expected: Place | None) -> None:
    assert place(alpha2) is expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (None, None),
        (0, Duration.UNDER_1),
        (11, Duration.UNDER_1),
        (12, Duration.FROM_1),
        (35, Duration.FROM_1),
        (36, Duration.FROM_3),
        (59, Duration.FROM_3),
        (60, Duration.FROM_5),
        (119, Duration.FROM_5),
        (120, Duration.FROM_10),
    ],
)
def test_months_are_told_in_bands(months: int | None, expected: Duration | None) -> None:
    assert duration(months) is expected


def test_a_quarter_is_a_leaf_until_the_year_ends() -> None:
    assert [quarter(2026, month) for month in (1, 3, 4, 12)] == ["2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4"]
    hierarchy = own.quarter_hierarchy(YEAR)
    assert hierarchy.place(quarter(2009, 5)) == 0
    assert hierarchy.paths[hierarchy.place("2026-Q4")] == ("2026-Q4", "2026", ANY)


def test_a_year_of_arrival_to_come_is_a_slip() -> None:
    assert [arrival_year(told, date(2026, 3, 1)) for told in ("2026-05", "2027", None)] == [2026, None, None]


def test_unused_competence_is_told_apart_from_work_that_is_not_known() -> None:
    assert own.work_hierarchy().levels == ("work", "in work", ANY)
    wider = {path[0]: path[1] for path in own.work_hierarchy().paths}
    assert (wider[WorkStatus.BELOW], wider[WorkStatus.UNUSED]) == (own.IN_WORK, own.NOT_IN_WORK)
