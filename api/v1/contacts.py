"""Requests for contact over REST, for the municipality that is asked."""

from uuid import UUID

from fastapi import APIRouter

from api.dependencies import IfMatch, MayHandleContacts, SessionDep
from api.problems import responses
from kompetanse.contacts import service
from kompetanse.contacts.service import Candidate
from schemas.agreements import (
    AnswerIn,
    AskedOut,
    AskIn,
    AskOut,
    CandidateAskOut,
    CandidateAsksOut,
    InboxItem,
    InboxOut,
)

router = APIRouter(prefix="/contact-requests", tags=["sharing"])


@router.get("", responses=responses())
def inbox(who: MayHandleContacts, session: SessionDep) -> InboxOut:
    """What neighbours ask for, newest first."""
    return InboxOut(items=[InboxItem.model_validate(one) for one in service.inbox(session, who)])


@router.get("/{request_id}/candidates", responses=responses(404))
def candidates(request_id: UUID, who: MayHandleContacts, session: SessionDep) -> CandidateAsksOut:
    """Whom a request could be about, and what became of asking each."""
    return CandidateAsksOut(items=[_candidate(one) for one in service.candidates(session, who, request_id)])


@router.post("/{request_id}/asks", status_code=201, responses=responses(404, 409, 422))
def ask(request_id: UUID, body: AskIn, who: MayHandleContacts, session: SessionDep) -> AskedOut:
    """Ask one person. The link in the answer is hers; it is told once."""
    asked, token = service.ask(session, who, request_id, body.person_id, body.language)
    return AskedOut(ask=AskOut.model_validate(asked), path=f"/answer/{token}")


@router.post("/{request_id}/asks/{ask_id}/answer", responses=responses(404, 409, 412, 422))
def answer(request_id: UUID, ask_id: UUID, body: AnswerIn, who: MayHandleContacts, session: SessionDep) -> AskOut:
    """Keep what she answered in conversation."""
    service.read_ask(session, who, request_id, ask_id)
    answered = service.answer(session, who, ask_id, body.version, yes=body.yes, form=body.form, sections=body.sections)
    return AskOut.model_validate(answered)


@router.delete("/{request_id}/asks/{ask_id}", responses=responses(404, 409, 412, 428))
def withdraw(request_id: UUID, ask_id: UUID, who: MayHandleContacts, version: IfMatch, session: SessionDep) -> AskOut:
    """Take back a yes, or a question. The neighbour sees nothing more, and is told to delete."""
    service.read_ask(session, who, request_id, ask_id)
    return AskOut.model_validate(service.withdraw(session, who, ask_id, version))


@router.delete("/{request_id}", responses=responses(404, 412, 428))
def close(request_id: UUID, who: MayHandleContacts, version: IfMatch, session: SessionDep) -> InboxItem:
    """Ask nobody more. The neighbour sees no difference."""
    return InboxItem.model_validate(service.close(session, who, request_id, version))


def _candidate(one: Candidate) -> CandidateAskOut:
    return CandidateAskOut(
        person_id=one.person.id,
        given_name=one.person.given_name,
        family_name=one.person.family_name,
        sections=list(one.sections),
        ask=None if one.ask is None else AskOut.model_validate(one.ask),
    )
