"""Conversations as they are stored: where each stands. What was said in them is in the profile alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Index, Table, select, text, update
from sqlmodel import Field

from kompetanse import clock
from kompetanse.database import JSON_LIST, SETTLED, Owned, check
from kompetanse.people.tables import person_index, person_key

GOES_ON = "ended_at IS NULL"


def keep_one_going(connection: Connection, table: Table, municipality_no: str, from_id: UUID, to_id: UUID) -> None:
    """Of two people who become one, and both are amid a conversation, let one conversation go on."""
    going = (table.c.municipality_no == municipality_no) & table.c.ended_at.is_(None)
    if connection.execute(select(table.c.id).where(going, table.c.person_id == to_id)).first():
        ended = update(table).where(going, table.c.person_id == from_id)
        connection.execute(ended.values(ended_at=clock.now()))


class MappingConversation(Owned, table=True):
    """A conversation in which somebody's competence is mapped. One goes on at a time."""

    __tablename__ = "mapping_conversation"
    __table_args__ = (
        person_key(),
        person_index("mapping_conversation"),
        Index(
            "uq_mapping_conversation_going",
            "municipality_no",
            "person_id",
            unique=True,
            sqlite_where=text(GOES_ON),
            postgresql_where=text(GOES_ON),
        ),
        check("version >= 1", "version"),
        check("ended_at >= started_at", "ended"),
        {"info": {SETTLED: keep_one_going}},
    )

    person_id: UUID
    version: int = 1
    language: str = Field(max_length=8, description="That is spoken beside bokmål (BCP 47).")
    interpreter: bool | None = Field(default=None, description="Whether an interpreter takes part.")
    states: dict[str, str] = Field(
        default_factory=dict, sa_type=JSON_LIST, nullable=False, description="How each question stands; see rules."
    )
    started_at: datetime = Field(default_factory=clock.now)
    started_by: UUID
    updated_at: datetime = Field(default_factory=clock.now)
    ended_at: datetime | None = None
