"""Answering with a CSV file of what a page shows, small enough to be made at once."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from starlette.responses import Response

from kompetanse.exchange.csv_safe import Column, write_csv

Record = TypeVar("Record")


def csv_answer(columns: Sequence[Column[Record]], records: Iterable[Record], name: str) -> Response:
    """The file, to be saved under a name that tells nobody's."""
    return Response(
        b"".join(write_csv(columns, records)),
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
