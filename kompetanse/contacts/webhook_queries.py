"""Selects of webhooks and of the messages that wait for them.

A neighbour's begin in its own subscriptions; delivering is the system's, and looks over all municipalities.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Delete, Select, Update, and_, delete, func, or_, select, update
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import Select as EntitySelect
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.contacts.tables import Webhook, WebhookDelivery


def standing_webhooks(municipality_no: str, recipient_no: str | None) -> SelectOfScalar[Webhook]:
    """Where one neighbour wants to be told of what happens in a municipality, the oldest first."""
    return (
        entities(Webhook)
        .where(
            Webhook.municipality_no == municipality_no,
            Webhook.recipient_no == recipient_no,
            col(Webhook.revoked_at).is_(None),
        )
        .order_by(col(Webhook.id))
    )


def webhook_of(municipality_no: str, webhook_id: UUID) -> SelectOfScalar[Webhook]:
    """A webhook, also one that was stopped: for the system."""
    return entities(Webhook).where(Webhook.municipality_no == municipality_no, Webhook.id == webhook_id)


def waiting(municipality_no: str, webhook_id: UUID, event: str) -> SelectOfScalar[WebhookDelivery]:
    """Messages of an event that are still on their way to a webhook."""
    return entities(WebhookDelivery).where(
        WebhookDelivery.municipality_no == municipality_no,
        WebhookDelivery.webhook_id == webhook_id,
        WebhookDelivery.event == event,
        _waits(),
    )


def give_up_waiting(municipality_no: str, webhook_id: UUID, now: datetime) -> Update:
    """Gives up what is on its way to a webhook."""
    of_webhook = and_(
        col(WebhookDelivery.municipality_no) == municipality_no, col(WebhookDelivery.webhook_id) == webhook_id
    )
    return update(WebhookDelivery).where(of_webhook, _waits()).values(given_up_at=now)


def next_due(now: datetime, at_most: int) -> Select[UUID]:
    """Ids of the messages that are due, one a webhook: who answers slowly keeps nobody else waiting."""
    whose = (col(WebhookDelivery.municipality_no), col(WebhookDelivery.webhook_id))
    turn = func.row_number().over(partition_by=whose, order_by=(col(WebhookDelivery.next_at), col(WebhookDelivery.id)))
    queue = select(col(WebhookDelivery.id), col(WebhookDelivery.next_at), turn.label("turn")).where(_due(now))
    queued = queue.subquery()
    return select(queued.c.id).where(queued.c.turn == 1).order_by(queued.c.next_at, queued.c.id).limit(at_most)


def claimable(ids: Iterable[UUID], now: datetime) -> EntitySelect[WebhookDelivery, Webhook]:
    """Those of the messages that are still due, locked, with their webhooks; without those that somebody else locks.

    SQLite locks the whole database for whoever writes, and needs none of that.
    """
    same = and_(
        col(Webhook.municipality_no) == col(WebhookDelivery.municipality_no),
        col(Webhook.id) == col(WebhookDelivery.webhook_id),
    )
    return (
        entities(WebhookDelivery, Webhook)
        .join(Webhook, same)
        .where(col(WebhookDelivery.id).in_(list(ids)), _due(now))
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    )


def settle(municipality_no: str, delivery_id: UUID, attempts: int | None, values: dict[str, Any]) -> Update:
    """Writes down what became of an attempt; with `attempts`, only while no later one was begun."""
    found = and_(col(WebhookDelivery.municipality_no) == municipality_no, col(WebhookDelivery.id) == delivery_id)
    if attempts is not None:
        found = and_(found, _waits(), col(WebhookDelivery.attempts) == attempts)
    return update(WebhookDelivery).where(found).values(**values)


def settled_before(moment: datetime) -> Delete:
    """Deletes messages that arrived or were given up before a moment."""
    return delete(WebhookDelivery).where(
        or_(col(WebhookDelivery.delivered_at) < moment, col(WebhookDelivery.given_up_at) < moment)
    )


def _waits() -> ColumnElement[bool]:
    return and_(col(WebhookDelivery.delivered_at).is_(None), col(WebhookDelivery.given_up_at).is_(None))


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(_waits(), col(WebhookDelivery.next_at) <= now)
