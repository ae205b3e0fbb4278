"""What a profile still lacks for a fair match, what has grown old, and what runs out. Pure: "today" is passed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kompetanse.codes.cefr import Cefr

STALE_MONTHS = 12
"""From when on a profile should be confirmed, unless the coordinator asks for another age."""

WARN_DAYS = 90
"""How long ahead what runs out is told."""


class Missing(StrEnum):
    """What nobody has stated, and a match would need to know; in the order in which it is worth asking."""

    MAPPING = "mapping"
    OCCUPATION = "occupation"
    NORWEGIAN = "norwegian"
    EDUCATION = "education"
    RIGHT_TO_WORK = "right_to_work"
    SKILLS = "skills"
    WISHES = "wishes"
    PERCENTAGE = "percentage"
    START = "start"
    SHIFTS = "shifts"
    LICENCES = "licences"
    INTERESTS = "interests"


@dataclass(frozen=True, slots=True)
class Stated:
    """Whether something is stated of each part; "no" and "none" are statements too."""

    mapped_on: date | None = None
    occupations: bool = False
    norwegian: Cefr | None = None
    educations: bool = False
    may_work: bool | None = None
    skills: bool = False
    wished_occupations: bool = False
    percentage: bool = False
    available_from: date | None = None
    shifts: bool = False
    licences: bool = False
    interests: bool = False


def missing(stated: Stated) -> tuple[Missing, ...]:
    """What is missing for a fair match, in the order in which it is worth asking."""
    answered = {
        Missing.MAPPING: stated.mapped_on is not None,
        Missing.OCCUPATION: stated.occupations,
        Missing.NORWEGIAN: stated.norwegian is not None,
        Missing.EDUCATION: stated.educations,
        Missing.RIGHT_TO_WORK: stated.may_work is not None,
        Missing.SKILLS: stated.skills,
        Missing.WISHES: stated.wished_occupations,
        Missing.PERCENTAGE: stated.percentage,
        Missing.START: stated.available_from is not None,
        Missing.SHIFTS: stated.shifts,
        Missing.LICENCES: stated.licences,
        Missing.INTERESTS: stated.interests,
    }
    return tuple(one for one in Missing if not answered[one])


def completeness(stated: Stated) -> int:
    """How much of what a fair match needs is stated, in per cent."""
    return round(100 * (1 - len(missing(stated)) / len(Missing)))


def is_stale(confirmed: date | None, today: date, months: int = STALE_MONTHS) -> bool:
    """Whether a profile was last written or confirmed so long ago that it should be confirmed.

    One in which nothing was ever written is not stale; it is missing.
    """
    return confirmed is not None and (today - confirmed).days > months * 365.2425 / 12


class Expiry(StrEnum):
    """What kind of thing runs out."""

    LICENCE = "licence"
    COURSE = "course"
    RECOGNITION = "recognition"
    RIGHT_TO_WORK = "right_to_work"
    RESIDENCE = "residence"


@dataclass(frozen=True, slots=True)
class Expiring:
    """Something that runs out, or has. `what` is a licence's code or an entry's title, "" for what has no name."""

    kind: Expiry
    what: str
    valid_until: date

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.valid_until < today


def running_out(things: Iterable[Expiring], today: date, days: int = WARN_DAYS) -> list[Expiring]:
    """Those that have run out, or will within some days; the earliest first."""
    limit = today + timedelta(days=days)
    return sorted(
        (one for one in things if one.valid_until <= limit), key=lambda one: (one.valid_until, one.kind, one.what)
    )
