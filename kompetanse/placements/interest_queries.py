"""Selects of what newcomers say that they are interested in, each born scoped to who asks."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select, true
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.work import VacancyStatus
from kompetanse.people.queries import in_circulation, in_scope
from kompetanse.people.tables import Person
from kompetanse.placements.tables import JobInterest, Referral
from kompetanse.vacancies.queries import in_scope as vacancy_in_scope
from kompetanse.vacancies.tables import Vacancy


def is_vacancy() -> ColumnElement[bool]:
    """The vacancy of an interest."""
    return (col(Vacancy.municipality_no) == col(JobInterest.municipality_no)) & (
        col(Vacancy.id) == col(JobInterest.vacancy_id)
    )


def is_person() -> ColumnElement[bool]:
    """The person of an interest."""
    return (col(Person.municipality_no) == col(JobInterest.municipality_no)) & (
        col(Person.id) == col(JobInterest.person_id)
    )


def referred() -> ColumnElement[bool]:
    """Whether she is put forward for the very vacancy, so that her word has done its work."""
    return exists().where(
        col(Referral.municipality_no) == col(JobInterest.municipality_no),
        col(Referral.vacancy_id) == col(JobInterest.vacancy_id),
        col(Referral.person_id) == col(JobInterest.person_id),
    )


def _in_sight(actor: Actor) -> ColumnElement[bool]:
    """What the actor may know of: the municipality's, or what a newcomer said herself, also when the vacancy ended."""
    own = col(JobInterest.municipality_no) == actor.municipality_no
    vacancy = own if actor.person_id is not None else vacancy_in_scope(actor)
    return vacancy & in_scope(actor) & col(Person.merged_into_id).is_(None)


def visible_interests(actor: Actor) -> SelectOfScalar[JobInterest]:
    """Every interest that the actor may know of."""
    return entities(JobInterest).join(Vacancy, is_vacancy()).join(Person, is_person()).where(_in_sight(actor))


def of_pair(actor: Actor, vacancy_id: UUID, person_id: UUID) -> SelectOfScalar[JobInterest]:
    """What one person says of one vacancy."""
    return visible_interests(actor).where(JobInterest.vacancy_id == vacancy_id, JobInterest.person_id == person_id)


def of_vacancy(actor: Actor, vacancy_id: UUID) -> Select[JobInterest, str, str]:
    """Who is interested in a vacancy, with names: a list where protected people never appear."""
    return (
        select(JobInterest, col(Person.given_name), col(Person.family_name))
        .join(Vacancy, is_vacancy())
        .join(Person, is_person())
        .where(vacancy_in_scope(actor), in_scope(actor), in_circulation(actor.municipality_no))
        .where(col(JobInterest.vacancy_id) == vacancy_id, ~referred())
        .order_by(col(JobInterest.said_at), col(JobInterest.id))
    )


def of_person(actor: Actor, person_id: UUID) -> Select[JobInterest, str, bool]:
    """What a person is interested in, with the vacancies' titles and whether they are open.

    For employees just the open ones; she herself reads, and takes back, what she said of any.
    """
    is_open = col(Vacancy.status) == VacancyStatus.OPEN
    return (
        select(JobInterest, col(Vacancy.title), is_open)
        .join(Vacancy, is_vacancy())
        .join(Person, is_person())
        .where(_in_sight(actor), col(JobInterest.person_id) == person_id)
        .where(true() if actor.person_id is not None else is_open)
        .order_by(col(JobInterest.said_at), col(JobInterest.id))
    )
