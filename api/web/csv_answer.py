"""Answering with a CSV file of what a page shows, small enough to be made at once."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from starlette.responses import Response

from kompetanse.exchange.csv_safe import Column, write_csv

CSV_TYPE = "text/csv; charset=utf-8; header=present"
"""The media type of every CSV file: its first line is a heading (RFC 4180)."""

Record = TypeVar("Record")


def csv_answer(columns: Sequence[Column[Record]], records: Iterable[Record], name: str) -> Response:
    """The file, to be saved under a name that tells nobody's."""
    return csv_file(write_csv(columns, records), name)


def csv_file(chunks: Iterable[bytes], name: str) -> Response:
    """The same, of lines that are made already."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(b"".join(chunks), media_type=CSV_TYPE, headers=headers)
