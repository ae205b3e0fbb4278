"""What waits for somebody, how urgent it is, and what comes first. Pure: "today" is passed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from kompetanse.competence.statutory import Settled, statutory

DAY, WEEK = timedelta(days=1), timedelta(days=7)

CONSENT_AHEAD = timedelta(days=30)
"""So long before a yes runs out it is time to ask again."""

PERMIT_AHEAD = timedelta(days=60)
"""So long before a permit ends it is told of."""

RENEWAL = timedelta(days=30)
"""UDI wants the application for renewal at least one month before the permit ends (udi.no, renewal of permits)."""

MAP_WITHIN = timedelta(days=14)
"""When somebody is mapped whom the Integration Act sets no day for: two weeks after she was registered."""

ASK_WITHIN = timedelta(days=14)
"""When questions that were put off in a mapping conversation are asked again."""

COURSE_AHEAD = timedelta(days=14)
"""So long before a course begins somebody can still be signed up."""

ANSWER_WITHIN = timedelta(days=2)
"""When whoever says that she is interested in a vacancy should hear from somebody."""


class Kind(StrEnum):
    """What kind of thing waits; in the order in which one would do them on one day."""

    FOLLOW_UP = "follow_up"
    JOB_INTEREST = "job_interest"
    CONTACT_REQUEST = "contact_request"
    CONSENT = "consent"
    PERMIT = "permit"
    WATCHED_SEARCH = "watched_search"
    STRONG_CANDIDATES = "strong_candidates"
    UNMAPPED = "unmapped"
    ASK_LATER = "ask_later"
    VACANCY_DEADLINE = "vacancy_deadline"
    COURSE_START = "course_start"


class Urgency(StrEnum):
    """When something is due, seen from today."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    SOON = "soon"


class Period(StrEnum):
    """The parts of the page."""

    NOW = "now"
    WEEK = "week"
    SOON = "soon"


class Permit(StrEnum):
    """What of a person's permits ends first."""

    RESIDENCE = "residence"
    RIGHT_TO_WORK = "right_to_work"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom something is about."""

    person_id: UUID
    given_name: str
    family_name: str
    protected_address: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits.

    `record_id` is the referral's, the contact request's, the vacancy's, the course's, the saved search's or, for all
    else, the person's.
    `due_on` is when it should be done, `on` the day that the reason tells of. `what` is a code by kind: a
    `ReferralStage`, a `ConsentPurpose`, a `Permit`, the neighbour's number, or empty. `people` counts candidates, or
    who is new, or the questions that were put off; `ended`: the vacancy of a referral is filled or closed.
    """

    kind: Kind
    urgency: Urgency
    due_on: date
    record_id: UUID
    on: date
    what: str = ""
    title: str | None = None
    whose: Whose | None = None
    vacancy_id: UUID | None = None
    version: int | None = None
    people: int | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Things of one kind in one part of the page: the first of them, and how many there are."""

    period: Period
    kind: Kind
    items: tuple[Item, ...]
    total: int


def urgency(due_on: date, today: date) -> Urgency:
    """How urgent something is that is due on a day; the seventh day from now is still this week."""
    if due_on < today:
        return Urgency.OVERDUE
    if due_on == today:
        return Urgency.TODAY
    return Urgency.WEEK if due_on <= today + WEEK else Urgency.SOON


def period(how: Urgency) -> Period:
    """Where on the page something stands: what is overdue is to be done now."""
    return Period.NOW if how in {Urgency.OVERDUE, Urgency.TODAY} else Period(how.value)


def blocks(items: Iterable[Item], each: int) -> list[Block]:
    """Things by period and kind, of one kind what is due first, and at most `each` of a block."""
    periods, kinds = list(Period), list(Kind)

    def place(item: Item) -> tuple[int, int]:
        return periods.index(period(item.urgency)), kinds.index(item.kind)

    ordered = sorted(items, key=lambda item: (place(item), item.due_on, item.record_id))
    found = []
    for _, group in groupby(ordered, key=place):
        block = tuple(group)
        found.append(Block(period(block[0].urgency), block[0].kind, block[:each], len(block)))
    return found


def statutory_day(person: Settled, today: date) -> date | None:
    """The day by which the Integration Act wants somebody mapped; None where it sets none."""
    mapping = statutory(person, frozenset(), None, today)
    return mapping.status.due_on if mapping else None


def first_permit(residence_until: date | None, may_work_until: date | None) -> tuple[Permit, date] | None:
    """The permit that ends first, residence where both end on one day; None where no end is stated."""
    ends = [(residence_until, Permit.RESIDENCE), (may_work_until, Permit.RIGHT_TO_WORK)]
    known = [(until, what) for until, what in ends if until is not None]
    if not known:
        return None
    until, what = min(known, key=lambda one: one[0])
    return what, until
