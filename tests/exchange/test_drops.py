"""Scheduled exports: once a period, whole, and due again when they fail."""

import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kompetanse import clock
from kompetanse.actor import system_actor
from kompetanse.database import Database
from kompetanse.exchange import drops, job_service, queries
from kompetanse.exchange.drops import DropPlan, drop_due, plan_of
from kompetanse.exchange.tables import ExportRun
from kompetanse.paging import PageRequest
from kompetanse.settings import Settings
from tests.exchange.consenting import consent, consenting
from tests.factories import FROYA, HITRA

DAY = timedelta(days=1)


@pytest.fixture
def plan(tmp_path: Path) -> DropPlan:
    folder = tmp_path / "ut"
    folder.mkdir()
    return DropPlan(folder, (FROYA,), DAY)


def runs(database: Database) -> list[ExportRun]:
    with database.session(FROYA, write=False) as session:
        return list(job_service.exports(session, system_actor(FROYA), PageRequest()).items)


def test_each_period_has_one_package(database: Database, plan: DropPlan) -> None:
    with database.session(FROYA) as session:
        consenting(session)
    file = drop_due(database, plan, FROYA)
    assert file is not None
    assert file.stat().st_mode & 0o077 == 0
    assert "personer.csv" in zipfile.ZipFile(file).namelist()
    assert drop_due(database, plan, FROYA) is None
    with clock.moved(by=DAY):
        assert drop_due(database, plan, FROYA) not in {None, file}
    assert len(list(plan.folder.iterdir())) == 2
    assert [(one.scheduled_for is not None, one.people) for one in runs(database)] == [(True, 1), (True, 1)]


def test_after_the_first_only_changes_where_that_is_planned(database: Database, plan: DropPlan) -> None:
    changes = DropPlan(plan.folder, plan.municipalities, DAY, incremental=True)
    with database.session(FROYA) as session:
        goes = consenting(session, family_name="Går")
        consenting(session, family_name="Blir")
    with clock.moved(by=timedelta(hours=1)):
        drop_due(database, changes, FROYA)
    with clock.moved(by=timedelta(hours=2)), database.session(FROYA) as session:
        consent(session, goes, granted=False)
    with clock.moved(by=DAY):
        file = drop_due(database, changes, FROYA)
    assert file is not None
    assert file.name.endswith("-endringer.zip")
    described = json.loads(zipfile.ZipFile(file).read("datapackage.json"))
    newest, first = runs(database)
    assert described["since"] == first.began_at.isoformat(timespec="seconds")
    assert (newest.people, newest.ended) == (0, 1)


def test_a_period_whose_package_failed_is_due_again(
    database: Database, plan: DropPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, chunks: Iterator[bytes]) -> None:
        next(chunks)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(drops, "write", full)
        with pytest.raises(OSError, match="space"):
            drop_due(database, plan, FROYA)
    assert list(plan.folder.iterdir()) == []
    assert drop_due(database, plan, FROYA) is not None


def test_two_who_look_at_once_write_one(database: Database, plan: DropPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first had begun."""
    monkeypatch.setattr(queries, "drop_for", lambda actor, _: queries.export_run(actor, UUID(int=0)))
    assert drop_due(database, plan, FROYA) is not None
    assert drop_due(database, plan, FROYA) is None
    assert len(runs(database)) == 1


def test_a_folder_that_is_away_uses_up_nothing(database: Database, plan: DropPlan) -> None:
    plan.folder.rmdir()
    with pytest.raises(NotADirectoryError):
        drop_due(database, plan, FROYA)
    assert runs(database) == []


def test_what_the_operator_plans(tmp_path: Path) -> None:
    assert plan_of(Settings()) is None
    settings = Settings(export_folder=tmp_path, export_municipalities=[FROYA, HITRA], export_every_hours=12)
    assert plan_of(settings) == DropPlan(tmp_path, (FROYA, HITRA), timedelta(hours=12))
