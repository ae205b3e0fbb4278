"""The rows of a table that can be read at all: each as long as its header, none blank, none twice. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from kompetanse.exchange.cells.words import shown
from kompetanse.exchange.columns import LEFT_OUT, Column
from kompetanse.exchange.faults import (
    CellRejected,
    CellWarning,
    Reason,
    RowRejected,
    RowWarning,
    TableFault,
    TableRefused,
)
from kompetanse.exchange.table import Row, Table

MOST_TOLD = 100_000
"""Of a file of which more is to be said than this nobody reads it all, and it would be held in memory."""

_TOTALS = re.compile(
    r"(?:(?:del|total)?sum|totale?t?|i alt|til ?sammen|antall(?: \w+)?|gjennomsnitt|snitt|grand total|subtotal|average)"
    r"[\s:=]*[\d\s.,%]*",
    re.IGNORECASE,
)
"""How the first cell of a row of totals reads, which a spreadsheet program or a person put below the rows."""


def see_bearable(told: int) -> None:
    """Refuse a file of which too much is to be said. Raises TableRefused."""
    if told > MOST_TOLD:
        raise TableRefused(
            TableFault.TOO_MANY_FAULTS,
            f"Det er mer enn {MOST_TOLD} rader og celler å si noe om",
            "Se om kolonnene er rett forstått, rett det som går igjen, eller del filen i flere",
        )


@dataclass(slots=True)
class Tally:
    """How the rows went; counts while the entries are taken."""

    blank: int = 0
    accepted: int = 0
    warned: int = 0
    rejected: int = 0


def sound_rows(table: Table, columns: Sequence[Column[Any] | None], tally: Tally) -> Iterator[Row | RowRejected]:
    """Each row with exactly as many cells as there are headers, or its rejection; blank ones are counted and skipped.

    A row that repeats an earlier one in every cell that is read is rejected: what a report says in a column that is
    left out tells no two rows apart. So is a row of totals, which is nobody.

    Raises:
        TableRefused: while iterating, whatever reading the rows can raise.
    """
    seen: dict[bytes, int] = {}
    left_out = {place for place, column in enumerate(columns) if column and column.field.value == LEFT_OUT}
    for row in table.rows:
        if not any(_said(row.cells, left_out)):
            tally.blank += 1
            continue
        try:
            cells = _cells(row, table.headers)
            said = _said(cells, left_out)
            _refuse_totals(row, said)
            _refuse_repeated(row, said, seen)
        except RowRejected as rejection:
            yield rejection
            continue
        yield row if cells is row.cells else Row(row.number, cells)


def remark(header: str, cell: str) -> str:
    """What a cell says that no field holds, under its header."""
    return f"{header}: {shown(cell)}"


def placed(row: int, header: str, cell: str, warning: CellWarning) -> RowWarning:
    """A cell's warning with its place."""
    return RowWarning(row, header, shown(cell), warning.reason, warning.detail, warning.hint)


def _cells(row: Row, headers: tuple[str, ...]) -> tuple[str, ...]:
    """Exactly as many cells as there are headers; empty ones beyond the last header are dropped."""
    if len(row.cells) != len(headers) and (len(row.cells) < len(headers) or any(row.cells[len(headers) :])):
        cause = CellRejected(
            Reason.ROW_SHAPE,
            f"Raden har {len(row.cells)} celler, overskriften har {len(headers)}",
            'Sett anførselstegn (") rundt celler som inneholder skilletegn eller linjeskift, eller lagre som XLSX',
        )
        raise RowRejected(row.number, "", "", cause)
    return row.cells[: len(headers)]


def _said(cells: tuple[str, ...], left_out: Collection[int]) -> tuple[str, ...]:
    if not left_out:
        return cells
    return tuple(cell for place, cell in enumerate(cells) if place not in left_out)


def _refuse_totals(row: Row, cells: tuple[str, ...]) -> None:
    """Refuse a row that begins with a word such as "Sum" and has nothing but numbers behind it."""
    first = cells[0] or next(filter(None, cells))
    if _TOTALS.fullmatch(first) and not any(map(str.isalpha, "".join(cells).replace(first, "", 1))):
        cause = CellRejected(
            Reason.ROW_OF_TOTALS,
            "Raden ser ut til å være en sum, og er ikke importert",
            "Slett raden, eller fyll den ut hvis den gjelder noe annet",
        )
        raise RowRejected(row.number, "", first, cause)


def _refuse_repeated(row: Row, cells: tuple[str, ...], seen: dict[bytes, int]) -> None:
    digest = blake2b("\x1f".join(cells).encode(), digest_size=16).digest()
    earlier = seen.setdefault(digest, row.number)
    if earlier != row.number:
        cause = CellRejected(
            Reason.ROW_REPEATED, f"Raden er helt lik rad {earlier}, og er ikke importert på nytt", "Slett den ene raden"
        )
        raise RowRejected(row.number, "", "", cause)
