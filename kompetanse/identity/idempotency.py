"""Doing a request once, however often it arrives (draft-ietf-httpapi-idempotency-key-header)."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.errors import FieldFault, Invalid
from kompetanse.identity import queries
from kompetanse.identity.tables import IdempotencyKey


def once(session: Session, actor: Actor, key: str, request_hash: str, make: Callable[[], UUID]) -> UUID:
    """Run `make` unless the actor's request with this key was done; either way the id of what it made.

    Two at the same moment: the unique key lets one commit, and the other is told to repeat.

    Raises:
        Invalid: the key stands for another request.
    """
    known = session.exec(queries.idempotency_key(actor, key)).one_or_none()
    if known is None:
        made = make()
        session.add(
            IdempotencyKey(
                municipality_no=actor.municipality_no,
                actor_id=actor.id,
                key=key,
                request_hash=request_hash,
                record_id=made,
            )
        )
        return made
    if known.request_hash != request_hash:
        fault = FieldFault("Idempotency-Key", "The key was used for another request", "Use a new key")
        raise Invalid(fault)
    return known.record_id
