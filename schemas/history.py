"""Contracts of a profile's history."""

from datetime import datetime
from uuid import UUID

from pydantic import Field, JsonValue

from schemas.base import PageView, View


class ChangeOut(View):
    """A change of a profile: what stood there, and what stands there since. `null` is "nothing"."""

    id: UUID
    version: int
    changed_at: datetime
    actor_id: UUID
    actor_kind: str = Field(examples=["staff"])
    part: str
    entry_id: UUID | None
    before: dict[str, JsonValue] | None
    after: dict[str, JsonValue] | None


class ChangePage(PageView):
    """A page of a profile's history, newest first."""

    items: list[ChangeOut]
