"""The audit trail over REST."""

from collections.abc import Callable

from fastapi.testclient import TestClient
from sqlalchemy import text

from api.state import State
from kompetanse.actor import Role
from kompetanse.database import EVERYWHERE
from tests.factories import HITRA

EVENTS, PEOPLE = "/api/v1/audit/events", "/api/v1/people"
Bearer = Callable[..., dict[str, str]]


def test_who_looked_at_rasa_when_and_why(client: TestClient, bearer: Bearer) -> None:
    coordinator = bearer(Role.COORDINATOR)
    rasa = client.post(PEOPLE, json={"given_name": "Rasa"}, headers=coordinator).json()["id"]
    client.post(PEOPLE, json={"given_name": "Jonas"}, headers=coordinator)
    looked = client.get(f"{PEOPLE}/{rasa}", headers=coordinator)
    found = client.get(EVENTS, params={"record_id": rasa}, headers=bearer(Role.DPO))
    assert found.status_code == 200
    newest = found.json()["items"][0]
    assert (newest["action"], newest["record_type"], newest["purpose"]) == ("read", "person", "register")
    assert (newest["actor_name"], newest["actor_kind"]) == ("test", "client")
    assert newest["request_id"] == looked.headers["x-request-id"]
    assert [one["action"] for one in found.json()["items"]] == ["read", "read", "create"]
    assert "Rasa" not in found.text


def test_the_trail_is_followed_and_filtered(client: TestClient, bearer: Bearer) -> None:
    coordinator, officer = bearer(Role.COORDINATOR), bearer(Role.DPO)
    for _ in range(3):
        client.post(PEOPLE, json={"given_name": "Rasa"}, headers=coordinator)
    first = client.get(EVENTS, params={"limit": 2}, headers=officer)
    second = client.get(first.headers["link"].split(">")[0][1:], headers=officer)
    assert [one["seq"] for one in second.json()["items"]] == [one["seq"] - 2 for one in first.json()["items"]]
    actor_id = first.json()["items"][0]["actor_id"]
    by_one = client.get(EVENTS, params={"actor_id": actor_id}, headers=officer).json()["items"]
    assert {one["actor_id"] for one in by_one} == {actor_id}
    assert client.get(EVENTS, params={"since": "2999-01-01T00:00:00Z"}, headers=officer).json()["items"] == []
    assert client.get(EVENTS, params={"since": "2026-01-01T00:00:00"}, headers=officer).status_code == 422


def test_tampering_shows(client: TestClient, bearer: Bearer, state: State) -> None:
    officer = bearer(Role.DPO)
    whole = client.get("/api/v1/audit/verification", headers=officer)
    assert whole.json() == {"whole": True, "first_broken": None}
    with state.database.session(EVERYWHERE) as session:
        session.connection().execute(text("UPDATE audit_event SET action = 'nothing' WHERE seq = 1"))
    broken = client.get("/api/v1/audit/verification", headers=officer)
    assert broken.json() == {"whole": False, "first_broken": 1}


def test_the_trail_is_one_municipality_s_and_the_officer_s(client: TestClient, bearer: Bearer) -> None:
    client.post(PEOPLE, json={"given_name": "Rasa"}, headers=bearer(Role.COORDINATOR))
    hitra = bearer(Role.DPO, municipality_no=HITRA)
    shown = client.get(EVENTS, headers=hitra).json()["items"]
    assert all(one["record_type"] in {"api_client", "audit_event"} for one in shown)
    for other in (bearer(Role.COORDINATOR), bearer(Role.ADMINISTRATOR)):
        assert client.get(EVENTS, headers=other).status_code == 403
