"""Who fits a vacancy, and which vacancies fit a person, each with its reasons."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.errors import NotFound
from kompetanse.matching import engine, loading, queries
from kompetanse.matching.explanation import Ranking
from kompetanse.people.tables import Person
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy


@dataclass(frozen=True, slots=True)
class RankedCandidates:
    """A ranking, with the names of those in it for the coordinator's own eyes."""

    ranking: Ranking
    people: dict[UUID, Person]


@dataclass(frozen=True, slots=True)
class RankedVacancies:
    """A ranking, with the vacancies in it."""

    ranking: Ranking
    vacancies: dict[UUID, Vacancy]


def candidates_for(session: Session, actor: Actor, vacancy_id: UUID, limit: int = 20) -> RankedCandidates:
    """The people of the municipality who fit a vacancy best. Raises NotFound.

    Nobody with a protected address and nobody archived is in it. Looking at candidates is recorded for each
    who is shown.
    """
    actor = actor.doing(Operation.MATCH)
    wanted = loading.vacancy(vacancies.records_of(session, actor, [vacancies.get(session, actor, vacancy_id)])[0])
    selected = queries.candidates(actor)
    people = {person.id: person for person in session.exec(selected)}
    today = clock.today()
    features = loading.candidates(session, actor, selected, people.values(), today)
    ranking = engine.rank_candidates(wanted, features, today, limit)
    shown = {one.person_id: people[one.person_id] for one in (*ranking.matches, *ranking.excluded)}
    audit.record(session, actor, "match", "person", [vacancy_id, *shown], ["vacancy", "candidates"])
    return RankedCandidates(ranking, shown)


def vacancies_for(session: Session, actor: Actor, person_id: UUID, limit: int = 20) -> RankedVacancies:
    """The open vacancies that fit a person best. Raises NotFound."""
    actor = actor.doing(Operation.MATCH)
    selected = queries.one_person(actor, person_id)
    person = session.exec(selected).one_or_none()
    if person is None:
        raise NotFound("person")
    today = clock.today()
    (candidate,) = loading.candidates(session, actor, selected, [person], today)
    open_now = session.exec(queries.open_vacancies(actor)).all()
    wanted = (loading.vacancy(record) for record in vacancies.records_of(session, actor, open_now))
    ranking = engine.rank_vacancies(candidate, wanted, today, limit)
    shown = {one.vacancy_id for one in (*ranking.matches, *ranking.excluded)}
    audit.record(session, actor, "match", "person", [person_id], ["vacancies"])
    return RankedVacancies(ranking, {one.id: one for one in open_now if one.id in shown})
