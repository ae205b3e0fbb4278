"""Contracts of what waits for whoever asks."""

from datetime import date
from uuid import UUID

from pydantic import Field

from schemas.base import View
from schemas.insight import WhoseOut


class WaitingOut(View):
    """One thing that waits, and where it is done."""

    kind: str = Field(
        description="follow_up, job_interest, contact_request, consent, permit, watched_search, strong_candidates, "
        "unmapped, ask_later, vacancy_deadline or course_start.",
        examples=["follow_up"],
    )
    urgency: str = Field(description="overdue, today, week or soon.", examples=["today"])
    due_on: date = Field(description="When it should be done.")
    on: date = Field(
        description="What the reason tells of: the last change, when something ends, when somebody was registered."
    )
    what: str = Field(
        description="By kind: a referral's stage, a consent's purpose, a permit, a neighbour's number, or empty.",
        examples=["sent"],
    )
    title: str | None = Field(description="Of the vacancy, the request or the course; the name of a saved search.")
    whose: WhoseOut | None = Field(description="Whom it is about.")
    people: int | None = Field(description="How many fit well, are new to a search, or questions that were put off.")
    ended: bool = Field(description="Whether the vacancy of a referral is filled or closed.")
    record_id: UUID
    version: int | None = Field(description="Of a referral, to send as If-Match.")
    href: str = Field(description="The address of the thing to do.", examples=["/api/v1/referrals/0198f2a0-…"])


class TodayOut(View):
    """What waits on a day: what is due first within each part, now before this week before soon."""

    day: date
    items: list[WaitingOut]
    totals: dict[str, int] = Field(
        description="How many of each kind there are in all.",
        examples=[{"follow_up": 2, "unmapped": 14}],
    )
