"""Selects of the overview, each born scoped to who asks. Nobody's name is read but where a place's people are listed.

A leader may know of no person, so `people.queries.in_scope` gives her nobody: here everybody becomes one of many, as
in the analytics extract, whose selects are read too.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.analytics import queries as analytics
from kompetanse.codes.work import VacancyStatus
from kompetanse.competence.tables import PersonLanguage, Profile
from kompetanse.exchange.rules_sql import NORWEGIAN_CODES
from kompetanse.people.queries import by_name, circulating, in_circulation, visible_people
from kompetanse.people.tables import HouseholdMember, Person
from kompetanse.vacancies.queries import in_scope as vacancy_in_scope
from kompetanse.vacancies.tables import Vacancy

Rows = Select[*tuple[Any, ...]]

EVERYBODY = {"after": UUID(int=0), "until": UUID(int=2**128 - 1)}
"""The values of the extract's selects: the page that holds everybody."""

jobs, educations = analytics.jobs, analytics.educations


def norwegian(actor: Actor) -> Rows:
    """Their Norwegian, in any of its codes."""
    return analytics.languages(actor).where(col(PersonLanguage.language).in_(NORWEGIAN_CODES))


def people(actor: Actor) -> Rows:
    """What is counted of everybody in circulation, by id: nobody with a protected address is."""
    head = and_(col(Profile.municipality_no) == col(Person.municipality_no), col(Profile.person_id) == col(Person.id))
    chosen: Rows = select(
        col(Person.id),
        col(Person.country_of_origin),
        col(Person.arrived_in_municipality),
        col(Profile.mapped_on),
        col(HouseholdMember.household_id),
    )
    found = chosen.select_from(Person).outerjoin(Profile, head).outerjoin(HouseholdMember, _member())
    return found.where(in_circulation(actor.municipality_no)).order_by(col(Person.id))


def homes(actor: Actor) -> Rows:
    """The postal code of everybody in circulation, and the household, by id."""
    chosen: Rows = select(col(Person.id), col(Person.postal_code), col(HouseholdMember.household_id))
    found = chosen.select_from(Person).outerjoin(HouseholdMember, _member())
    return found.where(in_circulation(actor.municipality_no)).order_by(col(Person.id))


def residents(actor: Actor, postal_codes: Collection[str]) -> SelectOfScalar[Person]:
    """Whoever lives where one of some postal codes is, for whoever may know them."""
    return by_name(visible_people(actor).where(circulating(actor), col(Person.postal_code).in_(postal_codes)))


def openings(actor: Actor) -> Rows:
    """What open vacancies are, where, and for how many."""
    chosen: Rows = select(
        col(Vacancy.municipality_no), col(Vacancy.id), col(Vacancy.title), col(Vacancy.styrk), col(Vacancy.positions),
        col(Vacancy.postal_code), col(Vacancy.workplace_no), col(Vacancy.place), col(Vacancy.deadline),
    )  # fmt: skip
    return chosen.where(vacancy_in_scope(actor), col(Vacancy.status) == VacancyStatus.OPEN).order_by(col(Vacancy.id))


def _member() -> Any:  # noqa: ANN401 - a join's condition
    return and_(
        col(HouseholdMember.municipality_no) == col(Person.municipality_no),
        col(HouseholdMember.person_id) == col(Person.id),
    )
