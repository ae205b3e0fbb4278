"""Contracts of the analytics extract."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.exports import AnalyticsFormat
from schemas.base import Contract, PageView, View


class AnalyticsIn(Contract):
    """What an extract should be. There is no filter: the difference between two of them would tell of few."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"formats": ["csv", "parquet"]}]})

    formats: Annotated[list[AnalyticsFormat], Field(min_length=1, max_length=2)] = Field(
        default_factory=lambda: list(AnalyticsFormat), description="As what each table is written."
    )


class AnalyticsRunOut(View):
    """One extract. Its file is whole when `finished_at` and `sha256` are there; else it runs, or broke off."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "019c3a52-7d1e-7c3a-9b1f-0d6f3c2a1b4e",
                    "began_at": "2026-02-01T08:00:00Z",
                    "made_by": "019c3a52-0000-7c3a-9b1f-0d6f3c2a1b4e",
                    "purpose": "report",
                    "formats": ["csv", "parquet"],
                    "dictionary_version": "1",
                    "threshold": 5,
                    "people": 843,
                    "waiting": 7,
                    "row_count": 5252,
                    "size": 181402,
                    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "finished_at": "2026-02-01T08:00:01Z",
                }
            ]
        }
    )

    id: UUID
    began_at: datetime
    made_by: UUID
    purpose: str
    formats: list[AnalyticsFormat]
    dictionary_version: str = Field(description="Of tables and columns; see the descriptor.")
    threshold: int = Field(description="Fewest households behind each row.")
    people: int = Field(description="How many people's data were read for it.")
    waiting: int = Field(description="How many of the newest waited until there are enough of them.")
    row_count: int = Field(description="Rows of all tables about people.")
    size: int = Field(description="Bytes.")
    sha256: str | None = Field(description="Of the file; null until it is whole.")
    finished_at: datetime | None


class AnalyticsRunsOut(PageView):
    """Extracts, newest first."""

    items: list[AnalyticsRunOut]


class AnalyticsResourceOut(View):
    """A file of the extract as a Frictionless Data Resource; CSV with its columns, Parquet carries its own."""

    model_config = ConfigDict(extra="allow")

    name: str
    path: str
    format: str


class AnalyticsPackageOut(View):
    """The files of an extract (specs.frictionlessdata.io/data-package), and what is promised of them."""

    model_config = ConfigDict(extra="allow")

    name: str
    version: str
    description: str
    threshold: int
    resources: list[AnalyticsResourceOut]
