"""Selects of what neighbours ask for, each born scoped to who asks."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.contact import AskStage
from kompetanse.contacts.tables import ContactAsk, ContactRequest, NeighbourVacancy
from kompetanse.people.queries import circulating
from kompetanse.people.tables import Person


def own_vacancies(actor: Actor) -> SelectOfScalar[NeighbourVacancy]:
    """The vacancies that a neighbour posted, newest first."""
    return (
        entities(NeighbourVacancy)
        .where(
            NeighbourVacancy.municipality_no == actor.municipality_no,
            NeighbourVacancy.recipient_no == actor.recipient_no,
        )
        .order_by(col(NeighbourVacancy.id).desc())
    )


def posted_since(actor: Actor, since: datetime) -> Select[int]:
    """How many vacancies a neighbour posted since a moment."""
    return select(func.count()).where(
        col(NeighbourVacancy.municipality_no) == actor.municipality_no,
        col(NeighbourVacancy.recipient_no) == actor.recipient_no,
        col(NeighbourVacancy.received_at) >= since,
    )


def posted_in(municipality_no: str, period: int) -> SelectOfScalar[NeighbourVacancy]:
    """Every neighbour's vacancies of one period, the oldest first: all recipients are taken together."""
    return (
        entities(NeighbourVacancy)
        .where(NeighbourVacancy.municipality_no == municipality_no, NeighbourVacancy.period == period)
        .order_by(col(NeighbourVacancy.id))
    )


def own_requests(actor: Actor) -> SelectOfScalar[ContactRequest]:
    """What a neighbour asked for, newest first."""
    return requests(actor).where(ContactRequest.recipient_no == actor.recipient_no)


def requests(actor: Actor) -> SelectOfScalar[ContactRequest]:
    """What all neighbours asked the municipality for, newest first."""
    own = entities(ContactRequest).where(ContactRequest.municipality_no == actor.municipality_no)
    return own.order_by(col(ContactRequest.id).desc())


def own_vacancy(actor: Actor, vacancy_id: UUID) -> SelectOfScalar[NeighbourVacancy]:
    """A vacancy that the neighbour herself posted."""
    return own_vacancies(actor).where(NeighbourVacancy.id == vacancy_id)


def vacancy_of(actor: Actor, vacancy_id: UUID) -> SelectOfScalar[NeighbourVacancy]:
    """A neighbour's vacancy, for the municipality's own coordinator."""
    return entities(NeighbourVacancy).where(
        NeighbourVacancy.municipality_no == actor.municipality_no, NeighbourVacancy.id == vacancy_id
    )


def asks_of(actor: Actor, request_id: UUID) -> SelectOfScalar[ContactAsk]:
    """Whom somebody was asked for a request, the first first."""
    return asks(actor).where(ContactAsk.request_id == request_id)


def asks(actor: Actor) -> SelectOfScalar[ContactAsk]:
    """Everybody who was asked anything in the municipality; a newcomer's own alone."""
    own = entities(ContactAsk).where(ContactAsk.municipality_no == actor.municipality_no)
    if actor.person_id is not None:
        own = own.where(ContactAsk.person_id == actor.person_id)
    return own.order_by(col(ContactAsk.id))


def handed_to(actor: Actor) -> SelectOfScalar[ContactAsk]:
    """Every yes that the actor's municipality ever read."""
    return (
        asks(actor)
        .join(ContactRequest, _is_request_of_ask())
        .where(ContactRequest.recipient_no == actor.recipient_no, col(ContactAsk.handed_over_at).is_not(None))
    )


def still_granted(municipality_no: str, on: date) -> Select[UUID, UUID, str]:
    """Each yes that stands on a day, as far as the answer goes: its id, whose, and to which neighbour."""
    return (
        select(col(ContactAsk.id), col(ContactAsk.person_id), col(ContactRequest.recipient_no))
        .join(ContactRequest, _is_request_of_ask())
        .where(
            col(ContactAsk.municipality_no) == municipality_no,
            col(ContactAsk.stage) == AskStage.YES,
            col(ContactAsk.ended_at).is_(None),
            col(ContactAsk.granted_until) >= on,
        )
    )


def to_end(municipality_no: str, ids: Collection[UUID]) -> SelectOfScalar[ContactAsk]:
    """Questions by their ids that have not ended, each for one transaction at a time."""
    own = entities(ContactAsk).where(ContactAsk.municipality_no == municipality_no, col(ContactAsk.id).in_(ids))
    return own.where(col(ContactAsk.ended_at).is_(None)).with_for_update()


def _is_request_of_ask() -> ColumnElement[bool]:
    return (col(ContactRequest.municipality_no) == col(ContactAsk.municipality_no)) & (
        col(ContactRequest.id) == col(ContactAsk.request_id)
    )


def some_people(actor: Actor, ids: Collection[UUID]) -> SelectOfScalar[Person]:
    """People by their ids, as far as they may appear anywhere."""
    return entities(Person).where(circulating(actor), col(Person.id).in_(ids)).order_by(col(Person.name_key))


def ask_by_token(token_hash: str) -> SelectOfScalar[ContactAsk]:
    """The question that a link opens, in whichever municipality."""
    return entities(ContactAsk).where(ContactAsk.token_hash == token_hash)
