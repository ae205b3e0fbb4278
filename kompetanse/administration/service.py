"""How everything that is administered stands now, in counts and moments."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.administration import queries
from kompetanse.exchange.tables import ExportRun, ImportRun
from kompetanse.feeds.tables import Intake

__all__ = ["Standing", "standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of each thing there are, and when each was used or changed last; None where it never was."""

    open_accounts: int
    closed_accounts: int
    locked_accounts: int
    clients: int
    agreements: int
    first_end: date | None
    weights_changed_at: datetime | None
    words: int
    word_added_at: datetime | None
    reading: Intake | None
    feed_due_at: datetime | None
    export: ExportRun | None
    extracted_at: datetime | None
    imported: ImportRun | None


def standing(session: Session, actor: Actor) -> Standing:
    """How the registry stands.

    Raises:
        Forbidden: the actor does not administer.
    """
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    audit.record(session, actor, "count", "staff_account", (), ["administration"])
    opened, closed, locked = session.execute(queries.accounts(actor, clock.now())).one()
    agreements, first_end = session.execute(queries.standing_agreements(actor, clock.today())).one()
    words, word_added_at = session.execute(queries.words(actor)).one()
    return Standing(
        open_accounts=opened,
        closed_accounts=closed,
        locked_accounts=locked,
        clients=session.execute(queries.clients(actor)).scalar_one(),
        agreements=agreements,
        first_end=first_end,
        weights_changed_at=session.execute(queries.weights_changed(actor)).scalar_one(),
        words=words,
        word_added_at=word_added_at,
        reading=session.exec(queries.last_reading(actor)).first(),
        feed_due_at=session.execute(queries.feed_due(actor)).scalar_one_or_none(),
        export=session.exec(queries.last_export(actor)).first(),
        extracted_at=session.execute(queries.last_extract(actor)).scalar_one(),
        imported=session.exec(queries.last_import(actor)).first(),
    )
