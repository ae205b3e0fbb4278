"""Lists of people, and searches that are kept and watched, as they are stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Connection, ForeignKeyConstraint, Index, UniqueConstraint, delete
from sqlalchemy import Table as StoredTable
from sqlmodel import Field

from kompetanse import clock
from kompetanse.database import DERIVED, SETTLED, Owned, check
from kompetanse.people.tables import person_index, person_key

NAME_LENGTH = 80


def forget_removed(
    connection: Connection, table: StoredTable, municipality_no: str, from_id: UUID, to_id: UUID
) -> None:
    """Of two people who become one: who is on a list stays on it, whichever of them was taken off."""
    removed = table.c.removed_at.is_not(None) & table.c.person_id.in_((from_id, to_id))
    connection.execute(delete(table).where(table.c.municipality_no == municipality_no, removed))


class PeopleList(Owned, table=True):
    """A named list of people, which everybody sees who works with the municipality's newcomers."""

    __tablename__ = "people_list"
    __table_args__ = (UniqueConstraint("municipality_no", "name"), check("version >= 1", "version"))

    version: int = 1
    created_at: datetime = Field(default_factory=clock.now)
    updated_at: datetime = Field(default_factory=clock.now)
    made_by: UUID
    name: str = Field(max_length=NAME_LENGTH)


class PeopleListMember(Owned, table=True):
    """Somebody on a list, or taken off it a moment ago, so that it can be undone.

    `change_id` is the change that put her there or took her off.
    """

    __tablename__ = "people_list_member"
    __table_args__ = (
        person_key(),
        person_index("people_list_member"),
        ForeignKeyConstraint(
            ["municipality_no", "list_id"], ["people_list.municipality_no", "people_list.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("municipality_no", "list_id", "person_id"),
        {"info": {SETTLED: forget_removed}},
    )

    list_id: UUID
    person_id: UUID
    change_id: UUID
    added_at: datetime = Field(default_factory=clock.now)
    added_by: UUID
    removed_at: datetime | None = None


class SavedSearch(Owned, table=True):
    """What somebody looks for again and again. It holds no name of anybody who is looked for."""

    __tablename__ = "saved_search"
    __table_args__ = (
        UniqueConstraint("municipality_no", "owner_id", "name"),
        check("version >= 1", "version"),
    )

    version: int = 1
    created_at: datetime = Field(default_factory=clock.now)
    updated_at: datetime = Field(default_factory=clock.now)
    owner_id: UUID
    name: str = Field(max_length=NAME_LENGTH)
    criteria: dict[str, object] = Field(sa_type=JSON, description="As `finding.criteria.stored` writes them.")
    shared: bool = Field(default=False, description="Whether colleagues see it too.")


class SearchWatch(Owned, table=True):
    """That somebody wants to be told of who fits a search since she opened it last."""

    __tablename__ = "search_watch"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_no", "search_id"], ["saved_search.municipality_no", "saved_search.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("municipality_no", "search_id", "watcher_id"),
        Index("ix_search_watch_watcher", "municipality_no", "watcher_id"),
    )

    search_id: UUID
    watcher_id: UUID
    created_at: datetime = Field(default_factory=clock.now)
    opened_at: datetime | None = Field(default=None, description="When there was last somebody new; null is never.")


class SearchKnown(Owned, table=True):
    """Somebody who fitted a watched search when it was last opened, and since which opening.

    It is made of profiles and searches, so it is never moved: of two records that are merged, the one that stays is
    new to whoever watches.
    """

    __tablename__ = "search_known"
    __table_args__ = (
        person_key(),
        person_index("search_known"),
        ForeignKeyConstraint(
            ["municipality_no", "watch_id"], ["search_watch.municipality_no", "search_watch.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("municipality_no", "watch_id", "person_id"),
        {"info": {DERIVED: True}},
    )

    watch_id: UUID
    person_id: UUID
    since: datetime
