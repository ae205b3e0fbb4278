"""Files as they are stored: what was imported, so that it can be undone, and what left; never what stood in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kompetanse import clock
from kompetanse.actor import ActorKind, Purpose
from kompetanse.codes.exports import ExportShape
from kompetanse.codes.imports import ImportKind
from kompetanse.database import JSON_LIST, Owned, check, closed


class ImportRun(Owned, table=True):
    """One file that was imported: who, when, how many rows went which way. The file is known by its SHA-256 only."""

    __tablename__ = "import_run"
    __table_args__ = (
        Index("ix_import_run_file", "municipality_no", "sha256"),
        check("created >= 0 AND rejected >= 0 AND skipped >= 0 AND blank >= 0 AND households >= 0", "counts"),
    )

    kind: ImportKind = Field(sa_type=closed(ImportKind))
    sha256: str = Field(max_length=64, description="Of the file's content; its name may hold somebody's.")
    imported_at: datetime = Field(default_factory=clock.now)
    imported_by: UUID
    imported_by_kind: ActorKind = Field(sa_type=closed(ActorKind))
    created: int = Field(description="Rows that became records.")
    rejected: int = 0
    skipped: int = 0
    blank: int = 0
    households: int = Field(default=0, description="Households that were formed.")
    undone_at: datetime | None = None
    undone_by: UUID | None = None


class ImportedRow(Owned, table=True):
    """A row of a file and the record that it became. `record_id` may be of somebody who is gone since."""

    __tablename__ = "imported_row"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_no", "import_id"], ["import_run.municipality_no", "import_run.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("municipality_no", "import_id", "row_no", name="uq_imported_row"),
        Index("ix_imported_row_record", "municipality_no", "import_id", "record_id"),
        check("row_no >= 1", "row_no"),
    )

    import_id: UUID
    row_no: int = Field(description="1-based, as the spreadsheet program numbers it.")
    record_id: UUID
    household_id: UUID | None = Field(default=None, description="Where the row let its person live.")


class ColumnMapping(Owned, table=True):
    """What somebody said by hand that the columns of files with these headings mean.

    Headings are kept as digests: where a file has none, they may be somebody's data.
    """

    __tablename__ = "column_mapping"
    __table_args__ = (UniqueConstraint("municipality_no", "kind", "headings", name="uq_column_mapping"),)

    kind: ImportKind = Field(sa_type=closed(ImportKind))
    headings: str = Field(max_length=64, description="SHA-256 of the set of headings.")
    meanings: dict[str, str] = Field(sa_type=JSON_LIST, description="Field by digest of heading; see `mapping`.")
    stated_at: datetime = Field(default_factory=clock.now)
    stated_by: UUID


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
