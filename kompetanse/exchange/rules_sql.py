"""Rules of `competence.rules` and `codes` once more, as SQL expressions: a property test holds the two together."""

import json
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from kompetanse.codes.cefr import Cefr, FiveValues, to_five_values
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.codes.occupations import SKILL_LEVELS, occupations
from kompetanse.competence.rules import DAYS_A_MONTH
from kompetanse.exchange.csv_sql import FirstDay, LastDay

BETWEEN = ", "
"""What stands between the codes of a list in one cell."""

NORWEGIAN_CODES = (NORWEGIAN, "nob", "nno")

Columns: TypeAlias = ReadOnlyColumnCollection[str, Column[Any]]
"""The columns of a table, by their names."""

_EPOCH = date(1970, 1, 1)


def months_of(job: Columns, today: date) -> ColumnElement[Any]:
    """`rules.months_of`."""
    last = (today - _EPOCH).days
    first_end = case((job.ended.is_not(None), FirstDay(job.ended)), else_=last)
    last_end = case((and_(job.ended.is_not(None), LastDay(job.ended) < last), LastDay(job.ended)), else_=last)
    shortest, longest = first_end - LastDay(job.started), last_end - FirstDay(job.started) + 1
    days = _not_below_zero(shortest) + _not_below_zero(longest)
    known = and_(job.started.is_not(None), or_(job.ended.is_not(None), job.ongoing.is_(True)))
    return case((known, cast(func.round(days / (2 * DAYS_A_MONTH)), Integer)), else_=job.months)


def _not_below_zero(days: ColumnElement[int]) -> ColumnElement[int]:
    return case((days > 0, days), else_=0)


def skill_level(styrk: ColumnElement[Any]) -> ColumnElement[int]:
    """`occupations.skill_level`, 0 where the standard gives none."""
    by_two = case(_levels(2), value=func.substr(styrk, 1, 2), else_=0)
    return case(_levels(1), value=func.substr(styrk, 1, 1), else_=by_two)


def _levels(digits: int) -> dict[str, int]:
    return {prefix: level for prefix, level in SKILL_LEVELS.items() if len(prefix) == digits}


@cache
def occupation_names() -> str:
    """STYRK-08 as JSON, which the database does not have: one parameter."""
    return json.dumps({one.code: one.name_nb for one in occupations()}, ensure_ascii=False)


def lower_level(
    mother_tongue: ColumnElement[Any], one: ColumnElement[Any], other: ColumnElement[Any]
) -> ColumnElement[str]:
    """C2 for a mother tongue; else the lower of two levels, or the one that is stated."""
    one, other = type_coerce(one, String), type_coerce(other, String)
    return case((mother_tongue.is_(True), Cefr.C2.value), (one < other, one), else_=func.coalesce(other, one))


def five_values(level: ColumnElement[Any], mother_tongue: ColumnElement[Any]) -> ColumnElement[str]:
    """`cefr.to_five_values`."""
    steps = {one.value: str(to_five_values(one)) for one in Cefr}
    return case((mother_tongue == 1, FiveValues.MOTHER_TONGUE.value), else_=case(steps, value=level, else_=None))


def years(months: ColumnElement[int]) -> ColumnElement[str]:
    """Months as years with two decimals, which are never a tie."""
    hundredths = (cast(months, Integer) * 50 + 3) // 6
    whole, rest = cast(hundredths // 100, Text), func.substr(cast(100 + hundredths % 100, Text), 2)
    return whole.op("||")(".").op("||")(rest)


def spaced(word: ColumnElement[Any]) -> ColumnElement[str]:
    """A word that follows another, or nothing."""
    return func.coalesce(literal(" ").op("||")(word), "")


def listed(codes: ColumnElement[Any]) -> ColumnElement[Any]:
    """A JSON list of codes as they stand in a cell."""
    text: ColumnElement[str] = type_coerce(cast(codes, Text), Text)
    for mark in '[]"':
        text = func.replace(text, mark, "")
    return func.nullif(text, "")


def joined_up(ordered: Select[Any], name: str) -> Subquery:
    """The texts `one` of each person in one cell, in the order that they come in."""
    rows = ordered.subquery()
    return (
        select(rows.c.person_id, func.aggregate_strings(rows.c.one, BETWEEN).label("told"))
        .group_by(rows.c.person_id)
        .subquery(name)
    )
