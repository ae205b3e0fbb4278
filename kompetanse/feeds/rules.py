"""What becomes of a line of the feed, and how long to wait before asking again. Pure: no session, clock or I/O."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from kompetanse.codes.work import Duration, Shift
from kompetanse.feeds.entries import FeedItem

OLDEST = timedelta(days=183)
"""An advertisement that has not changed for half a year is not kept: longer is none published without a renewal."""

LONGEST_WAIT = 120.0
"""Seconds that a request waits before it is tried again; who asks us to wait longer is asked at the next sync."""


class IntakeStatus(StrEnum):
    """How far a reading of the feed has come."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BROKEN_OFF = "broken_off"  # the program ended in the middle; the next one went on from there


class IntakeFault(StrEnum):
    """Why a reading of the feed ended before the end."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # the token, also a fresh public one
    BUSY = "busy"  # it asks us to wait
    BROKEN = "broken"  # it answers with errors of its own
    MISSING = "missing"  # there is no feed at the address
    NOT_A_FEED = "not_a_feed"
    STOPPED = "stopped"  # the server was; the next reading goes on from there
    OTHER = "other"


class ChangeKind(StrEnum):
    """What a line of the feed did to the municipality's vacancies."""

    CAME = "came"
    CHANGED = "changed"
    WENT = "went"  # inactive
    MOVED = "moved"  # the work is in none of the municipalities that are followed any more
    AGED = "aged"  # unchanged for half a year
    UNREADABLE = "unreadable"


class ReceiptStatus(StrEnum):
    """What became of an advertisement that was sent, in NAV's words."""

    RECEIVED = "RECEIVED"
    SKIPPED = "SKIPPED"
    ERROR = "ERROR"


class Advertised(Protocol):
    """What of a vacancy an advertisement is written of."""

    id: UUID
    municipality_no: str
    title: str
    description: str | None
    unit: str | None
    employer_name: str | None
    employer_org_no: str | None
    styrk: str | None
    percentage_min: int | None
    percentage_max: int | None
    shifts: list[Shift] | None
    duration: Duration | None
    positions: int
    starts_on: date | None
    deadline: date | None
    place: str | None
    postal_code: str | None
    workplace_no: str | None


def newest_of_each(items: Iterable[FeedItem]) -> list[FeedItem]:
    """The last line of each advertisement of a page, in the page's order: earlier ones say nothing any more."""
    last: dict[str, FeedItem] = {}
    for item in items:
        last.pop(item.id, None)
        last[item.id] = item
    return list(last.values())


def is_too_old(modified_at: datetime, now: datetime) -> bool:
    """Whether an advertisement has not changed for so long that it is not kept."""
    return modified_at < now - OLDEST


def retry_after(header: str | None, now: datetime) -> float | None:
    """The seconds that a server asks to wait (RFC 9110 § 10.2.3: seconds, or a date); None when it does not say."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until - now).total_seconds()) if until.tzinfo else None


def wait(attempt: int, asked: float | None, chance: float) -> float | None:
    """Seconds before attempt number `attempt` + 1: twice as long each time, or what the server asks for.

    `chance` (0 to 1) spreads those who failed together. None: longer than it makes sense to wait.
    """
    seconds = asked if asked is not None else 2.0 ** (attempt - 1) * (0.5 + chance)
    return seconds if seconds <= LONGEST_WAIT else None
