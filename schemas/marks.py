"""Contracts of what a coordinator decides about one person for one vacancy."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.work import PairMark, SetAsideReason
from schemas.base import Contract, View


class MarkIn(Contract):
    """What stands from now on. Setting aside needs a `reason`; a `note` may stand alone."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"mark": "set_aside", "reason": "talked_elsewhere", "note": "Har alt takket ja på Hitra"}]
        }
    )

    mark: PairMark | None = None
    reason: SetAsideReason | None = None
    note: str | None = Field(default=None, max_length=2000, description="Never leaves the municipality.")


class MarkOut(View):
    """What is decided about one person for one vacancy: it says nothing of her for another."""

    version: int
    vacancy_id: UUID
    person_id: UUID
    mark: PairMark | None
    reason: SetAsideReason | None
    note: str | None
    marked_by: UUID
    marked_at: datetime


class MarkList(View):
    """What is decided about several pairs."""

    items: list[MarkOut]
