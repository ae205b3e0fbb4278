"""The link that a person answers by: no account, one question, and what became of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, ActorKind, Operation, Role
from kompetanse.contacts import queries, rules
from kompetanse.contacts.service import may_be_told, question_of
from kompetanse.contacts.tables import ContactAsk, ContactRequest
from kompetanse.contacts.wording import Question
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import NotFound
from kompetanse.identity.service import digest


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as its person reads it; `open` while she can say yes or no, `granted` while her yes stands.

    Neither is so once her consent to share, or the agreement, is over.
    """

    ask: ContactAsk
    request: ContactRequest
    question: Question
    open: bool
    granted: bool


def holder(database: Database, token: str, request_id: str) -> tuple[Actor, UUID]:
    """Who a link is for, as she acts in her own matters; and the question.

    Raises:
        NotFound: the link opens nothing.
    """
    with database.session(EVERYWHERE, write=False) as session:
        ask = session.exec(queries.ask_by_token(digest(token))).one_or_none()
        if ask is None:
            raise NotFound("link")
        municipality_no, person_id, ask_id = ask.municipality_no, ask.person_id, ask.id
    who = Actor(
        id=person_id,
        kind=ActorKind.NEWCOMER,
        municipality_no=municipality_no,
        roles=frozenset({Role.NEWCOMER}),
        person_id=person_id,
        only=frozenset({Operation.ANSWER_OWN}),
        request_id=request_id,
    )
    return who, ask_id


def read(session: Session, actor: Actor, ask_id: UUID, language: str | None = None) -> Asked:
    """The question in a language, whether it is open, and what was answered. Raises NotFound."""
    actor = actor.doing(Operation.ANSWER_OWN)
    ask = session.exec(queries.asks(actor).where(ContactAsk.id == ask_id)).one_or_none()
    if ask is None:
        raise NotFound("question")
    return _asked(session, actor, ask, language)


def all_of(session: Session, actor: Actor, language: str | None = None) -> list[Asked]:
    """Every question that a person was asked, newest first, in a language."""
    actor = actor.doing(Operation.ANSWER_OWN)
    found = session.exec(queries.asks(actor)).all()
    return [_asked(session, actor, ask, language) for ask in reversed(found)]


def count_open(session: Session, actor: Actor) -> int:
    """How many questions wait for a person's answer, as far as their time goes. It tells nothing, so it is no event."""
    actor = actor.doing(Operation.ANSWER_OWN)
    today = clock.today()
    requests = {one.id: one for one in session.exec(queries.requests(actor))}
    return sum(rules.can_answer(one, requests[one.request_id], today) for one in session.exec(queries.asks(actor)))


def _asked(session: Session, actor: Actor, ask: ContactAsk, language: str | None) -> Asked:
    request = session.get_one(ContactRequest, (actor.municipality_no, ask.request_id))
    today = clock.today()
    audit.record(session, actor, "read", "contact_ask", [ask.id, ask.person_id])
    able = may_be_told(session, actor, ask.person_id, request)
    open_now, granted = able and rules.can_answer(ask, request, today), able and rules.is_granted(ask, today)
    return Asked(ask, request, question_of(ask, request, language), open_now, granted)
