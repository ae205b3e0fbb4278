"""Sending what waits in the outbox: each message at least once, and by nobody twice at the same time."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag

from kompetanse import __version__, audit, clock
from kompetanse.actor import Operation, system_actor
from kompetanse.contacts import outbox, signing
from kompetanse.contacts import webhook_queries as queries
from kompetanse.contacts.posting import post
from kompetanse.contacts.signing import Outcome
from kompetanse.contacts.webhooks import seal_context
from kompetanse.database import EVERYWHERE, Database
from kompetanse.sealing import Sealer

EVERY = 5.0
"""Seconds between two looks into the outbox: the shortest wait before a message is sent again."""

CLAIM = timedelta(minutes=2)
"""So long a message is one worker's own. A worker that dies leaves it to the others after that."""

KEPT = timedelta(days=30)
"""So long it is remembered what became of a message."""

_AT_ONCE = 8
_chance = SystemRandom()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many attempts went well, will be repeated, and were the last."""

    delivered: int = 0
    again: int = 0
    given_up: int = 0

    @property
    def attempts(self) -> int:
        """How many there were."""
        return self.delivered + self.again + self.given_up


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A message that this worker sends now."""

    municipality_no: str
    id: UUID
    attempts: int
    body: dict[str, Any]
    webhook_id: UUID
    url: str
    secret: bytes


def deliver_due(database: Database, sealer: Sealer, *, local: bool = False) -> Tally:
    """Send every message that is due, in all municipalities, until none is; eight receivers at a time.

    An answer of 2xx is an arrival. After any other the message waits, longer each time, and is given up after ten
    attempts in a little more than three days; 410 stops the webhook. With `local`, this machine is allowed as a
    receiver. Any number of processes may do this at once.
    """
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(_AT_ONCE, "webhooks") as pool:
        while batch := _claim(database):
            outcomes += pool.map(lambda claimed: _attempt(database, sealer, claimed, local), batch)
    if outcomes:
        with database.session(EVERYWHERE) as session:
            session.execute(queries.settled_before(clock.now() - KEPT))
    delivered, again = outcomes.count(Outcome.DELIVERED), outcomes.count(Outcome.AGAIN)
    return Tally(delivered, again, len(outcomes) - delivered - again)


def _claim(database: Database) -> list[_Claimed]:
    """Take messages that are due. They are pushed into the future first, so that whoever dies lost nothing."""
    now = clock.now()
    with database.session(EVERYWHERE, write=False) as session:  # most looks find nothing, and lock nothing
        ids = session.scalars(queries.next_due(now, _AT_ONCE)).all()
    if not ids:
        return []
    claimed = []
    with database.session(EVERYWHERE) as session:
        for message, webhook in session.exec(queries.claimable(ids, now)):
            if webhook.revoked_at is not None:  # written while it was being stopped
                message.given_up_at = now
                continue
            message.attempts += 1
            message.next_at = now + CLAIM
            who = (message.municipality_no, message.id, message.attempts, message.body)
            claimed.append(_Claimed(*who, webhook.id, webhook.url, webhook.secret))
    return claimed


def _attempt(database: Database, sealer: Sealer, claimed: _Claimed, local: bool) -> Outcome:
    status = _send(sealer, claimed, local)
    outcome = signing.outcome(status, claimed.attempts)
    now = clock.now()
    values: dict[str, Any] = {"last_status": status}
    match outcome:
        case Outcome.DELIVERED:
            values["delivered_at"] = now
        case Outcome.AGAIN:
            values["next_at"] = now + signing.wait(claimed.attempts, _chance.random())
        case _:
            values["given_up_at"] = now
    mine = None if outcome is Outcome.DELIVERED else claimed.attempts
    with database.session(claimed.municipality_no) as session:
        session.execute(queries.settle(claimed.municipality_no, claimed.id, mine, values))
        if outcome is Outcome.GONE:
            webhook = session.exec(queries.webhook_of(claimed.municipality_no, claimed.webhook_id)).one()
            outbox.close(session, webhook)
            system = system_actor(claimed.municipality_no).doing(Operation.SUBSCRIBE)
            audit.record(session, system, "revoke", "webhook", [webhook.id])
    return outcome


def _send(sealer: Sealer, claimed: _Claimed, local: bool) -> int | None:
    try:
        secret = sealer.unseal(claimed.secret, seal_context(claimed.webhook_id))
    except InvalidTag:  # sealed with another key of the deployment: nobody could verify what we send
        return None
    body = json.dumps(claimed.body, ensure_ascii=False, separators=(",", ":")).encode()
    timestamp = int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Kompetanse/{__version__}",
        "Webhook-Id": str(claimed.id),
        "Webhook-Timestamp": str(timestamp),
        "Webhook-Signature": signing.signature(secret, str(claimed.id), timestamp, body),
    }
    return post(claimed.url, headers, body, local=local)
