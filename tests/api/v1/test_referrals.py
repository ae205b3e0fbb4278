from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from kompetanse.ids import new_id

Bearer = Callable[..., dict[str, str]]
V1 = "/api/v1"


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def person_id(client: TestClient, headers: dict[str, str]) -> str:
    body = {"given_name": "Rasa", "family_name": "Kazlauskienė"}
    return str(client.post(f"{V1}/people", json=body, headers=headers).json()["id"])


@pytest.fixture
def vacancy(client: TestClient, headers: dict[str, str]) -> str:
    body = {"title": "Regnskapsfører", "unit": "Økonomi"}
    return str(client.post(f"{V1}/vacancies", json=body, headers=headers).headers["location"])


def advance(client: TestClient, headers: dict[str, str], address: str, *stages: str) -> None:
    for stage in stages:
        version = client.get(address, headers=headers).headers["etag"]
        answer = client.post(f"{address}/stage", json={"stage": stage}, headers={**headers, "If-Match": version})
        assert answer.status_code == 200, answer.text
        assert answer.json()["stage"] == stage


def test_a_person_is_referred_and_followed_until_she_has_work(
    client: TestClient, headers: dict[str, str], person_id: str, vacancy: str
) -> None:
    body = {"person_id": person_id, "note": "kan begynne nå", "score": 0.82}
    made = client.post(f"{vacancy}/referrals", json=body, headers=headers)
    assert (made.status_code, made.headers["etag"], made.json()["stage"]) == (201, '"1"', "proposed")
    address = made.headers["location"]
    assert client.get(address, headers=headers).json() == made.json()
    advance(client, headers, address, "accepted_by_person", "sent", "interview", "hired")
    (candidate,) = client.get(f"{vacancy}/referrals", headers=headers).json()["items"]
    assert (candidate["given_name"], candidate["stage"], candidate["score"]) == ("Rasa", "hired", 0.82)
    (hers,) = client.get(f"{V1}/people/{person_id}/referrals", headers=headers).json()["items"]
    assert (hers["title"], hers["unit"], hers["version"]) == ("Regnskapsfører", "Økonomi", 5)


def test_a_stage_out_of_turn_a_stale_version_and_none_are_refused(
    client: TestClient, headers: dict[str, str], person_id: str, vacancy: str
) -> None:
    address = client.post(f"{vacancy}/referrals", json={"person_id": person_id}, headers=headers).headers["location"]
    stage = f"{address}/stage"
    assert client.post(stage, json={"stage": "sent"}, headers=headers).status_code == 428
    assert client.post(stage, json={"stage": "sent"}, headers={**headers, "If-Match": '"1"'}).status_code == 409
    assert client.post(stage, json={"stage": "withdrawn"}, headers={**headers, "If-Match": '"2"'}).status_code == 412
    assert client.post(stage, json={"stage": "lost"}, headers={**headers, "If-Match": '"1"'}).status_code == 422


def test_the_same_pair_twice_is_a_conflict_and_the_same_request_is_not(
    client: TestClient, headers: dict[str, str], person_id: str, vacancy: str
) -> None:
    sent = {**headers, "Idempotency-Key": "en gang"}
    first, again = (client.post(f"{vacancy}/referrals", json={"person_id": person_id}, headers=sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    twice = client.post(f"{vacancy}/referrals", json={"person_id": person_id}, headers=headers)
    assert twice.status_code == 409


def test_a_protected_person_cannot_be_referred(client: TestClient, headers: dict[str, str], vacancy: str) -> None:
    body = {"given_name": "Anna", "protected_address": True}
    person_id = client.post(f"{V1}/people", json=body, headers=headers).json()["id"]
    answer = client.post(f"{vacancy}/referrals", json={"person_id": person_id}, headers=headers)
    assert answer.status_code == 409
    assert "Anna" not in answer.text


def test_hr_sees_whom_its_unit_was_sent_and_refers_nobody(
    client: TestClient, headers: dict[str, str], person_id: str, vacancy: str, bearer: Bearer
) -> None:
    address = client.post(f"{vacancy}/referrals", json={"person_id": person_id}, headers=headers).headers["location"]
    hr, others = bearer(Role.HR, unit="Økonomi"), bearer(Role.HR, unit="Skolen")
    assert client.get(f"{vacancy}/referrals", headers=hr).json() == {"items": []}
    assert client.get(address, headers=hr).status_code == 404
    assert client.get(f"{V1}/people/{person_id}/referrals", headers=hr).status_code == 404
    advance(client, headers, address, "accepted_by_person", "sent")
    (candidate,) = client.get(f"{vacancy}/referrals", headers=hr).json()["items"]
    assert candidate["family_name"] == "Kazlauskienė"
    assert client.get(f"{vacancy}/referrals", headers=others).status_code == 404
    assert client.post(f"{vacancy}/referrals", json={"person_id": person_id}, headers=hr).status_code == 403
    stage = client.post(f"{address}/stage", json={"stage": "hired"}, headers={**hr, "If-Match": '"3"'})
    assert stage.status_code == 403


def test_the_job_service_sees_no_referrals(client: TestClient, person_id: str, vacancy: str, bearer: Bearer) -> None:
    other = bearer(Role.JOB_SERVICE)
    assert client.get(f"{vacancy}/referrals", headers=other).status_code == 403
    assert client.get(f"{V1}/people/{person_id}/referrals", headers=other).status_code == 403


def test_what_is_not_there_is_not_found(
    client: TestClient, headers: dict[str, str], person_id: str, vacancy: str
) -> None:
    assert client.get(f"{V1}/referrals/{new_id()}", headers=headers).status_code == 404
    nobody = client.post(f"{vacancy}/referrals", json={"person_id": str(new_id())}, headers=headers)
    nothing = client.post(f"{V1}/vacancies/{new_id()}/referrals", json={"person_id": person_id}, headers=headers)
    assert (nobody.status_code, nothing.status_code) == (404, 404)
    assert client.post(f"{vacancy}/referrals", json={"person_id": "x"}, headers=headers).status_code == 422
