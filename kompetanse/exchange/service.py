"""Files into the registry and out of it: spreadsheets of the municipality, and what partners get."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.imports import ImportKind
from kompetanse.exchange import copies
from kompetanse.exchange.column_memory import remember, remembered_meanings
from kompetanse.exchange.copies import FileCopy
from kompetanse.exchange.course_import import COURSES
from kompetanse.exchange.diff import LikelyRegistered
from kompetanse.exchange.faults import RowRejected, RowWarning, TableRefused
from kompetanse.exchange.household_import import HOUSEHOLDS
from kompetanse.exchange.importing import AnyMeant, Importer, ImportReport, Sent
from kompetanse.exchange.imports import RowCounts, keep_import, standing_import
from kompetanse.exchange.job_service import export_job_service
from kompetanse.exchange.mapping import peeked, recognise
from kompetanse.exchange.people_import import PEOPLE
from kompetanse.exchange.spreadsheets import read_table
from kompetanse.exchange.table import Row, Table, known_headers
from kompetanse.exchange.vacancy_import import VACANCIES

__all__ = [
    "IMPORTERS",
    "AnyMeant",
    "FileCopy",
    "ImportReport",
    "LikelyRegistered",
    "RowRejected",
    "RowWarning",
    "Sent",
    "TableRefused",
    "copy_with_report",
    "export_job_service",
    "file_columns",
    "import_file",
    "likelier_kind",
]

Told: TypeAlias = Callable[[int, float], None]
"""Hears how many rows were read, and which share of the file that is, from 0 to 1."""

_TOLD_EVERY = 500


def tell_nobody(_: int, __: float) -> None:
    """For those whom nobody waits for."""


IMPORTERS: Mapping[ImportKind, Importer] = MappingProxyType(
    {
        ImportKind.PEOPLE: PEOPLE,
        ImportKind.HOUSEHOLDS: HOUSEHOLDS,
        ImportKind.VACANCIES: VACANCIES,
        ImportKind.COURSES: COURSES,
    }
)
"""How the files of each kind are read."""


def import_file(
    session: Session, actor: Actor, kind: ImportKind, sent: Sent, *, apply: bool, told: Told = tell_nobody
) -> ImportReport:
    """Read a spreadsheet and report every row; with `apply`, store the accepted ones, all or none.

    A dry run (`apply` False) changes nothing in the registry. `told` hears how far it is; what it raises ends the
    import, of which nothing remains. What columns were said to mean is remembered for the
    next file with the same headings, once a file is imported.

    Raises:
        TableRefused: the file cannot be read as a table of this kind; nothing is written.
        Invalid: what was stated names no field, or no column of the file.
        Forbidden: the actor may not import.
    """
    actor = actor.doing(Operation.IMPORT_PEOPLE)
    earlier = standing_import(session, actor, kind, sent.sha256)
    table, columns = file_columns(session, actor, kind, sent)
    table = _watched(table, told)
    outcome = IMPORTERS[kind].run(session, actor, table, [one.column for one in columns], sent, apply)
    run = None
    if outcome.made:
        counts = RowCounts(len(outcome.rejected), outcome.skipped, outcome.blank, outcome.households)
        run = keep_import(session, actor, kind, sent.sha256, outcome.made, counts)
        remember(session, actor, kind, columns)
    return ImportReport(
        kind=kind,
        filename=sent.filename,
        applied=apply,
        accepted=outcome.accepted,
        skipped=outcome.skipped,
        blank=outcome.blank,
        rejected=outcome.rejected,
        duplicates=outcome.duplicates,
        warnings=outcome.warnings,
        households=outcome.households,
        records={one.row: one.record_id for one in outcome.made},
        columns=columns,
        import_id=run.id if run else None,
        imported_before=earlier.imported_at if earlier else None,
        sheet=table.sheet,
        skipped_sheets=table.skipped_sheets,
    )


def file_columns(session: Session, actor: Actor, kind: ImportKind, sent: Sent) -> tuple[Table, tuple[AnyMeant, ...]]:
    """A spreadsheet whose rows are still to be read, and what each of its columns means, with samples.

    Raises:
        TableRefused: the file cannot be read. Invalid: what was stated names no field, or no column of the file.
    """
    actor, importer = actor.doing(Operation.IMPORT_PEOPLE), IMPORTERS[kind]
    table, cells = peeked(_opened(kind, sent))
    remembered = remembered_meanings(session, actor, kind, table.headers)
    today = clock.today()
    found = recognise(
        importer.columns,
        table.headers,
        cells,
        lambda column: importer.guess(column, today),
        remembered=remembered,
        stated=sent.stated,
    )
    return table, found


def likelier_kind(kind: ImportKind, headings: Sequence[str]) -> ImportKind | None:
    """The kind of file that knows more of these headings than `kind` does, None when none does."""
    known = {one: known_headers(headings, importer.columns.knows) for one, importer in IMPORTERS.items()}
    best = max(known, key=lambda one: known[one])
    return best if known[best] > known[kind] else None


def copy_with_report(session: Session, actor: Actor, kind: ImportKind, sent: Sent) -> FileCopy:
    """The spreadsheet with what a dry run says of each row in its first column, to be mended and sent again.

    Raises:
        TableRefused, Invalid, Forbidden: as `import_file` does.
    """
    report = import_file(session, actor, kind, sent, apply=False)
    told = copies.reasons(report.rejected, report.duplicates, report.warnings)
    return copies.copy_with_reasons(sent.source, _opened(kind, sent), told)


def _watched(table: Table, told: Told) -> Table:
    def rows() -> Iterator[Row]:
        count = 0
        for count, row in enumerate(table.rows, 1):
            if count % _TOLD_EVERY == 0:
                told(count, table.share_read(row.number))
            yield row
        told(count, 1.0)

    return replace(table, rows=rows())


def _opened(kind: ImportKind, sent: Sent) -> Table:
    return read_table(sent.source, sent.filename, knows=IMPORTERS[kind].columns.knows, limits=sent.limits)
