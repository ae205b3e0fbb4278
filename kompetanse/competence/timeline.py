"""Gaps and overlaps in what somebody has done: computed from the entries, never typed. Pure: "today" is passed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Protocol
from uuid import UUID

from kompetanse.codes.partial_date import first_day, last_day, parse_partial_date
from kompetanse.competence.rules import DAYS_A_MONTH

LEAST_GAP_MONTHS = 3
"""A shorter time between two jobs is a change of jobs."""

_DAY = timedelta(days=1)


class TimedJob(Protocol):
    """A job as a timeline sees it; dates of reduced precision."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def started(self) -> str | None: ...  # noqa: D102
    @property
    def ended(self) -> str | None: ...  # noqa: D102
    @property
    def ongoing(self) -> bool | None: ...  # noqa: D102


class TimedEducation(Protocol):
    """An education as a timeline sees it."""

    @property
    def started_year(self) -> int | None: ...  # noqa: D102
    @property
    def completed_year(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nothing is written: its first and last month (YYYY-MM).

    `certain` is False when something that began before has no end written: it may have filled the time.
    """

    started: str
    ended: str
    months: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two jobs that were held at the same time, for at least so many months."""

    first_id: UUID
    first_title: str
    second_id: UUID
    second_title: str
    months: int


def gaps(jobs: Iterable[TimedJob], educations: Iterable[TimedEducation], today: date) -> list[Gap]:
    """The times of three months and more between the first thing written and today in which nothing is.

    Dates of reduced precision get the benefit of the doubt: "2009" reaches from January to December.
    """
    periods = sorted([*_of_jobs(jobs, today), *_of_educations(educations)])
    found: list[Gap] = []
    if not periods:
        return found
    covered, certain = periods[0][1] or periods[0][0], periods[0][1] is not None
    for start, end in [*periods[1:], (today + _DAY, today + _DAY)]:
        months = round((start - covered).days / DAYS_A_MONTH)
        if months >= LEAST_GAP_MONTHS:
            found.append(Gap(_month(covered + _DAY), _month(start - _DAY), months, certain))
        certain = certain and end is not None
        covered = max(covered, end or start)
    return found


def overlaps(jobs: Sequence[TimedJob], today: date) -> list[Overlap]:
    """Pairs of jobs that certainly lasted a month or more side by side, in the order of the jobs."""
    found = []
    for one, other in combinations(jobs, 2):
        mine, theirs = _certain(one, today), _certain(other, today)
        if mine and theirs:
            days = (min(mine[1], theirs[1]) - max(mine[0], theirs[0])).days
            months = int(days / DAYS_A_MONTH)
            if months >= 1:
                found.append(Overlap(one.id, one.title, other.id, other.title, months))
    return found


def _of_jobs(jobs: Iterable[TimedJob], today: date) -> Iterable[tuple[date, date | None]]:
    """The longest time that each job can have lasted; no end where none is known."""
    for job in jobs:
        if job.started:
            end = today if job.ongoing else last_day(parse_partial_date(job.ended)) if job.ended else None
            yield first_day(parse_partial_date(job.started)), min(end, today) if end else None


def _of_educations(educations: Iterable[TimedEducation]) -> Iterable[tuple[date, date | None]]:
    for one in educations:
        if one.started_year:
            yield date(one.started_year, 1, 1), date(one.completed_year, 12, 31) if one.completed_year else None


def _certain(job: TimedJob, today: date) -> tuple[date, date] | None:
    """The shortest time that a job can have lasted; None when its dates do not say."""
    if job.started is None or not (job.ended or job.ongoing):
        return None
    end = first_day(parse_partial_date(job.ended)) if job.ended else today
    return last_day(parse_partial_date(job.started)), end


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
