"""Selects of those who may be matched, born scoped to who asks."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import Executable, Select, select
from sqlmodel import SQLModel, col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.work import VacancyStatus
from kompetanse.people.queries import circulating, visible_people
from kompetanse.people.tables import Person
from kompetanse.vacancies.queries import visible_vacancies
from kompetanse.vacancies.tables import Vacancy

Stored = TypeVar("Stored", bound=SQLModel)


def candidates(actor: Actor) -> SelectOfScalar[Person]:
    """Everybody who may be put forward: not archived, no protected address."""
    return entities(Person).where(circulating(actor))


def one_person(actor: Actor, person_id: UUID) -> SelectOfScalar[Person]:
    """A person whose vacancies her coordinator looks for, also with a protected address: she is told, nobody else."""
    return visible_people(actor).where(Person.id == person_id)


def rows_of(actor: Actor, table: type[Stored], people: SelectOfScalar[Person]) -> Executable:
    """The rows of one table of those whom `people` selects: a sub-select, so that no number of people is too many.

    Rows and no entities: nobody changes them, and whole municipalities are read in a third of the time.
    """
    stored = SQLModel.metadata.tables[str(table.__tablename__)]
    return select(stored).where(stored.c.municipality_no == actor.municipality_no, stored.c.person_id.in_(_ids(people)))


def _ids(people: SelectOfScalar[Person]) -> Select[UUID]:
    return people.with_only_columns(col(Person.id))


def open_vacancies(actor: Actor) -> SelectOfScalar[Vacancy]:
    """Vacancies that can be filled now."""
    return visible_vacancies(actor).where(col(Vacancy.status) == VacancyStatus.OPEN)
