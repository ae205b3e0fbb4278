"""Fresh databases without making one for each test: PostgreSQL takes longer for that than most tests run.

A worker has one database. It is lent to a test, and emptied when the test gives it back. A test that changes its shape
or fills it with a lot gets rid of it, and the next is lent another.
"""

from dataclasses import dataclass, field
from itertools import count

import psycopg

from tests.support.postgres import Cluster

_MOST_BYTES = 8 * 1024 * 1024
"""What a database may grow by: deleted rows leave their pages behind, and nothing sweeps them up."""

_SHAPE = """
    SELECT count(*), max(changed) FROM (
        SELECT xmin::text::bigint AS changed FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT xmin::text::bigint FROM pg_attribute WHERE attrelid >= 16384
        UNION ALL SELECT xmin::text::bigint FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT xmin::text::bigint FROM pg_policy
    ) AS parts
"""
"""Changes with any table, column, index, sequence, constraint or policy. Numbers below 16384 are PostgreSQL's own."""

_SIZE = "SELECT pg_database_size(current_database())"

_SEND_AWAY = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""

_EMPTY = """
    DO $$ DECLARE one regclass; BEGIN
        SET LOCAL session_replication_role = replica; -- no foreign key is asked, since everything goes
        FOR one IN
            SELECT oid FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
            AND pg_relation_size(oid) > 0
        LOOP
            EXECUTE format('DELETE FROM %s', one);
        END LOOP;
        PERFORM setval(oid::regclass, 1, false) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
    END $$
"""


@dataclass(slots=True)
class _Lent:
    """One database, the superuser's connection to it, and what it was when it was made."""

    name: str
    connection: psycopg.Connection[tuple[int, ...]]
    shape: tuple[int, ...]
    size: int

    def ask(self, query: str) -> tuple[int, ...]:
        row = self.connection.execute(query.encode()).fetchone()
        assert row is not None
        return row


@dataclass(slots=True)
class Lender:
    """Lends one database at a time, a copy of `template`."""

    cluster: Cluster
    template: str
    _lent: _Lent | None = None
    _numbers: "count[int]" = field(default_factory=count)

    def lend(self) -> str:
        """The name of an empty database."""
        if self._lent is None:
            self._lent = self._make()
        return self._lent.name

    def take_back(self) -> None:
        """End whoever is still connected, and empty the database or drop it."""
        lent = self._lent
        if lent is None:
            return
        lent.connection.execute(_SEND_AWAY)
        if lent.ask(_SHAPE) != lent.shape or lent.ask(_SIZE)[0] > lent.size + _MOST_BYTES:
            self.close()
        else:
            lent.connection.execute(_EMPTY)

    def close(self) -> None:
        """Drop the database."""
        if self._lent is not None:
            lent, self._lent = self._lent, None
            lent.connection.close()
            self.cluster.drop_database(lent.name)

    def _make(self) -> _Lent:
        name = f"{self.template}_{next(self._numbers)}"
        self.cluster.create_database(name, template=self.template)
        lent = _Lent(name, self.cluster.connect(name), (), 0)
        lent.shape, (lent.size,) = lent.ask(_SHAPE), lent.ask(_SIZE)
        return lent
