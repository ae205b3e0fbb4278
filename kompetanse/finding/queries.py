"""Selects of lists, saved searches and watches, each born scoped to who asks."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Select, delete, func, or_, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.finding.tables import PeopleList, PeopleListMember, SavedSearch, SearchKnown, SearchWatch
from kompetanse.people.queries import listed_people
from kompetanse.people.tables import Person


def lists(actor: Actor) -> SelectOfScalar[PeopleList]:
    """The municipality's lists."""
    return entities(PeopleList).where(PeopleList.municipality_no == actor.municipality_no)


def sizes(actor: Actor) -> Select[UUID, int]:
    """How many are on each list, of those who can be met on one: not archived. A list with nobody is not there."""
    ids = listed_people(actor).with_only_columns(col(Person.id))
    return (
        select(col(PeopleListMember.list_id), func.count())
        .where(
            col(PeopleListMember.municipality_no) == actor.municipality_no,
            col(PeopleListMember.removed_at).is_(None),
            col(PeopleListMember.person_id).in_(ids),
        )
        .group_by(col(PeopleListMember.list_id))
    )


def members(actor: Actor, list_id: UUID) -> SelectOfScalar[PeopleListMember]:
    """Who is on a list, or was taken off it a moment ago."""
    return entities(PeopleListMember).where(
        PeopleListMember.municipality_no == actor.municipality_no, PeopleListMember.list_id == list_id
    )


def removed_before(actor: Actor, list_id: UUID, moment: datetime) -> Delete:
    """Forgets who was taken off a list before a moment."""
    return delete(PeopleListMember).where(
        col(PeopleListMember.municipality_no) == actor.municipality_no,
        col(PeopleListMember.list_id) == list_id,
        col(PeopleListMember.removed_at) < moment,
    )


def on_the_list(actor: Actor, ids: Collection[UUID]) -> SelectOfScalar[UUID]:
    """Those of some people who are on the coordinator's own list, and not archived."""
    return listed_people(actor).where(col(Person.id).in_(ids)).with_only_columns(col(Person.id))  # type: ignore[return-value]


def searches(actor: Actor) -> SelectOfScalar[SavedSearch]:
    """The actor's own searches, and those that colleagues share."""
    return entities(SavedSearch).where(
        SavedSearch.municipality_no == actor.municipality_no,
        or_(col(SavedSearch.owner_id) == actor.id, col(SavedSearch.shared).is_(True)),
    )


def own_searches(actor: Actor) -> SelectOfScalar[SavedSearch]:
    """The actor's own searches."""
    return searches(actor).where(SavedSearch.owner_id == actor.id)


def watches(actor: Actor) -> SelectOfScalar[SearchWatch]:
    """The searches of which the actor wants to be told; one that is shared no more is not among them."""
    seen = searches(actor).with_only_columns(col(SavedSearch.id))
    return entities(SearchWatch).where(
        SearchWatch.municipality_no == actor.municipality_no,
        SearchWatch.watcher_id == actor.id,
        col(SearchWatch.search_id).in_(seen),
    )


def known(actor: Actor, watch_id: UUID) -> SelectOfScalar[UUID]:
    """The ids of those who fitted a search when it was last opened."""
    return entities(SearchKnown.person_id).where(
        SearchKnown.municipality_no == actor.municipality_no, SearchKnown.watch_id == watch_id
    )


def no_more_known(actor: Actor, watch_id: UUID, ids: Collection[UUID]) -> Delete:
    """Forgets some of those who fitted a search."""
    return delete(SearchKnown).where(
        col(SearchKnown.municipality_no) == actor.municipality_no,
        col(SearchKnown.watch_id) == watch_id,
        col(SearchKnown.person_id).in_(ids),
    )
