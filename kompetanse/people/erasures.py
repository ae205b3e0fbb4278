"""Asking to be erased (GDPR art. 17): the person asks, the coordinator decides, and she reads what was decided."""

from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound
from kompetanse.people import queries
from kompetanse.people.service import lock
from kompetanse.people.tables import ErasureRequest, Person

ANSWER_LENGTH = 2000


def ask(session: Session, actor: Actor, person_id: UUID) -> ErasureRequest:
    """Keep that somebody asks to be erased. Nothing is erased by it; asked again, it is the same request.

    Raises:
        NotFound.
    """
    actor = actor.doing_to(Operation.REGISTER_PEOPLE, person_id)
    lock(session, actor, person_id)
    waiting = _waiting(session, actor, person_id)
    if waiting is not None:
        return waiting
    request = ErasureRequest(municipality_no=actor.municipality_no, person_id=person_id)
    session.add(request)
    session.flush()
    audit.record(session, actor, "ask", "erasure_request", [request.id, person_id])
    return request


def take_back(session: Session, actor: Actor, person_id: UUID) -> None:
    """Let a person stay after all. Nothing happens when no request of hers waits. Raises NotFound."""
    actor = actor.doing_to(Operation.REGISTER_PEOPLE, person_id)
    lock(session, actor, person_id)
    waiting = _waiting(session, actor, person_id)
    if waiting is not None:
        waiting.withdrawn_at = clock.now()
        audit.record(session, actor, "withdraw", "erasure_request", [waiting.id, person_id])


def latest(session: Session, actor: Actor, person_id: UUID) -> ErasureRequest | None:
    """What a person asked last, and what she was answered; None when she never did. Raises NotFound."""
    actor = actor.doing_to(Operation.READ_PEOPLE, person_id)
    found = session.exec(queries.erasure_requests(actor).where(ErasureRequest.person_id == person_id)).first()
    audit.record(session, actor, "read", "erasure_request", [person_id])
    return found[0] if found else None


def waiting(session: Session, actor: Actor) -> list[tuple[ErasureRequest, Person]]:
    """Who waits for an answer, newest first."""
    actor = actor.doing(Operation.READ_PEOPLE)
    found = [(request, person) for request, person in session.exec(queries.waiting_erasures(actor))]
    audit.record(session, actor, "list", "erasure_request", [person.id for _, person in found])
    return found


def count_waiting(session: Session, actor: Actor) -> int:
    """How many wait for an answer. It names nobody, so it is no event."""
    return len(session.exec(queries.waiting_erasures(actor.doing(Operation.READ_PEOPLE))).all())


def answer(session: Session, actor: Actor, request_id: UUID, text: str) -> ErasureRequest:
    """Answer a request, in words that the person reads: what was erased, and what must be kept and why.

    Raises:
        Invalid: nothing is written, or too much. Conflict: it was answered or taken back. NotFound.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    text = text.strip()
    if not 0 < len(text) <= ANSWER_LENGTH:
        detail = "Nothing is written" if not text else "Too long"
        raise Invalid(
            FieldFault("/answer", detail, f"Write what was erased and what is kept, in {ANSWER_LENGTH} signs")
        )
    asked = queries.erasure_requests(actor).where(ErasureRequest.id == request_id).with_for_update()
    found = session.exec(asked.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("request")
    request = found[0]
    if request.answered_at is not None or request.withdrawn_at is not None:
        raise Conflict("The request was answered or taken back")
    request.answered_at, request.answered_by, request.answer = clock.now(), actor.id, text
    session.flush()
    audit.record(session, actor, "answer", "erasure_request", [request.id, request.person_id])
    return request


def _waiting(session: Session, actor: Actor, person_id: UUID) -> ErasureRequest | None:
    found = session.exec(queries.waiting_erasures(actor).where(ErasureRequest.person_id == person_id)).first()
    return found[0] if found else None
