"""What services ask the trail about one record. Whoever reads the trail itself does so through `oversight`."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.audit import queries
from kompetanse.audit.queries import EventFilter

_CLOCKS_DIFFER = timedelta(minutes=1)
"""An event is a moment older or younger than the row that it tells of."""


def last_change(
    session: Session, actor: Actor, record_type: str, record_id: UUID, since: datetime
) -> tuple[UUID, datetime] | None:
    """Who last changed a record since a moment, and when, if the trail tells; for whoever may change it too.

    `since` bounds what is read, so it is to be near: when the record was last written.
    """
    wanted = EventFilter(record_id=record_id, record_type=record_type, action="change", since=since - _CLOCKS_DIFFER)
    found = session.scalars(queries.events(actor, wanted, None, 1)).first()
    return (found.actor_id, found.occurred_at) if found else None


def read_herself(session: Session, actor: Actor, record_type: str, reader_id: UUID, since: datetime) -> bool:
    """Whether a newcomer read, on her own pages, what a record of hers says, after a moment."""
    wanted = EventFilter(record_id=reader_id, actor_id=reader_id, record_type=record_type, action="read", since=since)
    return session.scalars(queries.events(actor, wanted, None, 1)).first() is not None
