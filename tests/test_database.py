"""Transactions, constraints and settings of both databases."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from kompetanse.database import EVERYWHERE, Database, violated_constraint
from kompetanse.ids import new_id
from kompetanse.people.tables import Person
from kompetanse.sharing.tables import Agreement
from tests.factories import FROYA, HITRA, person


def test_a_block_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.session(FROYA) as session:
        person(session)
        raise RuntimeError
    with database.session(FROYA) as session:
        assert session.exec(select(Person)).all() == []


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.session(FROYA) as writing:
        person(writing)
        with database.session(FROYA, write=False) as reading:
            assert reading.exec(select(Person)).all() == []


def test_writers_wait_for_each_other_and_both_are_kept(database: Database) -> None:
    def write() -> None:
        with database.session(FROYA) as session:
            person(session)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session(FROYA, write=False) as session:
        assert len(session.exec(select(Person)).all()) == 8


def test_thousands_of_rows_are_read_by_a_plan_for_their_own_values_and_that_ends_with_the_session(
    database: Database,
) -> None:
    bulk: list[int] | list[str]
    usual: list[int] | list[str]
    if database.is_sqlite:
        settings, bulk, usual = ["PRAGMA cache_size"], [-8192], [-65536]
    else:
        settings = ["SHOW plan_cache_mode", "SHOW enable_nestloop"]
        bulk, usual = ["force_custom_plan", "off"], ["auto", "on"]
    with database.session(FROYA, write=False, in_bulk=True) as session:
        assert [session.execute(text(one)).scalar_one() for one in settings] == bulk
    with database.session(FROYA, write=False) as session:
        assert [session.execute(text(one)).scalar_one() for one in settings] == usual


def test_what_sqlite_acknowledged_is_on_disk_and_foreign_keys_hold(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with database.session(FROYA, write=False) as session:
        pragma = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    database.dispose()
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_violated_constraint_is_named_and_values_are_not(database: Database) -> None:
    row = {
        "municipality_no": FROYA,
        "recipient_no": HITRA,
        "k": 5,
        "starts_on": datetime(2026, 1, 1, tzinfo=UTC).date(),
    }
    row["created_at"] = datetime(2026, 1, 1, tzinfo=UTC)
    with database.session(FROYA) as session:
        session.connection().execute(insert(Agreement), {**row, "id": new_id()})
    for values, name in (
        ({}, "uq_agreement_municipality_no_recipient_no"),
        ({"k": 2, "recipient_no": "5001"}, "ck_agreement_k_floor"),
    ):
        with pytest.raises(IntegrityError) as caught, database.session(FROYA) as session:
            session.connection().execute(insert(Agreement), {**row, "id": new_id(), **values})
        assert violated_constraint(caught.value) == name


def test_a_closed_set_is_closed_in_the_database_too(database: Database) -> None:
    with pytest.raises(IntegrityError), database.session(FROYA) as session:
        made = person(session)
        session.flush()
        statement = text("UPDATE person SET residence_basis = 'guest' WHERE family_name = :name")
        session.connection().execute(statement, {"name": made.family_name})


def test_a_child_cannot_belong_to_another_municipality(database: Database) -> None:
    with database.session(EVERYWHERE) as session:
        made = person(session)
    with pytest.raises(IntegrityError), database.session(EVERYWHERE) as session:
        values = {"m": HITRA, "id": uuid4().hex, "person": made.id.hex, "label": "fiske"}
        session.connection().execute(
            text("INSERT INTO interest (municipality_no, id, person_id, label) VALUES (:m, :id, :person, :label)"),
            values,
        )


def test_an_empty_list_is_not_the_same_as_not_stated(database: Database) -> None:
    with database.session(FROYA) as session:
        empty, silent = person(session, citizenships=[]).id, person(session, citizenships=None).id
    with database.session(FROYA, write=False) as session:
        stored = {p.id: p.citizenships for p in session.exec(select(Person))}
        nulls = session.connection().exec_driver_sql("SELECT count(*) FROM person WHERE citizenships IS NULL").scalar()
    assert stored == {empty: [], silent: None}
    assert nulls == 1
