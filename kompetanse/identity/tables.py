"""Accounts, sessions and API clients as they are stored. No password, token or key is stored as it is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.database import JSON_LIST, Owned, Table, check, closed
from kompetanse.identity.rules import StaffLanguage

NO_SECRET = ""
"""In place of the digest of a client that has no secret: the digest of nothing that anybody could send."""


class StaffAccount(Owned, table=True):
    """Somebody who works in a municipality and logs in."""

    __tablename__ = "staff_account"
    __table_args__ = (UniqueConstraint("email"), check("email = lower(email)", "email_lower"))

    email: str = Field(max_length=254)
    name: str = Field(max_length=120)
    password_hash: str = Field(max_length=200)
    roles: list[Role] = Field(sa_type=JSON_LIST)
    unit: str | None = Field(default=None, max_length=120)
    language: StaffLanguage | None = Field(default=None, sa_type=closed(StaffLanguage))
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
    """A machine that may call the API, of a neighbour, the job service or the municipality itself.

    It is known by a secret, or, of a neighbour, by the organisation number that Maskinporten vouches for; never by
    both. An organisation is one client of a municipality at a time.
    """

    __tablename__ = "api_client"
    __table_args__ = (
        UniqueConstraint("client_id"),
        check(
            "organisation_no IS NULL OR length(organisation_no) = 9 AND recipient_no IS NOT NULL AND secret_hash = ''",
            "organisation_no",
        ),
        Index(
            "uq_api_client_organisation",
            "municipality_no",
            "organisation_no",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    client_id: str = Field(max_length=64)
    secret_hash: str = Field(max_length=200)
    name: str = Field(max_length=120)
    roles: list[Role] = Field(sa_type=JSON_LIST)
    recipient_no: str | None = Field(default=None, max_length=4, description="The neighbour it was issued to.")
    organisation_no: str | None = Field(default=None, max_length=9, description="Whom Maskinporten vouches for.")
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


class UsedAssertion(Table, table=True):
    """A token of Maskinporten that was exchanged, kept while it lives so that it is exchanged once.

    `token_hash` is SHA-256 of its `jti`.
    """

    __tablename__ = "used_assertion"
    __table_args__ = (Index("ix_used_assertion_ends_at", "municipality_no", "ends_at"),)

    municipality_no: str = Field(primary_key=True, max_length=4)
    token_hash: str = Field(primary_key=True, max_length=64)
    ends_at: datetime
