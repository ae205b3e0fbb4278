"""The document that the database builds is what the services give, to the letter."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert
from sqlmodel import Session, select

from api.state import State
from api.v1.profiles import document_of
from kompetanse.actor import SYSTEM_ID, Role
from kompetanse.codes.cefr import Cefr
from kompetanse.competence import service
from kompetanse.competence.documents import PROFILE
from kompetanse.competence.service import LanguageFields, SkillFields
from kompetanse.database import Database
from kompetanse.demo.generator import Maker
from kompetanse.hotreads import Fetched, HotReader
from kompetanse.ids import new_id
from kompetanse.people.tables import Person
from schemas.competence import ProfileOut
from tests.factories import FROYA, HITRA, actor, person
from tests.support import loops


@pytest.fixture
def filled(database: Database) -> Database:
    """Forty demo people, and one with everything unusual: empty lists, no parts, quotes, Ukrainian."""
    with database.session(FROYA) as session:
        for batch in Maker(Random(3), FROYA, SYSTEM_ID, date(2026, 6, 1)).batches(40):
            for table, rows in batch.rows.items():
                session.connection().execute(insert(table), rows)
        person(session, given_name='"Олена" \\ Æ', citizenships=[], contact_languages=None, may_work=False)
        made = person(session, needs_interpreter=True, residence_until=date(2027, 3, 4))
        who = actor()
        service.add_skill(session, who, made.id, 0, SkillFields(label='truck\'s "T1"', holds=False))
        service.set_language(session, who, made.id, 1, LanguageFields(language="nor", interaction=Cefr.B1))
    return database


def fetch(database: Database, municipality_no: str, ids: list[UUID]) -> list[Fetched | None]:
    async def read() -> list[Fetched | None]:
        reader = HotReader(database)
        await reader.open()
        found = [await reader.fetch(PROFILE, municipality_no, person_id) for person_id in ids]
        await reader.close()
        return found

    return loops.run(read())


def people(session: Session) -> Iterator[UUID]:
    for one in session.exec(select(Person)):
        yield one.id


def test_the_document_equals_what_the_services_give(filled: Database) -> None:
    with filled.session(FROYA) as session:
        ids = list(people(session))
        slow = [document_of(service.read_person_profile(session, actor(), one)) for one in ids]
    fast = fetch(filled, FROYA, ids)
    assert len(ids) >= 42
    for expected, found in zip(slow, fast, strict=True):
        assert found is not None
        assert ProfileOut.model_validate_json(found.json) == expected
        assert found.version == expected.version


def test_nobody_of_another_municipality_and_nobody_unknown_is_found(filled: Database) -> None:
    with filled.session(FROYA, write=False) as session:
        ids = list(people(session))
    assert fetch(filled, HITRA, ids[:3]) == [None, None, None]
    assert fetch(filled, FROYA, [new_id()]) == [None]


def test_every_read_over_rest_is_in_the_audit_trail_when_it_is_answered(
    client: TestClient, state: State, bearer: Callable[..., dict[str, str]]
) -> None:
    with state.database.session(FROYA) as session:
        made = person(session).id
    headers = bearer(Role.COORDINATOR)
    answer = client.get(f"/api/v1/people/{made}/profile", headers=headers)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"0"')
    with state.database.session(FROYA, write=False) as session:
        rows = session.connection().exec_driver_sql(
            "SELECT action, record_type, purpose FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)"
        )
        assert tuple(rows.one()) == ("read", "profile", "map_competence")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("way", ["nestloop", "hashjoin", "mergejoin", "indexscan", "seqscan", "material"])
def test_however_the_database_plans_it_the_scope_is_set_before_anybody_is_looked_for(
    database: Database, way: str
) -> None:
    """Of a table with few rows, once counted, another plan was made, and nobody was found."""
    with database.session(FROYA) as session:
        made = person(session).id
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE person")
        connection.exec_driver_sql("ANALYZE profile")
        planned = connection.exec_driver_sql(f"SET enable_{way} = off")
        planned.close()
        driver = connection.connection.driver_connection
        assert driver is not None
        values = {"municipality_no": FROYA, "person_id": made}
        assert driver.execute(PROFILE.postgresql.encode(), values).fetchone() is not None
