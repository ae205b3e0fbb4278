"""The record of extracts: who made one, for what, how many people were read, and its digest; none of its content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from kompetanse import clock
from kompetanse.actor import ActorKind, Purpose
from kompetanse.codes.exports import AnalyticsFormat
from kompetanse.database import JSON_LIST, Owned, check, closed


class AnalyticsRun(Owned, table=True):
    """One analytics extract. It is whole when it is finished; else it still runs, or broke off."""

    __tablename__ = "analytics_run"
    __table_args__ = (
        check("threshold >= 5", "threshold"),
        check("people >= 0 AND waiting >= 0 AND row_count >= 0 AND size >= 0", "counts"),
        check("(finished_at IS NULL) = (sha256 IS NULL)", "finished"),
    )

    began_at: datetime = Field(default_factory=clock.now)
    made_by: UUID
    actor_kind: ActorKind = Field(sa_type=closed(ActorKind))
    purpose: Purpose = Field(sa_type=closed(Purpose))
    formats: list[AnalyticsFormat] = Field(sa_type=JSON_LIST)
    dictionary_version: str = Field(max_length=8)
    threshold: int = Field(description="Fewest households behind a row.")
    people: int = Field(default=0, description="How many people's data were read for it.")
    waiting: int = Field(default=0, description="How many of the newest wait until there are enough of them.")
    row_count: int = Field(default=0, description="Rows of all tables about people.")
    size: int = Field(default=0, sa_type=BigInteger, description="Bytes.")
    sha256: str | None = Field(default=None, max_length=64, description="Of the file, when it is whole.")
    finished_at: datetime | None = None
