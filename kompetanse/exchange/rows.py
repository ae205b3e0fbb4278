"""The rows of a table that can be read at all: each as long as its header, none blank, none twice. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
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

    Excel writes no separators behind the last cells of sixteen rows that have nothing there: those cells are empty.

    A row that repeats an earlier one in every cell that is read is rejected: what a report says in a column that is
    left out tells no two rows apart. So is a row of totals, which is nobody.

    Raises:
        TableRefused: while iterating, whatever reading the rows can raise.
    """
    seen: dict[bytes, int] = {}
    left_out = {place for place, column in enumerate(columns) if column and column.field.value == LEFT_OUT}
    for before, row, after in _with_neighbours(table.rows):
        if not any(_said(row.cells, left_out)):
            tally.blank += 1
            continue
        try:
            cells = _cells(row, table.headers, cut=_is_cut(len(table.headers), row, before, after))
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


def _with_neighbours(rows: Iterable[Row]) -> Iterator[tuple[Row | None, Row, Row | None]]:
    """Each row with the one before it and the one after that say anything; blank ones come as they are met."""
    before: Row | None = None
    row: Row | None = None
    for after in rows:
        if after.blank:
            yield None, after, None
            continue
        if row is not None:
            yield before, row, after
        before, row = row, after
    if row is not None:
        yield before, row, None


def _is_cut(width: int, row: Row, *neighbours: Row | None) -> bool:
    """Whether a row lacks its last cells because they are empty, and not because a line break in a cell divides it.

    Of the parts of a divided row one at most has more than half of its cells, and it stands beside shorter ones.
    """
    length = len(row.cells)
    beside = (len(one.cells) for one in neighbours if one is not None)
    return length < width < 2 * length - 1 and all(one == length or one >= width for one in beside)


def _cells(row: Row, headers: tuple[str, ...], *, cut: bool) -> tuple[str, ...]:
    """Exactly as many cells as there are headers; empty ones beyond the last header are dropped."""
    if cut:
        return row.cells + ("",) * (len(headers) - len(row.cells))
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
