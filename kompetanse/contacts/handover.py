"""What a neighbour is told of her requests: that an answer can still come, and whoever said yes.

Nothing, a no and silence look the same, and end on the same day. What a yes gave is to be deleted on a day that is
said, or at once when it is taken back: the tombstones say what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.codes.consent import ShareSection
from kompetanse.codes.contact import Standing
from kompetanse.competence import service as competence
from kompetanse.competence.telling import without_unconfirmed
from kompetanse.contacts import announcing, queries, rules, telling
from kompetanse.contacts.service import sections_now
from kompetanse.contacts.tables import ContactAsk, ContactRequest
from kompetanse.database import Database
from kompetanse.errors import NotFound
from kompetanse.people import service as people
from kompetanse.people.service import PersonRecord
from kompetanse.sharing import agreements, describing


@dataclass(frozen=True, slots=True)
class Granted:
    """Somebody who said yes: who she is, how to reach her, and the sections that she lets be seen."""

    id: UUID
    record: PersonRecord
    profile: Mapping[str, Sequence[Mapping[str, Any]]]
    sections: Sequence[ShareSection]
    answered_at: datetime | None
    delete_by: date


@dataclass(frozen=True, slots=True)
class Answered:
    """A neighbour's request, whether an answer can still come, and who said yes so far."""

    request: ContactRequest
    standing: Standing
    granted: Sequence[Granted]


@dataclass(frozen=True, slots=True)
class Ended:
    """What was granted and must be deleted."""

    id: UUID
    request_id: UUID
    on: date


def own_requests(session: Session, actor: Actor) -> list[tuple[ContactRequest, Standing]]:
    """What the actor's municipality asked for, newest first. Raises Forbidden."""
    actor = actor.doing(Operation.REQUEST_CONTACT)
    agreements.standing_with(session, actor)
    audit.record(session, actor, "list", "contact_request")
    today = clock.today()
    return [(one, rules.standing(one, today)) for one in session.exec(queries.own_requests(actor))]


def read(session: Session, actor: Actor, request_id: UUID) -> Answered:
    """A request with whoever said yes. What is handed over is recorded, and the person can see that it was.

    It writes, so the session must be one for writing; `tend` comes before it. Nobody who may not be told of today is
    handed over, whether it came or not.

    Raises:
        NotFound: no such request of the actor's municipality. Forbidden: no agreement stands.
    """
    actor = actor.doing(Operation.REQUEST_CONTACT)
    agreements.standing_with(session, actor)
    request = session.exec(queries.own_requests(actor).where(ContactRequest.id == request_id)).one_or_none()
    if request is None:
        raise NotFound("contact request")
    today = clock.today()
    asked = [one for one in session.exec(queries.asks_of(actor, request_id)) if rules.is_granted(one, today)]
    able = describing.shareable_ids(session, actor.municipality_no, [request.recipient_no]) if asked else set()
    granted = [_hand_over(session, actor, request, one) for one in asked if one.person_id in able]
    audit.record(session, actor, "read", "contact_request", [request.id])
    return Answered(request, rules.standing(request, today), granted)


def ended(session: Session, actor: Actor) -> list[Ended]:
    """What was handed over to the actor's municipality and must be deleted, the first to end first. Raises Forbidden.

    A yes that was taken back before the neighbour read it is not among them: she never knew of it.
    """
    actor = actor.doing(Operation.READ_SHARED)
    agreements.standing_with(session, actor)
    today = clock.today()
    over = [one for one in session.exec(queries.handed_to(actor)) if not rules.is_granted(one, today)]
    return sorted((Ended(one.id, one.request_id, _ended_on(one)) for one in over), key=lambda one: (one.on, one.id))


def tend(database: Database, municipality_no: str) -> None:
    """End, for good, whatever was granted and may no longer be seen: consent withdrawn or run out, address protected.

    It is done before each reading, so it takes effect at once.
    """
    with database.session(municipality_no, write=False) as session:
        if not _over(session, municipality_no):
            return
    with database.session(municipality_no) as session:
        for one in session.exec(queries.to_end(municipality_no, _over(session, municipality_no))):
            one.ended_at = clock.now()
            one.version += 1
            request = session.get_one(ContactRequest, (municipality_no, one.request_id))
            announcing.ended(session, request, one)
            audit.record(session, system_actor(municipality_no), "end", "contact_ask", [one.id, one.person_id])


def _over(session: Session, municipality_no: str) -> list[UUID]:
    """Yeses of people of whom the neighbour may be told no more."""
    rows = session.execute(queries.still_granted(municipality_no, clock.today())).all()
    able = {
        recipient: describing.shareable_ids(session, municipality_no, [recipient])
        for recipient in {recipient for _, _, recipient in rows}
    }
    return [ask_id for ask_id, person_id, recipient in rows if person_id not in able[recipient]]


def _hand_over(session: Session, actor: Actor, request: ContactRequest, ask: ContactAsk) -> Granted:
    """Read as the municipality itself does, for this one purpose; recorded as the neighbour's.

    A section that she or the agreement has closed since she said yes is left out.
    """
    at_home = system_actor(actor.municipality_no)
    record = people.read(session, at_home, ask.person_id)
    profile = without_unconfirmed(session, at_home, competence.read_profile(session, at_home, ask.person_id))
    if ask.handed_over_at is None:
        ask.handed_over_at = clock.now()
    sections = rules.allowed(ask.sections, sections_now(session, at_home, ask.person_id, request))
    told = ["identity", *(one.value for one in sections)]
    audit.record(session, actor, "hand_over", "person", [ask.id, ask.person_id], told)
    delete_by = ask.granted_until or clock.today()
    return Granted(ask.id, record, telling.told(profile, sections), tuple(sections), ask.answered_at, delete_by)


def _ended_on(ask: ContactAsk) -> date:
    return (
        ask.ended_at.astimezone(clock.OSLO).date() if ask.ended_at is not None else ask.granted_until or clock.today()
    )
