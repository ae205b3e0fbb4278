"""A coordinator who looks over to a neighbour in the same deployment: she is a recipient there, and no more."""

from dataclasses import dataclass, replace

from kompetanse import clock
from kompetanse.actor import Actor, Operation, Role
from kompetanse.codes.municipalities import municipality
from kompetanse.database import EVERYWHERE, Database
from kompetanse.sharing import queries


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A municipality that shares with one's own today."""

    municipality_no: str
    name: str
    k: int


def neighbours(database: Database, actor: Actor) -> list[Neighbour]:
    """Who shares with the actor's municipality today, in the deployment. Raises Forbidden."""
    actor = actor.doing(Operation.ASK_NEIGHBOURS)
    with database.session(EVERYWHERE, write=False) as session:
        found = session.exec(queries.agreements_with(actor.municipality_no, clock.today())).all()
        return [Neighbour(one.municipality_no, municipality(one.municipality_no).name, one.k) for one in found]


def as_recipient(actor: Actor, municipality_no: str) -> Actor:
    """The actor as the other municipality knows her: one of a recipient's, whom an agreement must let in.

    Raises:
        Forbidden: her role does not ask neighbours. UnknownCode: no such municipality.
    """
    asking = actor.doing(Operation.ASK_NEIGHBOURS)
    municipality(municipality_no)
    return replace(
        asking,
        municipality_no=municipality_no,
        roles=frozenset({Role.NEIGHBOUR}),
        recipient_no=actor.municipality_no,
        unit=None,
    )
