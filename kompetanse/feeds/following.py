"""Reads the job service's feed from where it was read to, page by page, for one municipality.

A page's vacancies, what they did, and the cursor behind them are one transaction: whoever dies in the middle of a page
has changed nothing, and the next one reads that page again. One process reads for a municipality at a time: it claims
the cursor, and writes a page only while the claim is its own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import chain
from typing import Any
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.codes.municipalities import municipality
from kompetanse.database import Database, insert_or_ignore
from kompetanse.errors import Conflict, Invalid
from kompetanse.feeds import importing, queries, recording, rules
from kompetanse.feeds.client import AT_ONCE, BEGINNING, FeedClient, FeedUnavailable, Fetched
from kompetanse.feeds.entries import (
    Elsewhere,
    FeedItem,
    FeedPage,
    FeedRefused,
    FeedStatus,
    VacancyEntry,
    Withdrawn,
    parse_feed_entry_for,
    parse_feed_page,
)
from kompetanse.feeds.importing import FeedImport, FeedOutcome
from kompetanse.feeds.rules import ChangeKind, IntakeFault, IntakeStatus
from kompetanse.feeds.tables import FeedCursor, Intake
from kompetanse.ids import new_id
from kompetanse.vacancies import service as vacancies

CLAIM = timedelta(minutes=10)
"""So long the cursor is one reader's own after each page. Of one that died, the others go on after that."""

KEPT = rules.OLDEST
"""So long it is remembered what a reading did."""

_TAKEN = 16
"""How many entries a thread fetches before it asks for more."""

_AT_ONCE_AFTER = timedelta(milliseconds=2)
"""Where the quickest answer took longer, waiting costs more than threads do."""

_LONGEST_URL = 500
_IDS = 500
"""How many ids one `IN` holds."""

Read = VacancyEntry | Withdrawn | Elsewhere | FeedRefused
"""What became of a line when its entry was read."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to read on, and on whose behalf."""

    intake_id: UUID
    url: str | None
    etag: str | None
    last_modified: str | None


def follow(
    database: Database,
    client: FeedClient,
    municipality_no: str,
    keep: Collection[str] = (),
    *,
    every: timedelta = timedelta(minutes=30),
    take_over: bool = False,
) -> Intake:
    """Read the feed to its end, keeping the advertisements of work in the municipalities `keep` (its own by default).

    What could not be reached is no error of the caller's: the reading ends as failed and says why. The next one is due
    after `every`. With `take_over` a reading that seems to go on is broken off.

    Raises:
        UnknownCode: no such municipality. Conflict: another process reads for it now.
    """
    wanted = frozenset(keep) or frozenset({municipality_no})
    for number in (municipality_no, *wanted):
        municipality(number)
    place = _begin(database, client, municipality_no, take_over)
    fault: IntakeFault | None = IntakeFault.OTHER
    try:
        _read_on(database, client, municipality_no, wanted, place)
        fault = None
    except FeedUnavailable as error:
        fault = error.fault
    finally:
        intake = _end(database, municipality_no, place.intake_id, fault, every)
    return intake


def _begin(database: Database, client: FeedClient, municipality_no: str, take_over: bool) -> _Place:
    """Claim the cursor; readings that did not end are broken off."""
    now = clock.now()
    with database.session(municipality_no) as session:
        row = {"municipality_no": municipality_no, "id": new_id(), "source": client.address, "due_at": now}
        session.execute(insert_or_ignore(session.connection(), FeedCursor).values(row))
        cursor = session.exec(queries.cursor(municipality_no).with_for_update()).one()
        if cursor.claimed_until is not None and cursor.claimed_until > now and not take_over:
            raise Conflict("The feed is being read already; wait, or take over if the reader has died")
        for broken in session.exec(queries.running(municipality_no)):
            broken.status, broken.ended_at = IntakeStatus.BROKEN_OFF, now
        if cursor.source != client.address:
            cursor.source, cursor.page_url, cursor.etag, cursor.last_modified = client.address, None, None, None
        intake = Intake(municipality_no=municipality_no, started_at=now)
        session.add(intake)
        cursor.claimed_by, cursor.claimed_until = intake.id, now + CLAIM
        return _Place(intake.id, cursor.page_url, cursor.etag, cursor.last_modified)


def _read_on(
    database: Database, client: FeedClient, municipality_no: str, wanted: Collection[str], place: _Place
) -> None:
    seen: set[str] = set()
    url: str | None = place.url
    etag, last_modified = place.etag, place.last_modified
    with ThreadPoolExecutor(AT_ONCE, "feed") as pool:
        while url is None or url not in seen:
            try:
                fetched = _page(client, url, etag, last_modified)
            except FeedUnavailable as error:
                if error.fault is not IntakeFault.MISSING or url is None:
                    raise
                url = etag = last_modified = None  # the page is not there any more: begin anew
                continue
            if fetched is None:
                return
            page = _parsed(fetched)
            here = url or f"{BEGINNING}/{quote(page.id, safe='')}"
            seen.add(here)
            items = rules.newest_of_each(page.items)
            read = _entries(pool, client, items, wanted)
            url, etag, last_modified = page.next_url, None, None
            if url is None:  # the last one: it is asked for again, and only what is new of it
                url, etag, last_modified = here, fetched.etag, fetched.last_modified
            if len(url) > _LONGEST_URL:
                raise FeedUnavailable(IntakeFault.NOT_A_FEED)
            ahead = _Place(place.intake_id, url, etag, last_modified)
            _write(database, municipality_no, ahead, page, zip(items, read, strict=True))


def _page(client: FeedClient, url: str | None, etag: str | None, last_modified: str | None) -> Fetched | None:
    """The page to read; at the beginning the first one that has anything of the last half year."""
    if url is not None:
        return client.page(url, etag, last_modified)
    return client.page(BEGINNING, None, format_datetime(clock.now() - rules.OLDEST, usegmt=True))


def _parsed(fetched: Fetched) -> FeedPage:
    try:
        return parse_feed_page(fetched.content)
    except FeedRefused:
        raise FeedUnavailable(IntakeFault.NOT_A_FEED) from None


def _entries(
    pool: ThreadPoolExecutor, client: FeedClient, items: Sequence[FeedItem], wanted: Collection[str]
) -> Iterator[Read]:
    """What the lines' entries say, in their order.

    Several threads ask where answers have a way to go; each takes several entries, as handing over costs as much as
    one. Of a server that answers immediately one thread asks: more would only stand in each other's way.
    """
    now = clock.now()
    parts = [items[start : start + _TAKEN] for start in range(0, len(items), _TAKEN)]

    def read(part: Sequence[FeedItem]) -> list[Read]:
        return [_entry(client, item, wanted, now) for item in part]

    if client.quickest > _AT_ONCE_AFTER:
        return chain.from_iterable(pool.map(read, parts))
    return chain.from_iterable(map(read, parts))


def _entry(client: FeedClient, item: FeedItem, wanted: Collection[str], now: datetime) -> Read:
    """What a line's entry says. That of one which is inactive is not asked for: it would say no more.

    Every active one is: its line names only the first of its places, in capitals.
    """
    if item.status is FeedStatus.INACTIVE:
        return Withdrawn(item.id, item.modified_at)
    if rules.is_too_old(item.modified_at, now):
        return Elsewhere(item.id, item.modified_at)
    content = client.entry(item.url)
    if content is None:
        return Withdrawn(item.id, item.modified_at)
    try:
        return parse_feed_entry_for(content, wanted)
    except FeedRefused as refused:
        return refused


def _write(
    database: Database, municipality_no: str, ahead: _Place, page: FeedPage, read: Iterable[tuple[FeedItem, Read]]
) -> None:
    """A page, all of it: vacancies, changes, counts and the cursor behind them."""
    lines = list(read)  # fetched before the transaction begins
    with database.session(municipality_no) as session:
        cursor = session.exec(queries.cursor(municipality_no).with_for_update()).one()
        if cursor.claimed_by != ahead.intake_id:
            raise Conflict("Another reader took over")
        actor = system_actor(municipality_no).doing(Operation.WRITE_VACANCIES)
        intake = session.exec(queries.intake_by_id(actor, ahead.intake_id)).one()
        ids = [item.id for item, _ in lines]
        standing = _among(session, ids, lambda some: queries.standing_of_feed(actor, some))
        told = _among(session, ids, lambda some: queries.told_unreadable(actor, some))
        for item, entry in lines:
            wrong = _line(session, actor, intake, item, entry, item.id in standing)
            if wrong and item.id not in told:  # pages overlap, and the last is read again and again
                recording.unreadable(session, intake, item.id, item.title, wrong)
                told.add(item.id)
        intake.pages += 1
        intake.lines += len(page.items)
        cursor.page_url, cursor.etag, cursor.last_modified = ahead.url, ahead.etag, ahead.last_modified
        cursor.claimed_until = clock.now() + CLAIM


def _among(session: Session, ids: Sequence[str], found: Callable[[Sequence[str]], Select[Any]]) -> set[str]:
    """Which of a page's ids a select finds."""
    parts = (ids[start : start + _IDS] for start in range(0, len(ids), _IDS))
    return {one for part in parts for one in session.scalars(found(part))}


def _line(session: Session, actor: Actor, intake: Intake, item: FeedItem, entry: Read, stands: bool) -> tuple[str, ...]:
    """Do what a line says. The places of what cannot be read; nothing is written of it then."""
    if isinstance(entry, FeedRefused):
        return entry.fields
    result, kind = FeedImport(FeedOutcome.IGNORED, None), None
    if isinstance(entry, Withdrawn) or not rules.is_too_old(entry.modified_at, clock.now()):
        if isinstance(entry, VacancyEntry):
            try:
                result = importing.keep(session, actor, entry)
            except Invalid as error:
                return tuple(fault.pointer.strip("/") for fault in error.faults)
        elif stands:
            said_at = item.modified_at if item.status is FeedStatus.INACTIVE else None
            result = importing.withdraw(session, actor, item.id, said_at=said_at)
            kind = ChangeKind.MOVED if isinstance(entry, Elsewhere) else None
    recording.done(session, actor, intake, result, item.id, kind=kind)
    return ()


def _end(
    database: Database, municipality_no: str, intake_id: UUID, fault: IntakeFault | None, every: timedelta
) -> Intake:
    """Say how it went, let go of the cursor, and let go of what is too old."""
    now = clock.now()
    actor = system_actor(municipality_no).doing(Operation.WRITE_VACANCIES)
    with database.session(municipality_no) as session:
        intake = session.exec(queries.intake_by_id(actor, intake_id)).one()
        cursor = session.exec(queries.cursor(municipality_no).with_for_update()).one()
        if cursor.claimed_by == intake_id:
            cursor.claimed_by = cursor.claimed_until = None
            cursor.due_at = now if fault is IntakeFault.STOPPED else now + every
            intake.status = IntakeStatus.DONE if fault is None else IntakeStatus.FAILED
            intake.fault, intake.ended_at = fault, now
            _let_go(session, actor, intake, now)
        return intake


def _let_go(session: Session, actor: Actor, intake: Intake, now: datetime) -> None:
    """Withdraw the advertisements that have not changed for half a year, and forget readings as old as that."""
    for vacancy, known in session.exec(queries.unchanged_since(actor, now - rules.OLDEST)).all():
        record = vacancies.read(session, actor, vacancy.id)
        result = importing.close_withdrawn(session, actor, record, known)
        if result.outcome is FeedOutcome.CLOSED:
            recording.done(session, actor, intake, result, known.reference, kind=ChangeKind.AGED)
    session.execute(queries.intakes_before(intake.municipality_no, now - KEPT))
