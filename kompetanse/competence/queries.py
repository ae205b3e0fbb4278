"""Selects of profiles and of the people list, each born scoped to who asks."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true, tuple_
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.codes.lists import fold
from kompetanse.competence.rules import UNLINKED, PeopleFilter, skill_key
from kompetanse.competence.tables import (
    Education,
    Experience,
    Interest,
    PersonLanguage,
    PersonLicence,
    Profile,
    Skill,
    WishedOccupation,
)
from kompetanse.people.queries import in_scope, matches_words, visible_people
from kompetanse.people.tables import Person

Part = TypeVar("Part", Skill, Experience, Education, PersonLanguage, PersonLicence, WishedOccupation, Interest)

Listed: TypeAlias = Select[UUID, int, str, str, str | None, list[str] | None, bool, datetime | None]

_ORDER = (col(Person.family_name), col(Person.given_name), col(Person.id))


def profile_of(actor: Actor, person_id: UUID) -> SelectOfScalar[Profile]:
    """The head of a profile. The caller has found the person among those that the actor may know of."""
    return entities(Profile).where(Profile.municipality_no == actor.municipality_no, Profile.person_id == person_id)


def parts_of(actor: Actor, table: type[Part], person_ids: Collection[UUID]) -> SelectOfScalar[Part]:
    """The rows of one part for people whom the caller found to be the actor's, as they were written down."""
    return (
        entities(table)
        .where(col(table.municipality_no) == actor.municipality_no, col(table.person_id).in_(person_ids))
        .order_by(col(table.id))
    )


def person_for_change(actor: Actor, person_id: UUID) -> SelectOfScalar[Person]:
    """The person, locked, so that two who change her profile come one after the other."""
    return visible_people(actor).where(Person.id == person_id).with_for_update()


def listed(actor: Actor, wanted: PeopleFilter) -> ColumnElement[bool]:
    """The condition of the people list: the actor's own, and all that the filter asks."""
    archived = col(Person.archived_at).is_not(None) if wanted.archived else col(Person.archived_at).is_(None)
    condition = in_scope(actor) & col(Person.merged_into_id).is_(None) & archived
    for part in _conditions(actor, wanted):
        condition &= part
    return condition


def _conditions(actor: Actor, wanted: PeopleFilter) -> list[ColumnElement[bool]]:
    found = []
    if wanted.text.strip():
        found.append(matches_words(actor, wanted.text))
    if wanted.occupation:
        found.append(_having(Experience, col(Experience.styrk).startswith(wanted.occupation, autoescape=True)))
    if wanted.norwegian_at_least:
        found.append(_having(PersonLanguage, _speaks_norwegian(wanted.norwegian_at_least)))
    if wanted.skill:
        found.append(_having(Skill, col(Skill.holds).is_(True) & _names_skill(wanted.skill)))
    if wanted.needs_interpreter is not None:
        found.append(col(Person.needs_interpreter).is_(wanted.needs_interpreter))
    if wanted.not_mapped:
        found.append(~_having(Profile, col(Profile.mapped_on).is_not(None)))
    return found


def _having(
    table: type[Experience] | type[PersonLanguage] | type[Skill] | type[Profile], condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    own = (col(table.municipality_no) == col(Person.municipality_no)) & (col(table.person_id) == col(Person.id))
    return exists().where(own, condition)


def _speaks_norwegian(least: Cefr) -> ColumnElement[bool]:
    """`rules.spoken_level` as a condition; the two are tested to agree."""
    enough = [level for level in Cefr if level >= least]
    interaction, production = col(PersonLanguage.interaction), col(PersonLanguage.production)
    both = func.coalesce(interaction, production).in_(enough) & func.coalesce(production, interaction).in_(enough)
    return (col(PersonLanguage.language) == NORWEGIAN) & or_(col(PersonLanguage.mother_tongue).is_(True), both)


def _names_skill(text: str) -> ColumnElement[bool]:
    """A key as it is, or words: the concept that they link to, or skills that stayed as spoken and hold them."""
    keys = [text, skill_key(text)]
    spoken = col(Skill.key).startswith(UNLINKED) & col(Skill.key).contains(fold(text), autoescape=True)
    return col(Skill.key).in_(keys) | (spoken if fold(text) else ~true())


_SHOWN = (
    col(Person.id), col(Person.version), col(Person.given_name), col(Person.family_name), col(Person.born),
    col(Person.citizenships), col(Person.protected_address), col(Person.archived_at),
)  # fmt: skip


def people_page(condition: ColumnElement[bool], limit: int, after: Person | None) -> Listed:
    """At most `limit` + 1 people by name, from the one after `after`: the columns of a list, and no entities."""
    page = select(*_SHOWN).where(condition)
    if after is not None:
        place = (after.family_name, after.given_name, after.id)
        page = page.where(tuple_(*_ORDER) > place)
    return page.order_by(*_ORDER).limit(limit + 1)


def jobs_of(
    actor: Actor, person_ids: Collection[UUID]
) -> Select[UUID, str | None, str | None, str | None, bool | None, int | None]:
    """What decides people's main occupations; each row is a `rules.Job` with its `person_id`."""
    return select(
        col(Experience.person_id), col(Experience.styrk), col(Experience.started), col(Experience.ended),
        col(Experience.ongoing), col(Experience.months),
    ).where(
        col(Experience.municipality_no) == actor.municipality_no,
        col(Experience.person_id).in_(person_ids),
        col(Experience.styrk).is_not(None),
    )  # fmt: skip


def norwegian_of(
    actor: Actor, person_ids: Collection[UUID]
) -> Select[UUID, str, bool | None, Cefr | None, Cefr | None]:
    """People's Norwegian; each row is a `rules.SpokenLanguage` with its `person_id`."""
    return select(
        col(PersonLanguage.person_id), col(PersonLanguage.language), col(PersonLanguage.mother_tongue),
        col(PersonLanguage.interaction), col(PersonLanguage.production),
    ).where(
        col(PersonLanguage.municipality_no) == actor.municipality_no,
        col(PersonLanguage.person_id).in_(person_ids),
        col(PersonLanguage.language) == NORWEGIAN,
    )  # fmt: skip


def people_count(condition: ColumnElement[bool]) -> Select[int]:
    """How many people the condition finds."""
    return select(func.count()).select_from(Person).where(condition)


def cursor_person(actor: Actor, person_id: UUID) -> SelectOfScalar[Person]:
    """Where a page ended, also when the person has left the list since."""
    return entities(Person).where(in_scope(actor), col(Person.id) == person_id)
