"""From a neighbour's need to a person over REST: vacancies that she posts, and requests for contact."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.beat import on_the_beat
from api.dependencies import MayRequestContact, Once, OnceDep, SessionDep, StateDep
from api.problems import responses
from api.state import State
from api.v1.vacancies import vacancy_fields
from kompetanse.contacts import announcing, handover, service, vacancy_requests
from kompetanse.contacts.handover import Answered, Granted
from kompetanse.contacts.service import RequestFields
from kompetanse.contacts.vacancy_requests import Posted
from schemas.sharing import (
    ContactOut,
    ContactRequestIn,
    ContactRequestList,
    ContactRequestOut,
    NeighbourVacancyIn,
    NeighbourVacancyList,
    NeighbourVacancyOut,
)

router = APIRouter(prefix="/shared", tags=["sharing"])

Made = TypeVar("Made")


@router.post("/vacancies", status_code=201, responses=responses(409, 422, 429))
def post_vacancy(
    body: NeighbourVacancyIn, who: MayRequestContact, state: StateDep, once: OnceDep
) -> NeighbourVacancyOut:
    """Post a vacancy of yours. It is matched at the municipality with all that is known; the answer is coarse.

    The agreement says how many you may post in thirty days: 429 when they are spent.
    """
    content = body.model_dump(mode="json", exclude_unset=True)

    def make(session: Session, once: Once) -> NeighbourVacancyOut:
        posted = once.create(lambda: vacancy_requests.post(session, who, vacancy_fields(body), content).id)
        return _vacancy(vacancy_requests.read(session, who, posted))

    return _posted(state, once, make)


@router.get("/vacancies", responses=responses())
def list_vacancies(who: MayRequestContact, session: SessionDep) -> NeighbourVacancyList:
    """The vacancies that you posted, newest first."""
    return NeighbourVacancyList(items=[_vacancy(one) for one in vacancy_requests.own(session, who)])


@router.post("/contact-requests", status_code=201, responses=responses(404, 409, 422))
def request_contact(
    body: ContactRequestIn, who: MayRequestContact, state: StateDep, once: OnceDep, response: Response
) -> ContactRequestOut:
    """Ask for contact with whoever is in a class, or fits a vacancy that you posted.

    The coordinator there asks each of them, in her language. Whoever says yes stands in the request; of nobody else
    do you hear anything.
    """
    fields = RequestFields(**body.model_dump(exclude={"class_handle", "vacancy_id"}))  # type: ignore[typeddict-item]

    def make(session: Session, once: Once) -> ContactRequestOut:
        def request() -> UUID:
            return service.request_contact(
                session, who, state.sealer, fields=fields, handle=body.class_handle, vacancy_id=body.vacancy_id
            ).id

        return _answer(handover.read(session, who, once.create(request)))

    answered = _posted(state, once, make)
    response.headers["Location"] = f"/api/v1/shared/contact-requests/{answered.id}"
    return answered


@router.get("/contact-requests", responses=responses())
def list_requests(who: MayRequestContact, session: SessionDep) -> ContactRequestList:
    """Your requests, newest first, without contacts."""
    return ContactRequestList(
        items=[_answer(Answered(one, standing, ())) for one, standing in handover.own_requests(session, who)]
    )


@router.get("/contact-requests/{request_id}", responses=responses(404))
def read_request(request_id: UUID, who: MayRequestContact, state: StateDep) -> ContactRequestOut:
    """A request with whoever said yes. Reading it is recorded, and each of them can see that you did."""

    def make() -> ContactRequestOut:
        _tend(state, who.municipality_no)
        with state.database.session(who.municipality_no) as session:
            return _answer(handover.read(session, who, request_id))

    return on_the_beat(make)


def _posted(state: State, once: Once, make: Callable[[Session, Once], Made]) -> Made:
    """What `make` gives, on the beat, in a transaction that is over before it: nobody waits for it."""

    def made() -> Made:
        _tend(state, once.actor.municipality_no)
        with state.database.session(once.actor.municipality_no) as session:
            return make(session, replace(once, session=session))

    return on_the_beat(made)


def _tend(state: State, municipality_no: str) -> None:
    announcing.tend(state.database, state.sealer, municipality_no)
    handover.tend(state.database, municipality_no)


def _vacancy(posted: Posted) -> NeighbourVacancyOut:
    return NeighbourVacancyOut(
        id=posted.id, title=posted.content["title"], received_at=posted.received_at, found=posted.found.value
    )


def _answer(answered: Answered) -> ContactRequestOut:
    request = answered.request
    return ContactRequestOut(
        id=request.id,
        title=request.title,
        created_at=request.created_at,
        status=answered.standing.value,
        answer_by=request.answer_by,
        delete_by=request.delete_by,
        sections=request.sections,
        contacts=[_contact(one) for one in answered.granted],
    )


def _contact(granted: Granted) -> ContactOut:
    person = granted.record.person
    return ContactOut(
        id=granted.id,
        given_name=person.given_name,
        family_name=person.family_name,
        contacts=[{"kind": one.kind.value, "value": one.value} for one in granted.record.contacts],
        needs_interpreter=person.needs_interpreter,
        contact_languages=person.contact_languages,
        profile={name: [dict(row) for row in rows] for name, rows in granted.profile.items()},
        answered_at=granted.answered_at,
        delete_by=granted.delete_by,
    )
