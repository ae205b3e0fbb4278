"""Contracts of files in and out. Texts of a report are bokmål, for the coordinator who reads it."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from schemas.base import View


class RowIssueOut(View):
    """A row of the file that needs somebody's eyes: where, what stood there, and what to write instead."""

    row: int = Field(description="1-based, as the spreadsheet program numbers it.")
    column: str = Field(description='The column\'s own header; "" for the whole row.')
    value: str = Field(description="What stood there, without national numbers.")
    reason: str = Field(description="Stable code.", examples=["date-impossible", "phone-unreadable"])
    detail: str
    hint: str


class LikelyRegisteredOut(RowIssueOut):
    """A row whose person is likely registered already."""

    person_ids: list[UUID] = Field(description="The records that may be hers; empty when an earlier row is meant.")


class SkippedSheetOut(View):
    """A sheet of a workbook that was not read, and why."""

    name: str
    why: str


class ImportReportOut(View):
    """How the rows of a file went. `accepted` were registered, or would be when `applied` is false."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "filename": "kartlegging.csv",
                    "applied": False,
                    "accepted": 102,
                    "skipped": 1,
                    "blank": 4,
                    "households": 12,
                    "sheet": None,
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
                    "people": {},
                }
            ]
        }
    )

    filename: str
    applied: bool
    accepted: int
    skipped: int = Field(description="Rows left out because their person is likely registered; see `duplicates`.")
    blank: int
    households: int = Field(description="Households that are new.")
    sheet: str | None = Field(description="The sheet of a workbook that was read.")
    rejected: list[RowIssueOut]
    duplicates: list[LikelyRegisteredOut]
    warnings: list[RowIssueOut]
    skipped_sheets: list[SkippedSheetOut]
    people: dict[int, UUID] = Field(description="The new records' ids by row; empty unless applied.")


class TableFieldOut(View):
    """A column of the file (Frictionless Table Schema), described in both languages."""

    model_config = ConfigDict(extra="allow")

    name: str
    type: str
    description: str
    descriptions: dict[str, str]


class TableSchemaOut(View):
    """The columns of the file (specs.frictionlessdata.io/table-schema)."""

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
