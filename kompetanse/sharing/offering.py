"""Open vacancies of neighbours with an agreement, where they live in the same deployment.

Vacancies are no personal data, so nothing here is let out: who is placed in one of them is told to nobody but her own
coordinator.
"""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.database import Database
from kompetanse.matching import loading
from kompetanse.matching import queries as matching
from kompetanse.matching.placing import Elsewhere
from kompetanse.sharing import queries
from kompetanse.vacancies import service as vacancies


def open_vacancies(database: Database, session: Session, actor: Actor) -> list[Elsewhere]:
    """The open vacancies of every neighbour with whom an agreement stands today, by municipality and id.

    Each neighbour's are read in a transaction of her own scope, so that row-level security holds. None of them is
    inside the actor's municipality, wherever the work is: whose address is protected is placed with no other employer.

    Raises:
        Forbidden: the role does not match.
    """
    actor = actor.doing(Operation.MATCH)
    neighbours = [one.recipient_no for one in session.exec(queries.standing_agreements(actor, clock.today()))]
    return [one for neighbour in neighbours for one in _open_in(database, neighbour)]


def _open_in(database: Database, municipality_no: str) -> Iterator[Elsewhere]:
    """The open vacancies of one municipality; none where it does not live here."""
    actor = system_actor(municipality_no)
    with database.session(municipality_no, write=False) as session:
        found = session.exec(matching.open_vacancies(actor)).all()
        records = vacancies.records_of(session, actor, sorted(found, key=lambda one: one.id))
    for one in records:
        features = replace(loading.vacancy(one), outside=True)
        yield Elsewhere(municipality_no, features, one.vacancy.title, one.vacancy.unit)
