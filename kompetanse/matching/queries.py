"""Selects of those who may be matched, born scoped to who asks."""

from uuid import UUID

from sqlalchemy import Select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.work import VacancyStatus
from kompetanse.competence.queries import Part
from kompetanse.competence.tables import Profile
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


def profiles(actor: Actor, people: SelectOfScalar[Person]) -> SelectOfScalar[Profile]:
    """The heads of the profiles of those whom `people` selects."""
    return entities(Profile).where(
        Profile.municipality_no == actor.municipality_no, col(Profile.person_id).in_(_ids(people))
    )


def parts(actor: Actor, table: type[Part], people: SelectOfScalar[Person]) -> SelectOfScalar[Part]:
    """The rows of one part of those profiles: a sub-select, so that no number of people is too many."""
    return entities(table).where(
        col(table.municipality_no) == actor.municipality_no, col(table.person_id).in_(_ids(people))
    )


def _ids(people: SelectOfScalar[Person]) -> Select[UUID]:
    return people.with_only_columns(col(Person.id))


def open_vacancies(actor: Actor) -> SelectOfScalar[Vacancy]:
    """Vacancies that can be filled now."""
    return visible_vacancies(actor).where(col(Vacancy.status) == VacancyStatus.OPEN)
