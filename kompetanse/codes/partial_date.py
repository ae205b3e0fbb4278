"""Dates as exact as they are known: "1962", "1962-05" or "1962-05-03" (ISO 8601 reduced precision)."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NewType

PartialDate = NewType("PartialDate", str)
"""An ISO 8601 calendar date of the precision that is known; made by `parse_partial_date`."""

_FORM = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@lru_cache(maxsize=8192)
def parse_partial_date(text: str) -> PartialDate:
    """Read an ISO 8601 date, month or year; other ways of writing dates are an importer's business.

    Raises:
        ValueError: the text has another form, or names a day that the calendar does not have.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("Write a date as YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError("The calendar has no such date: write YYYY, YYYY-MM or YYYY-MM-DD") from None
    return PartialDate(text)


def precision(value: PartialDate) -> Precision:
    """How exact the date is."""
    return {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(value)]


def year(value: PartialDate) -> int:
    """The year, which is always known."""
    return int(value[:4])


@lru_cache(maxsize=8192)
def first_day(value: PartialDate) -> date:
    """The earliest day that the date can mean."""
    return date.fromisoformat(value + "-01-01"[len(value) - 4 :])


@lru_cache(maxsize=8192)
def last_day(value: PartialDate) -> date:
    """The latest day that the date can mean."""
    match precision(value):
        case Precision.YEAR:
            return date(year(value), 12, 31)
        case Precision.MONTH:
            month = int(value[5:7])
            return date(year(value), month, monthrange(year(value), month)[1])
        case Precision.DAY:
            return date.fromisoformat(value)
