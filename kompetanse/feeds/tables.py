"""What is stored of advertisements beside their vacancies, and of how and when they came in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.database import JSON_LIST, Owned, check, closed
from kompetanse.feeds.rules import ChangeKind, IntakeFault, IntakeStatus, ReceiptStatus
from kompetanse.vacancies.tables import vacancy_key

CONTACTS: Any = JSON(none_as_null=True)
"""Column type for the contacts of an advertisement: `[{"name", "title", "email", "phone"}, …]`."""


class Advertisement(Owned, table=True):
    """What an advertisement says that is no part of the vacancy: when it changed, and whom to ask.

    Contacts are people's data, which the job service publishes while the advertisement is active: they are erased as
    soon as it is withdrawn.
    """

    __tablename__ = "advertisement"
    __table_args__ = (vacancy_key(), UniqueConstraint("municipality_no", "vacancy_id", name="uq_advertisement_vacancy"))

    vacancy_id: UUID
    reference: str = Field(max_length=255, description="What its sender calls it.")
    provider_id: UUID | None = Field(default=None, description="The API client that pushed it; null for the feed.")
    modified_at: datetime = Field(description="As its sender says.")
    withdrawn_at: datetime | None = None
    contacts: list[dict[str, str]] | None = Field(default=None, sa_type=CONTACTS)


class FeedCursor(Owned, table=True):
    """How far a municipality has read the feed, who reads it now, and when it shall be read next.

    `page_url` is the page to read next, with the validators of what was read of it; None is the beginning.
    """

    __tablename__ = "feed_cursor"
    __table_args__ = (UniqueConstraint("municipality_no", name="uq_feed_cursor_municipality"),)

    source: str = Field(max_length=300, description="The feed's address; a cursor is of use there only.")
    page_url: str | None = Field(default=None, max_length=500)
    etag: str | None = Field(default=None, max_length=200)
    last_modified: str | None = Field(default=None, max_length=100)
    claimed_by: UUID | None = Field(default=None, description="The sync that reads now.")
    claimed_until: datetime | None = None
    due_at: datetime = Field(default_factory=clock.now)


class Intake(Owned, table=True):
    """One time that advertisements came in: the feed was read, or somebody pushed theirs.

    Says when, how it ended, and how many lines (of the feed) or advertisements (that were pushed) led to what.
    """

    __tablename__ = "intake"
    __table_args__ = (
        Index("ix_intake_started", "municipality_no", "started_at"),
        check("pages >= 0 AND lines >= 0", "counts"),
    )

    sender: str | None = Field(default=None, max_length=120, description="Who pushed; null for the feed.")
    started_at: datetime = Field(default_factory=clock.now)
    ended_at: datetime | None = None
    status: IntakeStatus = Field(default=IntakeStatus.RUNNING, sa_type=closed(IntakeStatus))
    fault: IntakeFault | None = Field(default=None, sa_type=closed(IntakeFault))
    pages: int = 0
    lines: int = 0
    came: int = 0
    changed: int = 0
    went: int = 0
    unchanged: int = 0
    elsewhere: int = 0
    unreadable: int = 0


class IntakeChange(Owned, table=True):
    """What one line or advertisement did to the municipality's vacancies. Those that did nothing are counted only."""

    __tablename__ = "intake_change"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_no", "intake_id"], ["intake.municipality_no", "intake.id"], ondelete="CASCADE"
        ),
        vacancy_key(),
        Index("ix_intake_change_intake", "municipality_no", "intake_id", "id"),
    )

    intake_id: UUID
    kind: ChangeKind = Field(sa_type=closed(ChangeKind))
    external_id: str = Field(max_length=64)
    vacancy_id: UUID | None = None
    title: str | None = Field(default=None, max_length=250)
    fields: list[str] = Field(
        default_factory=list, sa_type=JSON_LIST, description="What changed, or could not be read."
    )


class Publication(Owned, table=True):
    """A vacancy of the municipality's own that was sent to NAV: what NAV answered last, and which version it shows."""

    __tablename__ = "publication"
    __table_args__ = (vacancy_key(), UniqueConstraint("municipality_no", "vacancy_id", name="uq_publication_vacancy"))

    vacancy_id: UUID
    vacancy_version: int = Field(default=0, description="That NAV has; 0 for none.")
    status: ReceiptStatus = Field(default=ReceiptStatus.RECEIVED, sa_type=closed(ReceiptStatus))
    message: str | None = Field(default=None, max_length=300)
    sent_at: datetime = Field(default_factory=clock.now)
    stopped_at: datetime | None = None
