"""What neighbours are told by webhook: written in the transaction of what it tells of, sent afterwards.

A message holds ids, handles and states, and nothing about anybody: what may stand in it is the table below.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.contacts import webhook_queries as queries
from kompetanse.contacts.tables import Webhook, WebhookDelivery

Value = str | int | UUID


class Event(StrEnum):
    """What a neighbour can be told."""

    RELEASE_PUBLISHED = "release.published"
    CLASS_WITHDRAWN = "class.withdrawn"
    CONTACT_ANSWERED = "contact.answered"
    CONTACT_ENDED = "contact.ended"
    PING = "ping"


CONTENTS: Mapping[Event, frozenset[str]] = MappingProxyType(
    {
        Event.RELEASE_PUBLISHED: frozenset({"period"}),
        Event.CLASS_WITHDRAWN: frozenset({"period", "class_handle"}),
        Event.CONTACT_ANSWERED: frozenset({"request_id", "contact_handle", "state"}),
        Event.CONTACT_ENDED: frozenset({"request_id", "contact_handle", "state"}),
        Event.PING: frozenset(),
    }
)
"""What the body of each event may hold; anything else is refused."""

STATES = frozenset({"yes", "ended"})
"""What `state` may say. There is no word for a no, which must look the same as silence."""

_WORD = re.compile(r"[A-Za-z0-9_.:+-]{1,100}")
"""An id, a handle, a state, a day or a moment; no text."""


def emit(session: Session, municipality_no: str, recipient_no: str, event: Event, body: Mapping[str, Value]) -> None:
    """Tell one neighbour of an event: a message for each of its webhooks, sent once the transaction is committed.

    Whether an agreement stands is for the caller to know.

    Raises:
        ValueError: the body holds what a message of this event may not.
    """
    data = contents(event, body)
    for webhook in session.exec(queries.standing_webhooks(municipality_no, recipient_no)):
        put(session, webhook, event, data)


def put(session: Session, webhook: Webhook, event: Event, data: Mapping[str, str | int]) -> WebhookDelivery:
    """Write one message to one webhook, in the form of the Standard Webhooks specification 1.0.0."""
    now = clock.now()
    told = {"municipality_no": webhook.municipality_no, **data}
    message = {"type": event.value, "timestamp": now.isoformat().replace("+00:00", "Z"), "data": told}
    delivery = WebhookDelivery(
        municipality_no=webhook.municipality_no,
        webhook_id=webhook.id,
        event=event.value,
        body=message,
        created_at=now,
        next_at=now,
    )
    session.add(delivery)
    return delivery


def contents(event: Event, body: Mapping[str, Value]) -> dict[str, str | int]:
    """The body of an event as it may leave. Raises ValueError; its text names no value."""
    if unknown := sorted(body.keys() - CONTENTS[event]):
        raise ValueError(f"A message of {event.value} may not hold {', '.join(unknown)}")
    data = {name: value if isinstance(value, int) else str(value) for name, value in body.items()}
    for name, value in data.items():
        if isinstance(value, str) and not _WORD.fullmatch(value):
            raise ValueError(f"{name} in a message of {event.value} is no id, handle or state")
    if data.get("state", "yes") not in STATES:
        raise ValueError(f"A message of {event.value} may not tell this state")
    return data


def close(session: Session, webhook: Webhook) -> None:
    """Stop a webhook: nothing more is sent to it, and what waits is given up."""
    now = clock.now()
    webhook.revoked_at = now
    session.add(webhook)
    session.execute(queries.give_up_waiting(webhook.municipality_no, webhook.id, now))
