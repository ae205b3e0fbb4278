"""The people's list as a file for the municipality's own use, with the columns that its reader chose.

Whoever has a protected address is in no file: it is the coordinator's own list alone that shows her.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar
from uuid import UUID

import xlsxwriter
from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.exchange.csv_safe import CellType, Column, write_csv

Record = TypeVar("Record")

_LONGEST_TEXT = 32_767
"""Of a cell in Excel."""


class FileFormat(StrEnum):
    """How the file is written."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Heading(Generic[Record]):
    """A column: its name in the audit trail, its heading in the file, and what stands in it."""

    name: str
    text: str
    told: Callable[[Record], str | None]


def write_people(
    session: Session,
    actor: Actor,
    ids: Sequence[UUID],
    headings: Sequence[Heading[Record]],
    records: Sequence[Record],
    form: FileFormat,
) -> Iterator[bytes]:
    """The file in chunks, one line for each record; that these people left in it is recorded before this returns.

    Raises:
        Forbidden: the role may not take people out in files.
    """
    actor = actor.doing(Operation.EXPORT_PEOPLE)
    audit.record(session, actor, "export", "person", ids, [heading.name for heading in headings])
    if form is FileFormat.CSV:
        columns = [Column(one.text, one.told, CellType.STRING, one.text, one.text) for one in headings]
        return write_csv(columns, records)
    return iter([_workbook(headings, records)])


def _workbook(headings: Sequence[Heading[Record]], records: Sequence[Record]) -> bytes:
    """A workbook of texts alone: none is a formula or a link."""
    content = io.BytesIO()
    with (
        TemporaryDirectory() as folder,
        xlsxwriter.Workbook(content, {"constant_memory": True, "tmpdir": folder}) as workbook,
    ):
        sheet = workbook.add_worksheet("Personer")
        bold = workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            sheet.set_column(place, place, 24)
            sheet.write_string(0, place, heading.text, bold)
        for number, record in enumerate(records, 1):
            for place, heading in enumerate(headings):
                text = heading.told(record)
                if text:
                    sheet.write_string(number, place, text[:_LONGEST_TEXT])
    return content.getvalue()
