"""Tokens for machines: with a secret of ours, and what is said to whoever gets none (RFC 6749)."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.state import State
from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.identity import organisations
from kompetanse.identity import service as identity
from tests.factories import FROYA, HITRA
from tests.support.issuer import HITRA_ORGANISATION

TOKEN, PEOPLE = "/api/v1/oauth/token", "/api/v1/people"
SECRET = {"grant_type": "client_credentials"}
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def issued(client: TestClient, state: State) -> tuple[str, str]:
    with state.database.session(FROYA) as session:
        made, secret = identity.issue_client(session, system_actor(FROYA), name="c", roles=[Role.COORDINATOR])
        return made.client_id, secret


def grant(client: TestClient, client_id: str, secret: str) -> str:
    answer = client.post(TOKEN, data={**SECRET, "client_id": client_id, "client_secret": secret})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def basic(*parts: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(":".join(parts).encode()).decode()}


def test_a_client_gets_a_token_by_form_or_by_basic(client: TestClient, issued: tuple[str, str]) -> None:
    token = grant(client, *issued)
    assert client.get(PEOPLE, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    answer = client.post(TOKEN, data=SECRET, headers=basic(*issued))
    assert (answer.status_code, answer.json()["token_type"], answer.json()["expires_in"]) == (200, "Bearer", 900)
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_parts_of_basic_may_be_form_encoded(client: TestClient, issued: tuple[str, str]) -> None:
    client_id, secret = issued
    answer = client.post(TOKEN, data=SECRET, headers=basic(client_id.replace("-", "%2D"), secret))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("form", "headers", "error"),
    [
        ({**SECRET, "client_id": "nobody", "client_secret": "x"}, {}, "invalid_client"),
        ({**SECRET, "client_id": "nobody"}, {}, "invalid_client"),
        ({**SECRET, "client_secret": "x"}, {}, "invalid_client"),
        (SECRET, {}, "invalid_client"),
        (SECRET, {"Authorization": "Basic !!!"}, "invalid_client"),
        (SECRET, basic("nobody"), "invalid_client"),
        (SECRET, basic("nobody", "x"), "invalid_client"),
        (SECRET, {"Authorization": "Bearer x"}, "invalid_client"),
        ({**SECRET, "client_id": "a", "client_secret": "x"}, basic("a", "x"), "invalid_request"),
        ({"client_id": "a", "client_secret": "x"}, {}, "invalid_request"),
        ({"grant_type": "password", "client_id": "a", "client_secret": "x"}, {}, "unsupported_grant_type"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "x"}, {}, "unsupported_grant_type"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_is_not_known_gets_no_token_and_hears_why(
    client: TestClient, form: dict[str, str], headers: dict[str, str], error: str
) -> None:
    answer = client.post(TOKEN, data=form, headers=headers)
    unknown = error == "invalid_client"
    assert (answer.status_code, answer.json()["error"]) == (401 if unknown else 400, error)
    assert answer.json()["error_description"]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers.get("www-authenticate", "").startswith("Basic") is unknown


@pytest.mark.parametrize("secret", ["", " ", "0" * 64])
def test_no_secret_is_the_secret_of_an_organisation(client: TestClient, state: State, secret: str) -> None:
    with state.database.session(FROYA) as session:
        made = organisations.register_organisation(
            session, system_actor(FROYA), name="Hitra", recipient_no=HITRA, organisation_no=HITRA_ORGANISATION
        )
    answer = client.post(TOKEN, data={**SECRET, "client_id": made.client_id, "client_secret": secret})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_a_token_ends(client: TestClient, issued: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.authentication._TRUSTED_SECONDS", 0.0)
    held = {"Authorization": f"Bearer {grant(client, *issued)}"}
    assert client.get(PEOPLE, headers=held).status_code == 200
    with clock.moved(by=timedelta(minutes=16)):
        assert client.get(PEOPLE, headers=held).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eDp5"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_sends_no_token_is_asked_for_one(client: TestClient, header: str) -> None:
    answer = client.get(PEOPLE, headers={"Authorization": header})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("header", ["Bearer a.b.c", "bearer æøå"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_token_that_is_not_ours_is_called_invalid(client: TestClient, header: str) -> None:
    answer = client.get(PEOPLE, headers={b"Authorization": header.encode()})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer error="invalid_token"')
    assert answer.headers["content-type"] == "application/problem+json"
