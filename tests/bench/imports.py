"""Imports at size: a spreadsheet of people beside raw COPY of the rows that it led to, and beside the ORM."""

import csv
import gc
import io
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
import xlsxwriter
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from kompetanse import audit, migrations
from kompetanse.actor import system_actor
from kompetanse.codes.imports import ImportKind
from kompetanse.competence.parts import TABLES
from kompetanse.competence.tables import Profile
from kompetanse.database import Database, Owned
from kompetanse.exchange import service
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.people_columns import COLUMNS
from kompetanse.exchange.service import Sent
from kompetanse.exchange.spreadsheets import read_table
from kompetanse.people.tables import Consent, ContactPoint, Household, HouseholdMember, Person
from kompetanse.taxonomy.lexicon import starter_lexicon
from tests.bench.import_sheets import sheet
from tests.bench.results import Results, Row
from tests.support import postgres

PEOPLE, ORM_PEOPLE, READ_ROWS = 100_000, 5_000, 100_000
MUNICIPALITY = "5014"
_COUNTED = 500
_LEAST_OF_COPY, _LEAST_OF_ORM, _LEAST_READ = 0.15, 8.0, 40_000
_WRITTEN: tuple[type[Owned], ...] = (
    Person,
    ContactPoint,
    Profile,
    *TABLES.values(),
    Consent,
    Household,
    HouseholdMember,
)


def run() -> list[Results]:
    """A hundred thousand people on each database, and the reading of a workbook alone."""
    _warm_up()
    rows: list[Row] = []
    content = sheet(PEOPLE)
    with tempfile.TemporaryDirectory() as folder:
        rows.append(_sqlite(Path(folder), content))
    with postgres.start(durable=True) as cluster:
        rows.append(_postgresql(cluster, content))
    columns = (
        *("", "rows/s", "rows written", "of raw COPY", "target"),
        *("ORM add_all a row, rows/s", "times it", "target", "ORM all at once, rows/s", "times it"),
    )
    title = f"{PEOPLE:,} people out of a CSV of {len(content) >> 20} MB"
    return [Results(title, columns, rows), _workbook()]


def _warm_up() -> None:
    """Be as a server is that has linked words before (which takes three seconds once)."""
    for word in ("kokk", "księgowa"):
        starter_lexicon().occupation(word)
    gc.collect()
    gc.freeze()


def _sqlite(folder: Path, content: bytes) -> Row:
    migrations.upgrade(f"sqlite:///{folder / 'bench.db'}")
    database = Database(f"sqlite:///{folder / 'bench.db'}")
    ours = _imported(database, content)
    stored = _stored(database, ORM_PEOPLE)
    written = _counted(database)
    database.dispose()
    for name in ("orm", "once"):
        migrations.upgrade(f"sqlite:///{folder / name}.db")
    theirs = _by_orm(Database(f"sqlite:///{folder / 'orm.db'}"), stored, each=True)
    at_once = _by_orm(Database(f"sqlite:///{folder / 'once.db'}"), stored, each=False)
    return _told("SQLite", ours, written, None, (theirs, at_once))


def _postgresql(cluster: Any, content: bytes) -> Row:
    for name in ("bench", "copy", "orm", "once"):
        cluster.create_database(name)
        migrations.upgrade(cluster.url(name))
    database = Database(cluster.url("bench"))
    ours = _imported(database, content)
    stored, written = _stored(database, ORM_PEOPLE), _counted(database)
    database.dispose()
    admin = cluster.admin_url.replace("postgresql+psycopg://", "postgresql://")
    copied = _by_copy(admin.replace("/postgres?", "/bench?"), admin.replace("/postgres?", "/copy?"))
    theirs = _by_orm(Database(cluster.url("orm")), stored, each=True)
    at_once = _by_orm(Database(cluster.url("once")), stored, each=False)
    return _told("PostgreSQL", ours, written, copied, (theirs, at_once))


def _told(label: str, ours: float, written: int, copied: float | None, orm: tuple[float, float]) -> Row:
    rate = PEOPLE / ours
    of_copy, times = copied / ours if copied else None, rate / orm[0]
    cells = (
        label,
        f"{rate:,.0f}",
        f"{written:,}",
        f"{of_copy:.2f}" if of_copy else "",
        f"{_LEAST_OF_COPY}" if of_copy else "",
        f"{orm[0]:,.0f}",
        f"{times:.1f}",
        f"{_LEAST_OF_ORM}",
        f"{orm[1]:,.0f}",
        f"{rate / orm[1]:.1f}",
    )
    return Row(cells, (of_copy is None or of_copy >= _LEAST_OF_COPY) and times >= _LEAST_OF_ORM)


def _imported(database: Database, content: bytes) -> float:
    """Seconds of an import with validation, linking, comparison with the registry, audit and commit."""
    audit.install(database)
    began = time.perf_counter()
    with database.session(MUNICIPALITY) as session:
        sent = Sent(content, "people.csv", limits=Limits(file_bytes=len(content)))
        report = service.import_file(session, system_actor(MUNICIPALITY), ImportKind.PEOPLE, sent, apply=True)
    seconds = time.perf_counter() - began
    if report.accepted < PEOPLE * 0.99:
        raise RuntimeError(f"Only {report.accepted} rows were accepted")
    return seconds


def _counted(database: Database) -> int:
    with database.session(MUNICIPALITY, write=False) as session:
        counts = (select(func.count()).select_from(SQLModel.metadata.tables[_name(one)]) for one in _WRITTEN)
        return sum(session.scalars(count).one() for count in counts)


def _name(table: type[SQLModel]) -> str:
    return str(table.__tablename__)


def _stored(database: Database, people: int) -> list[list[tuple[type[Owned], Mapping[str, Any]]]]:
    """The rows of some of the people, by person."""
    with database.session(MUNICIPALITY, write=False) as session:
        ids = list(session.scalars(select(Person.id).order_by(Person.id).limit(people)))  # type: ignore[call-overload]
        found: dict[Any, list[tuple[type[Owned], Mapping[str, Any]]]] = {one: [] for one in ids}
        for table in _WRITTEN[:-2]:
            for row in session.execute(select(SQLModel.metadata.tables[_name(table)])).mappings():
                owner = row["id" if table is Person else "person_id"]
                if owner in found:
                    found[owner].append((table, dict(row)))
    return list(found.values())


def _by_orm(database: Database, people: list[list[tuple[type[Owned], Mapping[str, Any]]]], *, each: bool) -> float:
    """People a second, each of whose rows is made as an object and added.

    With `each`, a row of the sheet is flushed before the next; otherwise everybody is first, as others refer to them,
    and then all that is theirs at once.
    """
    began = time.perf_counter()
    with database.session(MUNICIPALITY) as session:
        if each:
            _row_by_row(session, people)
        else:
            _at_once(session, people)
    seconds = time.perf_counter() - began
    database.dispose()
    return len(people) / seconds


def _row_by_row(session: Session, people: list[list[tuple[type[Owned], Mapping[str, Any]]]]) -> None:
    for number, ((table, values), *others) in enumerate(people):
        session.add(table(**values))
        session.flush()
        session.add_all([table(**values) for table, values in others])
        session.flush()
        if number == _COUNTED:
            _count(session)


def _at_once(session: Session, people: list[list[tuple[type[Owned], Mapping[str, Any]]]]) -> None:
    session.add_all([table(**values) for (table, values), *_ in people])
    session.flush()
    _count(session)
    for _, *others in people:
        session.add_all([table(**values) for table, values in others])


def _count(session: Session) -> None:
    """Or PostgreSQL checks keys by a plan for an empty table, ten times as slowly."""
    if session.connection().dialect.name != "sqlite":
        session.connection().exec_driver_sql("ANALYZE person")


def _by_copy(source: str, target: str) -> float:
    """Seconds in which the same rows are copied into empty tables, from memory, in one transaction."""
    with psycopg.connect(source) as reading, psycopg.connect(target) as writing:
        seconds = 0.0
        for table in _WRITTEN:
            with reading.cursor() as cursor, cursor.copy(f"COPY {_name(table)} TO STDOUT") as copy:
                content = b"".join(bytes(block) for block in copy)
            began = time.perf_counter()
            with writing.cursor() as cursor, cursor.copy(f"COPY {_name(table)} FROM STDIN") as copy:
                for start in range(0, len(content), 1 << 18):
                    copy.write(content[start : start + (1 << 18)])
            seconds += time.perf_counter() - began
        began = time.perf_counter()
        writing.commit()
        return seconds + time.perf_counter() - began


def _workbook() -> Results:
    """Rows a second of a workbook, its zip looked at, and every cell made text."""
    content = _as_workbook(sheet(READ_ROWS).decode("utf-8-sig"))
    began = time.perf_counter()
    table = read_table(content, "people.xlsx", knows=COLUMNS.knows, limits=Limits(file_bytes=len(content)))
    rows = sum(1 for _ in table.rows)
    rate = rows / (time.perf_counter() - began)
    cells = (f"{rows:,}", f"{len(table.headers)}", f"{rate:,.0f}", f"{_LEAST_READ:,}")
    return Results("XLSX, read", ("rows", "columns", "rows/s", "target"), [Row(cells, rate >= _LEAST_READ)])


def _as_workbook(text: str) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as workbook:
        worksheet = workbook.add_worksheet("Folk")
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=";")):
            worksheet.write_row(number, 0, row)
    return content.getvalue()
