"""Contracts of files in and out. Texts of a report are bokmål, for the coordinator who reads it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field, SecretStr

from kompetanse.codes.exports import ExportShape
from kompetanse.codes.imports import ImportKind
from schemas.base import Contract, PageView, View


class RowIssueOut(View):
    """A row of the file that needs somebody's eyes: where, what stood there, and what to write instead."""

    row: int = Field(description="1-based, as the spreadsheet program numbers it.")
    column: str = Field(description='The column\'s own header; "" for the whole row.')
    value: str = Field(description="What stood there, without national numbers.")
    reason: str = Field(description="Stable code.", examples=["date-impossible", "phone-unreadable"])
    detail: str
    hint: str


class LikelyRegisteredOut(RowIssueOut):
    """A row that is likely registered already."""

    record_ids: list[UUID] = Field(description="The records that may be the same; empty when an earlier row is meant.")


class SkippedSheetOut(View):
    """A sheet of a workbook that was not read, and why."""

    name: str
    why: str


class ColumnOut(View):
    """A column of the file, and what it was read as."""

    heading: str
    field: str = Field(description='"" for a column that is kept as a remark; "left_out" for one that is not read.')
    how: str = Field(
        description="By its heading, its content, what was remembered or stated; or not at all.",
        examples=["heading", "content", "remembered", "stated", "not"],
    )


class ImportReportOut(View):
    """How the rows of a file went. `accepted` were registered, or would be when `applied` is false."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "people",
                    "filename": "kartlegging.csv",
                    "applied": False,
                    "accepted": 102,
                    "skipped": 1,
                    "blank": 4,
                    "households": 12,
                    "sheet": None,
                    "columns": [{"heading": "Født", "field": "born", "how": "heading"}],
                    "rejected": [
                        {
                            "row": 7,
                            "column": "Født",
                            "value": "31.02.1990",
                            "reason": "date-impossible",
                            "detail": "Datoen finnes ikke i kalenderen",
                            "hint": "Skriv den slik: 28.10.1986",
                        }
                    ],
                    "duplicates": [],
                    "warnings": [],
                    "skipped_sheets": [],
                    "records": {},
                    "import_id": None,
                    "imported_before": None,
                }
            ]
        }
    )

    kind: ImportKind
    filename: str
    applied: bool
    accepted: int
    skipped: int = Field(description="Rows left out because they are likely registered; see `duplicates`.")
    blank: int
    households: int = Field(description="Households that are new.")
    sheet: str | None = Field(description="The sheet of a workbook that was read.")
    columns: list[ColumnOut]
    rejected: list[RowIssueOut]
    duplicates: list[LikelyRegisteredOut]
    warnings: list[RowIssueOut]
    skipped_sheets: list[SkippedSheetOut]
    records: dict[int, UUID] = Field(description="The new records' ids by row; empty unless applied.")
    import_id: UUID | None = Field(description="What the import is undone by; null unless something was registered.")
    imported_before: datetime | None = Field(description="When this very file was imported, unless that is undone.")


class ImportOut(View):
    """An import that was made. The file itself is not kept: it is known by its SHA-256."""

    id: UUID
    kind: ImportKind
    sha256: str = Field(description="Of the file's content.")
    imported_at: datetime
    imported_by: UUID
    created: int = Field(description="Rows that became records.")
    rejected: int
    skipped: int
    blank: int
    households: int = Field(description="Households that were formed.")
    undone_at: datetime | None
    undone_by: UUID | None


class ImportList(PageView):
    """Imports, newest first."""

    items: list[ImportOut]


class ChangedRowOut(View):
    """A row whose record was changed or used since the import."""

    row: int
    record_id: UUID
    what: list[str] = Field(
        description="Where it shows: the record itself, its profile, an answer about consent, a referral …",
        examples=[["profile", "referral"]],
    )


class ImportViewOut(View):
    """An import, and why it cannot be undone, when it cannot."""

    run: ImportOut
    changed: list[ChangedRowOut]
    can_be_undone: bool


class TableFieldOut(View):
    """A column of the file (Frictionless Table Schema), described in both languages."""

    model_config = ConfigDict(extra="allow")

    name: str
    type: str
    description: str
    descriptions: dict[str, str]


class TableSchemaOut(View):
    """The columns of the file (specs.frictionlessdata.io/table-schema), and what joins it with others."""

    model_config = ConfigDict(extra="allow")

    fields: list[TableFieldOut]
    missingValues: list[str]  # noqa: N815 - the standard's own name


class ResourceOut(View):
    """A file as a Frictionless Data Resource: how it is written, and its columns."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
    path: str
    format: str
    encoding: str
    dialect: dict[str, Any]
    table: TableSchemaOut = Field(alias="schema")


class PackageOut(View):
    """The files of the job service's package (specs.frictionlessdata.io/data-package), and how they are joined."""

    model_config = ConfigDict(extra="allow")

    name: str
    version: str
    resources: list[ResourceOut]


class PackageIn(Contract):
    """What a package should be."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"since": "2026-02-01T08:00:00Z", "password": None}]})

    since: AwareDatetime | None = Field(
        default=None, description="Only whom something changed about from then on, and whom to delete; null: everybody."
    )
    password: Annotated[SecretStr, Field(max_length=256)] | None = Field(
        default=None, description="Encrypts the files (AES-256); at least 12 characters. It is kept nowhere."
    )


class ExportOut(View):
    """One export. Its file is whole when `finished_at` and `sha256` are there; else it runs, or broke off."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "019c3a52-7d1e-7c3a-9b1f-0d6f3c2a1b4e",
                    "began_at": "2026-02-01T08:00:00Z",
                    "made_by": "019c3a52-0000-7c3a-9b1f-0d6f3c2a1b4e",
                    "purpose": "export",
                    "shape": "wide",
                    "columns_version": "2",
                    "since": None,
                    "encrypted": False,
                    "rows": 412,
                    "people": 412,
                    "ended": 0,
                    "size": 107552,
                    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "finished_at": "2026-02-01T08:00:01Z",
                }
            ]
        }
    )

    id: UUID
    began_at: datetime = Field(description="Ask for what changed `since` then, next time.")
    made_by: UUID
    purpose: str
    shape: ExportShape
    columns_version: str
    since: datetime | None
    encrypted: bool
    rows: int = Field(description="Lines of people: `people` with their data, and `ended` ones to delete.")
    people: int
    ended: int
    size: int = Field(description="Bytes of the file.")
    sha256: str | None
    finished_at: datetime | None


class ExportsOut(PageView):
    """Exports, newest first."""

    items: list[ExportOut]
