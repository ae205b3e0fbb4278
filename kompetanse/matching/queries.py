"""Selects of those who may be matched, born scoped to who asks."""

from uuid import UUID

from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.work import VacancyStatus
from kompetanse.people.queries import circulating, visible_people
from kompetanse.people.tables import Person
from kompetanse.vacancies.queries import visible_vacancies
from kompetanse.vacancies.tables import Vacancy


def candidates(actor: Actor) -> SelectOfScalar[Person]:
    """Everybody who may be put forward: not archived, no protected address."""
    return entities(Person).where(circulating(actor))


def one_person(actor: Actor, person_id: UUID) -> SelectOfScalar[Person]:
    """A person whose vacancies her coordinator looks for, also with a protected address: she is told, nobody else."""
    return visible_people(actor).where(Person.id == person_id)


def open_vacancies(actor: Actor) -> SelectOfScalar[Vacancy]:
    """Vacancies that can be filled now."""
    return visible_vacancies(actor).where(col(Vacancy.status) == VacancyStatus.OPEN)
