"""The only source of time, so that tests can move it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """The moment, in UTC."""
    return _source()


def today() -> date:
    """The calendar day in Norway, which decides deadlines and expiry."""
    return now().astimezone(OSLO).date()


@contextmanager
def moved(*, to: datetime | None = None, by: timedelta = timedelta()) -> Iterator[None]:
    """Let the clock stand at `to`, or run `by` ahead, inside the block (tests, simulations)."""
    global _source  # noqa: PLW0603 - one clock for the whole process is the point
    before = _source
    _source = (lambda: to) if to is not None else (lambda: before() + by)
    try:
        yield
    finally:
        _source = before
