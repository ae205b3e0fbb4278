"""Selects of the analytics extract, each born scoped to who asks. No column here holds a text that somebody wrote.

An analyst may know of no person, so `people.queries.in_scope` gives her nobody: this is the only door that she has, and
behind it everybody becomes a row among others.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, and_, bindparam, func, literal, select
from sqlmodel import SQLModel, col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.analytics.tables import AnalyticsRun
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.tables import Education, Experience, PersonLanguage, ProfileChange
from kompetanse.exchange.job_service_queries import on_page, stored
from kompetanse.exchange.rules_sql import NORWEGIAN_CODES
from kompetanse.people.queries import in_circulation
from kompetanse.people.tables import HouseholdMember, Person
from kompetanse.placements.tables import Referral
from kompetanse.vacancies.tables import Vacancy, VacancyLanguage

# All that is read of anybody. Titles are left where they are: rules that want one are given an empty one.
_OF_A_PERSON = ("id", "born", "country_of_origin", "arrived_in_norway")
_OF_A_JOB = (
    "id", "person_id", "styrk", "kind", "country", "started", "ended", "ongoing", "months", "relevant",
)  # fmt: skip
_OF_AN_EDUCATION = ("id", "person_id", "level", "field", "country", "completed", "recognition")
_OF_A_LANGUAGE = ("person_id", "language", "mother_tongue", "interaction", "production")
_OF_A_REFERRAL = ("person_id", "stage", "created_at")
_OF_A_VACANCY = (
    "styrk", "status", "source", "created_at", "positions", "percentage_min", "percentage_max", "education_level",
)  # fmt: skip


def registered(actor: Actor) -> Select[int]:
    """How many people the municipality ever registered, archived and merged ones too."""
    return select(func.count()).select_from(Person).where(col(Person.municipality_no) == actor.municipality_no)


def person_at(actor: Actor, number: int) -> Select[UUID]:
    """Who was registered as the `number`th, from 1 on."""
    own = select(col(Person.id)).where(col(Person.municipality_no) == actor.municipality_no)
    return own.order_by(col(Person.id)).offset(number - 1).limit(1)


def circulating(actor: Actor, last: UUID) -> Select[int]:
    """How many people are in circulation, up to `last`."""
    return select(func.count()).select_from(Person).where(in_circulation(actor.municipality_no), col(Person.id) <= last)


def people(actor: Actor) -> Select[Any]:
    """At most `most` people in circulation, by id, from behind `after` to `until`, and their households."""
    person, member = stored(Person), stored(HouseholdMember)
    same = and_(member.c.municipality_no == person.c.municipality_no, member.c.person_id == person.c.id)
    chosen: Select[Any] = select(*(person.c[name] for name in _OF_A_PERSON), member.c.household_id)
    return (
        chosen.select_from(person.outerjoin(member, same))
        .where(in_circulation(actor.municipality_no), on_page(actor.municipality_no, person, "id"))
        .order_by(person.c.id)
        .limit(bindparam("most", type_=Integer))
    )


def jobs(actor: Actor) -> Select[Any]:
    """What people in circulation worked as, from behind `after` to `until`."""
    return _theirs(actor, Experience, _OF_A_JOB).add_columns(literal("").label("title"))


def educations(actor: Actor) -> Select[Any]:
    """Their educations."""
    return _theirs(actor, Education, _OF_AN_EDUCATION).add_columns(literal("").label("title"))


def languages(actor: Actor) -> Select[Any]:
    """The languages that they speak."""
    return _theirs(actor, PersonLanguage, _OF_A_LANGUAGE)


def norwegian_changes(actor: Actor) -> Select[Any]:
    """When and how what was stated of their Norwegian changed, of before and of after."""
    change = stored(ProfileChange).c
    said = [
        value.label(f"{name}_{when}")
        for when, entry in (("before", change.before), ("after", change.after))
        for name, value in (
            ("language", entry["language"].as_string()),
            ("mother_tongue", entry["mother_tongue"].as_boolean()),
            ("interaction", entry["interaction"].as_string()),
            ("production", entry["production"].as_string()),
        )
    ]
    return (
        _theirs(actor, ProfileChange, ("person_id", "changed_at"))
        .add_columns(*said)
        .where(change.part == ProfilePart.LANGUAGES, change.before["language"].as_string().in_(NORWEGIAN_CODES))
    )


def referrals(actor: Actor) -> Select[Any]:
    """Their referrals, with the vacancy's occupation."""
    referral, vacancy = stored(Referral).c, stored(Vacancy)
    same = and_(vacancy.c.municipality_no == referral.municipality_no, vacancy.c.id == referral.vacancy_id)
    return _theirs(actor, Referral, _OF_A_REFERRAL).add_columns(vacancy.c.styrk).join(vacancy, same)


def _theirs(actor: Actor, table: type[SQLModel], names: tuple[str, ...]) -> Select[Any]:
    """Columns of a table's rows that belong to people in circulation, from behind `after` to `until`, in one order."""
    person, rows = stored(Person), stored(table)
    circulating = select(person.c.id).where(
        in_circulation(actor.municipality_no), on_page(actor.municipality_no, person, "id")
    )
    chosen: Select[Any] = select(*(rows.c[name] for name in names)).select_from(rows)
    theirs = chosen.where(on_page(actor.municipality_no, rows), rows.c.person_id.in_(circulating))
    return theirs.order_by(rows.c.person_id, rows.c.id)


def vacancies(actor: Actor) -> Select[Any]:
    """Every vacancy of the municipality by what it asks for, and the Norwegian that it requires."""
    vacancy, language = stored(Vacancy), stored(VacancyLanguage)
    norwegian = and_(
        language.c.municipality_no == vacancy.c.municipality_no,
        language.c.vacancy_id == vacancy.c.id,
        language.c.language == NORWEGIAN,
        language.c.required.is_(True),
    )
    chosen: Select[Any] = select(*(vacancy.c[name] for name in _OF_A_VACANCY), language.c.minimum)
    found = chosen.select_from(vacancy.outerjoin(language, norwegian))
    return found.where(vacancy.c.municipality_no == actor.municipality_no).order_by(vacancy.c.id)


def runs(actor: Actor) -> SelectOfScalar[AnalyticsRun]:
    """The extracts of the municipality, newest first."""
    own = entities(AnalyticsRun).where(AnalyticsRun.municipality_no == actor.municipality_no)
    return own.order_by(col(AnalyticsRun.id).desc())


def count_runs(actor: Actor) -> Select[int]:
    """How many extracts of the municipality there are."""
    own = col(AnalyticsRun.municipality_no) == actor.municipality_no
    return select(func.count()).select_from(AnalyticsRun).where(own)


def run(actor: Actor, run_id: UUID) -> SelectOfScalar[AnalyticsRun]:
    """One extract of the municipality."""
    return runs(actor).where(AnalyticsRun.id == run_id)
