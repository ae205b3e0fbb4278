"""Files into the registry and out of it: importing newcomers, and what partners get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.imports import ImportKind
from kompetanse.competence.accepting import Given
from kompetanse.exchange import copies, queries
from kompetanse.exchange.apply import Applied, write_plan
from kompetanse.exchange.column_memory import remember, remembered_meanings
from kompetanse.exchange.copies import FileCopy
from kompetanse.exchange.diff import ImportPlan, KnownPerson, LikelyRegistered, Registry, plan_import
from kompetanse.exchange.faults import Reason, RowRejected, RowWarning, TableRefused
from kompetanse.exchange.feed_import import FeedImport, FeedOutcome, import_feed_entry
from kompetanse.exchange.imports import MadeRow, RowCounts, keep_import, standing_import
from kompetanse.exchange.job_service import export_job_service
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.mapping import NOTHING_STATED, Meant, Stated, peeked, recognise
from kompetanse.exchange.people_columns import COLUMNS
from kompetanse.exchange.people_columns import Field as PeopleField
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.exchange.people_guesses import guess_field
from kompetanse.exchange.people_rows import Tally, parse_people, read_people
from kompetanse.exchange.people_values import values_of
from kompetanse.exchange.table import SkippedSheet, Table
from kompetanse.sealing import Sealer
from kompetanse.taxonomy import service as taxonomy

__all__ = [
    "FeedImport",
    "FeedOutcome",
    "FileCopy",
    "ImportReport",
    "LikelyRegistered",
    "PeopleMeant",
    "RowRejected",
    "RowWarning",
    "TableRefused",
    "copy_with_report",
    "export_job_service",
    "import_feed_entry",
    "import_people",
    "people_columns",
]

PeopleMeant: TypeAlias = Meant[PeopleField]

_STATEMENT_VALUES = 500
"""How many values one `IN` holds."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How the rows of a file went. Texts are bokmål, for the coordinator; rows are numbered as in the file.

    `accepted` rows were registered, or would be when `applied` is False; `skipped` ones were left out because
    their person is likely registered; both may be among the `duplicates`. `people` are the new records' ids by
    row, empty unless applied, and `import_id` is what to undo it by. `imported_before` is when the very same file
    was imported last, unless that is undone. `columns` are the file's, with what they were read as. `rejected`,
    `duplicates` and `warnings` all have `row`, `column`, `value`, `reason`, `detail` and `hint`; the values are the
    file's own and belong in no log.
    """

    filename: str
    applied: bool
    accepted: int
    skipped: int
    blank: int
    rejected: tuple[RowRejected, ...]
    duplicates: tuple[LikelyRegistered, ...]
    warnings: tuple[RowWarning, ...]
    households: int
    people: dict[int, UUID]
    columns: tuple[PeopleMeant, ...] = ()
    import_id: UUID | None = None
    imported_before: datetime | None = None
    sheet: str | None = None
    skipped_sheets: tuple[SkippedSheet, ...] = ()


def import_people(  # noqa: PLR0913 - what a coordinator decides about a file
    session: Session,
    actor: Actor,
    source: bytes,
    filename: str,
    *,
    apply: bool,
    despite_duplicates: bool = False,
    stated: Stated = NOTHING_STATED,
    sealer: Sealer | None = None,
    limits: Limits | None = None,
) -> ImportReport:
    """Read a newcomers' spreadsheet and report every row; with `apply`, register the accepted ones, all or none.

    A dry run (`apply` False) changes nothing in the registry; it leaves an audit event when it pointed at
    registered people. National numbers are stored only where a `sealer` is given. `despite_duplicates` also registers
    rows whose person is likely registered already. `stated` says what columns mean whose headings do not; it is
    remembered for the next file with the same headings.

    Raises:
        TableRefused: the file cannot be read as a table of newcomers; nothing is written.
        Invalid: `stated` names no field, or no column of the file.
        Forbidden: the actor may not import.
    """
    actor = actor.doing(Operation.IMPORT_PEOPLE)
    today, tally, digest = clock.today(), Tally(), sha256(source).hexdigest()
    table, columns = people_columns(session, actor, source, filename, stated=stated, limits=limits)
    parsed = list(parse_people(table, [one.column for one in columns], today=today, tally=tally))
    plan = _plan(session, actor, parsed, despite_duplicates, sealer)
    given = Given(today, taxonomy.lexicon(session, actor))
    rows = [(entry, values_of(entry, given)) for entry in plan.accepted]
    done = write_plan(session, actor, plan, rows, sealer) if apply else Applied({}, {}, _new_households(plan))
    earlier = standing_import(session, actor, ImportKind.PEOPLE, digest)
    run = None
    if done.people:
        counts = RowCounts(len(plan.rejected), plan.skipped, tally.blank, done.households)
        made = [MadeRow(row, person_id, done.homes.get(row)) for row, person_id in done.people.items()]
        run = keep_import(session, actor, ImportKind.PEOPLE, digest, made, counts)
        remember(session, actor, ImportKind.PEOPLE, columns)
    return ImportReport(
        filename=filename,
        applied=apply,
        accepted=len(plan.accepted),
        skipped=plan.skipped,
        blank=tally.blank,
        rejected=plan.rejected,
        duplicates=plan.duplicates,
        columns=columns,
        warnings=tuple(
            warning
            for entry, values in rows
            for warning in (*entry.warnings, *values.warnings, *_without_number(entry, sealer))
        ),
        households=done.households,
        people=dict(done.people),
        import_id=run.id if run else None,
        imported_before=earlier.imported_at if earlier else None,
        sheet=table.sheet,
        skipped_sheets=table.skipped_sheets,
    )


def copy_with_report(  # noqa: PLR0913 - what a coordinator decides about a file
    session: Session,
    actor: Actor,
    source: bytes,
    filename: str,
    *,
    despite_duplicates: bool = False,
    stated: Stated = NOTHING_STATED,
    sealer: Sealer | None = None,
    limits: Limits | None = None,
) -> FileCopy:
    """The spreadsheet with what a dry run says of each row in its first column, to be mended and sent again.

    Raises:
        TableRefused, Invalid, Forbidden: as `import_people` does.
    """
    report = import_people(
        session,
        actor,
        source,
        filename,
        apply=False,
        despite_duplicates=despite_duplicates,
        stated=stated,
        sealer=sealer,
        limits=limits,
    )
    table = read_people(source, filename, limits=limits)
    return copies.copy_with_reasons(source, table, copies.reasons(report.rejected, report.duplicates, report.warnings))


def people_columns(
    session: Session,
    actor: Actor,
    source: bytes,
    filename: str,
    *,
    stated: Stated = NOTHING_STATED,
    limits: Limits | None = None,
) -> tuple[Table, tuple[PeopleMeant, ...]]:
    """A newcomers' spreadsheet, and what each of its columns means, with samples; its rows are still to be read.

    Raises:
        TableRefused: the file cannot be read. Invalid: `stated` names no field, or no column of the file.
    """
    actor, today = actor.doing(Operation.IMPORT_PEOPLE), clock.today()
    table, cells = peeked(read_people(source, filename, limits=limits))
    remembered = remembered_meanings(session, actor, ImportKind.PEOPLE, table.headers)
    columns = recognise(
        COLUMNS, table.headers, cells, partial(guess_field, today=today), remembered=remembered, stated=stated
    )
    return table, columns


def _plan(
    session: Session,
    actor: Actor,
    parsed: Sequence[PersonEntry | RowRejected],
    despite_duplicates: bool,
    sealer: Sealer | None,
) -> ImportPlan:
    entries = [row for row in parsed if isinstance(row, PersonEntry)]
    registry = Registry.of(_known(session, actor, entries), _holders(session, actor, entries, sealer))
    plan = plan_import(parsed, registry, despite_duplicates=despite_duplicates)
    pointed_at = dict.fromkeys(one for duplicate in plan.duplicates for one in duplicate.person_ids)
    if pointed_at:
        audit.record(session, actor, "find_duplicates", "person", pointed_at)
    return plan


def _known(session: Session, actor: Actor, entries: Sequence[PersonEntry]) -> list[KnownPerson]:
    """The registered people whom an entry could be."""
    years = [int(entry.born[:4]) for entry in entries if entry.born] or [0]
    found = session.execute(queries.registered(actor, min(years), max(years)))
    return [KnownPerson(*row) for row in found]


def _holders(session: Session, actor: Actor, entries: Sequence[PersonEntry], sealer: Sealer | None) -> dict[str, UUID]:
    """Who holds the entries' national numbers, by their digits; nobody can tell without a sealer."""
    if sealer is None:
        return {}
    numbers = [entry.national_id.digits for entry in entries if entry.national_id]
    digits = {sealer.fingerprint(number, actor.municipality_no): number for number in numbers}
    prints, holders = list(digits), dict[str, UUID]()
    for start in range(0, len(prints), _STATEMENT_VALUES):
        for person_id, fingerprint in session.execute(
            queries.holders(actor, prints[start : start + _STATEMENT_VALUES])
        ):
            holders[digits[str(fingerprint)]] = person_id
    return holders


def _new_households(plan: ImportPlan) -> int:
    """How many households an import would form, as far as that shows without looking any up."""
    keys = {entry.household_key for entry in plan.accepted if entry.household_key is not None}
    return len(keys - plan.kin.keys())


def _without_number(entry: PersonEntry, sealer: Sealer | None) -> tuple[RowWarning, ...]:
    if entry.national_id is None or sealer is not None:
        return ()
    detail, hint = "Fødsels- eller D-nummeret er ikke tatt med", "Før det inn i personkortet"
    return (RowWarning(entry.row, "", "", Reason.NATIONAL_ID_LEFT_OUT, detail, hint),)
