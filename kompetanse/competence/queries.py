"""Selects of profiles and of the people list, each born scoped to who asks."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from functools import cache, lru_cache, reduce
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    SQLColumnExpression,
    String,
    Uuid,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import Select, SelectOfScalar

from kompetanse.actor import Actor, ActorKind
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.codes.lists import fold
from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.rules import PeopleFilter
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
    matches_words,
    not_of_others,
    reachable_by,
    visible_people,
    word_values,
    words_of,
)
from kompetanse.people.tables import Person
from kompetanse.prepared import ESCAPE, Prepared, like_literally
from kompetanse.taxonomy.lexicon import UNLINKED

Part = TypeVar(
    "Part", Skill, Experience, Education, PersonLanguage, PersonLicence, WishedOccupation, Course, Wish, Interest
)
Titled = TypeVar("Titled", Experience, WishedOccupation)
Linked = TypeVar("Linked", Experience, WishedOccupation, Interest)

_PLACE = (col(Person.family_name), col(Person.given_name), col(Person.id))
_AFTER = (bindparam("family_name", type_=String), bindparam("given_name", type_=String), bindparam("id", type_=Uuid))


def profile_of(actor: Actor, person_id: UUID) -> SelectOfScalar[Profile]:
    """The head of a profile. The caller has found the person among those that the actor may know of."""
    own = entities(Profile).where(Profile.municipality_no == actor.municipality_no, Profile.person_id == person_id)
    return own.where(not_of_others(actor, col(Profile.person_id)))


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


def changes_of_educations(actor: Actor, people: SelectOfScalar[Person]) -> SelectOfScalar[ProfileChange]:
    """The changes, oldest first, of educations that their owner has had her hand on. `people`: whose."""
    ids = people.with_only_columns(col(Person.id))
    theirs = (
        (col(ProfileChange.municipality_no) == actor.municipality_no)
        & (col(ProfileChange.part) == ProfilePart.EDUCATIONS.value)
        & col(ProfileChange.person_id).in_(ids)
    )
    touched = select(col(ProfileChange.entry_id)).where(theirs, col(ProfileChange.actor_kind) == ActorKind.NEWCOMER)
    changes = entities(ProfileChange).where(theirs, col(ProfileChange.entry_id).in_(touched))
    return changes.order_by(col(ProfileChange.id))


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


class Shape(NamedTuple):
    """Which conditions a list has, without their values: every shape is one statement, built and compiled once."""

    filters: frozenset[str]
    words: int
    reachable: bool
    after: bool


def shape_of(wanted: PeopleFilter, *, after: bool) -> Shape:
    """The shape of a list that shows `wanted`, from the beginning or `after` somebody."""
    unset = PeopleFilter(text=wanted.text if not wanted.text.strip() else "")
    filters = frozenset(f.name for f in fields(wanted) if getattr(wanted, f.name) != getattr(unset, f.name))
    return Shape(filters, len(words_of(wanted.text)), reachable_by(wanted.text), after)


def values_of(actor: Actor, wanted: PeopleFilter, skill_key: str) -> dict[str, object]:
    """The values of a shape's conditions, by the names of its parameters. `skill_key`: what its skill is linked to."""
    values: dict[str, object] = {"municipality_no": actor.municipality_no, **word_values(wanted.text)}
    if wanted.occupation:
        values["occupation"], values["occupation_end"] = wanted.occupation, _after_prefix(wanted.occupation)
    if wanted.norwegian_at_least:
        values["norwegian_at_least"] = wanted.norwegian_at_least.value
    if wanted.skill:
        folded = fold(wanted.skill)
        values["skill"], values["skill_key"] = wanted.skill, skill_key
        values["skill_words"] = f"{UNLINKED}%{like_literally(folded)}%" if folded else ""
    if wanted.needs_interpreter is not None:
        values["needs_interpreter"] = wanted.needs_interpreter
    return values


def _listed(shape: Shape) -> list[ColumnElement[bool]]:
    """The conditions of the people list: the municipality's own, and all that the filter asks."""
    archived = (
        col(Person.archived_at).is_not(None) if "archived" in shape.filters else col(Person.archived_at).is_(None)
    )
    own = col(Person.municipality_no) == bindparam("municipality_no")
    asked = [made for name, made in _CONDITIONS.items() if name in shape.filters]
    words = [matches_words(shape.words, reachable=shape.reachable)] if "text" in shape.filters else []
    return [own, col(Person.merged_into_id).is_(None), archived, *words, *asked]


def _having(
    table: type[Experience] | type[PersonLanguage] | type[Skill] | type[Profile], condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether the person has such a row. Not EXISTS: PostgreSQL would join everybody's rows to show fifty people."""
    own = (col(table.municipality_no) == col(Person.municipality_no)) & (col(table.person_id) == col(Person.id))
    return select(col(table.person_id)).where(own, condition).correlate(Person).limit(1).scalar_subquery().is_not(None)


def _speaks_norwegian() -> ColumnElement[bool]:
    """`rules.spoken_level` as a condition; the two are tested to agree."""
    least = bindparam("norwegian_at_least", type_=String)  # levels are stored as text whose order is theirs
    interaction = type_coerce(col(PersonLanguage.interaction), String)
    production = type_coerce(col(PersonLanguage.production), String)
    both = (func.coalesce(interaction, production) >= least) & (func.coalesce(production, interaction) >= least)
    return (col(PersonLanguage.language) == NORWEGIAN) & or_(col(PersonLanguage.mother_tongue).is_(True), both)


def _in_group() -> ColumnElement[bool]:
    """A code that begins with `occupation`, as a range: under row-level security PostgreSQL estimates no LIKE."""
    code = col(Experience.styrk)
    return (code >= bindparam("occupation")) & (code < bindparam("occupation_end"))


def _after_prefix(prefix: str) -> str:
    """What comes after every code that begins with `prefix`; letters come after digits in every collation."""
    if not (prefix.isascii() and prefix.isdigit()):
        return prefix  # no code begins with it, and no code lies between it and itself
    kept = prefix.rstrip("9")
    return f"{kept[:-1]}{int(kept[-1]) + 1}" if kept else "A"


def _names_skill() -> ColumnElement[bool]:
    """A key as it is, or words: the concept that they link to, or skills that stayed as spoken and hold them."""
    key = col(Skill.key)
    named = (key == bindparam("skill")) | (key == bindparam("skill_key"))
    return col(Skill.holds).is_(True) & (named | key.like(bindparam("skill_words"), escape=ESCAPE))


_CONDITIONS: Mapping[str, ColumnElement[bool]] = MappingProxyType(
    {
        "occupation": _having(Experience, _in_group()),
        "norwegian_at_least": _having(PersonLanguage, _speaks_norwegian()),
        "skill": _having(Skill, _names_skill()),
        "needs_interpreter": col(Person.needs_interpreter) == bindparam("needs_interpreter"),
        "not_mapped": ~_having(Profile, col(Profile.mapped_on).is_not(None)),
    }
)

_SHOWN = (
    col(Person.id), col(Person.version), col(Person.given_name), col(Person.family_name), col(Person.born),
    col(Person.citizenships), col(Person.protected_address), col(Person.archived_at),
)  # fmt: skip


SEPARATOR, BETWEEN_JOBS = "|", ";"
"""What stands between values, and between jobs, where `people_page` packs them; no code, date or number holds it."""


def _packed(*columns: SQLColumnExpression[Any]) -> ColumnElement[str]:
    """Codes, dates, numbers and truths in one text, nothing where nothing is stated."""
    texts = (func.coalesce(cast(column, String), "") for column in columns)
    return reduce(lambda before, text: before + SEPARATOR + text, texts)


def _jobs(person_id: ColumnElement[UUID]) -> ColumnElement[str | None]:
    """What a main occupation is decided by (`rules.Job`), of each job with a code; null where there is none."""
    job = _packed(
        col(Experience.styrk), col(Experience.started), col(Experience.ended), col(Experience.ongoing),
        col(Experience.months),
    )  # fmt: skip
    return (
        select(func.aggregate_strings(job, literal_column(f"'{BETWEEN_JOBS}'")))  # type: ignore[arg-type]
        .where(
            col(Experience.municipality_no) == bindparam("municipality_no"),
            col(Experience.person_id) == person_id,
            col(Experience.styrk).is_not(None),
        )
        .scalar_subquery()
    )


def _norwegian(person_id: ColumnElement[UUID]) -> ColumnElement[str | None]:
    """What the level of spoken Norwegian is read from (`rules.SpokenLanguage`); null where nothing is stated."""
    spoken = _packed(
        col(PersonLanguage.language), col(PersonLanguage.mother_tongue), col(PersonLanguage.interaction),
        col(PersonLanguage.production),
    )  # fmt: skip
    return (
        select(spoken)
        .where(
            col(PersonLanguage.municipality_no) == bindparam("municipality_no"),
            col(PersonLanguage.person_id) == person_id,
            col(PersonLanguage.language) == NORWEGIAN,
        )
        .scalar_subquery()
    )


@lru_cache(maxsize=512)
def people_page(shape: Shape) -> Prepared:
    """At most `limit` people by name, after the place (`family_name`, `given_name`, `id`) where the page before ended.

    Beside a person's columns stand her jobs and her Norwegian, packed. A join would repeat her columns for every
    job, and PostgreSQL would read everybody's jobs to show fifty people.
    """
    page = select(*_SHOWN).where(*_listed(shape))
    if shape.after:
        page = page.where(tuple_(*_PLACE) > tuple_(*_AFTER))
    # PostgreSQL takes no IS NULL for a constant: without the column it would sort everybody, not walk the index.
    settled = () if "archived" in shape.filters else (col(Person.archived_at),)
    shown = page.order_by(*settled, *_PLACE).limit(bindparam("limit", type_=Integer)).cte("shown")
    return Prepared(
        select(*shown.c, _jobs(shown.c.id), _norwegian(shown.c.id)).order_by(
            shown.c.family_name, shown.c.given_name, shown.c.id
        )
    )


@lru_cache(maxsize=512)
def people_count(shape: Shape) -> Prepared:
    """How many people the list has in all, however its pages are cut."""
    return Prepared(select(func.count()).select_from(Person).where(*_listed(shape)))


@cache
def place_of() -> Prepared:
    """Where the person `cursor` stands in the order of the list, also when she has left the list since."""
    own = col(Person.municipality_no) == bindparam("municipality_no")
    return Prepared(select(*_PLACE).where(own, col(Person.id) == bindparam("cursor", type_=Uuid)))
