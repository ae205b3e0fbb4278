"""Whose matters the newcomer's use cases are about."""

from uuid import UUID

from kompetanse.actor import Actor
from kompetanse.errors import Forbidden


def herself(actor: Actor) -> UUID:
    """Whom the actor acts for: herself. Raises Forbidden for everybody who is not registered."""
    if actor.person_id is None:
        raise Forbidden("These pages are a newcomer's own")
    return actor.person_id
