"""Consents over REST: recorded for one person, overseen for the whole municipality."""

from dataclasses import asdict, dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import MayReadConsents, MayRecordConsents, OnceDep, PageDep, SessionDep, link_next
from api.problems import responses
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.people import consents
from kompetanse.people.consents import ConsentFilter
from schemas.consents import ConsentIn, ConsentOut, ConsentPage, ConsentsOut

router = APIRouter(tags=["consents"])


@dataclass(frozen=True, slots=True)
class ConsentQuery:
    """The filters of the list, as query parameters."""

    purpose: Annotated[ConsentPurpose | None, Query()] = None
    granted: Annotated[bool | None, Query(description="Yes, or no; left out means either.")] = None
    person_id: Annotated[UUID | None, Query()] = None
    standing: Annotated[bool, Query(description="False: also answers that newer ones replaced.")] = True


@router.get("/consents", responses=responses(422))
def find(
    wanted: Annotated[ConsentQuery, Depends()],
    who: MayReadConsents,
    session: SessionDep,
    page: PageDep,
    request: Request,
    response: Response,
) -> ConsentPage:
    """The municipality's answers, newest first, without names. Every filter that is given must hold."""
    found = consents.list_consents(session, who, ConsentFilter(**asdict(wanted)), page)
    items = [ConsentOut.model_validate(one) for one in found.items]
    return ConsentPage(items=items, next=link_next(request, response, found))


@router.get("/people/{person_id}/consents", responses=responses(404, 422))
def of_person(person_id: UUID, who: MayReadConsents, session: SessionDep) -> ConsentsOut:
    """What a person consents to now, and every answer that she gave."""
    answers = consents.consents_of(session, who, person_id)
    return ConsentsOut(
        standing=consents.said_of(answers),
        answers=[ConsentOut.model_validate(one) for one in answers],
    )


@router.post("/people/{person_id}/consents", status_code=201, responses=responses(404, 409, 422))
def record(person_id: UUID, body: ConsentIn, who: MayRecordConsents, session: SessionDep, once: OnceDep) -> ConsentOut:
    """Record a yes, a no or a withdrawal. It takes effect at once, everywhere."""
    answer_id = once.create(lambda: consents.record_consent(session, who, person_id, **body.model_dump()).id)
    return ConsentOut.model_validate(consents.read_answer(session, who, person_id, answer_id))
