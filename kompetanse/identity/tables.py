"""Accounts, sessions and API clients as they are stored. No password, token or key is stored as it is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.database import JSON_LIST, Owned, check


class StaffAccount(Owned, table=True):
    """Somebody who works in a municipality and logs in."""

    __tablename__ = "staff_account"
    __table_args__ = (UniqueConstraint("email"), check("email = lower(email)", "email_lower"))

    email: str = Field(max_length=254)
    name: str = Field(max_length=120)
    password_hash: str = Field(max_length=200)
    roles: list[Role] = Field(sa_type=JSON_LIST)
    unit: str | None = Field(default=None, max_length=120)
    created_at: datetime = Field(default_factory=clock.now)
    disabled_at: datetime | None = None
    failed_logins: int = 0
    locked_until: datetime | None = None


class WebSession(Owned, table=True):
    """A log-in that stands. `token_hash` is SHA-256 of the cookie."""

    __tablename__ = "web_session"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        ForeignKeyConstraint(
            ["municipality_no", "account_id"],
            ["staff_account.municipality_no", "staff_account.id"],
            ondelete="CASCADE",
        ),
        Index("ix_web_session_expires_at", "expires_at"),
    )

    account_id: UUID
    token_hash: str = Field(max_length=64)
    created_at: datetime = Field(default_factory=clock.now)
    expires_at: datetime


class ApiClient(Owned, table=True):
    """A machine that may call the API, of a neighbour, the job service or the municipality itself."""

    __tablename__ = "api_client"
    __table_args__ = (UniqueConstraint("client_id"),)

    client_id: str = Field(max_length=64)
    secret_hash: str = Field(max_length=200)
    name: str = Field(max_length=120)
    roles: list[Role] = Field(sa_type=JSON_LIST)
    recipient_no: str | None = Field(default=None, max_length=4, description="The neighbour it was issued to.")
    unit: str | None = Field(default=None, max_length=120)
    created_at: datetime = Field(default_factory=clock.now)
    revoked_at: datetime | None = None


class IdempotencyKey(Owned, table=True):
    """What a POST made, so that its repeat makes nothing."""

    __tablename__ = "idempotency_key"
    __table_args__ = (
        UniqueConstraint("municipality_no", "actor_id", "key", name="uq_idempotency_key"),
        Index("ix_idempotency_key_created_at", "created_at"),
    )

    actor_id: UUID
    key: str = Field(max_length=200)
    request_hash: str = Field(max_length=64)
    created_at: datetime = Field(default_factory=clock.now)
    record_id: UUID
