import hashlib
from datetime import timedelta
from itertools import chain

import pytest
from sqlalchemy import select
from sqlmodel import col

from kompetanse import clock
from kompetanse.audit.tables import AuditEvent
from kompetanse.competence import service as competence
from kompetanse.competence.fields import (
    SkillFields,
)
from kompetanse.database import Database
from kompetanse.errors import Invalid
from kompetanse.exchange import job_service
from kompetanse.exchange.job_service import Export, Wanted, export_job_service
from kompetanse.exchange.tables import ExportRun
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from tests.exchange.consenting import NAV, accountant, consent, consenting, content, exported, read_back
from tests.factories import FROYA, actor, person


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_service, "FIRST_PAGE", 2)
    monkeypatch.setattr(job_service, "PAGE", 2)


@pytest.mark.usefixtures("small_pages")
def test_who_withdraws_during_an_export_is_not_in_what_is_still_to_come(database: Database) -> None:
    with database.session(FROYA) as session:
        registered = [consenting(session, family_name=f"P{number}") for number in range(6)]
    chunks = export_job_service(database, NAV).chunks
    first = [next(chunks), next(chunks)]
    with database.session(FROYA) as session:
        consent(session, registered[4], granted=False)
    file = b"".join(chain(first, chunks))
    assert [row["etternavn"] for row in read_back(file)] == ["P0", "P1", "P2", "P3", "P5"]


@pytest.mark.usefixtures("small_pages")
def test_the_audit_trail_knows_who_left_even_when_the_reader_hangs_up(database: Database) -> None:
    with database.session(FROYA) as session:
        registered = [str(consenting(session).id) for _ in range(5)]
    export = export_job_service(database, NAV)
    begun = [("begin_export", [str(export.id)])]
    next(export.chunks)
    assert events(database) == begun
    next(export.chunks)
    assert events(database) == [*begun, ("export", registered[:2])]
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined] # nothing to free
    export.chunks.close()  # type: ignore[attr-defined]
    assert events(database) == [*begun, ("export", registered[:2])]
    assert record(database, export).people == 2
    assert record(database, export).finished_at is None
    exported(database)
    assert [action for action, _ in events(database)][2:] == [
        "begin_export",
        "export",
        "export",
        "export",
        "complete_export",
    ]
    with database.session(FROYA) as session:
        last = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert last is not None
        assert (last.fields, last.actor_id, last.purpose) == (["5 rows", "0 ended"], NAV.id, "export")


def record(database: Database, export: Export) -> ExportRun:
    with database.session(FROYA, write=False) as session:
        return job_service.read_export(session, NAV, export.id)


def test_a_whole_file_is_what_its_record_says(database: Database) -> None:
    with database.session(FROYA) as session:
        accountant(session)
        consenting(session)
    export = export_job_service(database, NAV)
    assert record(database, export).sha256 is None
    file = content(export)
    found = record(database, export)
    assert (found.sha256, found.size) == (hashlib.sha256(file).hexdigest(), len(file))
    assert (found.rows, found.people, found.ended) == (2, 2, 0)
    assert (found.made_by, found.purpose, found.shape, found.since) == (NAV.id, "export", "wide", None)


@pytest.mark.usefixtures("small_pages")
def test_an_export_that_breaks_is_never_recorded_as_whole(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.session(FROYA) as session:
        for _ in range(5):
            consenting(session)
    export = export_job_service(database, NAV)
    taken = [next(export.chunks), next(export.chunks)]
    monkeypatch.setattr(database, "session", None)  # the database is gone
    with pytest.raises(TypeError):
        taken += list(export.chunks)
    monkeypatch.undo()
    assert record(database, export).sha256 is None


def events(database: Database) -> list[tuple[str, list[str]]]:
    with database.session(FROYA) as session:
        found = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq)))
        return [(one.action, one.record_ids) for one in found if one.purpose == "export"]


SOON = timedelta(hours=1)


def test_what_changed_since_comes_with_whom_to_delete(database: Database) -> None:
    with database.session(FROYA) as session:
        people_of = {name: consenting(session, family_name=name) for name in ("Blir", "Går", "Endres", "Skjules")}
    references = {row["etternavn"]: row["referanse"] for row in exported(database)}
    later = clock.now() + SOON
    with clock.moved(by=2 * SOON), database.session(FROYA) as session:
        consent(session, people_of["Går"], granted=False)
        skill = SkillFields(label="sveising")
        competence.add_skill(session, actor(), people_of["Endres"].id, 0, skill)
        hidden = people_of["Skjules"]
        people.change(session, actor(), hidden.id, hidden.version, PersonFields(protected_address=True))
        consenting(session, family_name="Ny")
        person(session, family_name="Uspurt")
    with clock.moved(by=3 * SOON):
        rows = exported(database, Wanted(since=later))
    assert [(row["etternavn"], row["status"]) for row in rows] == [
        ("Endres", "active"), ("Ny", "active"), ("", "ended"), ("", "ended"),
    ]  # fmt: skip
    assert {row["referanse"] for row in rows[2:]} == {references["Går"], references["Skjules"]}
    told = {name for row in rows[2:] for name, value in row.items() if value}
    assert told == {"referanse", "status", "kommunenummer"}
    assert rows[0]["referanse"] == references["Endres"]


def test_a_consent_that_ran_out_is_told_as_ended(database: Database) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name="Kari")
    begun = clock.now()
    with clock.moved(by=timedelta(days=366)):
        (row,) = exported(database, Wanted(since=begun + timedelta(days=300)))
    assert row["status"] == "ended"


def test_a_reference_tells_neither_the_id_nor_when_it_was_made(database: Database) -> None:
    with database.session(FROYA) as session:
        ids = [consenting(session).id.hex for _ in range(3)]
    references = [row["referanse"] for row in exported(database)]
    assert len(set(references)) == 3
    assert references == [hashlib.sha256(f"job-service:{one}".encode()).hexdigest()[:32] for one in ids]


def test_changes_since_a_moment_that_has_not_come_are_refused(database: Database) -> None:
    with pytest.raises(Invalid):
        export_job_service(database, NAV, Wanted(since=clock.now() + SOON))
