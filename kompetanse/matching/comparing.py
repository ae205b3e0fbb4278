"""Two or three candidates of a vacancy side by side, requirement by requirement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.courses import service as courses
from kompetanse.errors import FieldFault, Invalid, NotFound
from kompetanse.matching import engine, holding, loading, queries
from kompetanse.matching.explanation import Match
from kompetanse.matching.nearest import Nearest
from kompetanse.matching.service import standing_weights
from kompetanse.people.tables import Person
from kompetanse.vacancies import service as vacancies

FEWEST, MOST = 2, 3
"""So many are compared at once: more columns are no comparison that a person can read."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The matches of some candidates, best first, and who they are."""

    matches: Sequence[Match]
    people: Mapping[UUID, Person]


def compare(session: Session, actor: Actor, vacancy_id: UUID, person_ids: Collection[UUID]) -> Comparison:
    """The matches of two or three people with a vacancy. Looking is recorded for each of them.

    Raises:
        Invalid: fewer or more are asked for. NotFound: no such vacancy, or one of them is no candidate.
    """
    actor = actor.doing(Operation.MATCH)
    wanted = set(person_ids)
    if not FEWEST <= len(wanted) <= MOST:
        raise Invalid(FieldFault("/candidate", "Not two or three candidates", "Choose two or three"))
    found = explained(session, actor, vacancy_id, wanted)
    audit.record(session, actor, "match", "person", [vacancy_id, *sorted(found.people)], ["vacancy", "candidates"])
    return found


def explained(session: Session, actor: Actor, vacancy_id: UUID, person_ids: Collection[UUID]) -> Comparison:
    """The matches of some people with a vacancy, with the nearest way at each gap; whoever asks records it.

    Raises:
        NotFound: no such vacancy, or one of them is no candidate.
    """
    wanted = set(person_ids)
    opening = loading.vacancy(vacancies.records_of(session, actor, [vacancies.get(session, actor, vacancy_id)])[0])
    selected = queries.some_candidates(actor, wanted)
    people = {one.id: one for one in session.exec(selected)}
    if people.keys() != wanted:
        raise NotFound("person")
    today, weights = clock.today(), standing_weights(session, actor)
    known = holding.knowledge(session, actor, [opening], today)
    features = loading.candidates(session, actor, selected, people.values(), today)
    nearest = Nearest(courses.offers(session, actor))
    matches = [nearest.told(engine.match(one, opening, today, weights, known)) for one in features]
    return Comparison(sorted(matches, key=lambda one: (-one.score, one.person_id)), people)
