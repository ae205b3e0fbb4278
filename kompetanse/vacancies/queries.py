"""Selects of vacancies, each born scoped to who asks."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, tuple_
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor, Role
from kompetanse.codes.work import VacancySource, VacancyStatus
from kompetanse.vacancies.rules import VacancyFilter
from kompetanse.vacancies.tables import Vacancy, VacancyLanguage, VacancyLicence, VacancySkill

Demand = TypeVar("Demand", VacancySkill, VacancyLanguage, VacancyLicence)

_OVERVIEW = frozenset({Role.COORDINATOR, Role.LEADER, Role.SYSTEM})
_NO_DEADLINE = date(9999, 12, 31)
"""Vacancies without a deadline come after those with one."""

_DEADLINE = func.coalesce(col(Vacancy.deadline), _NO_DEADLINE)


def in_scope(actor: Actor) -> ColumnElement[bool]:
    """Which vacancies the actor may know of: the municipality's, for HR those of the own unit, for others none.

    A newcomer: those that can be filled now. What of them she is told is for her pages to say.
    """
    own = col(Vacancy.municipality_no) == actor.municipality_no
    if actor.roles & _OVERVIEW:
        return own
    if Role.HR in actor.roles and actor.unit:
        return own & (col(Vacancy.unit) == actor.unit)
    if actor.person_id is not None:
        return own & (col(Vacancy.status) == VacancyStatus.OPEN)
    return false()


def visible_vacancies(actor: Actor) -> SelectOfScalar[Vacancy]:
    """Every vacancy, in whatever state, that the actor may know of."""
    return entities(Vacancy).where(in_scope(actor))


def external_vacancy(actor: Actor, source: VacancySource, external_id: str) -> SelectOfScalar[Vacancy]:
    """The vacancy that was read from a source under an id of its own."""
    return visible_vacancies(actor).where(Vacancy.source == source, Vacancy.external_id == external_id)


def demands_of(actor: Actor, table: type[Demand], vacancy_ids: Collection[UUID]) -> SelectOfScalar[Demand]:
    """The rows of one kind of requirement, for vacancies that the caller found to be the actor's."""
    return (
        entities(table)
        .where(col(table.municipality_no) == actor.municipality_no, col(table.vacancy_id).in_(vacancy_ids))
        .order_by(col(table.id))
    )


def listed(actor: Actor, wanted: VacancyFilter) -> ColumnElement[bool]:
    """The condition of the vacancy list: the actor's own, and all that the filter asks."""
    condition = in_scope(actor)
    for word in wanted.text.split():
        condition &= _mentions(word)
    if wanted.status is not None:
        condition &= col(Vacancy.status) == wanted.status
    if wanted.unit is not None:
        condition &= col(Vacancy.unit) == wanted.unit
    if wanted.styrk:
        condition &= col(Vacancy.styrk).startswith(wanted.styrk, autoescape=True)
    return condition


def _mentions(word: str) -> ColumnElement[bool]:
    """Whether a word is in what a vacancy is called. SQLite knows only ASCII's capitals, so Æ Ø Å are tried in both."""
    spellings = dict.fromkeys((word, word.lower(), word.capitalize(), word.upper()))
    columns = (Vacancy.title, Vacancy.unit, Vacancy.employer_name, Vacancy.place)
    return or_(*(col(column).icontains(spelling, autoescape=True) for column in columns for spelling in spellings))


def vacancy_page(condition: ColumnElement[bool], limit: int, after: Vacancy | None) -> SelectOfScalar[Vacancy]:
    """At most `limit` + 1 vacancies by deadline, from the one after `after`."""
    page = entities(Vacancy).where(condition)
    if after is not None:
        page = page.where(tuple_(_DEADLINE, col(Vacancy.id)) > (after.deadline or _NO_DEADLINE, after.id))
    return page.order_by(_DEADLINE, col(Vacancy.id)).limit(limit + 1)


def vacancy_count(condition: ColumnElement[bool]) -> Select[int]:
    """How many vacancies the condition finds."""
    return select(func.count()).select_from(Vacancy).where(condition)


def skills_linked_to(uris: Collection[str]) -> SelectOfScalar[VacancySkill]:
    """Every vacancy's skills that are linked to one of some concepts: for the system itself, when concepts change."""
    linked = entities(VacancySkill).where(col(VacancySkill.key).in_(uris))
    return linked.order_by(col(VacancySkill.municipality_no), col(VacancySkill.id))
