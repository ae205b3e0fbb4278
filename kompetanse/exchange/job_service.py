"""Exports consenting people to the job service, as a stream that opens and closes its own transactions.

People are read page by page, each page in a transaction of its own; their ids are in the audit trail before a byte of
the page is sent. So nobody who withdrew before her page was read is in the file, no transaction waits for a slow
reader, nothing has to be freed when the reader hangs up, and the trail says exactly who left even then.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.exports import ExportShape
from kompetanse.competence import history
from kompetanse.competence.tables import ProfileChange
from kompetanse.database import Database
from kompetanse.errors import FieldFault, Invalid, NotFound
from kompetanse.exchange import queries
from kompetanse.exchange.csv_safe import BOM, SEPARATOR, Field
from kompetanse.exchange.csv_sql import lines
from kompetanse.exchange.job_seekers import PARTS, VERSION, WIDE
from kompetanse.exchange.job_service_parts import parts
from kompetanse.exchange.job_service_people import PeoplePage
from kompetanse.exchange.job_service_queries import UNCONFIRMED, leavers, page_end, seekers
from kompetanse.exchange.job_service_wide import wide
from kompetanse.exchange.packaging import Part, Spool, zipped
from kompetanse.exchange.tables import ExportRun
from kompetanse.paging import Page, PageRequest, cut

FIRST_PAGE, PAGE = 500, 2_000
"""People read at a time: few at first, so that the file begins at once."""

CHUNK_BYTES = 512 * 1024
LEAST_PASSWORD = 12
_RECORD_TYPE = "job_service_export"
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export should be.

    `since`: only whom something changed about from then on, and whom to delete. `password`: the package is encrypted
    with it (AES-256); it is kept nowhere. `scheduled_for`: the period that a scheduled export is for.
    """

    shape: ExportShape = ExportShape.WIDE
    since: datetime | None = None
    password: str | None = None
    scheduled_for: str | None = None


EVERYBODY = Wanted()


@dataclass(frozen=True, slots=True)
class Export:
    """An export that has begun: its id in the record of exports, its file in chunks, and since when its changes are."""

    id: UUID
    chunks: Iterator[bytes]
    since: datetime | None


def export_job_service(database: Database, actor: Actor, wanted: Wanted = EVERYBODY) -> Export:
    """Begin an export of everybody whose consent to it stands; see `job_seekers` for the columns.

    An event tells that it began, one a page who was in it, and one how many a complete file has. The record of exports
    has rows and digest only when the last chunk was taken.

    Raises:
        Forbidden, Invalid: at once, not only when the first chunk is taken.
    """
    actor = actor.doing(Operation.EXPORT_JOB_SERVICE)
    _check(wanted)
    run = ExportRun(
        municipality_no=actor.municipality_no,
        made_by=actor.id,
        actor_kind=actor.kind,
        purpose=actor.purpose,
        shape=wanted.shape,
        columns_version=VERSION,
        since=wanted.since,
        encrypted=wanted.password is not None,
        scheduled_for=wanted.scheduled_for,
    )
    with database.session(actor.municipality_no) as session:
        session.add(run)
        audit.record(session, actor, "begin_export", _RECORD_TYPE, [run.id], [wanted.shape.value])
    writing = _Writing(database, actor, wanted, run.id)
    return Export(run.id, writing.finished(writing.chunks()), wanted.since)


def _check(wanted: Wanted) -> None:
    if wanted.since is not None and wanted.since > clock.now():
        raise Invalid(FieldFault("/since", "The moment has not come", "Write the moment of an earlier export"))
    if wanted.password is None:
        return
    if len(wanted.password) < LEAST_PASSWORD:
        hint = f"Write at least {LEAST_PASSWORD} characters"
        raise Invalid(FieldFault("/password", "The password is too short", hint))
    if not (wanted.password.isascii() and wanted.password.isprintable()):  # programs encode others differently
        hint = "Write a to z, digits, signs and spaces only"
        raise Invalid(FieldFault("/password", "The password has letters that not every program reads", hint))


def exports(session: Session, actor: Actor, page: PageRequest) -> Page[ExportRun]:
    """The exports that were begun, newest first. Raises Forbidden."""
    actor = actor.doing(Operation.EXPORT_JOB_SERVICE)
    found = queries.export_runs(actor)
    if page.after:
        found = found.where(col(ExportRun.id) < page.after)
    rows = session.exec(found.limit(page.limit + 1)).all()
    return cut(rows, page.limit, [row.id for row in rows])


def read_export(session: Session, actor: Actor, export_id: UUID) -> ExportRun:
    """One export: whether its file is whole, its rows and its digest. Raises Forbidden, NotFound."""
    actor = actor.doing(Operation.EXPORT_JOB_SERVICE)
    found = session.exec(queries.export_run(actor, export_id)).one_or_none()
    if found is None:
        raise NotFound("export")
    return found


class _Writing:
    """Writes the file of one export."""

    def __init__(self, database: Database, actor: Actor, wanted: Wanted, run_id: UUID) -> None:
        self._database, self._actor, self._wanted, self._run_id = database, actor, wanted, run_id
        self._today = clock.today()
        self._end = page_end(actor)

    def chunks(self) -> Iterator[bytes]:
        """The file."""
        return self._wide() if self._wanted.shape is ExportShape.WIDE else self._package()

    def finished(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same chunks; when the last was taken, the record says how long the file is, and its digest."""
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        with self._recording() as (session, run):
            run.size, run.sha256, run.finished_at = size, digest.hexdigest(), clock.now()
            told = [f"{run.people} rows", f"{run.ended} ended"]
            audit.record(session, self._actor, "complete_export", _RECORD_TYPE, [run.id], told)

    def _wide(self) -> Iterator[bytes]:
        yield header(WIDE)
        for texts in self._pages({"": WIDE}, lambda page: {"": wide(page)}):
            yield from _cut(texts[""])

    def _package(self) -> Iterator[bytes]:
        spools = {name: Spool(header(fields)) for name, fields in PARTS.items()}
        try:
            for texts in self._pages(PARTS, parts):
                for name, text in texts.items():
                    spools[name].write(text)
            made = [Part(name, PARTS[name], spool) for name, spool in spools.items()]
            yield from zipped(made, self._actor.municipality_no, self._wanted.since, self._wanted.password)
        finally:
            for spool in spools.values():
                spool.close()

    def _pages(
        self,
        files: Mapping[str, Sequence[Field]],
        told: Callable[[PeoplePage], Mapping[str, Select[Any]]],
    ) -> Iterator[dict[str, list[str]]]:
        """The lines of each file, page by page: those who are there, and then whom to delete."""
        since = self._wanted.since
        page = PeoplePage(self._actor.municipality_no, seekers(self._actor, self._today, since), self._today)
        selects = {name: lines(files[name], select) for name, select in told(page).items()}
        names = sorted({field.name for fields in files.values() for field in fields})
        yield from self._read(selects, names, ended=False)
        if since is not None:
            first = next(iter(files))
            gone = {first: lines(files[first], leavers(self._actor, self._today, since))}
            yield from self._read(gone, ["referanse", "status", "kommunenummer"], ended=True)

    def _read(
        self, selects: Mapping[str, Select[Any]], fields: Sequence[str], *, ended: bool
    ) -> Iterator[dict[str, list[str]]]:
        after, most = _NOBODY, FIRST_PAGE
        while True:
            with self._database.session(self._actor.municipality_no, write=False, in_bulk=True) as session:
                until = session.execute(self._end, {"after": after, "most": most}).scalar_one_or_none()
                if until is None:
                    return
                page = {"after": after, "until": until, **self._unconfirmed(session, after, until)}
                found = {name: session.execute(select, page).all() for name, select in selects.items()}
            ids = [row.person_id for row in next(iter(found.values()))]
            if ids:
                self._note(ids, fields, ended=ended)
                yield {name: [row.line for row in rows] for name, rows in found.items()}  # only now: it is on disk
            after, most = until, PAGE

    def _unconfirmed(self, session: Session, after: UUID, until: UUID) -> dict[str, list[UUID]]:
        whose = (col(ProfileChange.person_id) > after) & (col(ProfileChange.person_id) <= until)  # as in `on_page`
        return {UNCONFIRMED.key: list(history.unconfirmed_educations(session, self._actor, whose))}

    def _note(self, ids: Sequence[UUID], fields: Sequence[str], *, ended: bool) -> None:
        with self._recording() as (session, run):
            run.people += 0 if ended else len(ids)
            run.ended += len(ids) if ended else 0
            audit.record(session, self._actor, "export", "person", ids, fields)

    @contextmanager
    def _recording(self) -> Iterator[tuple[Session, ExportRun]]:
        with self._database.session(self._actor.municipality_no, in_bulk=True) as session:
            yield session, read_export(session, self._actor, self._run_id)


def header(fields: Sequence[Field]) -> bytes:
    """The first line of a file, after its byte order mark."""
    return BOM + f"{SEPARATOR.join(field.name for field in fields)}\r\n".encode()


def _cut(found: Sequence[str]) -> Iterator[bytes]:
    """Lines as chunks of a size that passes sockets well."""
    content = "".join(f"{line}\r\n" for line in found).encode("utf-8", errors="replace")
    for start in range(0, len(content), CHUNK_BYTES):
        yield content[start : start + CHUNK_BYTES]
