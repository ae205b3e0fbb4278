"""What of one person becomes a value of the extract, before it is folded. Pure: "today" is passed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kompetanse.analytics.hierarchies import WorkStatus
from kompetanse.codes.cefr import Cefr
from kompetanse.competence.rules import spoken_level
from kompetanse.competence.unused import EMPLOYED, HeldEducation, HeldJob, unused

THRESHOLD_FLOOR = 5
"""No municipality may ask for fewer households behind a row."""


def batch(threshold: int) -> int:
    """How many newcomers come into extracts together. Those behind the last whole batch wait.

    Whoever lays two extracts side by side then sees many come at a time, and not one.
    """
    return 2 * threshold


def work_status(jobs: Collection[HeldJob], educations: Collection[HeldEducation], today: date) -> WorkStatus | None:
    """Whether somebody works now and below what she can; None where nothing of work or education is known."""
    if not jobs and not educations:
        return None
    lies_unused = unused(jobs, educations, today) is not None
    if any(job.ongoing and job.kind in EMPLOYED for job in jobs):
        return WorkStatus.BELOW if lies_unused else WorkStatus.WORKING
    return WorkStatus.UNUSED if lies_unused else WorkStatus.NO_WORK_KNOWN


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was stated of a language at one time."""

    language: str
    mother_tongue: bool | None
    interaction: Cefr | None
    production: Cefr | None


def moved(before: Spoken, after: Spoken) -> tuple[Cefr, Cefr] | None:
    """The spoken levels before and after a change; None where they are the same, or one is not stated."""
    levels = spoken_level(before), spoken_level(after)
    return None if None in levels or levels[0] == levels[1] else levels  # type: ignore[return-value]


def arrival_year(arrived: str | None, today: date) -> int | None:
    """The year of arrival; None where it is not stated, or yet to come, which is a slip."""
    year = int(arrived[:4]) if arrived else None
    return year if year is not None and year <= today.year else None
