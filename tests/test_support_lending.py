"""A database that a test is lent is as good as a fresh one."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support import lending
from tests.support.lending import Lender
from tests.support.postgres import Cluster

TABLES = (
    "CREATE TABLE person (id serial PRIMARY KEY, name text)",
    "CREATE TABLE skill (id serial PRIMARY KEY, person_id int REFERENCES person)",
)


@pytest.fixture
def lender(cluster: Cluster) -> Iterator[Lender]:
    cluster.create_database("lending")
    with psycopg.connect(url(cluster, "lending"), autocommit=True) as connection:
        for statement in TABLES:
            connection.execute(statement)
    opened = Lender(cluster, template="lending")
    yield opened
    opened.close()
    cluster.drop_database("lending")


def url(cluster: Cluster, name: str) -> str:
    return cluster.url(name).replace("+psycopg", "")


def connect(lender: Lender, name: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url(lender.cluster, name))


def fill(connection: psycopg.Connection[tuple[object, ...]], rows: int = 3) -> None:
    connection.execute("INSERT INTO person (name) SELECT repeat('a', 100) FROM generate_series(1, %s)", [rows])
    connection.execute("INSERT INTO skill (person_id) SELECT id FROM person")
    connection.commit()


def test_the_next_test_finds_the_same_database_empty_and_counts_from_one(lender: Lender) -> None:
    name = lender.lend()
    with connect(lender, name) as connection:
        fill(connection)
    lender.take_back()
    assert lender.lend() == name
    with connect(lender, name) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
        fill(connection, 1)
        assert connection.execute("SELECT id, person_id FROM skill").fetchall() == [(1, 1)]


def test_whoever_is_still_connected_is_sent_away_with_what_was_not_committed(lender: Lender) -> None:
    left = connect(lender, lender.lend())
    left.execute("INSERT INTO person (name) VALUES ('forgotten')")
    lender.take_back()
    with pytest.raises(psycopg.OperationalError):
        left.execute("SELECT 1")
    with connect(lender, lender.lend()) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (id int)",
        "DROP TABLE skill",
        "ALTER TABLE person ADD COLUMN age int",
        "ALTER TABLE person ADD CONSTRAINT named CHECK (name <> '')",
        "ALTER TABLE person ALTER COLUMN name SET NOT NULL",
        "ALTER TABLE person ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY nobody ON person USING (false)",
        "CREATE INDEX by_name ON person (name)",
    ],
)
def test_a_database_of_another_shape_is_lent_to_nobody(lender: Lender, statement: str) -> None:
    name = lender.lend()
    with connect(lender, name) as connection:
        connection.execute(statement.encode())
    lender.take_back()
    assert lender.lend() != name
    with connect(lender, lender.lend()) as connection:
        assert connection.execute("SELECT name FROM person").fetchall() == []


def test_a_database_that_has_grown_large_is_lent_to_nobody(lender: Lender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "_MOST_BYTES", 100_000)
    name = lender.lend()
    with connect(lender, name) as connection:
        fill(connection, 2000)
    lender.take_back()
    assert lender.lend() != name
