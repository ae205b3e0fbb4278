"""Consents and households over REST."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from kompetanse.ids import new_id

PEOPLE, HOUSEHOLDS = "/api/v1/people", "/api/v1/households"
Bearer = Callable[..., dict[str, str]]
YES = {"purpose": "share_with_neighbours", "granted": True, "form": "written", "given_on": "2026-03-02"}


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


def register(client: TestClient, headers: dict[str, str], **fields: Any) -> str:
    answer = client.post(PEOPLE, json={"given_name": "Prøve", **fields}, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def match(headers: dict[str, str], version: int) -> dict[str, str]:
    return {**headers, "If-Match": f'"{version}"'}


def test_yes_no_and_never_asked_are_three_answers(client: TestClient, headers: dict[str, str]) -> None:
    path = f"{PEOPLE}/{register(client, headers)}/consents"
    given = client.post(path, json=YES, headers=headers)
    assert (given.status_code, given.json()["given_on"], given.json()["superseded_at"]) == (201, "2026-03-02", None)
    client.post(path, json={"purpose": "ambassador", "granted": False, "form": "oral"}, headers=headers)
    shown = client.get(path, headers=headers).json()
    assert shown["standing"] == {"share_with_neighbours": True, "export_to_job_service": None, "ambassador": False}
    client.post(path, json={**YES, "granted": False}, headers=headers)
    shown = client.get(path, headers=headers).json()
    assert shown["standing"]["share_with_neighbours"] is False
    assert [one["granted"] for one in shown["answers"]] == [False, False, True]


def test_one_key_records_one_answer(client: TestClient, headers: dict[str, str]) -> None:
    path = f"{PEOPLE}/{register(client, headers)}/consents"
    keyed = {**headers, "Idempotency-Key": "k"}
    ids = {client.post(path, json=YES, headers=keyed).json()["id"] for _ in range(2)}
    assert len(ids) == 1
    assert len(client.get(path, headers=headers).json()["answers"]) == 1


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"purpose": "advertising"}, "/purpose"),
        ({"granted": None}, "/granted"),
        ({"form": "guessed"}, "/form"),
        ({"given_on": "2999-01-01"}, "/given_on"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(
    client: TestClient, headers: dict[str, str], wrong: dict[str, Any], pointer: str
) -> None:
    answer = client.post(f"{PEOPLE}/{register(client, headers)}/consents", json={**YES, **wrong}, headers=headers)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_the_protection_officer_reads_consents_and_no_records(
    client: TestClient, headers: dict[str, str], bearer: Bearer
) -> None:
    people = [register(client, headers) for _ in range(3)]
    for one in people:
        client.post(f"{PEOPLE}/{one}/consents", json=YES, headers=headers)
    client.post(f"{PEOPLE}/{people[0]}/consents", json={**YES, "granted": False}, headers=headers)
    officer = bearer(Role.DPO)
    first = client.get("/api/v1/consents", params={"granted": True, "limit": 1}, headers=officer)
    assert [one["person_id"] for one in first.json()["items"]] == [people[2]]
    second = client.get(first.headers["link"].split(">")[0][1:], headers=officer).json()
    assert ([one["person_id"] for one in second["items"]], second["next"]) == ([people[1]], None)
    assert "Prøve" not in first.text
    history = client.get("/api/v1/consents", params={"standing": False, "person_id": people[0]}, headers=officer)
    assert [one["granted"] for one in history.json()["items"]] == [False, True]
    assert client.get(f"{PEOPLE}/{people[0]}/consents", headers=officer).status_code == 200
    assert client.get(f"{PEOPLE}/{people[0]}", headers=officer).status_code == 403
    assert client.get(f"{PEOPLE}/{people[0]}/profile", headers=officer).status_code == 403
    assert client.post(f"{PEOPLE}/{people[0]}/consents", json=YES, headers=officer).status_code == 403


def test_a_household_is_formed_joined_renamed_and_left(client: TestClient, headers: dict[str, str]) -> None:
    rasa, lina = register(client, headers, given_name="Rasa"), register(client, headers, given_name="Lina")
    assert client.get(f"{PEOPLE}/{rasa}/household", headers=headers).status_code == 404
    keyed = {**headers, "Idempotency-Key": "k"}
    body = {"name": "Kazlauskas", "members": [{"person_id": rasa}]}
    formed = client.post(HOUSEHOLDS, json=body, headers=keyed)
    assert (formed.status_code, formed.headers["etag"]) == (201, '"1"')
    assert client.post(HOUSEHOLDS, json=body, headers=keyed).json() == formed.json()
    home = formed.headers["location"]
    place = {"household_id": formed.json()["id"], "role": "child"}
    assert client.put(f"{PEOPLE}/{lina}/household", json=place, headers=headers).status_code == 428
    joined = client.put(f"{PEOPLE}/{lina}/household", json=place, headers=match(headers, 1))
    assert [(one["given_name"], one["role"]) for one in joined.json()["members"]] == [
        ("Rasa", "adult"),
        ("Lina", "child"),
    ]
    assert client.patch(home, json={"name": "Berg"}, headers=match(headers, 1)).status_code == 412
    assert client.patch(home, json={"name": "Berg"}, headers=match(headers, 2)).json()["name"] == "Berg"
    assert client.delete(f"{PEOPLE}/{rasa}/household", headers=match(headers, 3)).status_code == 204
    left = client.get(f"{PEOPLE}/{lina}/household", headers=headers)
    assert (left.headers["etag"], len(left.json()["members"])) == ('"4"', 1)
    assert client.delete(f"{PEOPLE}/{lina}/household", headers=match(headers, 4)).status_code == 204
    assert client.get(home, headers=headers).status_code == 404


def test_one_home_a_person_and_only_registered_people(client: TestClient, headers: dict[str, str]) -> None:
    rasa = register(client, headers)
    body = {"name": "A", "members": [{"person_id": rasa, "role": "adult"}]}
    assert client.post(HOUSEHOLDS, json=body, headers=headers).status_code == 201
    assert client.post(HOUSEHOLDS, json=body, headers=headers).status_code == 409
    nobody = {"name": "A", "members": [{"person_id": str(new_id())}]}
    assert client.post(HOUSEHOLDS, json=nobody, headers=headers).status_code == 404
    for wrong in ({"name": "A", "members": []}, {"name": "", "members": [{"person_id": rasa}]}):
        assert client.post(HOUSEHOLDS, json=wrong, headers=headers).status_code == 422
