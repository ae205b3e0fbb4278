"""What a neighbour is answered, and when a yes still stands. Pure: no session, clock or I/O."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kompetanse.codes.consent import ShareSection
from kompetanse.codes.contact import AskStage, Found, Standing
from kompetanse.contacts.tables import ContactAsk, ContactRequest

ENOUGH = 5
"""From so many households or single persons on a request is told that there are more."""

BUDGET_DAYS = 30
"""The time in which a recipient may ask as often as her agreement says."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier vacancy request: whom it found, by unit, and what was answered."""

    units: frozenset[UUID]
    found: Found


def found(units: Collection[UUID], earlier: Iterable[Earlier]) -> Found:
    """Whether fewer than five fit, or more.

    Requests that differ by fewer than five units get one answer, that of the first: else somebody could be tried for
    by two vacancies that only she tells apart. It is query-set-overlap control (Dobkin, Jones & Lipton, Secure
    databases: protection against user influence, ACM TODS 1979).
    """
    now = frozenset(units)
    for one in earlier:
        if len(one.units ^ now) < ENOUGH:
            return one.found
    return Found.MORE if len(now) >= ENOUGH else Found.FEWER


def standing(request: ContactRequest, on: date) -> Standing:
    """Whether an answer can still come. It follows from the day alone, so it tells nothing of anybody."""
    return Standing.WAITING if on <= request.answer_by else Standing.OVER


def is_granted(ask: ContactAsk, on: date) -> bool:
    """Whether a yes stands on a day, as far as the answer itself goes."""
    stands = ask.stage is AskStage.YES and ask.ended_at is None
    return stands and ask.granted_until is not None and ask.granted_until >= on


def can_answer(ask: ContactAsk, request: ContactRequest, on: date) -> bool:
    """Whether the person can still say yes or no."""
    return ask.stage is AskStage.ASKED and on <= request.answer_by


def allowed(wanted: Iterable[ShareSection], agreed: Collection[ShareSection]) -> list[ShareSection]:
    """The sections that are both wanted and agreed on, in the order of all."""
    both = set(wanted) & set(agreed)
    return [one for one in ShareSection if one in both]
