"""What left the municipality as files, as it is stored. Nothing of whom it was about: the audit trail has that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.actor import ActorKind, Purpose
from kompetanse.codes.exports import ExportShape
from kompetanse.database import Owned, check, closed


class ExportRun(Owned, table=True):
    """One export to the job service. It is whole when it is finished; else it still runs, or broke off."""

    __tablename__ = "export_run"
    __table_args__ = (
        UniqueConstraint("municipality_no", "scheduled_for", name="uq_export_run_scheduled_for"),
        Index("ix_export_run_finished", "municipality_no", "scheduled_for", "finished_at"),
        check("people >= 0 AND ended >= 0 AND size >= 0", "counts"),
        check("(finished_at IS NULL) = (sha256 IS NULL)", "finished"),
    )

    began_at: datetime = Field(default_factory=clock.now)
    made_by: UUID
    actor_kind: ActorKind = Field(sa_type=closed(ActorKind))
    purpose: Purpose = Field(sa_type=closed(Purpose))
    shape: ExportShape = Field(sa_type=closed(ExportShape))
    columns_version: str = Field(max_length=8)
    since: datetime | None = Field(default=None, description="Only what changed from then on; None: everybody.")
    encrypted: bool = False
    scheduled_for: str | None = Field(default=None, max_length=20, description="The period that it was dropped for.")
    people: int = Field(default=0, description="How many people's data were read for it.")
    ended: int = Field(default=0, description="How many people it says to delete.")
    size: int = Field(default=0, sa_type=BigInteger, description="Bytes.")
    sha256: str | None = Field(default=None, max_length=64, description="Of the file, when it is whole.")
    finished_at: datetime | None = None

    @property
    def rows(self) -> int:
        """How many people the file has a line of."""
        return self.people + self.ended
