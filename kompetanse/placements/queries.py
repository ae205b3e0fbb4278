"""Selects of referrals, each born scoped to who asks."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor, Role
from kompetanse.people.queries import in_circulation
from kompetanse.people.tables import Person
from kompetanse.placements.rules import SHOWN_TO_HR
from kompetanse.placements.tables import Referral
from kompetanse.vacancies.queries import in_scope as vacancy_in_scope
from kompetanse.vacancies.tables import Vacancy

_COORDINATING = frozenset({Role.COORDINATOR, Role.SYSTEM})


def in_scope(actor: Actor) -> ColumnElement[bool]:
    """Which referrals the actor may know of, in a select that joins Vacancy and Person.

    HR: to the own unit's vacancies, from SENT on, of people in circulation. Coordinators: the municipality's.
    """
    own = (col(Referral.municipality_no) == actor.municipality_no) & vacancy_in_scope(actor)
    if actor.roles & _COORDINATING:
        return own & col(Person.merged_into_id).is_(None)
    if Role.HR in actor.roles:
        return own & col(Referral.stage).in_(SHOWN_TO_HR) & in_circulation(actor.municipality_no)
    return false()


def _to_vacancy() -> ColumnElement[bool]:
    return (col(Vacancy.municipality_no) == col(Referral.municipality_no)) & (
        col(Vacancy.id) == col(Referral.vacancy_id)
    )


def _to_person() -> ColumnElement[bool]:
    return (col(Person.municipality_no) == col(Referral.municipality_no)) & (col(Person.id) == col(Referral.person_id))


def visible_referrals(actor: Actor) -> SelectOfScalar[Referral]:
    """Every referral that the actor may know of."""
    return entities(Referral).join(Vacancy, _to_vacancy()).join(Person, _to_person()).where(in_scope(actor))


def among(actor: Actor, vacancy_ids: Collection[UUID], person_ids: Collection[UUID]) -> SelectOfScalar[Referral]:
    """The referrals of any of some people to any of some vacancies."""
    return visible_referrals(actor).where(
        col(Referral.vacancy_id).in_(vacancy_ids), col(Referral.person_id).in_(person_ids)
    )


def of_vacancy(actor: Actor, vacancy_id: UUID) -> Select[Referral, str, str]:
    """Who is put forward for a vacancy, with names: a list where protected people never appear."""
    return (
        select(Referral, col(Person.given_name), col(Person.family_name))
        .join(Vacancy, _to_vacancy())
        .join(Person, _to_person())
        .where(in_scope(actor), in_circulation(actor.municipality_no), col(Referral.vacancy_id) == vacancy_id)
        .order_by(col(Referral.id))
    )


def of_person(actor: Actor, person_id: UUID) -> Select[Referral, str, str | None]:
    """The vacancies that a person is put forward for, with title and unit."""
    return (
        select(Referral, col(Vacancy.title), col(Vacancy.unit))
        .join(Vacancy, _to_vacancy())
        .join(Person, _to_person())
        .where(in_scope(actor), col(Referral.person_id) == person_id)
        .order_by(col(Referral.id))
    )
