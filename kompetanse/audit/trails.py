"""Appends batches of events with the database's own driver: `audit.service.append` at a quarter of its price.

Measured: SQLite waits for the disk inside the call, so it has a thread; PostgreSQL is waited for on the event
loop, because a thread that talks to it fights the loop for the interpreter at every packet. Both take turns with
ordinary transactions, of this process and of others, at the municipality's row in `audit_head`.
"""

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Any, Protocol

import orjson
import psycopg

from kompetanse.audit.rules import GENESIS, Event, Link, chain
from kompetanse.database import EVERYWHERE, SCOPE_SETTING, Database

End = tuple[int, str]
"""Number and hash of a chain's last event."""


class Trail(Protocol):
    """Where events are appended."""

    async def append(self, events: Sequence[Event]) -> None:
        """Return when the events are on disk, each at the end of its municipality's chain."""

    def close(self) -> None:
        """Disconnect."""


def trail_of(database: Database) -> Trail:
    """The trail of a database, not yet connected."""
    return FileTrail(database) if database.is_sqlite else ServerTrail(database)


def _by_municipality(events: Sequence[Event]) -> list[tuple[str, list[Event]]]:
    """In one order, so that two who lock several chains never wait in a circle."""
    ordered = sorted(events, key=lambda event: event.municipality_no)
    return [(number, list(group)) for number, group in groupby(ordered, key=lambda event: event.municipality_no)]


_COLUMNS = (
    "municipality_no", "seq", "occurred_at", "actor_id", "actor_kind", "purpose", "action", "record_type",
    "record_ids", "fields", "request_id", "previous_hash", "hash",
)  # fmt: skip
_START = "INSERT INTO audit_head (municipality_no, seq, hash) VALUES (:no, 0, :genesis) ON CONFLICT DO NOTHING"
_LOCK_FILE = "UPDATE audit_head SET seq = seq WHERE municipality_no = :no RETURNING seq, hash"
_INSERT = f"INSERT INTO audit_event ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * 13)})"  # noqa: S608 - ours
_MOVE = "UPDATE audit_head SET seq = :seq, hash = :hash WHERE municipality_no = :no"


class FileTrail:
    """SQLite: one thread, one transaction a batch."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, "audit-trail")
        self._connection: sqlite3.Connection | None = None

    async def append(self, events: Sequence[Event]) -> None:
        """See `Trail.append`."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._append, events)

    def close(self) -> None:
        """See `Trail.close`."""
        if self._connection is not None:
            self._thread.submit(self._connection.close)
        self._thread.shutdown()

    def _append(self, events: Sequence[Event]) -> None:
        if self._connection is None:
            self._connection = self._database.open_file()
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            for municipality_no, own in _by_municipality(events):
                _append_to_file(connection, municipality_no, own)
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()  # does nothing where SQLite undid it already
            raise


def _append_to_file(connection: sqlite3.Connection, municipality_no: str, events: list[Event]) -> None:
    found = connection.execute(_LOCK_FILE, {"no": municipality_no}).fetchone()
    if found is None:
        connection.execute(_START, {"no": municipality_no, "genesis": GENESIS})
    links = chain(events, *(found or (0, GENESIS)))
    connection.executemany(_INSERT, [_file_row(link) for link in links])
    connection.execute(_MOVE, {"no": municipality_no, "seq": links[-1].seq, "hash": links[-1].hash})


def _file_row(link: Link) -> tuple[object, ...]:
    """The values as SQLAlchemy stores them in SQLite."""
    e = link.event
    who = (e.actor_id.hex, e.actor_kind, e.purpose, e.action, e.record_type)
    what = (json.dumps(e.record_ids), json.dumps(e.fields), e.request_id)
    occurred_at = e.occurred_at.strftime("%Y-%m-%d %H:%M:%S.%f")
    return (e.municipality_no, link.seq, occurred_at, *who, *what, link.previous_hash, link.hash)


_LOCK_SERVER = "SELECT seq, hash FROM audit_head WHERE municipality_no = %(no)s FOR UPDATE"
_APPEND = """
    WITH moved AS (
        UPDATE audit_head SET seq = %(seq)s, hash = %(hash)s
        WHERE municipality_no = %(no)s AND seq = %(after)s AND hash = %(after_hash)s RETURNING 1
    ), written AS (
        INSERT INTO audit_event SELECT e.* FROM moved, json_populate_recordset(NULL::audit_event, %(events)s) e
    )
    SELECT count(*) FROM moved
"""
"""Moves the chain's end and writes the events, if the end is still the one that they were chained to."""


class ServerTrail:
    """PostgreSQL: one statement a batch, which is one round trip and one commit.

    The end of each chain is remembered. Whoever else appended meanwhile moved it, so the statement did
    nothing; then the end is locked, read, and the batch chained anew.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._ends: dict[str, End] = {}

    async def append(self, events: Sequence[Event]) -> None:
        """See `Trail.append`."""
        connection = await self._connected()
        for municipality_no, own in _by_municipality(events):
            end = self._ends.get(municipality_no)
            links = chain(own, *end) if end else []
            if end is None or not await _append_after(connection, end, links):
                links = await _append_locked(connection, municipality_no, own)
            self._ends[municipality_no] = (links[-1].seq, links[-1].hash)

    def close(self) -> None:
        """See `Trail.close`."""
        if self._connection is not None:
            self._connection.pgconn.finish()

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(self._database.conninfo(), autocommit=True)
            await self._connection.execute("SELECT set_config(%s, %s, false)", (SCOPE_SETTING, EVERYWHERE))
        return self._connection


async def _append_after(connection: psycopg.AsyncConnection[Any], end: End, links: list[Link]) -> bool:
    """Append what is chained to `end`; False when that is no longer the end, and nothing was written."""
    values = {
        "no": links[0].event.municipality_no,
        "after": end[0],
        "after_hash": end[1],
        "seq": links[-1].seq,
        "hash": links[-1].hash,
        "events": orjson.dumps([_server_row(link) for link in links]).decode(),
    }
    row = await (await connection.execute(_APPEND, values, prepare=True)).fetchone()
    return bool(row and row[0])


async def _append_locked(
    connection: psycopg.AsyncConnection[Any], municipality_no: str, events: list[Event]
) -> list[Link]:
    """Append while nobody else can."""
    async with connection.transaction():
        await connection.execute(_START_SERVER, {"no": municipality_no, "genesis": GENESIS})
        found = await (await connection.execute(_LOCK_SERVER, {"no": municipality_no})).fetchone()
        assert found is not None  # noqa: S101 - it was made the line before
        links = chain(events, *found)
        await _append_after(connection, found, links)
    return links


_START_SERVER = _START.replace(":no", "%(no)s").replace(":genesis", "%(genesis)s")


def _server_row(link: Link) -> dict[str, object]:
    """The event under its columns' names."""
    e = link.event
    return {
        "municipality_no": e.municipality_no,
        "seq": link.seq,
        "occurred_at": e.occurred_at.isoformat(),
        "actor_id": e.actor_id.hex,
        "actor_kind": e.actor_kind,
        "purpose": e.purpose,
        "action": e.action,
        "record_type": e.record_type,
        "record_ids": e.record_ids,
        "fields": e.fields,
        "request_id": e.request_id,
        "previous_hash": link.previous_hash,
        "hash": link.hash,
    }
