"""What waits for whoever asks, over REST."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query

from api.dependencies import MayReadPeople, SessionDep
from api.problems import responses
from kompetanse.today import service
from kompetanse.today.rules import Item, Kind
from schemas.insight import WhoseOut
from schemas.today import TodayOut, WaitingOut

router = APIRouter(tags=["today"])

_DONE_AT: Mapping[Kind, str] = {
    Kind.FOLLOW_UP: "/api/v1/referrals/{}",
    Kind.JOB_INTEREST: "/api/v1/vacancies/{vacancy}/candidates",
    Kind.CONTACT_REQUEST: "/api/v1/contact-requests/{}/candidates",
    Kind.CONSENT: "/api/v1/people/{}/consents",
    Kind.PERMIT: "/api/v1/people/{}",
    Kind.WATCHED_SEARCH: "/api/v1/saved-searches/{}",
    Kind.STRONG_CANDIDATES: "/api/v1/vacancies/{}/candidates",
    Kind.UNMAPPED: "/api/v1/people/{}/profile",
    Kind.ASK_LATER: "/api/v1/people/{}/profile",
    Kind.VACANCY_DEADLINE: "/api/v1/vacancies/{}",
    Kind.COURSE_START: "/api/v1/courses/{}",
}


@router.get("/today", responses=responses(422))
def today(
    who: MayReadPeople,
    session: SessionDep,
    kind: Annotated[list[Kind] | None, Query(description="Only these kinds; all unless told.")] = None,
    limit: Annotated[int, Query(ge=1, le=service.MOST, description="At most so many of each kind and part.")] = 50,
) -> TodayOut:
    """What needs whoever asks: follow-ups, requests, consents and permits, candidates, mapping and deadlines."""
    found = service.gather(session, who, frozenset(kind or Kind), limit)
    items = [_waiting(item) for block in found.blocks for item in block.items]
    return TodayOut(day=found.day, items=items, totals={kind.value: number for kind, number in found.totals.items()})


def _waiting(item: Item) -> WaitingOut:
    return WaitingOut(
        kind=item.kind.value,
        urgency=item.urgency.value,
        due_on=item.due_on,
        on=item.on,
        what=item.what,
        title=item.title,
        whose=WhoseOut.model_validate(item.whose) if item.whose else None,
        people=item.people,
        ended=item.ended,
        record_id=item.record_id,
        version=item.version,
        href=_DONE_AT[item.kind].format(item.record_id, vacancy=item.vacancy_id),
    )
