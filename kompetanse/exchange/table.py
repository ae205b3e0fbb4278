"""A table read from a file: its headers, and its rows one by one; knows no file format and no column's meaning."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

from kompetanse.exchange.faults import TableFault, TableRefused

HeaderTest = Callable[[str], bool]
"""Whether a cell is the header of a column that the importer knows."""

SEARCHED_ROWS = 30
"""A header stands among the first rows, below titles and blank ones."""

LEAST_KNOWN = 2
"""A single known word can be a title; two beside each other are a header."""

LONGEST_HEADING = 60
"""Longer ones are sentences."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its 1-based number as the spreadsheet program shows it, and its cells as trimmed text.

    Dates are ISO 8601, whole numbers without decimals, an empty cell is "".
    """

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether every cell is empty."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet of a workbook that was not read, and why (bokmål)."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be read once.

    `rows` are those below the header, blank ones among them, so that they can be counted. `sheet` is the
    workbook's sheet that was chosen, `encoding` and `separator` what a text file was found to use. `share_read` tells
    how much of the file is read, from 0 to 1, when the row of a number is.
    """

    filename: str
    headers: tuple[str, ...]
    header_row: int
    rows: Iterator[Row]
    sheet: str | None = None
    skipped_sheets: tuple[SkippedSheet, ...] = ()
    encoding: str | None = None
    separator: str | None = None
    share_read: Callable[[int], float] = field(default=lambda _: 0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A header that was found: the row that it is, how many of its cells are known, and the rows below."""

    header: Row
    known: int
    below: Iterator[Row]


def find_header(rows: Iterable[Row], knows: HeaderTest, *, strange: bool = False) -> Found | None:
    """The row with most known headers among the first ones, or None when none looks like a header.

    With `strange`, where no row is known to be one: the first that looks like names of columns. What they mean,
    somebody says by hand.
    """
    remaining = iter(rows)
    first = list(islice(remaining, SEARCHED_ROWS))
    scores = [known_headers(row.cells, knows) for row in first]
    best = max(scores, default=0)
    if best >= LEAST_KNOWN:
        place: int | None = scores.index(best)
    else:
        place = next((at for at, row in enumerate(first) if strange and _names_columns(row, first[at + 1 :])), None)
    if place is None:
        return None
    header, below = _without_trailing_blanks(first[place]), first[place + 1 :]
    joined = _joined(header, below[0], knows) if below else None
    if joined is not None:
        header, below = joined, below[1:]
    return Found(header, best, chain(below, remaining))


def _joined(header: Row, second: Row, knows: HeaderTest) -> Row | None:
    """A header of two rows as one: "Norsk" merged over "Muntlig" and "Skriftlig"; None when the second is none.

    It is one where a heading stretches over several columns, and every word below the headings makes a known one.
    """
    headings: list[str] = []
    top, stretched = "", False
    for above, word in zip_longest(header.cells, second.cells, fillvalue=""):
        top = above or top
        if not word:
            headings.append(above)
            continue
        named = next((one for one in (f"{top} {word}".strip(), word) if knows(one)), None)
        if named is None or any(map(str.isdigit, word)):
            return None
        stretched |= bool(top) and not above
        headings.append(named)
    return _without_trailing_blanks(Row(second.number, tuple(headings))) if stretched else None


def known_headers(cells: Sequence[str], knows: HeaderTest) -> int:
    """How many different headers of a row are known."""
    return len({cell.casefold() for cell in cells if cell and knows(cell)})


def _names_columns(row: Row, below: Sequence[Row]) -> bool:
    """Whether a row's cells are short words, each another one, and there are cells below."""
    stated = [cell for cell in row.cells if cell]
    words = {cell.casefold() for cell in stated if _is_word(cell)}
    return LEAST_KNOWN <= len(stated) == len(words) and any(not one.blank for one in below)


def _is_word(cell: str) -> bool:
    return len(cell) <= LONGEST_HEADING and "@" not in cell and any(map(str.isalpha, cell)) and not cell[0].isdigit()


def no_header() -> TableRefused:
    """The refusal of a file in which no row looks like a header."""
    return TableRefused(
        TableFault.NO_HEADER,
        "Fant ingen rad med kolonneoverskrifter",
        "Arket må ha en rad med overskrifter som Etternavn, Fornavn, Født, Språk. Se listen over kolonner i veilederen",
    )


def _without_trailing_blanks(row: Row) -> Row:
    width = max((place for place, cell in enumerate(row.cells, 1) if cell), default=0)
    return Row(row.number, row.cells[:width])


def bounded(rows: Iterable[Row], most: int) -> Iterator[Row]:
    """The rows, until there are more of them than allowed.

    Raises:
        TableRefused: while iterating, at the row that is one too many.
    """
    for count, row in enumerate(rows, 1):
        if count > most:
            raise TableRefused(
                TableFault.TOO_MANY_ROWS,
                f"Filen har flere enn {most} rader",
                "Del filen i flere og importer dem hver for seg",
                row.number,
            )
        yield row
