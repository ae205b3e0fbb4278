"""What neighbours ask for, whom was asked, and what they answered, as stored."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, text
from sqlmodel import Field

from kompetanse import clock
from kompetanse.codes.consent import ConsentForm, ShareSection
from kompetanse.codes.contact import AskStage, Found, RequestStage
from kompetanse.contacts.settling import settle
from kompetanse.database import JSON_LIST, SETTLED, Owned, check, closed
from kompetanse.people.tables import person_key


class NeighbourVacancy(Owned, table=True):
    """A neighbour's vacancy, and what was answered. `matched` never leaves the municipality."""

    __tablename__ = "neighbour_vacancy"
    __table_args__ = (Index("ix_neighbour_vacancy_recipient", "municipality_no", "recipient_no", "received_at"),)

    recipient_no: str = Field(max_length=4)
    received_at: datetime = Field(default_factory=clock.now)
    received_from: UUID
    content: dict[str, Any] = Field(sa_type=JSON, description="As it was posted.")
    period: int = Field(description="Of the release whose people were looked at.")
    matched: list[str] = Field(sa_type=JSON_LIST, description="Ids of those who fit, with their units; the best first.")
    found: Found = Field(sa_type=closed(Found))


class ContactRequest(Owned, table=True):
    """That a neighbour wants to reach whoever fits a vacancy of hers."""

    __tablename__ = "contact_request"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_no", "neighbour_vacancy_id"],
            ["neighbour_vacancy.municipality_no", "neighbour_vacancy.id"],
            name="fk_contact_request_neighbour_vacancy",
        ),
        Index("ix_contact_request_recipient", "municipality_no", "recipient_no", "id"),
        Index("ix_contact_request_stage", "municipality_no", "stage", "answer_by"),
        check("version >= 1", "version"),
    )

    recipient_no: str = Field(max_length=4)
    version: int = 1
    created_at: datetime = Field(default_factory=clock.now)
    created_by: UUID
    stage: RequestStage = Field(default=RequestStage.RECEIVED, sa_type=closed(RequestStage))
    answer_by: date = Field(description="The last day on which an answer is waited for.")
    delete_by: date = Field(description="The last day on which the neighbour may keep what a yes gives her.")
    class_id: UUID | None = None
    period: int | None = Field(default=None, description="Of the release that the class is of.")
    neighbour_vacancy_id: UUID | None = None
    title: str = Field(max_length=200)
    employer: str | None = Field(default=None, max_length=200)
    place: str | None = Field(default=None, max_length=120)
    description: str | None = Field(default=None, max_length=4000)
    contact_name: str = Field(max_length=200, description="Who at the neighbour's will call.")
    contact_email: str | None = Field(default=None, max_length=254)
    contact_phone: str | None = Field(default=None, max_length=20)
    sections: list[ShareSection] = Field(sa_type=JSON_LIST, description="What a yes lets the neighbour see.")


class ContactAsk(Owned, table=True):
    """One person who was asked about one request, and her answer."""

    __tablename__ = "contact_ask"
    __table_args__ = (
        person_key(),
        ForeignKeyConstraint(
            ["municipality_no", "request_id"],
            ["contact_request.municipality_no", "contact_request.id"],
            name="fk_contact_ask_request",
            ondelete="CASCADE",
        ),
        Index(
            "uq_contact_ask_pair",
            "municipality_no",
            "request_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_contact_ask_person", "municipality_no", "person_id", "id"),
        Index("uq_contact_ask_token", "token_hash", unique=True),
        check("version >= 1", "version"),
        {"info": {SETTLED: settle}},
    )

    request_id: UUID
    person_id: UUID
    version: int = 1
    stage: AskStage = Field(default=AskStage.ASKED, sa_type=closed(AskStage))
    token_hash: str | None = Field(default=None, max_length=64, description="SHA-256 of the link's secret.")
    language: str = Field(max_length=3, description="In which she is asked.")
    wording: str = Field(max_length=6000, description="The text as she saw it.")
    asked_at: datetime = Field(default_factory=clock.now)
    asked_by: UUID
    answered_at: datetime | None = None
    answered_by: ConsentForm | None = Field(default=None, sa_type=closed(ConsentForm))
    sections: list[ShareSection] = Field(default_factory=list, sa_type=JSON_LIST)
    granted_until: date | None = Field(default=None, description="The last day on which the neighbour may keep it.")
    handed_over_at: datetime | None = Field(default=None, description="When the neighbour first read it.")
    ended_at: datetime | None = Field(default=None, description="When it was withdrawn, or another took its place.")


class Webhook(Owned, table=True):
    """Where a neighbour is told that something happened. `secret` is sealed; deliveries are signed with it."""

    __tablename__ = "webhook"
    __table_args__ = (Index("ix_webhook_recipient", "municipality_no", "recipient_no"),)

    recipient_no: str = Field(max_length=4)
    url: str = Field(max_length=500)
    secret: bytes = Field(description="Sealed.")
    created_at: datetime = Field(default_factory=clock.now)
    created_by: UUID
    revoked_at: datetime | None = None


class WebhookDelivery(Owned, table=True):
    """One event on its way to one address. The body holds ids and states, and nothing about anybody."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_no", "webhook_id"],
            ["webhook.municipality_no", "webhook.id"],
            name="fk_webhook_delivery_webhook",
            ondelete="CASCADE",
        ),
        Index("ix_webhook_delivery_due", "municipality_no", "delivered_at", "next_at"),
    )

    webhook_id: UUID
    event: str = Field(max_length=40)
    body: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime = Field(default_factory=clock.now)
    attempts: int = 0
    next_at: datetime = Field(default_factory=clock.now)
    delivered_at: datetime | None = None
    given_up_at: datetime | None = None
    last_status: int | None = Field(default=None, description="HTTP status of the last attempt; NULL: no answer.")
