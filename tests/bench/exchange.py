"""Exports at size: a million lines over HTTP beside the database's own command line writing the same select."""

import hashlib
import http.client
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Dialect, select
from sqlalchemy.dialects.postgresql import dialect as postgresql
from sqlalchemy.dialects.sqlite import dialect as sqlite

from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.database import SCOPE_SETTING, Database
from kompetanse.exchange.job_seekers import WIDE
from kompetanse.exchange.job_service_people import PeoplePage
from kompetanse.exchange.job_service_queries import seekers
from kompetanse.exchange.job_service_wide import wide
from kompetanse.identity import service as identity
from kompetanse.identity.tokens import Tokens
from tests.bench import exchange_data
from tests.bench.exchange_data import MUNICIPALITY
from tests.bench.registry import SECRET
from tests.bench.resident import resident_mb
from tests.bench.results import Results, Row, Unmeasured
from tests.bench.servers import uvicorn, watched
from tests.support import postgres

PEOPLE, ROUNDS = 1_000_000, 3
ADDRESS = "/api/v1/exports/job-service.csv"
_MOST_MB, _MOST_FIRST_S, _MOST_HEALTH_MS = 60, 1.0, 20.0
_LEAST_RATIO = {"PostgreSQL": 0.45, "SQLite": 0.5}
_EVERY_S, _ALONE_S = 0.02, 10.0

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Exported:
    """One export over HTTP: seconds, rows, what the server grew by, what a request beside it waits, and one alone."""

    seconds: float
    first: float
    rows: int
    grown_mb: float
    health_p99: float
    health_alone: float


def run() -> list[Results]:
    """A million people on each database, in turn with its own command line."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        exchange_data.migrate(f"sqlite:///{file}")
        exchange_data.fill(f"sqlite:///{file}", PEOPLE)
        rows += measured("SQLite", f"sqlite:///{file}", sqlite_command(file), PEOPLE)
    with postgres.start(durable=True) as cluster:
        cluster.create_database("bench")
        exchange_data.migrate(cluster.url("bench"))
        exchange_data.fill(cluster.admin_url.replace("/postgres?", "/bench?"), PEOPLE)
        command = postgresql_command(cluster.folder, "bench")
        rows += measured("PostgreSQL", cluster.url("bench"), command, PEOPLE)
    columns = (
        "",
        "rows/s",
        "command line, rows/s",
        "ratio",
        "target",
        "first byte s",
        "MB more",
        "healthz p99 ms",
        "alone",
    )
    return [Results(f"{PEOPLE:,} people x {len(WIDE)} columns", columns, rows)]


def measured(label: str, url: str, command: list[str], people: int, rounds: int = ROUNDS) -> list[Row]:
    """The export beside the command line, medians of the rounds; the ratio is of each round."""
    environment = {"KOMPETANSE_DATABASE_URL": url, "KOMPETANSE_SECRET_KEY": SECRET, "KOMPETANSE_TOKEN_MINUTES": "60"}
    ours: list[Exported] = []
    theirs: list[float] = []
    with watched(uvicorn("api.app:create_app", "--factory"), environment) as (port, process):
        token = _token(url)
        for _ in range(rounds):
            ours.append(_export(port, process, token))
            theirs.append(_written(command))
    if any(one.rows != people for one in ours):
        raise RuntimeError(f"Not everybody was exported: {[one.rows for one in ours]}")
    ratio = statistics.median(written / one.seconds for one, written in zip(ours, theirs, strict=True))
    first, grown, health, alone = (
        statistics.median(getattr(one, name) for one in ours)
        for name in ("first", "grown_mb", "health_p99", "health_alone")
    )
    target = _LEAST_RATIO[label]
    cells = (
        label,
        f"{people / statistics.median(one.seconds for one in ours):,.0f}",
        f"{people / statistics.median(theirs):,.0f}",
        f"{ratio:.2f}",
        f"{target}",
        f"{first:.2f}",
        f"{grown:.0f}",
        f"{health:.1f}",
        f"{alone:.1f}",
    )
    met = ratio >= target and first <= _MOST_FIRST_S and grown <= _MOST_MB and health <= _MOST_HEALTH_MS
    return [Row(cells, met)]


def _token(url: str) -> str:
    database = Database(url)
    with database.session(MUNICIPALITY) as session:
        client, _ = identity.issue_client(
            session, system_actor(MUNICIPALITY), name=f"bench {time.time()}", roles=[Role.JOB_SERVICE]
        )
    database.dispose()
    return Tokens(SECRET.encode(), 60).issue(client.client_id)[0]


def _export(port: int, process: int, token: str) -> Exported:
    """Download in a process of its own, so that it disturbs neither the server nor what is measured beside it."""
    alone = _Watched(port, process)
    alone.during(lambda: time.sleep(_ALONE_S))
    meanwhile = _Watched(port, process)
    command = [sys.executable, "-m", "tests.bench.exchange", str(port), token]
    done = meanwhile.during(lambda: subprocess.run(command, check=True, capture_output=True, text=True))
    found = json.loads(done.stdout)
    return Exported(found["seconds"], found["first"], int(found["rows"]), meanwhile.grown_mb, meanwhile.p99, alone.p99)


class _Watched:
    """What a server holds and how quickly it says that it lives, while something is done."""

    def __init__(self, port: int, process: int) -> None:
        self._port, self._process = port, process
        self._before = resident_mb(process)
        self.grown_mb, self._waits = 0.0, [0.0]
        self._over = threading.Event()

    @property
    def p99(self) -> float:
        """Of the waits, in milliseconds."""
        return sorted(self._waits)[int(len(self._waits) * 0.99)]

    def during(self, do: Callable[[], Done]) -> Done:
        """Do something, and watch."""
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        try:
            return do()
        finally:
            self._over.set()
            watcher.join()

    def _watch(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        while not self._over.wait(_EVERY_S):
            asked = time.perf_counter()
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            self._waits.append((time.perf_counter() - asked) * 1000)
            self.grown_mb = max(self.grown_mb, resident_mb(self._process) - self._before)


def _written(command: list[str]) -> float:
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=out)
        return time.perf_counter() - began


def postgresql_command(folder: Path, database: str) -> list[str]:
    """`psql` writing the same select by COPY, without what makes a cell safe.

    Without nested loops, as ours: behind row-level security it plans them, and takes twice as long.
    """
    program = shutil.which("psql")
    if program is None:
        raise Unmeasured("psql is not installed: Debian's package postgresql-client")
    scope = f"SELECT set_config('{SCOPE_SETTING}', '{MUNICIPALITY}', false)"
    copy = f"COPY ({_same_select(postgresql())}) TO STDOUT WITH (FORMAT csv, DELIMITER ';', HEADER)"  # type: ignore[no-untyped-call]
    steps = (scope, "SET enable_nestloop = off", copy)
    commands = [part for step in steps for part in ("-c", step)]
    return [program, "-q", "-h", str(folder), "-U", postgres.APPLICATION_ROLE, database, *commands]


def sqlite_command(file: Path) -> list[str]:
    """`sqlite3` writing the same select; it has no SHA-256, so the plain id stands for the reference."""
    program = shutil.which("sqlite3")
    if program is None:
        raise Unmeasured("sqlite3 is not installed: Debian's package sqlite3")
    statement = _same_select(sqlite()).replace("sha256_hex(", "(")
    return [program, "-csv", "-header", "-separator", ";", f"file:{file}?mode=ro", statement]


def _same_select(dialect: Dialect) -> str:
    today = clock.today()
    found = wide(PeoplePage(MUNICIPALITY, seekers(system_actor(MUNICIPALITY), today), today)).subquery("found")
    values = select(*(found.c[field.name] for field in WIDE)).order_by(found.c.person_id)
    values = values.params(after=UUID(int=0), until=UUID(int=2**128 - 1))
    return str(values.compile(dialect=dialect, compile_kwargs={"literal_binds": True})).replace("%%", "%")


def _download(port: int, token: str) -> dict[str, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    authorised = {"Authorization": f"Bearer {token}"}
    began = time.perf_counter()
    connection.request("GET", ADDRESS, headers=authorised)
    answer = connection.getresponse()
    digest, lines, first = hashlib.sha256(), 0, 0.0
    while chunk := answer.read1(1 << 18):
        first = first or time.perf_counter() - began
        lines += chunk.count(b"\n")
        digest.update(chunk)
    seconds = time.perf_counter() - began
    record = answer.headers["Link"].split(">")[0].removeprefix("<")
    connection.request("GET", record, headers=authorised)
    if json.loads(connection.getresponse().read())["sha256"] != digest.hexdigest():
        raise RuntimeError("The file is not what its record says")
    return {"seconds": seconds, "first": first, "rows": lines - 1}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_download(int(sys.argv[1]), sys.argv[2])))
