"""Releases, withdrawn classes and answers, with the message to each neighbour in the same transaction."""

from collections.abc import Collection
from contextlib import nullcontext
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, system_actor
from kompetanse.contacts import outbox
from kompetanse.contacts.outbox import Event
from kompetanse.contacts.tables import ContactAsk, ContactRequest
from kompetanse.database import Database, seeing_all
from kompetanse.sealing import Sealer
from kompetanse.sharing import falling, pools, publishing, queries, service
from kompetanse.sharing.periods import period_name
from kompetanse.sharing.tables import LedgerRecord, PoolingAgreement


def release(session: Session, actor: Actor, sealer: Sealer) -> LedgerRecord:
    """Make this quarter's release and tell every neighbour with an agreement. Raises as `publishing.release`."""
    record = publishing.release(session, actor, sealer, _telling(sealer))
    with seeing_all(session) if record.pool else nullcontext():
        for municipality_no in record.pool or [record.municipality_no]:
            for recipient_no in _recipients(session, municipality_no):
                body = {"period": period_name(record.period)}
                outbox.emit(session, municipality_no, recipient_no, Event.RELEASE_PUBLISHED, body)
    return record


def tend(database: Database, sealer: Sealer, municipality_no: str) -> None:
    """Withdraw the classes that have lost too many, and tell every neighbour which: see `falling.tend`."""
    falling.tend(database, municipality_no, _telling(sealer))


def leave_pool(session: Session, actor: Actor, sealer: Sealer, pooling_id: UUID) -> PoolingAgreement:
    """Leave a pool: what was made together is withdrawn from every ledger at once, and every neighbour told which.

    Raises as `pools.revoke`.
    """
    left = pools.revoke(session, actor, pooling_id)
    falling.withdraw_fallen(session, actor.municipality_no, _telling(sealer))
    return left


def _telling(sealer: Sealer) -> falling.Tell:
    """Tells the neighbours of classes that fell. A handle means nothing to one who has never read the class."""

    def tell(session: Session, number: str, period: int, class_ids: Collection[UUID]) -> None:
        for recipient_no in _recipients(session, number):
            for class_id in class_ids:
                handle = service.handle(sealer, number, recipient_no, period, class_id)
                body = {"period": period_name(period), "class_handle": handle}
                outbox.emit(session, number, recipient_no, Event.CLASS_WITHDRAWN, body)

    return tell


def answered(session: Session, request: ContactRequest, ask: ContactAsk) -> None:
    """Tell the neighbour of a yes. Of a no she hears nothing."""
    _contact(session, request, ask, Event.CONTACT_ANSWERED, "yes")


def ended(session: Session, request: ContactRequest, ask: ContactAsk) -> None:
    """Tell the neighbour that what a yes gave is to be deleted."""
    _contact(session, request, ask, Event.CONTACT_ENDED, "ended")


def _contact(session: Session, request: ContactRequest, ask: ContactAsk, event: Event, state: str) -> None:
    body: dict[str, outbox.Value] = {"request_id": request.id, "contact_handle": ask.id, "state": state}
    outbox.emit(session, request.municipality_no, request.recipient_no, event, body)


def _recipients(session: Session, municipality_no: str) -> list[str]:
    """The neighbours whom an agreement lets read today."""
    standing = queries.standing_agreements(system_actor(municipality_no), clock.today())
    return [one.recipient_no for one in session.exec(standing)]
