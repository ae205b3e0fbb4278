"""What every import of a spreadsheet shares: the file as it was sent, what its rows led to, and the report of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeAlias
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.imports import ImportKind
from kompetanse.exchange.columns import Column, ColumnSet
from kompetanse.exchange.diff import LikelyRegistered
from kompetanse.exchange.faults import RowRejected, RowWarning
from kompetanse.exchange.imports import MadeRow
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.mapping import NOTHING_STATED, Meant, Stated
from kompetanse.exchange.plain_rows import Judged
from kompetanse.exchange.rows import Tally
from kompetanse.exchange.table import SkippedSheet, Table
from kompetanse.sealing import Sealer

AnyColumn: TypeAlias = Column[Any]
AnyMeant: TypeAlias = Meant[Any]


@dataclass(frozen=True)  # no slots, for the digest's sake
class Sent:
    """A file as it was sent, and what was decided about it.

    `despite_duplicates` also registers rows that are likely registered already. `stated` says what columns mean whose
    headings do not. National numbers are stored only where a `sealer` is given.
    """

    source: bytes = field(repr=False)
    filename: str = field(repr=False)
    despite_duplicates: bool = False
    stated: Stated = NOTHING_STATED
    sealer: Sealer | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def sha256(self) -> str:
        """Of the content."""
        return sha256(self.source).hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the rows of a file went, or would go. `made` is empty unless they were written."""

    accepted: int
    skipped: int
    blank: int
    rejected: tuple[RowRejected, ...]
    duplicates: tuple[LikelyRegistered, ...]
    warnings: tuple[RowWarning, ...]
    households: int = 0
    made: Sequence[MadeRow] = ()


def outcome_of(judged: Judged[Any], tally: Tally, made: Sequence[MadeRow], households: int = 0) -> Outcome:
    """How rows went that were judged one by one."""
    return Outcome(
        len(judged.accepted),
        judged.skipped,
        tally.blank,
        tuple(judged.rejected),
        tuple(judged.duplicates),
        tuple(judged.warnings),
        households,
        made,
    )


def guess_nothing(_: Sequence[str], __: date) -> None:
    """For files whose cells could stand in any column."""


@dataclass(frozen=True, slots=True)
class Importer:
    """How files of one kind are read: their columns, what cells alone tell, and what their rows lead to.

    `run` is given the table, what each column means (None: kept as a remark), the file as sent, and whether to write.
    """

    columns: ColumnSet[Any]
    guess: Callable[[Sequence[str], date], Any]
    run: Callable[[Session, Actor, Table, Sequence[AnyColumn | None], Sent, bool], Outcome]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How the rows of a file went. Texts are bokmål, for the coordinator; rows are numbered as in the file.

    `accepted` rows were registered, or would be when `applied` is False; `skipped` ones were left out because
    they are likely registered; both may be among the `duplicates`. `records` are the new ids by row, empty unless
    applied, and `import_id` is what to undo it by. `imported_before` is when the very same file was imported last,
    unless that is undone. `columns` are the file's, with what they were read as. `rejected`, `duplicates` and
    `warnings` all have `row`, `column`, `value`, `reason`, `detail` and `hint`; the values are the file's own and
    belong in no log.
    """

    kind: ImportKind
    filename: str
    applied: bool
    accepted: int
    skipped: int
    blank: int
    rejected: tuple[RowRejected, ...]
    duplicates: tuple[LikelyRegistered, ...]
    warnings: tuple[RowWarning, ...]
    households: int
    records: dict[int, UUID]
    columns: tuple[AnyMeant, ...]
    import_id: UUID | None
    imported_before: datetime | None
    sheet: str | None
    skipped_sheets: tuple[SkippedSheet, ...]
