"""Newcomers out of a spreadsheet: compared with the registry, and registered all or none."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor
from kompetanse.competence.accepting import Given
from kompetanse.exchange import queries
from kompetanse.exchange.apply import Applied, write_plan
from kompetanse.exchange.columns import Column
from kompetanse.exchange.diff import ImportPlan, KnownPerson, Registry, plan_import
from kompetanse.exchange.faults import Reason, RowRejected, RowWarning
from kompetanse.exchange.importing import Importer, Outcome, Sent
from kompetanse.exchange.imports import MadeRow
from kompetanse.exchange.people_columns import COLUMNS
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.exchange.people_guesses import guess_field
from kompetanse.exchange.people_rows import parse_people
from kompetanse.exchange.people_values import values_of
from kompetanse.exchange.rows import Tally
from kompetanse.exchange.table import Table
from kompetanse.sealing import Sealer
from kompetanse.taxonomy import service as taxonomy

_STATEMENT_VALUES = 500
"""How many values one `IN` holds."""


def run(
    session: Session, actor: Actor, table: Table, columns: Sequence[Column[Any] | None], sent: Sent, apply: bool
) -> Outcome:
    """Report every row; with `apply`, register the accepted ones.

    A dry run leaves an audit event when it pointed at registered people.

    Raises:
        TableRefused: the columns cannot be right, or the rows cannot be read.
    """
    today, tally = clock.today(), Tally()
    parsed = list(parse_people(table, columns, today=today, tally=tally))
    plan = _plan(session, actor, parsed, sent.despite_duplicates, sent.sealer)
    given = Given(today, taxonomy.lexicon(session, actor).for_many_rows())
    rows = [(entry, values_of(entry, given)) for entry in plan.accepted]
    done = write_plan(session, actor, plan, rows, sent.sealer) if apply else Applied({}, {}, _new_households(plan))
    return Outcome(
        accepted=len(plan.accepted),
        skipped=plan.skipped,
        blank=tally.blank,
        rejected=plan.rejected,
        duplicates=plan.duplicates,
        warnings=tuple(
            warning
            for entry, values in rows
            for warning in (*entry.warnings, *values.warnings, *_without_number(entry, sent.sealer))
        ),
        households=done.households,
        made=[MadeRow(row, person_id, done.homes.get(row)) for row, person_id in done.people.items()],
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
    pointed_at = dict.fromkeys(one for duplicate in plan.duplicates for one in duplicate.record_ids)
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


PEOPLE = Importer(COLUMNS, guess_field, run)
