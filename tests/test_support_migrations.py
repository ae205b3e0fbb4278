"""The check of the migrations finds what it is there to find."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from kompetanse import migrations
from tests.support import check_migrations


def test_the_committed_migrations_end_in_the_recorded_head() -> None:
    assert check_migrations.head_problem() is None


def test_a_head_that_is_not_the_recorded_one_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = tmp_path / ".current-head"
    recorded.write_text("0000\n")
    monkeypatch.setattr(check_migrations, "_RECORDED_HEAD", recorded)
    assert "0000" in str(check_migrations.head_problem())


def test_a_table_that_the_code_does_not_know_is_found(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'drifted.db'}"
    migrations.upgrade(url)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE forgotten (id INTEGER PRIMARY KEY)")
    engine.dispose()
    assert "forgotten" in str(check_migrations.drift_problem(url))
