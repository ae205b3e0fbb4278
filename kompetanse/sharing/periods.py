"""The cadence of releases: one a quarter, the same for every recipient, and none on demand. Pure."""

from datetime import date


def period_of(day: date) -> int:
    """The quarter that a day is in, as a number that rises by one from quarter to quarter.

    >>> period_of(date(2026, 11, 26))
    8107
    """
    return day.year * 4 + (day.month - 1) // 3


def period_name(period: int) -> str:
    """What a quarter is called.

    >>> period_name(8107)
    '2026-Q4'
    """
    return f"{period // 4}-Q{period % 4 + 1}"


def begins_on(period: int) -> date:
    """The first day of a quarter.

    >>> begins_on(8108)
    datetime.date(2027, 1, 1)
    """
    return date(period // 4, period % 4 * 3 + 1, 1)
