"""What follows from a profile: how long, what mostly, how well spoken. Pure: "today" is passed in."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.languages import NORWEGIAN, macrolanguage
from kompetanse.codes.occupations import skill_level
from kompetanse.codes.partial_date import first_day, last_day, parse_partial_date

DAYS_A_MONTH = 365.2425 / 12
"""The mean Gregorian month."""

ESTABLISHED_MONTHS = 12
"""From how long on an occupation counts as one's own, however low the present job is."""


class Job(Protocol):
    """What the duration of a job is computed from."""

    @property
    def styrk(self) -> str | None: ...  # noqa: D102
    @property
    def started(self) -> str | None: ...  # noqa: D102
    @property
    def ended(self) -> str | None: ...  # noqa: D102
    @property
    def ongoing(self) -> bool | None: ...  # noqa: D102
    @property
    def months(self) -> int | None: ...  # noqa: D102


class SpokenLanguage(Protocol):
    """What the spoken level of a language is read from."""

    @property
    def language(self) -> str: ...  # noqa: D102
    @property
    def mother_tongue(self) -> bool | None: ...  # noqa: D102
    @property
    def interaction(self) -> Cefr | None: ...  # noqa: D102
    @property
    def production(self) -> Cefr | None: ...  # noqa: D102


def months_of(job: Job, today: date) -> int | None:
    """How many months a job lasted, or has lasted; None when that is not known.

    Dates of reduced precision give a shortest and a longest time; the middle of the two is taken, so that
    "2009" to "2015" is 72 months and "2015" to "2015" is 6. Months that were stated count where dates do not
    say. An end that is not stated is no ongoing job: nothing is guessed. Time is not weighed by percentage.
    """
    span = _span(job, today)
    if span is None:
        return job.months
    shortest, longest = span
    return round((shortest + longest) / 2 / DAYS_A_MONTH)


def _span(job: Job, today: date) -> tuple[int, int] | None:
    """The shortest and longest time that the dates allow, in days."""
    if job.started is None or (job.ended is None and not job.ongoing):
        return None
    start = parse_partial_date(job.started)
    end = parse_partial_date(job.ended) if job.ended else parse_partial_date(today.isoformat())
    first_end, last_end = first_day(end), min(last_day(end), today)
    shortest = (first_end - last_day(start)).days
    longest = (last_end - first_day(start)).days + 1
    return max(0, shortest), max(0, longest)


def months_by_occupation(jobs: Iterable[Job], today: date) -> dict[str, int | None]:
    """Months in each STYRK-08 code held; None where no job of the code has a known duration.

    Jobs held at the same time count side by side.
    """
    held: dict[str, int | None] = {}
    for job in jobs:
        if job.styrk is not None:
            months, before = months_of(job, today), held.get(job.styrk)
            held[job.styrk] = before if months is None else months + (before or 0)
    return held


def months_lived(jobs: Iterable[Job], today: date) -> dict[str, int | None]:
    """As `months_by_occupation`, but never more than went by between an occupation's first day and its last.

    For what is told of a person: two half jobs as a nurse from 2009 to 2021, or one that was written twice, are twelve
    years as a nurse and not twenty-four. Where a time was stated without dates, nobody knows what ran beside it, and it
    is added.
    """
    jobs = list(jobs)
    held = months_by_occupation(jobs, today)
    for styrk, months in held.items():
        dated = [job for job in jobs if job.styrk == styrk and _span(job, today) is not None]
        if months is not None and len(dated) > 1:
            apart = sum(months_of(job, today) or 0 for job in dated)
            held[styrk] = months - apart + min(apart, _from_first_to_last(dated, today))
    return held


def _from_first_to_last(dated: Iterable[Job], today: date) -> int:
    """Months from the day when the first of these began to when the last ended; no less than one of them took."""
    dated = list(dated)
    starts = [parse_partial_date(job.started) for job in dated if job.started]
    ends = [parse_partial_date(job.ended or today.isoformat()) for job in dated]
    first, last = min(starts, key=first_day), max(ends, key=last_day)
    shortest = (first_day(last) - last_day(first)).days
    longest = (min(last_day(last), today) - first_day(first)).days + 1
    between = round((max(0, shortest) + max(0, longest)) / 2 / DAYS_A_MONTH)
    return max(between, *(months_of(job, today) or 0 for job in dated))


def main_occupation(jobs: Iterable[Job], today: date) -> str | None:
    """The STYRK-08 code that says most of what a person can; None when no job has a code.

    Newcomers often work below what they can, and for long: an accountant of four years who has filleted salmon
    for ten is an accountant. So the ISCO-08 skill level decides among occupations held for a year or more, or for
    a time that nobody stated; then the months in all, then the latest job. What is known to be shorter than a
    year comes after.
    """
    coded = [job for job in jobs if job.styrk is not None]
    if len({job.styrk for job in coded}) <= 1:
        return coded[0].styrk if coded else None
    months = months_by_occupation(coded, today)

    def weight(job: Job) -> tuple[bool, int, int, str, str]:
        styrk = job.styrk or ""
        held = months[styrk]
        latest = today.isoformat() if job.ongoing else job.ended or job.started or ""
        established = held is None or held >= ESTABLISHED_MONTHS
        level = skill_level(styrk) or 0 if established else 0
        return established, level, -1 if held is None else held, latest, styrk

    return max(coded, key=weight).styrk


def spoken_level(language: SpokenLanguage) -> Cefr | None:
    """How well a language is spoken: the lower of interaction and production, or the one that is stated.

    Work needs both. A mother tongue is beyond the scale and counts as C2, whatever else is stated.
    """
    if language.mother_tongue:
        return Cefr.C2
    stated = [level for level in (language.interaction, language.production) if level is not None]
    return min(stated, default=None)


def spoken_norwegian(languages: Iterable[SpokenLanguage]) -> Cefr | None:
    """The level of spoken Norwegian; None when nothing is stated, which is not the same as none."""
    levels = [spoken_level(one) for one in languages if macrolanguage(one.language) == NORWEGIAN]
    return max((level for level in levels if level is not None), default=None)
