"""Takes advertisements that others send: what an employer's system pushes, and files that a coordinator has.

Each is dealt with on its own and answered for by a receipt: one that cannot be taken keeps no other out.
"""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from pydantic import JsonValue
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import SYSTEM_ID, Actor, Operation, Role
from kompetanse.codes.work import VacancySource
from kompetanse.errors import FieldFault, Invalid
from kompetanse.feeds import importing, recording
from kompetanse.feeds.documents import Broken, documents
from kompetanse.feeds.entries import FeedRefused, FeedStatus, feed_entry_of, feed_page_of
from kompetanse.feeds.importing import FeedImport, FeedOutcome, Origin
from kompetanse.feeds.rules import IntakeStatus, ReceiptStatus
from kompetanse.feeds.tables import Intake
from kompetanse.feeds.transfer import Stopped, TransferError, TransferFault, Transferred, sent_in

UNPACKED = 50 * 1024 * 1024
"""Bytes that a zip of advertisements may unpack to."""

_LINES = 5000
_SENT_BY_FILE = SYSTEM_ID
"""Whose the references in files are: not the coordinator's who happened to send them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an advertisement's sender is told of it. `outcome` is None where it could not be taken."""

    status: ReceiptStatus
    message: str
    reference: str | None = None
    error: TransferError | None = None
    digest: str = ""
    vacancy_id: UUID | None = None
    outcome: FeedOutcome | None = None


_TOLD: Mapping[FeedOutcome, tuple[ReceiptStatus, str]] = MappingProxyType(
    {
        FeedOutcome.CREATED: (ReceiptStatus.RECEIVED, "Received"),
        FeedOutcome.UPDATED: (ReceiptStatus.RECEIVED, "Received"),
        FeedOutcome.CLOSED: (ReceiptStatus.RECEIVED, "STOPPED"),
        FeedOutcome.UNCHANGED: (ReceiptStatus.SKIPPED, "Content already exists, skipping"),
        FeedOutcome.IGNORED: (ReceiptStatus.SKIPPED, "The work is in another municipality, skipping"),
    }
)


def push(session: Session, actor: Actor, content: bytes, *, sender: str, keep: Collection[str] = ()) -> list[Receipt]:
    """Take a stream of advertisements in NAV's transfer format from the client that sends it.

    Its references are its own: it can neither change nor stop another's. With `keep`, work that is known to be in other
    municipalities is skipped.

    Raises:
        Invalid: there is nothing in it. Forbidden: the actor may not push vacancies.
    """
    actor = actor.doing(Operation.PUSH_VACANCIES)
    read = list(_read(content))
    taker = _Taker(session, actor, Origin(VacancySource.FILE, actor.id), sender, keep)
    receipts = [taker.take(document) for document in read]
    return [one for told in receipts for one in told]


def stop(session: Session, actor: Actor, reference: str, *, sender: str) -> Receipt:
    """Stop an advertisement that the client pushed; a receipt with NOT_FOUND where there is none."""
    actor = actor.doing(Operation.PUSH_VACANCIES)
    taker = _Taker(session, actor, Origin(VacancySource.FILE, actor.id), sender, ())
    return taker.stop(Stopped(reference))


def import_file(session: Session, actor: Actor, name: str, content: bytes) -> Intake:
    """Take a file of advertisements: transfer format, entries or pages of the feed, or a zip of such; what came of it.

    Every advertisement is kept, wherever the work is. A page's inactive lines withdraw theirs; its active ones say
    nothing without their entries.

    Raises:
        Invalid: it is empty, or a zip that is broken or unpacks to too much. Forbidden.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES).doing(Operation.PUSH_VACANCIES)
    read = [document for part in _parts(content) for document in _read(part)]  # all of it, before anything is written
    taker = _Taker(session, actor, Origin(VacancySource.FILE, _SENT_BY_FILE), name, ())
    for document in read:
        taker.take_any(document)
    return taker.intake


class _Taker:
    """Deals with the advertisements of one sender, one after the other, and counts them."""

    def __init__(self, session: Session, actor: Actor, origin: Origin, sender: str, keep: Collection[str]) -> None:
        self._session, self._origin, self._keep = session, origin, keep
        # What it writes is its own advertisements' vacancies and no others; the audit trail names who sent them.
        self._actor = replace(actor, roles=frozenset({Role.SYSTEM}))
        self._now = clock.now()
        self.intake = Intake(
            municipality_no=actor.municipality_no,
            sender=sender[:120] or "?",
            started_at=self._now,
            ended_at=self._now,
            status=IntakeStatus.DONE,
        )
        session.add(self.intake)
        session.flush()

    def take_any(self, document: JsonValue | Broken) -> None:
        """A document of a file: an entry or page of the feed, or advertisements in the transfer format."""
        if isinstance(document, dict) and "items" in document:
            self._page(document)
        elif isinstance(document, dict) and {"ad_content", "json", "sistEndret"} & document.keys():
            self._entry(document)
        else:
            self.take(document)

    def take(self, document: JsonValue | Broken) -> list[Receipt]:
        """A document in the transfer format: an advertisement, or several."""
        return [self._sent(one) for one in sent_in(document, self._now)]

    def stop(self, stopped: Stopped) -> Receipt:
        """An advertisement whose sender has stopped it."""
        self.intake.lines += 1
        result = importing.withdraw(self._session, self._actor, stopped.reference, self._origin)
        recording.done(self._session, self._actor, self.intake, result, stopped.reference)
        if result.outcome is FeedOutcome.IGNORED:
            message = "No advertisement has this reference"
            return Receipt(ReceiptStatus.ERROR, message, stopped.reference, TransferError.NOT_FOUND)
        return Receipt(
            ReceiptStatus.RECEIVED, "STOPPED", stopped.reference, None, "", result.vacancy_id, result.outcome
        )

    def _sent(self, sent: Transferred | Stopped | TransferFault) -> Receipt:
        match sent:
            case Stopped():
                return self.stop(sent)
            case TransferFault():
                return self._refused(sent)
            case Transferred():
                return self._advertisement(sent)

    def _advertisement(self, sent: Transferred) -> Receipt:
        where = sent.entry.workplace.municipality_no
        try:
            if self._keep and where is not None and where not in self._keep:
                result = FeedImport(FeedOutcome.IGNORED, None)
            else:
                result = importing.keep(self._session, self._actor, sent.entry, self._origin)
        except Invalid as error:
            fields = tuple(fault.pointer.strip("/") for fault in error.faults)
            return self._refused(TransferFault(TransferError.INVALID_VALUE, fields, sent.reference))
        self.intake.lines += 1
        recording.done(self._session, self._actor, self.intake, result, sent.reference)
        status, message = _TOLD[result.outcome]
        return Receipt(status, message, sent.reference, None, sent.digest, result.vacancy_id, result.outcome)

    def _refused(self, fault: TransferFault) -> Receipt:
        self.intake.lines += 1
        recording.unreadable(
            self._session, self.intake, fault.reference or "", fault.reference, (fault.kind.value, *fault.fields)
        )
        return Receipt(ReceiptStatus.ERROR, fault.message, fault.reference, fault.kind)

    def _entry(self, document: Mapping[str, JsonValue]) -> None:
        self.intake.lines += 1
        name = str(document.get("uuid", ""))
        try:
            result = importing.take_entry(self._session, self._actor, feed_entry_of(document))
        except FeedRefused as refused:
            recording.unreadable(self._session, self.intake, name, name, refused.fields)
        except Invalid as error:
            recording.unreadable(self._session, self.intake, name, name, [one.pointer for one in error.faults])
        else:
            recording.done(self._session, self._actor, self.intake, result, name)

    def _page(self, document: Mapping[str, JsonValue]) -> None:
        self.intake.pages += 1
        try:
            page = feed_page_of(document)
        except FeedRefused as refused:
            self.intake.lines += 1
            recording.unreadable(self._session, self.intake, "", None, refused.fields)
            return
        for item in page.items:
            if item.status is FeedStatus.INACTIVE:
                self.intake.lines += 1
                result = importing.withdraw(self._session, self._actor, item.id, said_at=item.modified_at)
                recording.done(self._session, self._actor, self.intake, result, item.id)


def _read(content: bytes) -> Iterator[JsonValue | Broken]:
    """The documents of a text, which is UTF-8.

    Raises:
        Invalid: there is none, or far too many.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Broken(1)
        return
    if not text.strip():
        raise Invalid(FieldFault("/file", "Not a file", "Send at least one advertisement"))
    for number, document in enumerate(documents(io.StringIO(text))):
        if number == _LINES:
            raise Invalid(FieldFault("/file", "Too many at a time", f"Send at most {_LINES} documents at a time"))
        yield document


def _parts(content: bytes) -> Iterator[bytes]:
    """The files of a zip, in the order of their names, or the one file that it is.

    Raises:
        Invalid: it is broken, protected, or unpacks to too much.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if sum(one.file_size for one in members) > UNPACKED or len(members) > _LINES:
                raise Invalid(FieldFault("/file", "The archive unpacks to too much", "Divide it and send the parts"))
            for member in sorted(members, key=lambda one: one.filename):
                if member.filename.lower().endswith((".json", ".ndjson", ".jsonl")):
                    yield archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError):
        raise Invalid(
            FieldFault("/file", "The archive is broken or protected", "Pack it again, without a password")
        ) from None
