"""Where somebody lives, as a postal code: kept for travel times, never beside a protected address, never let out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.database import Database
from kompetanse.errors import Invalid
from kompetanse.people import service
from kompetanse.people.merging import merge
from kompetanse.people.tables import Person, PersonMerge
from kompetanse.sealing import Sealer
from tests.factories import FROYA, actor, person

HOME = "7263"
LIVES_THERE = re.compile(rf"(?<![0-9a-f-]){HOME}(?![0-9a-f-])")
"""The code by itself: ids may hold the same digits."""

sealer = Sealer(b"a secret of tests, long enough for all")


def faults(make: Callable[[], object]) -> list[tuple[str, bool]]:
    with pytest.raises(Invalid) as caught:
        make()
    return [(fault.pointer, bool(fault.hint)) for fault in caught.value.faults]


def change(session: Session, who: Person, **fields: Any) -> Person:
    session.flush()
    return service.change(session, actor(), who.id, who.version, fields).person  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["726", "72600", "726O", "", "٧٢٦٠"])
def test_a_postal_code_is_four_digits(session: Session, code: str) -> None:
    assert faults(lambda: person(session, postal_code=code)) == [("/postal_code", True)]


def test_a_protected_address_and_a_postal_code_are_refused_together(session: Session) -> None:
    assert faults(lambda: person(session, postal_code=HOME, protected_address=True)) == [("/postal_code", True)]
    hidden = person(session, protected_address=True)
    assert faults(lambda: change(session, hidden, postal_code=HOME)) == [("/postal_code", True)]
    assert change(session, hidden, postal_code=HOME, protected_address=False).postal_code == HOME


def test_whoever_becomes_protected_loses_the_postal_code_and_the_trail_says_that_it_changed(database: Database) -> None:
    with database.session(FROYA) as session:
        rasa = person(session, postal_code=HOME)
        assert change(session, rasa, notes="x").postal_code == HOME
        assert change(session, rasa, protected_address=True).postal_code is None
    with database.session(FROYA, write=False) as session:
        stored = session.get_one(Person, (FROYA, rasa.id))
        assert (stored.postal_code, stored.protected_address) == (None, True)
        last = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert last is not None
        assert last.fields == ["postal_code", "protected_address"]
        told = [str(event.model_dump()) for event in session.scalars(select(AuditEvent))]
        assert not any(f"'{HOME}'" in one for one in told)


def test_the_database_too_refuses_a_postal_code_beside_a_protected_address(session: Session) -> None:
    hidden = person(session, protected_address=True)
    statement = update(Person).where(col(Person.id) == hidden.id).values(postal_code=HOME)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(statement)


@pytest.mark.parametrize(
    ("kept", "absorbed", "expected"),
    [
        ({"postal_code": HOME}, {"postal_code": "7240"}, HOME),
        ({}, {"postal_code": HOME}, HOME),
        ({"postal_code": HOME}, {"protected_address": True}, None),
        ({"protected_address": True}, {"postal_code": HOME}, None),
    ],
)
def test_a_merge_leaves_the_postal_code_in_one_place_or_in_none(
    session: Session, kept: dict[str, Any], absorbed: dict[str, Any], expected: str | None
) -> None:
    one, other = person(session, **kept), person(session, **absorbed)
    session.flush()
    merged = merge(session, actor(), keep_id=one.id, absorb_id=other.id, version=1, sealer=sealer)
    session.flush()
    session.expire_all()
    assert merged.person.postal_code == expected
    assert session.get_one(Person, (FROYA, other.id)).postal_code is None
    snapshot = session.scalars(select(PersonMerge)).one().snapshot
    assert "postal_code" not in str(snapshot)


def test_nobody_but_the_coordinator_is_told_where_somebody_lives(
    client: TestClient, bearer: Callable[..., dict[str, str]]
) -> None:
    coordinator = bearer(Role.COORDINATOR)
    body = {"given_name": "Rasa", "family_name": "Kazlauskienė", "postal_code": HOME}
    path = client.post("/api/v1/people", json=body, headers=coordinator).headers["location"]
    assert client.get(path, headers=coordinator).json()["postal_code"] == HOME
    for purpose in ConsentPurpose:
        said = {"purpose": purpose, "granted": True, "form": ConsentForm.WRITTEN}
        assert client.post(f"{path}/consents", json=said, headers=coordinator).status_code == 201
    vacancy = client.post("/api/v1/vacancies", json={"title": "Kokk", "unit": "Kjøkken"}, headers=coordinator)
    place = vacancy.headers["location"]
    sent = client.post(f"{place}/referrals", json={"person_id": path.rsplit("/", 1)[-1]}, headers=coordinator)
    for version, stage in enumerate(("accepted_by_person", "sent"), start=1):
        headers = {**coordinator, "If-Match": f'"{version}"'}
        client.post(f"{sent.headers['location']}/stage", json={"stage": stage}, headers=headers)
    seen = [
        client.get(f"{place}/referrals", headers=bearer(Role.HR, unit="Kjøkken")),
        client.get(f"{place}/candidates", headers=coordinator),
        client.get("/api/v1/exports/job-service.csv", headers=bearer(Role.JOB_SERVICE)),
    ]
    for answer in seen:
        assert answer.status_code == 200, answer.url
        assert "Kazlauskien" in answer.text
        assert not LIVES_THERE.search(answer.text)
