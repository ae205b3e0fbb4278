"""Migrations make what the code needs, on both databases, and lose nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from rich.console import Console
from sqlalchemy import Boolean, CheckConstraint, Enum, MetaData, inspect, make_url, select
from sqlmodel import SQLModel

import kompetanse.model
from kompetanse import migrations
from kompetanse.database import EVERYWHERE, Database
from kompetanse.demo import service as demo
from kompetanse.settings import Settings
from tests.support.lending import Lender
from tests.support.postgres import Cluster

SECRET = "a secret for tests only, which opens nothing"
REPOSITORY = Path(__file__).parents[1]
OF_ALL = {"concept", "concept_broader", "concept_label", "occupation_skill", "taxonomy_release"}
"""Tables that belong to no municipality, and so hold nothing of anybody."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def seeded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database with the demo data, to make copies of."""
    home = tmp_path_factory.mktemp("seeded")
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), home / "seeded.db")
        url = f"sqlite:///{home / 'seeded.db'}"
    else:
        lender: Lender = request.getfixturevalue("lender")
        name = f"{lender.template}_seeded"
        lender.cluster.create_database(name, template=lender.template)
        url = lender.cluster.url(name)
    settings = Settings(database_url=url, secret_key=SECRET, data_dir=home, _env_file=None)
    demo.seed(settings, people=30, seed=1, console=Console(quiet=True))
    yield url
    if request.param == "postgresql":
        lender.cluster.drop_database(name)


@pytest.fixture
def populated(seeded: str, cluster: Cluster, tmp_path: Path) -> Iterator[str]:
    """The URL of a copy of it, of either kind."""
    template = str(make_url(seeded).database)
    if seeded.startswith("sqlite"):
        shutil.copyfile(template, tmp_path / "copy.db")
        yield f"sqlite:///{tmp_path / 'copy.db'}"
        return
    cluster.create_database(f"{template}_copy", template=template)
    yield cluster.url(f"{template}_copy")
    cluster.drop_database(f"{template}_copy")


def test_there_is_one_head_and_it_is_the_committed_one() -> None:
    heads = ScriptDirectory.from_config(migrations.config("sqlite://")).get_heads()
    assert heads == [(REPOSITORY / "alembic/.current-head").read_text().strip()]


def test_migrations_match_the_tables(database_url: str) -> None:
    migrations.check(database_url)


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    migrations.upgrade(database_url)
    migrations.check(database_url)


def test_every_check_of_the_tables_is_in_the_database(database: Database) -> None:
    """Autogenerate does not see CHECKs, so a changed closed set could pass unnoticed."""
    found = inspect(database.engine)
    for table in SQLModel.metadata.sorted_tables:
        stored = {c["name"]: c["sqltext"] for c in found.get_check_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        assert wanted <= stored.keys(), table.name
        for column in table.columns:
            if isinstance(column.type, Enum):
                text = next(t for name, t in stored.items() if name == f"ck_{table.name}_{column.type.name}")
                assert all(f"'{value}'" in text for value in column.type.enums), f"{table.name}.{column.name}"


def test_migrations_are_not_a_package() -> None:
    """With an `__init__.py` the folder would hide the alembic library from everything started here."""
    assert not (REPOSITORY / "alembic/__init__.py").exists()


def test_every_owned_table_is_held_apart_by_row_level_security(database: Database) -> None:
    owned = {table.name: table for table in SQLModel.metadata.sorted_tables if table.name not in OF_ALL}
    assert owned.keys() | OF_ALL == SQLModel.metadata.tables.keys()
    if database.is_sqlite:
        assert all("municipality_no" in table.primary_key.columns for table in owned.values())
        return
    with database.session(EVERYWHERE) as session:
        rows = session.connection().exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        )
        assert {row[0] for row in rows} == owned.keys()


def test_the_model_names_every_module_of_tables() -> None:
    modules = {path.parent.name for path in (REPOSITORY / "kompetanse").glob("*/tables.py")}
    assert {module.__name__.split(".")[1] for module in kompetanse.model.TABLES} == modules
    assert not any(
        isinstance(c.type, Boolean) and c.type.create_constraint
        for t in SQLModel.metadata.sorted_tables
        for c in t.columns
    )


@pytest.mark.parametrize("revision", [f"{number:04}" for number in range(1, 17)])
def test_upgrading_a_populated_database_loses_no_row(populated: str, revision: str) -> None:
    """From each earlier revision: what the demo data put into its tables is there afterwards, row by row."""
    command.downgrade(migrations.config(populated), revision)
    before = _contents(populated)
    assert before["person"]
    migrations.upgrade(populated)
    after = _contents(populated)
    for table, rows in before.items():
        columns = rows[0].keys() if rows else ()
        kept = [{name: row[name] for name in columns} for row in after[table]]
        assert kept == rows, table


def _contents(url: str) -> dict[str, list[dict[str, object]]]:
    database, stored = Database(url), MetaData()
    with database.session(EVERYWHERE, write=False) as session:
        stored.reflect(session.connection())
        stored.remove(stored.tables["alembic_version"])
        found = {
            table.name: [dict(row) for row in session.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in stored.sorted_tables
        }
    database.dispose()
    return found
