"""Engine, session and transaction. Whatever differs between SQLite and PostgreSQL is here and nowhere else."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg.conninfo import make_conninfo
from pydantic import ConfigDict
from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Connection,
    Engine,
    Insert,
    Integer,
    UniqueConstraint,
    create_engine,
    event,
    literal,
    make_url,
)
from sqlalchemy import Enum as SAEnum
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import SessionTransaction
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Field, Session, SQLModel

from kompetanse import clock
from kompetanse.ids import new_id

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

EVERYWHERE = "*"
"""The row-level scope of the deployment itself: migrations, log-in, jobs over all municipalities."""

SCOPE_SETTING = "kompetanse.municipality"
"""The setting that PostgreSQL's row-level security policies compare with."""

_BUSY_MILLISECONDS = 15_000

_PLANS_IN_BULK = "SET LOCAL enable_nestloop = off; SET LOCAL plan_cache_mode = force_custom_plan"
"""Behind row-level security PostgreSQL expects one row in two hundred of those there are, and loops over thousands.
And from a statement's eleventh time on it keeps one plan for any values: four times as slow for pages of an export.
"""

_CACHE, _SMALL_CACHE = "PRAGMA cache_size=-65536", "PRAGMA cache_size=-8192"
"""Of each connection, in KiB. Whoever reads everything once needs no more than the small, and would fill the large."""

_SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what was acknowledged is on disk
    "PRAGMA foreign_keys=ON",
    _CACHE,
)

DERIVED = "derived"
"""In a table's `info`: its rows are made of the others', so they are made anew and never moved or kept."""

SETTLED = "settled"
"""In a table's `info`: a function of connection, table, municipality and two people, the one that goes and the one that
stays, which makes their rows such that all can be one person's."""

OPENS = "opens"
"""In a table's `info`: its rows let a person in to what is hers, so they end when her record is archived or merged."""

JSON_LIST: Any = JSON(none_as_null=True)
"""Column type for a list of codes; an empty list and "not stated" (NULL) stay different values."""


class Table(SQLModel):
    """Base of what is stored. Assignment is validated, so a wrong type fails where it is written."""

    model_config = ConfigDict(validate_assignment=True)  # type: ignore[assignment]


class Owned(Table):
    """Base of the tables that a municipality owns: its number leads the key and every index."""

    municipality_no: str = Field(primary_key=True, max_length=4)
    id: UUID = Field(default_factory=new_id, primary_key=True)


def closed(values: type[Enum], name: str = "") -> Any:  # noqa: ANN401 - SQLModel's `sa_type` has no narrower type
    """Column type for a closed set: stores the *values* as text, with a CHECK on both databases.

    `name` names the CHECK where a table has several columns of one set.
    """
    return SAEnum(
        values,
        native_enum=False,
        create_constraint=True,
        name=name or values.__name__.lower(),
        length=32,
        values_callable=lambda enum: [member.value for member in enum],
    )


def check(condition: str, name: str) -> CheckConstraint:
    """A named CHECK; `Field(ge=…)` alone makes none."""
    return CheckConstraint(condition, name=name)


class Database:
    """One database, embedded or server. Sessions commit only through `session`.

    `derived` is a folder of this machine for files that are made of what the database holds, and can be made anew;
    sessions tell it in `info["derived"]`, and in `info["semantic"]` whether skills are found by meaning too.
    """

    def __init__(self, url: str, derived: Path | None = None, *, semantic: bool = False) -> None:
        self.url = make_url(url)
        self.derived = derived
        self.semantic = semantic
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = self._sqlite_engine() if self.is_sqlite else self._server_engine()
        self._read_engine = self.engine.execution_options(begin="DEFERRED") if self.is_sqlite else self.engine
        self.before_commit: list[Callable[[Session], None]] = []

    def _sqlite_engine(self) -> Engine:
        if self.url.database and self.url.database != ":memory:":
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            self.url,
            hide_parameters=True,
            connect_args={"check_same_thread": False, "timeout": _BUSY_MILLISECONDS / 1000},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _server_engine(self) -> Engine:
        return create_engine(self.url, hide_parameters=True, pool_size=10, max_overflow=10, pool_pre_ping=True)

    @contextmanager
    def session(self, scope: str, *, write: bool = True, in_bulk: bool = False) -> Iterator[Session]:
        """A session whose work is committed when the block ends well, and undone when it does not.

        `scope` is the municipality whose rows may be seen, or `EVERYWHERE`; PostgreSQL's row-level
        security holds it even where a filter was forgotten. With `write=False` SQLite takes no write
        lock, so readers never wait for each other. `in_bulk` is for thousands of rows at a time: they
        pass SQLite through a small cache; readers on PostgreSQL see the database in every statement as in the first (on
        SQLite they always do), and each is planned for its own values, without nested loops.
        """
        with self._open(scope, write=write) as session:
            if in_bulk:
                self._prepare_bulk(session)
            yield session
            for finish in self.before_commit:
                finish(session)
            session.commit()

    def _prepare_bulk(self, session: Session) -> None:
        if self.is_sqlite:
            session.connection().exec_driver_sql(_SMALL_CACHE)
            event.listen(session, "before_commit", lambda ended: ended.connection().exec_driver_sql(_CACHE))
        elif not session.info["write"]:
            connection = session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            connection.exec_driver_sql(_PLANS_IN_BULK)

    @contextmanager
    def _open(self, scope: str, *, write: bool) -> Iterator[Session]:
        engine = self.engine if write else self._read_engine
        with Session(engine, expire_on_commit=False, autoflush=True) as session:
            session.info["scope"] = scope
            session.info["write"] = write
            session.info["derived"] = self.derived
            session.info["semantic"] = self.semantic
            if not self.is_sqlite:
                event.listen(session, "after_begin", _scope_transaction)
            yield session

    def follow_up(self, session: Session) -> "Session":
        """End a reading transaction and go on in a writing one (SQLite cannot upgrade a stale read)."""
        if self.is_sqlite and not session.info["write"]:
            session.rollback()
            session.bind = self.engine
            session.info["write"] = True
        return session

    def open_file(self, *pragmas: str) -> sqlite3.Connection:
        """A connection of SQLite's own driver, for the few hot statements. Whoever opens it closes it."""
        connection = sqlite3.connect(
            str(self.url.database), isolation_level=None, check_same_thread=False, cached_statements=64
        )
        for pragma in (*_SQLITE_PRAGMAS, *pragmas):
            connection.execute(pragma)
        return connection

    def conninfo(self) -> str:
        """Where PostgreSQL is, for its own driver and the few hot statements."""
        parts = self.url.translate_connect_args(username="user", database="dbname")
        return make_conninfo(**{**parts, **self.url.query}, options="-c timezone=UTC")

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # BEGIN is ours to send (see `_begin_sqlite`)
    connection.create_function("sha256_hex", 1, _sha256_hex, deterministic=True)  # PostgreSQL has its own
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _sha256_hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _scope_transaction(session: Session, _: SessionTransaction | None, connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT set_config('{SCOPE_SETTING}', %s, true)", (session.info["scope"],))


@contextmanager
def seeing_all(session: Session) -> Iterator[None]:
    """Let a session see and write the rows of every municipality for a while, in the transaction that it is in.

    For what several municipalities have agreed to do together, and must happen for all of them or for none.
    """
    own = session.info["scope"]
    session.info["saw_all"] = True
    _scope(session, EVERYWHERE)
    try:
        yield
        session.flush()
    except DBAPIError:  # the transaction is lost, and with it the scope
        session.info["scope"] = own
        raise
    except Exception:
        _scope(session, own)
        raise
    _scope(session, own)


def _scope(session: Session, scope: str) -> None:
    session.info["scope"] = scope
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        _scope_transaction(session, None, connection)


def violated_constraint(error: IntegrityError) -> str | None:
    """The name of the constraint that refused a change; the error's own text holds the row's values."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name) if diagnosis.constraint_name else None
    kind, _, rest = str(error.orig).partition(" constraint failed: ")
    if kind == "CHECK":
        return rest
    columns = [column.partition(".") for column in rest.split(", ")]
    table = SQLModel.metadata.tables.get(columns[0][0])
    named = {c for _, _, c in columns}
    constraints = table.constraints if table is not None else ()
    unique = (c for c in constraints if isinstance(c, UniqueConstraint) and set(c.columns.keys()) == named)
    return next((str(c.name) for c in unique), None)


def insert_or_ignore(connection: Connection, table: type[SQLModel]) -> Insert:
    """An insert that does nothing when the row is there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement: Insert = dialect.insert(table).on_conflict_do_nothing()
    return statement


def add_once(session: Session, row: Table) -> bool:
    """Insert a row unless its like is there, or is being made at this very moment; whether it was inserted.

    The row itself stays outside the session: read it anew to change it.
    """
    statement = insert_or_ignore(session.connection(), type(row)).values(row.model_dump())
    return session.execute(statement.returning(literal(1))).first() is not None


class _Position(FunctionElement[int]):
    """Where a text begins in another, from 1 on; 0 where it does not. Quicker than LIKE, which is made for patterns."""

    type = Integer()
    inherit_cache = True


@compiles(_Position)
def _position(element: _Position, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own signature
    name = "instr" if compiler.dialect.name == "sqlite" else "strpos"
    return f"{name}({compiler.process(element.clauses, **kw)})"


def holds_text(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Whether a column holds a text somewhere, letter for letter."""
    return _Position(column, literal(text)) > 0


def count_up(row: Any) -> None:  # noqa: ANN401 - any table with a version
    """Mark a row as another version that says the same: nobody stated anything anew."""
    row.version += 1


def touch(row: Any) -> None:  # noqa: ANN401 - any table with a version
    """Mark a row as changed now: the next version, and when."""
    row.version += 1
    row.updated_at = clock.now()
