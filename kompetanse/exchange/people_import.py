"""Newcomers out of a spreadsheet: compared with the registry, and registered all or none."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor
from kompetanse.competence.accepting import Given
from kompetanse.exchange import queries
from kompetanse.exchange.apply import FIELDS, PeopleWriter
from kompetanse.exchange.columns import Column
from kompetanse.exchange.diff import ImportPlan, KnownPerson, Registry
from kompetanse.exchange.faults import Reason, RowRejected, RowWarning
from kompetanse.exchange.importing import Importer, Outcome, Sent
from kompetanse.exchange.imports import batches
from kompetanse.exchange.people_columns import COLUMNS
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.exchange.people_guesses import guess_field
from kompetanse.exchange.people_rows import parse_people
from kompetanse.exchange.people_values import Making, values_of
from kompetanse.exchange.rows import Tally, see_bearable
from kompetanse.exchange.table import Table
from kompetanse.sealing import Sealer
from kompetanse.taxonomy import service as taxonomy


def run(
    session: Session, actor: Actor, table: Table, columns: Sequence[Column[Any] | None], sent: Sent, apply: bool
) -> Outcome:
    """Report every row; with `apply`, register the accepted ones. What is held meanwhile is the report, not the rows.

    A dry run leaves an audit event when it pointed at registered people. On any error nothing remains of what was
    written, also when the caller goes on with the transaction.

    Raises:
        TableRefused: the columns cannot be right, or the rows cannot be read.
    """
    today, tally = clock.today(), Tally()
    parsed = parse_people(table, columns, today=today, tally=tally)
    registry = Registry.of(KnownPerson(*row) for row in session.execute(queries.registered(actor)))
    plan = ImportPlan(registry, sent.despite_duplicates)
    making = Making(Given(today, taxonomy.lexicon(session, actor).for_many_rows()))
    warnings: list[RowWarning] = []
    with _at_full_speed(), _writing(session, actor, sent, apply) as writer:
        for batch in batches(parsed):
            registry.numbers.update(_holders(session, actor, batch, sent.sealer))
            accepted = [(row, values_of(row, making)) for row in batch if plan.accepts(row)]
            for entry, values in accepted:
                warnings += (*entry.warnings, *values.warnings, *_without_number(entry, sent.sealer))
            see_bearable(len(plan.rejected) + len(plan.duplicates) + len(warnings))
            if writer:
                writer.write(accepted)
        if writer:
            writer.form_households(plan.kin)
    made = writer.made() if writer else []
    for some in batches(made):
        audit.record(session, actor, "import", "person", [one.record_id for one in some], FIELDS)
    _record_pointed_at(session, actor, plan)
    return Outcome(
        accepted=plan.accepted,
        skipped=plan.skipped,
        blank=tally.blank,
        rejected=tuple(plan.rejected),
        duplicates=tuple(plan.duplicates),
        warnings=tuple(warnings),
        households=writer.formed if writer else plan.new_households,
        made=made,
    )


@contextmanager
def _writing(session: Session, actor: Actor, sent: Sent, apply: bool) -> Iterator[PeopleWriter | None]:
    """What registers the people, within a savepoint; None for a dry run."""
    if not apply:
        yield None
        return
    with session.begin_nested(), PeopleWriter(session, actor, sent.sealer) as writer:
        yield writer


_COLLECTING, _SWITCHING = gc.get_threshold(), sys.getswitchinterval()
"""As the process began: of two imports at once, the later must not take the earlier one's for it."""


@contextmanager
def _at_full_speed() -> Iterator[None]:
    """Let Python be, for as long as an import takes, as suits one.

    What rows are made of refers to nothing that refers back; looking for such things takes a sixth of the time. The
    thread that writes asks for Python's lock some hundred times a second, and would wait five milliseconds for it.
    """
    gc.set_threshold(100_000, *_COLLECTING[1:])
    sys.setswitchinterval(0.001)
    try:
        yield
    finally:
        gc.set_threshold(*_COLLECTING)
        sys.setswitchinterval(_SWITCHING)


def _record_pointed_at(session: Session, actor: Actor, plan: ImportPlan) -> None:
    pointed_at = dict.fromkeys(one for duplicate in plan.duplicates for one in duplicate.record_ids)
    if pointed_at:
        audit.record(session, actor, "find_duplicates", "person", pointed_at)


def _holders(
    session: Session, actor: Actor, rows: Sequence[PersonEntry | RowRejected], sealer: Sealer | None
) -> dict[str, UUID]:
    """Who holds the rows' national numbers, by their digits; nobody can tell without a sealer."""
    if sealer is None:
        return {}
    numbers = [row.national_id.digits for row in rows if isinstance(row, PersonEntry) and row.national_id]
    digits = {sealer.fingerprint(number, actor.municipality_no): number for number in numbers}
    if not digits:
        return {}
    found = session.execute(queries.holders(actor, digits))
    return {digits[str(fingerprint)]: person_id for person_id, fingerprint in found}


def _without_number(entry: PersonEntry, sealer: Sealer | None) -> tuple[RowWarning, ...]:
    if entry.national_id is None or sealer is not None:
        return ()
    detail, hint = "Fødsels- eller D-nummeret er ikke tatt med", "Før det inn i personkortet"
    return (RowWarning(entry.row, "", "", Reason.NATIONAL_ID_LEFT_OUT, detail, hint),)


PEOPLE = Importer(COLUMNS, guess_field, run)
