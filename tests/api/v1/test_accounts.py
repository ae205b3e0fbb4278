"""Staff accounts and API clients over REST."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from kompetanse.ids import new_id
from tests.factories import HITRA

ACCOUNTS, CLIENTS, PEOPLE = "/api/v1/accounts", "/api/v1/clients", "/api/v1/people"
TOKEN = "/api/v1/oauth/token"
PASSWORD = "tre laks i en rød bøtte"
Bearer = Callable[..., dict[str, str]]
KARI = {"email": "Kari@froya.example", "name": "Kari", "password": PASSWORD, "roles": ["coordinator"]}


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.ADMINISTRATOR)


def token(client: TestClient, issued: dict[str, Any]) -> Any:
    form = {"client_id": issued["client_id"], "client_secret": issued["client_secret"]}
    return client.post(TOKEN, data={"grant_type": "client_credentials", **form})


def test_an_account_is_made_listed_closed_and_opened(client: TestClient, headers: dict[str, str]) -> None:
    made = client.post(ACCOUNTS, json=KARI, headers=headers)
    assert (made.status_code, made.json()["email"], made.json()["roles"]) == (
        201,
        "kari@froya.example",
        ["coordinator"],
    )
    assert PASSWORD not in made.text
    assert "hash" not in made.text
    assert client.get(ACCOUNTS, headers=headers).json()["items"] == [made.json()]
    path = f"{ACCOUNTS}/{made.json()['id']}"
    assert client.post(f"{path}/disable", headers=headers).json()["disabled_at"] is not None
    assert client.post(f"{path}/enable", headers=headers).json()["disabled_at"] is None
    assert client.put(f"{path}/password", json={"password": PASSWORD[::-1]}, headers=headers).status_code == 204
    assert client.post(ACCOUNTS, json=KARI, headers=headers).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"email": "kari"}, "/email"),
        ({"password": "kort"}, "/password"),
        ({"roles": ["neighbour"]}, "/roles/0"),
        ({"roles": []}, "/roles"),
        ({"roles": ["hr"]}, "/unit"),
        ({"name": ""}, "/name"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused_without_repeating_it(
    client: TestClient, headers: dict[str, str], wrong: dict[str, Any], pointer: str
) -> None:
    answer = client.post(ACCOUNTS, json={**KARI, **wrong}, headers=headers)
    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])
    assert PASSWORD not in answer.text
    assert "kort" not in answer.text


def test_an_administrator_reads_no_personal_record(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get(PEOPLE, headers=headers).status_code == 403
    assert client.get("/api/v1/audit/events", headers=headers).status_code == 403


def test_another_municipality_s_accounts_and_clients_are_not_there(
    client: TestClient, headers: dict[str, str], bearer: Bearer
) -> None:
    made = client.post(ACCOUNTS, json=KARI, headers=headers).json()
    issued = client.post(CLIENTS, json={"name": "c", "roles": ["coordinator"]}, headers=headers).json()
    hitra = bearer(Role.ADMINISTRATOR, municipality_no=HITRA)
    assert client.get(ACCOUNTS, headers=hitra).json()["items"] == []
    assert client.post(f"{ACCOUNTS}/{made['id']}/disable", headers=hitra).status_code == 404
    assert client.post(f"{CLIENTS}/{issued['client_id']}/revoke", headers=hitra).status_code == 404
    assert client.post(f"{ACCOUNTS}/{new_id()}/enable", headers=headers).status_code == 404
    taken = client.post(ACCOUNTS, json=KARI, headers=hitra)
    assert (taken.status_code, taken.json()["detail"]) == (409, "The e-mail address has an account already")


def test_a_client_s_secret_is_shown_once_and_works(client: TestClient, headers: dict[str, str]) -> None:
    body = {"name": "Hitra", "roles": ["neighbour"], "recipient_no": HITRA}
    keyed = {**headers, "Idempotency-Key": "k"}
    issued = client.post(CLIENTS, json=body, headers=keyed)
    assert issued.status_code == 201
    secret = issued.json()["client_secret"]
    again = client.post(CLIENTS, json=body, headers=keyed).json()
    assert (again["client_id"], again["client_secret"]) == (issued.json()["client_id"], None)
    listed = client.get(CLIENTS, headers=headers)
    assert issued.json()["client_id"] in listed.text
    assert secret not in listed.text
    assert token(client, issued.json()).status_code == 200


def test_a_revoked_client_gets_no_token_and_its_old_one_dies(
    client: TestClient, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.authentication._TRUSTED_SECONDS", 0.0)
    issued = client.post(CLIENTS, json={"name": "c", "roles": ["coordinator"]}, headers=headers).json()
    held = {"Authorization": f"Bearer {token(client, issued).json()['access_token']}"}
    assert client.get(PEOPLE, headers=held).status_code == 200
    revoked = client.post(f"{CLIENTS}/{issued['client_id']}/revoke", headers=headers)
    assert revoked.json()["revoked_at"] is not None
    assert client.get(PEOPLE, headers=held).status_code == 401
    assert token(client, issued).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"roles": ["system"]},
        {"roles": ["neighbour"]},
        {"roles": ["coordinator"], "recipient_no": HITRA},
        {"roles": ["coordinator", "job_service"]},
        {"roles": ["hr"]},
    ],
)
def test_a_client_that_makes_no_sense_is_refused(
    client: TestClient, headers: dict[str, str], wrong: dict[str, Any]
) -> None:
    assert client.post(CLIENTS, json={"name": "c", **wrong}, headers=headers).status_code == 422
