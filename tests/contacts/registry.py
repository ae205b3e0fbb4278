"""Hitra with an agreement and webhooks, and what becomes of its messages."""

from typing import Any

from sqlmodel import select

from kompetanse.actor import Actor, Role
from kompetanse.contacts import outbox, webhooks
from kompetanse.contacts.outbox import Event
from kompetanse.contacts.tables import Webhook, WebhookDelivery
from kompetanse.database import EVERYWHERE, Database
from kompetanse.ids import new_id
from kompetanse.sealing import Sealer
from tests.conftest import SECRET
from tests.factories import FROYA, HITRA, actor, agreement

SEALER = Sealer(SECRET.encode())


def neighbour(recipient_no: str = HITRA) -> Actor:
    return actor(Role.NEIGHBOUR, recipient_no=recipient_no)


def agree(database: Database, recipient_no: str = HITRA) -> None:
    with database.session(FROYA) as session:
        agreement(session, recipient_no=recipient_no)


def subscribe(database: Database, url: str) -> tuple[Webhook, str]:
    with database.session(FROYA) as session:
        return webhooks.subscribe(session, neighbour(), url=url, sealer=SEALER, local=True)


def publish(database: Database, event: Event = Event.RELEASE_PUBLISHED, **body: Any) -> None:
    with database.session(FROYA) as session:
        outbox.emit(session, FROYA, HITRA, event, body)


def publish_answer(database: Database) -> None:
    publish(database, Event.CONTACT_ANSWERED, request_id=new_id(), state="yes")


def deliveries(database: Database) -> list[WebhookDelivery]:
    with database.session(EVERYWHERE, write=False) as session:
        return list(session.exec(select(WebhookDelivery).order_by(WebhookDelivery.id)))  # type: ignore[arg-type]


def stored(database: Database) -> list[Webhook]:
    with database.session(EVERYWHERE, write=False) as session:
        return list(session.exec(select(Webhook).order_by(Webhook.id)))  # type: ignore[arg-type]
