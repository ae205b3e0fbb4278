"""The hash chain, as pure functions: what an event's hash covers, and whether a chain is whole."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

GENESIS = "0" * 64
"""What stands before the first event of a municipality."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to records, before it has a place in the chain."""

    municipality_no: str
    occurred_at: datetime
    actor_id: UUID
    actor_kind: str
    purpose: str
    action: str
    record_type: str
    record_ids: tuple[str, ...]
    fields: tuple[str, ...]
    request_id: str


@dataclass(frozen=True, slots=True)
class Link:
    """An event in its place: number, hash before, own hash."""

    event: Event
    seq: int
    previous_hash: str
    hash: str


def digest(event: Event, seq: int, previous_hash: str) -> str:
    """SHA-256 over the event's canonical JSON, its number and the hash before it."""
    body = json.dumps(
        [
            previous_hash,
            seq,
            event.municipality_no,
            event.occurred_at.isoformat(),
            event.actor_id.hex,
            event.actor_kind,
            event.purpose,
            event.action,
            event.record_type,
            event.record_ids,
            event.fields,
            event.request_id,
        ],
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(body.encode()).hexdigest()


def chain(events: Iterable[Event], seq: int, last_hash: str) -> list[Link]:
    """Give each event its place after event number `seq`, whose hash is `last_hash`."""
    links: list[Link] = []
    for event in events:
        seq += 1
        own = digest(event, seq, last_hash)
        links.append(Link(event, seq, last_hash, own))
        last_hash = own
    return links


def first_break(links: Iterable[Link], end: tuple[int, str] | None = None) -> int | None:
    """The number of the first event that was edited, removed or put in; None when the chain is whole.

    Args:
        links: the events from number 1 on, in order; a stream is read once and never held.
        end: number and hash of the event that should be the last, so that a chain cut short shows too.
    """
    seq, last_hash = 0, GENESIS
    for seq, link in enumerate(links, start=1):
        whole = link.seq == seq and link.previous_hash == last_hash
        if not whole or digest(link.event, seq, last_hash) != link.hash:
            return seq
        last_hash = link.hash
    return None if end is None or end == (seq, last_hash) else seq + 1
