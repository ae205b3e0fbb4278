"""Who waits for, or has not read, the answer to her wish to be erased (GDPR art. 12 no. 3: she is to be told).

The answer stands on her own pages alone, and archiving her record shuts them.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col

from kompetanse.actor import Actor, Operation
from kompetanse.audit import lookups
from kompetanse.errors import Conflict
from kompetanse.people import queries
from kompetanse.people.tables import ErasureRequest


class Unread(StrEnum):
    """What somebody would not learn if her pages were shut now."""

    WAITING = "waiting"
    ANSWER = "answer"


def unread(session: Session, actor: Actor, person_ids: Collection[UUID]) -> Mapping[UUID, Unread]:
    """Those of some people who have pages of their own, and wait for an answer or have not read it."""
    actor = actor.doing(Operation.READ_PEOPLE)
    asked = queries.erasure_requests(actor).where(col(ErasureRequest.person_id).in_(person_ids))
    found: dict[UUID, Unread] = {}
    seen: set[UUID] = set()
    for request, person in session.exec(asked):
        if person.id in seen or person.archived_at is not None:
            continue  # an older request, or somebody who has no pages to read it on
        seen.add(person.id)
        if request.withdrawn_at is not None:
            continue
        if request.answered_at is None:
            found[person.id] = Unread.WAITING
        elif not lookups.read_herself(session, actor, "erasure_request", person.id, request.answered_at):
            found[person.id] = Unread.ANSWER
    return found


def check_told(session: Session, actor: Actor, person_id: UUID, *, told: bool) -> None:
    """Refuse to shut somebody's pages before she knows the answer. `told`: she was told in another way.

    Raises:
        Conflict.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    if not told and unread(session, actor, [person_id]):
        raise Conflict("The person has not read the answer to her wish to be erased")
