"""Contracts of the audit trail."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from schemas.base import PageView, View


class AuditEventOut(View):
    """Who did what to which records, when and for which purpose."""

    seq: int = Field(description="Its number in the municipality's chain, from 1.")
    occurred_at: datetime
    actor_id: UUID
    actor_kind: str = Field(examples=["staff"])
    actor_name: str | None = Field(default=None, description="What the account or API client is called; null: unknown.")
    purpose: str = Field(examples=["register"])
    action: str = Field(examples=["read"])
    record_type: str = Field(examples=["person"])
    record_ids: list[str]
    fields: list[str] = Field(description="Which fields were changed, or asked by; never their values.")
    request_id: str
    hash: str = Field(description="SHA-256 over the event and the hash of the one before it.")


class AuditEventPage(PageView):
    """A page of events, newest first."""

    items: list[AuditEventOut]


class AuditVerification(View):
    """Whether the trail is as it was written."""

    whole: bool
    first_broken: int | None = Field(
        description="Number of the first event that was edited, removed or put in; `null` when there is none."
    )
