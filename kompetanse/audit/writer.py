"""Group commit for the hot reads: events that arrive together are chained and made durable together.

An awaited `write` returns when its event is on disk, never before; what is saved is that eight readers
share one commit instead of queueing for eight.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kompetanse.audit.rules import GENESIS, Event, Link, chain
from kompetanse.database import Database, DriverConnection, Execute

_MOST_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class _Waiting:
    event: Event
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[None]"


class GroupWriter:
    """One thread that writes what the readers of one process did."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Waiting] = []
        self._wake = threading.Condition()
        self._stopping = False
        self._connection: DriverConnection | None = None
        self._thread = threading.Thread(target=self._run, name="audit-writer", daemon=True)
        self._thread.start()

    async def write(self, event: Event) -> None:
        """Return when the event is on disk. Whatever keeps it from that is raised here."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        with self._wake:
            self._waiting.append(_Waiting(event, loop, done))
            self._wake.notify()
        await done

    def stop(self) -> None:
        """Write what waits, and end the thread."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join(timeout=20)

    def _run(self) -> None:
        while batch := self._next():
            failure: Exception | None = None
            try:
                self._write([waiting.event for waiting in batch])
            except Exception as error:  # every reader is told, whatever it was
                failure = error
            for loop in {waiting.loop for waiting in batch}:
                loop.call_soon_threadsafe(_resolver([w.done for w in batch if w.loop is loop], failure))

    def _write(self, events: list[Event]) -> None:
        """One durable transaction, with the driver's own cursor: a quarter of the price of `audit.append`."""
        if self._connection is None:
            self._connection = self._database.driver_connection()
        try:
            with self._connection.transaction() as execute:
                for municipality_no in sorted({event.municipality_no for event in events}):
                    _append(execute, municipality_no, [e for e in events if e.municipality_no == municipality_no])
        except Exception:
            self._connection.close()
            self._connection = None  # the next batch begins with a fresh one
            raise

    def _next(self) -> list[_Waiting]:
        """Everything that waits, as soon as something does; empty when the thread should end."""
        with self._wake:
            self._wake.wait_for(lambda: self._waiting or self._stopping)
            batch, self._waiting = self._waiting[:_MOST_AT_ONCE], self._waiting[_MOST_AT_ONCE:]
            return batch


_COLUMNS = (
    "municipality_no, seq, occurred_at, actor_id, actor_kind, purpose, action, record_type, record_ids, fields,"
    " request_id, previous_hash, hash"
)
_INSERT = f"INSERT INTO audit_event ({_COLUMNS}) VALUES ({', '.join('?' * 13)})"  # noqa: S608 - our own columns


def _append(execute: Execute, municipality_no: str, events: list[Event]) -> None:
    """What `audit.append` does, in the driver's words."""
    start = "INSERT INTO audit_head (municipality_no, seq, hash) VALUES (?, 0, ?) ON CONFLICT DO NOTHING"
    lock = "UPDATE audit_head SET seq = seq WHERE municipality_no = ? RETURNING seq, hash"
    head = execute(lock, [(municipality_no,)])
    if head is None:
        execute(start, [(municipality_no, GENESIS)])
        head = execute(lock, [(municipality_no,)])
    assert head is not None  # noqa: S101 - it was made the line before
    links = chain(events, int(head[0]), str(head[1]))
    execute(_INSERT, [_row(link) for link in links])
    moved = "UPDATE audit_head SET seq = ?, hash = ? WHERE municipality_no = ?"
    execute(moved, [(links[-1].seq, links[-1].hash, municipality_no)])


def _row(link: Link) -> tuple[object, ...]:
    e = link.event
    place = (link.previous_hash, link.hash)
    what = (e.action, e.record_type, list(e.record_ids), list(e.fields), e.request_id)
    return (e.municipality_no, link.seq, e.occurred_at, e.actor_id, e.actor_kind, e.purpose, *what, *place)


def _resolver(futures: "list[asyncio.Future[None]]", failure: Exception | None) -> Callable[[], None]:
    def resolve() -> None:
        for future in futures:
            if future.done():  # the client went away
                continue
            if failure is None:
                future.set_result(None)
            else:
                future.set_exception(failure)

    return resolve
