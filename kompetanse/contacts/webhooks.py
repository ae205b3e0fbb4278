"""Where neighbours want to be told that something happened: subscribing, listing, trying and stopping."""

from uuid import UUID

from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.contacts import outbox
from kompetanse.contacts import webhook_queries as queries
from kompetanse.contacts.addresses import accept_url
from kompetanse.contacts.outbox import Event
from kompetanse.contacts.posting import resolve
from kompetanse.contacts.signing import new_secret
from kompetanse.contacts.tables import Webhook, WebhookDelivery
from kompetanse.errors import Conflict, Forbidden, NotFound
from kompetanse.ids import new_id
from kompetanse.sealing import Sealer
from kompetanse.sharing.queries import standing_agreement

MOST = 5
"""Webhooks that one neighbour may have in one municipality."""


def subscribe(session: Session, actor: Actor, *, url: str, sealer: Sealer, local: bool = False) -> tuple[Webhook, str]:
    """Tell the actor's municipality of events from now on; and the secret that signs them, which is kept sealed.

    With `local`, this machine is allowed as a receiver.

    Raises:
        Forbidden: no agreement stands today, or the actor is no neighbour.
        Invalid: the URL is not https, or leads elsewhere than to the open internet.
        Conflict: it is subscribed already, or there are five.
    """
    actor = actor.doing(Operation.SUBSCRIBE)
    resolve(accept_url(url, local=local), local=local)  # before the transaction: it may take a while
    recipient_no = _recipient(session, actor)
    known = list_webhooks(session, actor)
    if any(one.url == url for one in known):
        raise Conflict("This URL is subscribed already")
    if len(known) >= MOST:
        raise Conflict(f"There are {MOST} webhooks already; stop one first")
    secret, webhook_id = new_secret(), new_id()
    webhook = Webhook(
        municipality_no=actor.municipality_no,
        id=webhook_id,
        recipient_no=recipient_no,
        url=url,
        secret=sealer.seal(secret, seal_context(webhook_id)),
        created_by=actor.id,
    )
    session.add(webhook)
    audit.record(session, actor, "create", "webhook", [webhook.id], ["url"])
    return webhook, secret


def list_webhooks(session: Session, actor: Actor) -> list[Webhook]:
    """The webhooks of the actor's own municipality that stand, the oldest first."""
    actor = actor.doing(Operation.READ_SHARED)
    return list(session.exec(queries.standing_webhooks(actor.municipality_no, actor.recipient_no)))


def read_webhook(session: Session, actor: Actor, webhook_id: UUID) -> Webhook:
    """A webhook of the actor's own municipality that stands. Raises NotFound."""
    actor = actor.doing(Operation.READ_SHARED)
    own = queries.standing_webhooks(actor.municipality_no, actor.recipient_no)
    webhook = session.exec(own.where(col(Webhook.id) == webhook_id)).one_or_none()
    if webhook is None:
        raise NotFound("webhook")
    return webhook


def revoke(session: Session, actor: Actor, webhook_id: UUID) -> None:
    """Stop a webhook; what waits for it is given up. Raises NotFound."""
    actor = actor.doing(Operation.SUBSCRIBE)
    outbox.close(session, read_webhook(session, actor, webhook_id))
    audit.record(session, actor, "revoke", "webhook", [webhook_id])


def ping(session: Session, actor: Actor, webhook_id: UUID) -> WebhookDelivery:
    """Send a message that says nothing, so that a receiver can be tried.

    Raises:
        Forbidden: no agreement stands today.
        NotFound: no such webhook.
        Conflict: a ping is on its way to it already.
    """
    actor = actor.doing(Operation.SUBSCRIBE)
    _recipient(session, actor)
    webhook = read_webhook(session, actor, webhook_id)
    if session.exec(queries.waiting(webhook.municipality_no, webhook.id, Event.PING.value)).first() is not None:
        raise Conflict("A ping is on its way already")
    return outbox.put(session, webhook, Event.PING, {})


def seal_context(webhook_id: UUID) -> str:
    """What a webhook's secret is sealed to: it opens for no other."""
    return f"webhook:{webhook_id}"


def _recipient(session: Session, actor: Actor) -> str:
    """The actor's own municipality, whose agreement stands; two who subscribe at once wait for each other."""
    agreement = session.exec(standing_agreement(actor, clock.today()).with_for_update()).one_or_none()
    if agreement is None:
        raise Forbidden("No sharing agreement with your municipality stands today")
    return agreement.recipient_no
