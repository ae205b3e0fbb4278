"""Files into the registry and out of it: importing newcomers, and what partners get."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.competence.accepting import Given
from kompetanse.exchange import queries
from kompetanse.exchange.apply import Applied, write_plan
from kompetanse.exchange.diff import ImportPlan, KnownPerson, LikelyRegistered, Registry, plan_import
from kompetanse.exchange.faults import Reason, RowRejected, RowWarning, TableRefused
from kompetanse.exchange.job_service import export_job_service
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.exchange.people_rows import Tally, parse_people, read_people
from kompetanse.exchange.people_values import values_of
from kompetanse.exchange.table import SkippedSheet
from kompetanse.sealing import Sealer
from kompetanse.taxonomy import service as taxonomy

__all__ = [
    "ImportReport",
    "LikelyRegistered",
    "RowRejected",
    "RowWarning",
    "TableRefused",
    "export_job_service",
    "import_people",
]

_STATEMENT_VALUES = 500
"""How many values one `IN` holds."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How the rows of a file went. Texts are bokmål, for the coordinator; rows are numbered as in the file.

    `accepted` rows were registered, or would be when `applied` is False; `skipped` ones were left out because
    their person is likely registered; both may be among the `duplicates`. `people` are the new records' ids by
    row, empty unless applied. `rejected`, `duplicates` and `warnings` all have `row`, `column`, `value`, `reason`,
    `detail` and `hint`; the values are the file's own and belong in no log.
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
    sealer: Sealer | None = None,
    limits: Limits | None = None,
) -> ImportReport:
    """Read a newcomers' spreadsheet and report every row; with `apply`, register the accepted ones, all or none.

    A dry run (`apply` False) changes nothing in the registry; it leaves an audit event when it pointed at
    registered people. National numbers are stored only where a `sealer` is given. `despite_duplicates` also registers
    rows whose person is likely registered already.

    Raises:
        TableRefused: the file cannot be read as a table of newcomers; nothing is written.
        Forbidden: the actor may not import.
    """
    actor = actor.doing(Operation.IMPORT_PEOPLE)
    today, tally = clock.today(), Tally()
    table = read_people(source, filename, limits=limits)
    parsed = list(parse_people(table, today=today, tally=tally))
    plan = _plan(session, actor, parsed, despite_duplicates, sealer)
    given = Given(today, taxonomy.lexicon(session, actor))
    rows = [(entry, values_of(entry, given)) for entry in plan.accepted]
    done = write_plan(session, actor, plan, rows, sealer) if apply else Applied({}, _new_households(plan))
    return ImportReport(
        filename=filename,
        applied=apply,
        accepted=len(plan.accepted),
        skipped=plan.skipped,
        blank=tally.blank,
        rejected=plan.rejected,
        duplicates=plan.duplicates,
        warnings=tuple(
            warning
            for entry, values in rows
            for warning in (*entry.warnings, *values.warnings, *_without_number(entry, sealer))
        ),
        households=done.households,
        people=dict(done.people),
        sheet=table.sheet,
        skipped_sheets=table.skipped_sheets,
    )


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
