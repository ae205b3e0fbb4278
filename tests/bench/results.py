"""What a group of benchmarks found: a table of its own columns, and which of its targets were met."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table


class Unmeasured(Exception):
    """A group cannot be measured here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured; `met` is None where there is no target."""

    cells: tuple[str, ...]
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of a table; whether a row met its target is a column that comes last by itself."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Row]

    @property
    def met(self) -> bool:
        """Whether no target was missed."""
        return all(row.met is not False for row in self.rows)

    def table(self) -> Table:
        """The results, to be printed."""
        table = Table(*self.columns, "", title=self.title)
        for row in self.rows:
            table.add_row(*row.cells, {None: "", True: "met", False: "missed"}[row.met])
        return table
