from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from kompetanse.ids import new_id

V1 = "/api/v1"
Bearer = Callable[..., dict[str, str]]
ASIDE = {"mark": "set_aside", "reason": "talked_elsewhere", "note": "Har alt takket ja på Hitra"}


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def person(client: TestClient, headers: dict[str, str]) -> str:
    return str(client.post(f"{V1}/people", json={"given_name": "Rasa"}, headers=headers).headers["location"])


@pytest.fixture
def vacancy(client: TestClient, headers: dict[str, str]) -> str:
    body = {"title": "Regnskapsfører", "unit": "Økonomi"}
    return str(client.post(f"{V1}/vacancies", json=body, headers=headers).headers["location"])


@pytest.fixture
def pair(person: str, vacancy: str) -> str:
    return f"{vacancy}/candidates/{person.rsplit('/', 1)[-1]}/mark"


def match(headers: dict[str, str], version: int) -> dict[str, str]:
    return {**headers, "If-Match": f'"{version}"'}


def test_a_candidate_is_pinned_set_aside_and_cleared(
    client: TestClient, headers: dict[str, str], person: str, vacancy: str, pair: str
) -> None:
    pinned = client.put(pair, json={"mark": "pinned"}, headers=match(headers, 0))
    assert (pinned.status_code, pinned.headers["etag"], pinned.json()["mark"]) == (200, '"1"', "pinned")
    aside = client.put(pair, json=ASIDE, headers=match(headers, 1))
    assert (aside.status_code, aside.headers["etag"]) == (200, '"2"')
    assert {name: aside.json()[name] for name in ASIDE} == ASIDE
    for listed in (f"{vacancy}/marks", f"{person}/marks"):
        assert client.get(listed, headers=headers).json() == {"items": [aside.json()]}
    assert client.delete(pair, headers=match(headers, 2)).status_code == 204
    assert client.get(f"{vacancy}/marks", headers=headers).json() == {"items": []}
    assert client.put(pair, json={"mark": "pinned"}, headers=match(headers, 0)).headers["etag"] == '"1"'


def test_a_version_is_asked_for_and_must_be_the_newest(client: TestClient, headers: dict[str, str], pair: str) -> None:
    assert client.put(pair, json=ASIDE, headers=headers).status_code == 428
    assert client.put(pair, json=ASIDE, headers=match(headers, 0)).status_code == 200
    assert client.put(pair, json=ASIDE, headers=match(headers, 0)).status_code == 412
    assert client.delete(pair, headers=headers).status_code == 428
    assert client.delete(pair, headers=match(headers, 9)).status_code == 412


def test_what_breaks_a_rule_is_pointed_at(client: TestClient, headers: dict[str, str], pair: str) -> None:
    answer = client.put(pair, json={"mark": "set_aside", "note": "Uten grunn"}, headers=match(headers, 0))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert "Uten grunn" not in answer.text
    assert client.put(pair, json={}, headers=match(headers, 0)).status_code == 422
    assert client.put(pair, json={"mark": "liked"}, headers=match(headers, 0)).status_code == 422


def test_a_protected_person_is_no_candidate(client: TestClient, headers: dict[str, str], vacancy: str) -> None:
    body = {"given_name": "Anna", "protected_address": True}
    person_id = client.post(f"{V1}/people", json=body, headers=headers).json()["id"]
    answer = client.put(f"{vacancy}/candidates/{person_id}/mark", json=ASIDE, headers=match(headers, 0))
    assert answer.status_code == 409


def test_what_is_not_there_is_not_found(client: TestClient, headers: dict[str, str], vacancy: str, pair: str) -> None:
    assert client.delete(pair, headers=match(headers, 1)).status_code == 404
    nobody = f"{vacancy}/candidates/{new_id()}/mark"
    assert client.put(nobody, json=ASIDE, headers=match(headers, 0)).status_code == 404
    assert client.get(f"{V1}/vacancies/{new_id()}/marks", headers=headers).status_code == 404


def test_neither_the_profile_nor_the_unit_that_has_the_vacancy_learns_of_a_mark(
    client: TestClient, headers: dict[str, str], person: str, vacancy: str, pair: str, bearer: Bearer
) -> None:
    before = client.get(f"{person}/profile", headers=headers)
    client.put(pair, json=ASIDE, headers=match(headers, 0))
    after = client.get(f"{person}/profile", headers=headers)
    assert (after.json(), after.headers["etag"]) == (before.json(), before.headers["etag"])
    hr = bearer(Role.HR, unit="Økonomi")
    assert client.get(f"{vacancy}/marks", headers=hr).status_code == 403
    assert ASIDE["note"] not in client.get(vacancy, headers=hr).text
