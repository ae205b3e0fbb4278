"""Expressions that both databases say in their own words mean what Python means by them."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, DateTime, Text, bindparam, cast, select

from kompetanse.clock import OSLO
from kompetanse.codes.partial_date import first_day, last_day, parse_partial_date
from kompetanse.database import Database
from kompetanse.exchange.csv_safe import neutralise
from kompetanse.exchange.csv_sql import DayInNorway, FirstDay, LastDay, TextCell
from tests.factories import FROYA

ONE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20) | st.text(
    "'=+-@;\"\r\n\tåx＝", max_size=6
)
EPOCH = date(1970, 1, 1)


def said(database: Database, expression: ColumnElement[Any], value: object) -> Any:
    with database.session(FROYA, write=False) as session:
        return session.execute(select(expression), {"value": value}).scalar_one()


@given(text=TEXT)
@example(text="'=1")
@example(text='a;"b"\r\n')
@ONE
def test_a_text_is_the_cell_that_the_writer_in_python_makes(database: Database, text: str) -> None:
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([neutralise(text), "next"])
    assert f"{said(database, TextCell(cast(bindparam('value'), Text)), text)};next\r\n" == line.getvalue()


def test_no_text_is_an_empty_cell(database: Database) -> None:
    assert said(database, TextCell(cast(bindparam("value"), Text)), None) == ""


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
PARTIAL = DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4])


@given(text=PARTIAL)
@example(text="2024-02")
@ONE
def test_a_date_of_reduced_precision_has_a_first_and_a_last_day(database: Database, text: str) -> None:
    known, value = parse_partial_date(text), cast(bindparam("value"), Text)
    assert said(database, FirstDay(value), text) == (first_day(known) - EPOCH).days
    assert said(database, LastDay(value), text) == (last_day(known) - EPOCH).days


@given(at=st.integers(1_136_073_600, 2_145_916_799).map(lambda second: datetime.fromtimestamp(second, UTC)))
@example(at=datetime(2026, 3, 28, 23, 0, tzinfo=UTC))
@example(at=datetime(2026, 3, 29, 22, 30, tzinfo=UTC))
@example(at=datetime(2026, 10, 24, 22, 0, tzinfo=UTC))
@example(at=datetime(2026, 10, 25, 22, 59, tzinfo=UTC))
@ONE
def test_a_moment_is_a_day_in_norway(database: Database, at: datetime) -> None:
    stored = at.strftime("%Y-%m-%d %H:%M:%S.%f") if database.is_sqlite else at
    kind = Text() if database.is_sqlite else DateTime(timezone=True)
    told = said(database, cast(DayInNorway(cast(bindparam("value", type_=kind), kind)), Text), stored)
    assert told == at.astimezone(OSLO).date().isoformat()
