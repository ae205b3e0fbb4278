"""Runs the documents of `kompetanse.documents` and the selects of `kompetanse.prepared` without the ORM.

Measured on two cores: SQLite answers such a statement faster than a thread can be woken, so it runs on
the event loop; PostgreSQL is waited for, so it runs on an asynchronous pool. Callers only `await`.
"""

import sqlite3
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from psycopg import AsyncConnection
from psycopg.types.json import set_json_loads
from psycopg_pool import AsyncConnectionPool

from kompetanse.database import SCOPE_SETTING, Database
from kompetanse.documents import Document
from kompetanse.prepared import Asked, Result, Row, Steps


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as JSON text, and its version."""

    version: int
    json: str


class HotReader:
    """Fetches documents from one database. Open it inside the event loop that will use it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: sqlite3.Connection | None = None
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] | None = None

    async def open(self) -> None:
        """Connect."""
        if self._database.is_sqlite:
            self._file = self._database.open_file("PRAGMA query_only=ON")
            return
        conninfo = self._database.conninfo()
        self._pool = AsyncConnectionPool(
            conninfo, min_size=2, max_size=8, open=False, kwargs={"autocommit": True}, configure=_prepare
        )
        await self._pool.open(wait=True)

    async def close(self) -> None:
        """Disconnect."""
        if self._file is not None:
            self._file.close()
        if self._pool is not None:
            await self._pool.close()

    async def fetch(self, document: Document, municipality_no: str, person_id: UUID) -> Fetched | None:
        """The document, or None when there is no such person in the municipality."""
        if self._file is not None:
            values = {"municipality_no": municipality_no, "person_id": person_id.hex}
            row = self._file.execute(document.sqlite, values).fetchone()
            return Fetched(*row) if row else None
        return await self._from_server(document, municipality_no, person_id)

    async def _from_server(self, document: Document, municipality_no: str, person_id: UUID) -> Fetched | None:
        assert self._pool is not None, "HotReader.open was not awaited"  # noqa: S101 - a programming error
        values = {"municipality_no": municipality_no, "person_id": person_id}
        async with self._pool.connection() as connection:
            cursor = await connection.execute(document.postgresql.encode(), values, prepare=True)
            row = await cursor.fetchone()
        return Fetched(*row) if row else None

    async def run(self, steps: Steps[Result], municipality_no: str) -> Result:
        """Take the steps of a prepared read, each statement by itself, in one municipality."""
        try:
            asked = next(steps)
            while True:
                rows = await self._rows(asked, municipality_no)
                asked = steps.send(rows)
        except StopIteration as done:
            result: Result = done.value
            return result

    async def _rows(self, asked: Asked, municipality_no: str) -> list[Row]:
        if self._file is not None:
            compiled = asked.prepared.sqlite
            return compiled.rows(self._file.execute(compiled.sql, compiled.bound(asked.values)).fetchall())
        assert self._pool is not None, "HotReader.open was not awaited"  # noqa: S101 - a programming error
        compiled = asked.prepared.postgresql
        async with self._pool.connection() as connection, connection.pipeline():
            # Until the pipeline ends the two are one transaction, so the scope ends with it.
            await connection.execute("SELECT set_config(%s, %s, true)", (SCOPE_SETTING, municipality_no))
            cursor = await connection.execute(compiled.sql.encode(), compiled.bound(asked.values), prepare=True)
            return compiled.rows(await cursor.fetchall())


async def _prepare(connection: AsyncConnection[Any]) -> None:
    """Lists of codes are read by the quicker parser."""
    set_json_loads(orjson.loads, connection)
