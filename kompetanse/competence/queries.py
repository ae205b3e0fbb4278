"""Selects of profiles, each born scoped to who asks."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import Select, SelectOfScalar

from kompetanse.actor import Actor, ActorKind
from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.tables import (
    Course,
    Education,
    Experience,
    Interest,
    PersonLanguage,
    PersonLicence,
    Profile,
    ProfileChange,
    Skill,
    Wish,
    WishedOccupation,
)
from kompetanse.paging import PageRequest
from kompetanse.people.queries import (
    listed_people,
    not_of_others,
    visible_people,
)
from kompetanse.people.tables import Person
from kompetanse.taxonomy.lexicon import UNLINKED

Part = TypeVar(
    "Part", Skill, Experience, Education, PersonLanguage, PersonLicence, WishedOccupation, Course, Wish, Interest
)
Titled = TypeVar("Titled", Experience, WishedOccupation)
Linked = TypeVar("Linked", Experience, WishedOccupation, Interest)


def profile_of(actor: Actor, person_id: UUID) -> SelectOfScalar[Profile]:
    """The head of a profile. The caller has found the person among those that the actor may know of."""
    own = entities(Profile).where(Profile.municipality_no == actor.municipality_no, Profile.person_id == person_id)
    return own.where(not_of_others(actor, col(Profile.person_id)))


def profiles_of(actor: Actor, person_ids: Collection[UUID]) -> SelectOfScalar[Profile]:
    """The heads of the profiles of people whom the caller found to be the actor's."""
    own = entities(Profile).where(Profile.municipality_no == actor.municipality_no)
    return own.where(col(Profile.person_id).in_(person_ids), not_of_others(actor, col(Profile.person_id)))


def parts_of(actor: Actor, table: type[Part], person_ids: Collection[UUID]) -> SelectOfScalar[Part]:
    """The rows of one part for people whom the caller found to be the actor's, as they were written down."""
    return (
        entities(table)
        .where(col(table.municipality_no) == actor.municipality_no, col(table.person_id).in_(person_ids))
        .where(not_of_others(actor, col(table.person_id)))
        .order_by(col(table.id))
    )


def changes_of(actor: Actor, person_id: UUID, page: PageRequest) -> SelectOfScalar[ProfileChange]:
    """The changes of a profile, newest first; one more than the page shows."""
    found = entities(ProfileChange).where(
        ProfileChange.municipality_no == actor.municipality_no,
        ProfileChange.person_id == person_id,
        not_of_others(actor, col(ProfileChange.person_id)),
    )
    if page.after is not None:
        found = found.where(col(ProfileChange.id) < page.after)
    return found.order_by(col(ProfileChange.id).desc()).limit(page.limit + 1)


def changes_since(actor: Actor, person_id: UUID, version: int, entry_id: UUID | None) -> SelectOfScalar[ProfileChange]:
    """What somebody stated of an entry (of the single wishes: None) after a version of the profile, newest first."""
    return (
        entities(ProfileChange)
        .where(_of_profile(actor, person_id), col(ProfileChange.version) > version)
        .where(col(ProfileChange.entry_id) == entry_id, col(ProfileChange.by_word).is_(False))
        .order_by(col(ProfileChange.id).desc())
    )


def changes_to(actor: Actor, person_id: UUID, version: int) -> SelectOfScalar[ProfileChange]:
    """What made one version of a profile."""
    return entities(ProfileChange).where(_of_profile(actor, person_id), ProfileChange.version == version)


def changes_of_educations(actor: Actor, whose: ColumnElement[bool]) -> SelectOfScalar[ProfileChange]:
    """The changes of educations that their owner has had her hand on. `whose`: what a change must be of.

    In no order: asked for one, SQLite reads the whole municipality's along it.
    """
    theirs = (
        (col(ProfileChange.municipality_no) == actor.municipality_no)
        & (col(ProfileChange.part) == ProfilePart.EDUCATIONS.value)
        & whose
    )
    touched = select(col(ProfileChange.entry_id)).where(theirs, col(ProfileChange.actor_kind) == ActorKind.NEWCOMER)
    return entities(ProfileChange).where(theirs, col(ProfileChange.entry_id).in_(touched))


def _of_profile(actor: Actor, person_id: UUID) -> ColumnElement[bool]:
    own = (col(ProfileChange.municipality_no) == actor.municipality_no) & (col(ProfileChange.person_id) == person_id)
    return own & not_of_others(actor, col(ProfileChange.person_id))


def person_for_change(actor: Actor, person_id: UUID) -> SelectOfScalar[Person]:
    """The person, locked, so that two who change her profile come one after the other."""
    return visible_people(actor).where(Person.id == person_id).with_for_update()


def head_of(municipality_no: str, person_id: UUID) -> SelectOfScalar[Profile]:
    """The head of a profile, for the system itself."""
    return entities(Profile).where(Profile.municipality_no == municipality_no, Profile.person_id == person_id)


def skills_linked_to(uris: Collection[str]) -> SelectOfScalar[Skill]:
    """Everybody's skills that are linked to one of some concepts: for the system itself, when concepts change."""
    return entities(Skill).where(col(Skill.key).in_(uris)).order_by(col(Skill.municipality_no), col(Skill.id))


def linked_to(table: type[Linked], column: str, uris: Collection[str]) -> SelectOfScalar[Linked]:
    """Everybody's rows that are linked to one of some concepts: for the system itself, when concepts change."""
    linked = entities(table).where(col(getattr(table, column)).in_(uris))
    return linked.order_by(col(table.municipality_no), col(table.id))


def activities(actor: Actor) -> SelectOfScalar[str] | SelectOfScalar[None]:
    """The clubs and activities that interests of the municipality's people name, each once."""
    own = entities(Interest.activity).where(_own(actor, Interest), col(Interest.activity).is_not(None))
    return own.distinct().order_by(col(Interest.activity)).limit(500)


def _own(
    actor: Actor, table: type[Skill] | type[Experience] | type[WishedOccupation] | type[Interest]
) -> ColumnElement[bool]:
    """Rows of those on the coordinator's own list who are not archived."""
    ids = listed_people(actor).with_only_columns(col(Person.id))
    return (col(table.municipality_no) == actor.municipality_no) & col(table.person_id).in_(ids)


def unlinked_skills(actor: Actor) -> Select[UUID, str]:
    """Whose and in which words: the skills that no concept fitted."""
    return entities(Skill.person_id, Skill.label).where(_own(actor, Skill), col(Skill.key).startswith(UNLINKED))


def unlinked_titles(actor: Actor, table: type[Titled]) -> SelectOfScalar[str]:
    """The titles that no occupation fitted, once for each entry."""
    return entities(table.title).where(_own(actor, table), col(table.styrk).is_(None), col(table.concept).is_(None))


def unlinked_rows(actor: Actor, table: type[Titled]) -> SelectOfScalar[Titled]:
    """The entries whose titles no occupation fitted, to be changed."""
    rows = entities(table).where(_own(actor, table), col(table.styrk).is_(None), col(table.concept).is_(None))
    return rows.order_by(col(table.person_id), col(table.id))


def skills_of_key(actor: Actor, key: str) -> SelectOfScalar[Skill]:
    """Everybody's skill of one key, to be changed."""
    return entities(Skill).where(_own(actor, Skill), col(Skill.key) == key).order_by(col(Skill.person_id))


def held_skills(actor: Actor, keys: Collection[str]) -> Select[UUID, str]:
    """Who has which of some skills, or says that she has it not."""
    return entities(Skill.person_id, Skill.key).where(_own(actor, Skill), col(Skill.key).in_(keys))


def holders_of_skill(actor: Actor, key: str) -> SelectOfScalar[UUID]:
    """Who has a skill of one key, or says that she has it not."""
    return entities(Skill.person_id).where(_own(actor, Skill), col(Skill.key) == key)
