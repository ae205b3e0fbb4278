"""Selects of the people list: one for each set of conditions, built once, whose every value is a parameter."""

from functools import cache, lru_cache, reduce
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    SQLColumnExpression,
    String,
    Uuid,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlmodel import col

from kompetanse.actor import Actor
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.competence.people_conditions import CONDITIONS, condition_values, text_condition
from kompetanse.competence.tables import Experience, PersonLanguage
from kompetanse.finding.criteria import PeopleFilter, Understood, asked_for
from kompetanse.people.queries import reachable_by, words_of
from kompetanse.people.tables import Person
from kompetanse.prepared import Prepared, Row

_PLACE = (col(Person.name_order), col(Person.id))
_AFTER = (bindparam("name_order", type_=LargeBinary), bindparam("id", type_=Uuid))


class Shape(NamedTuple):
    """Which conditions a list has, without their values: every shape is one statement, built and compiled once.

    `meant`: its text means something that people can. `spelt`: its words are looked for as others spell them.
    """

    filters: frozenset[str]
    words: int
    reachable: bool
    after: bool
    meant: bool = False
    spelt: bool = False


def shape_of(wanted: PeopleFilter, understood: Understood, *, after: bool) -> Shape:
    """The shape of a list that shows `wanted`, from the beginning or `after` somebody."""
    asked = asked_for(wanted)
    unknown = {f"no_{one.value}" for one in wanted.unknown}
    return Shape(
        (asked - {"unknown"}) | unknown,
        len(words_of(wanted.text)),
        reachable_by(wanted.text),
        after,
        understood.competence,
        bool(understood.spellings),
    )


def values_of(actor: Actor, wanted: PeopleFilter, understood: Understood) -> dict[str, object]:
    """The values of a shape's conditions, by the names of its parameters."""
    return {"municipality_no": actor.municipality_no, **condition_values(wanted, understood)}


def _listed(shape: Shape) -> list[ColumnElement[bool]]:
    """The conditions of the people list: the municipality's own, and all that the filter asks."""
    archived = (
        col(Person.archived_at).is_not(None) if "archived" in shape.filters else col(Person.archived_at).is_(None)
    )
    own = col(Person.municipality_no) == bindparam("municipality_no")
    asked = [made for name, made in CONDITIONS.items() if name in shape.filters]
    text = (
        [text_condition(shape.words, reachable=shape.reachable, meant=shape.meant, spelt=shape.spelt)]
        if "text" in shape.filters
        else []
    )
    return [own, col(Person.merged_into_id).is_(None), archived, *text, *asked]


_SHOWN = (
    col(Person.id), col(Person.version), col(Person.given_name), col(Person.family_name), col(Person.born),
    col(Person.citizenships), col(Person.protected_address), col(Person.archived_at), col(Person.name_order),
)  # fmt: skip


def place_in(row: Row) -> tuple[Any, ...]:
    """Where a row of `people_page` or `people_of` stands in the order of the list."""
    return row[len(_SHOWN) - 1], row[0]


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
    """At most `limit` people by name, after the place (`name_order`, `id`) where the page before ended.

    Beside a person's columns stand her jobs and her Norwegian, packed. A join would repeat her columns for every
    job, and PostgreSQL would read everybody's jobs to show fifty people.
    """
    page = select(*_SHOWN).where(*_listed(shape))
    if shape.after:
        page = page.where(tuple_(*_PLACE) > tuple_(*_AFTER))
    # PostgreSQL takes no IS NULL for a constant: without the column it would sort everybody, not walk the index.
    settled = () if "archived" in shape.filters else (col(Person.archived_at),)
    return _with_competence(page.order_by(*settled, *_PLACE).limit(bindparam("limit", type_=Integer)))


@cache
def people_of() -> Prepared:
    """The people whose ids are `ids`, by name; a session's alone, as the number of its parameters varies."""
    own = col(Person.municipality_no) == bindparam("municipality_no")
    chosen = col(Person.id).in_(bindparam("ids", expanding=True, type_=Uuid))
    return _with_competence(select(*_SHOWN).where(own, col(Person.merged_into_id).is_(None), chosen))


def _with_competence(people: Select[*tuple[Any, ...]]) -> Prepared:
    shown = people.cte("shown")
    return Prepared(
        select(*shown.c, _jobs(shown.c.id), _norwegian(shown.c.id)).order_by(shown.c.name_order, shown.c.id)
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


@lru_cache(maxsize=512)
def people_ids(shape: Shape) -> Prepared:
    """The ids of everybody on the list, in no order, at most `limit`."""
    return Prepared(select(col(Person.id)).where(*_listed(shape)).limit(bindparam("limit", type_=Integer)))
