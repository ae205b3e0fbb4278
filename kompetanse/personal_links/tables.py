"""Links and devices as they are stored. What opens something is stored as a digest alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.database import OPENS, Owned, Table, check, closed
from kompetanse.messages.rules import Channel, Outcome
from kompetanse.people.tables import person_index, person_key


class PersonalLink(Owned, table=True):
    """A way in that is given to one person and spent once: a link, and a code to type that is the same way in."""

    __tablename__ = "personal_link"
    __table_args__ = (
        person_key(),
        person_index("personal_link"),
        UniqueConstraint("token_hash"),
        UniqueConstraint("municipality_no", "code_hash"),
        check("expires_at > made_at", "expires"),
        {"info": {OPENS: True}},
    )

    person_id: UUID
    token_hash: str = Field(max_length=64, description="SHA-256 of the link's secret.")
    code_hash: str = Field(max_length=64, description="Keyed digest of the code: its few digits could be guessed.")
    language: str = Field(max_length=8, description="In which she is met (BCP 47).")
    made_at: datetime = Field(default_factory=clock.now)
    made_by: UUID
    expires_at: datetime
    spent_at: datetime | None = None
    revoked_at: datetime | None = None


class LinkMessage(Owned, table=True):
    """One sending of a link to its person. Neither the address nor the text is stored."""

    __tablename__ = "link_message"
    __table_args__ = (
        person_key(),
        person_index("link_message"),
        ForeignKeyConstraint(
            ["municipality_no", "link_id"], ["personal_link.municipality_no", "personal_link.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("municipality_no", "asked_hash"),
        {"info": {OPENS: True}},
    )

    person_id: UUID
    link_id: UUID
    asked_hash: str = Field(max_length=64, description="Keyed digest of what asked for it: asked twice, sent once.")
    channel: Channel = Field(sa_type=closed(Channel))
    outcome: Outcome = Field(default=Outcome.UNKNOWN, sa_type=closed(Outcome))
    begun_at: datetime = Field(default_factory=clock.now)
    begun_by: UUID
    ended_at: datetime | None = Field(default=None, description="When the outcome was written down.")


class PersonalDevice(Owned, table=True):
    """A browser in which a person came in. `token_hash` is SHA-256 of its cookie. A device that is out has no row."""

    __tablename__ = "personal_device"
    __table_args__ = (
        person_key(),
        person_index("personal_device"),
        UniqueConstraint("token_hash"),
        {"info": {OPENS: True}},
    )

    person_id: UUID
    token_hash: str = Field(max_length=64)
    opened_at: datetime = Field(default_factory=clock.now)
    last_used_at: datetime = Field(default_factory=clock.now)


class FailedOpening(Table, table=True):
    """A code that opened nothing, kept for an hour to slow down whoever guesses."""

    __tablename__ = "failed_opening"
    __table_args__ = (
        Index("ix_failed_opening_address", "address_hash", "tried_at"),
        Index("ix_failed_opening_tried", "municipality_no", "tried_at"),
    )

    municipality_no: str = Field(primary_key=True, max_length=4, description="Where the code would have been of.")
    id: UUID = Field(primary_key=True)
    address_hash: str = Field(max_length=64, description="Keyed digest of the network that it came from.")
    tried_at: datetime = Field(default_factory=clock.now)
