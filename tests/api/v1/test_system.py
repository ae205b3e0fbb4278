"""Whether the server lives, and tokens for API clients."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from api.state import State
from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.database import Database
from kompetanse.identity import service as identity
from tests.factories import FROYA

TOKEN, PEOPLE = "/api/v1/oauth/token", "/api/v1/people"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def issued(client: TestClient, state: State) -> tuple[str, str]:
    with state.database.session(FROYA) as session:
        made, secret = identity.issue_client(session, system_actor(FROYA), name="c", roles=[Role.COORDINATOR])
        return made.client_id, secret


def grant(client: TestClient, client_id: str, secret: str) -> str:
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = client.post(TOKEN, data=form)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def test_the_server_lives_and_is_ready(client: TestClient) -> None:
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_without_its_database_the_server_lives_and_is_not_ready(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(Database, "session", broken)
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_client_gets_a_token_by_form_or_by_basic(client: TestClient, issued: tuple[str, str]) -> None:
    token = grant(client, *issued)
    assert client.get(PEOPLE, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    basic = base64.b64encode(":".join(issued).encode()).decode()
    answer = client.post(TOKEN, data={"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {basic}"})
    assert (answer.status_code, answer.json()["token_type"], answer.json()["expires_in"]) == (200, "Bearer", 900)


@pytest.mark.parametrize(
    ("form", "authorization", "status"),
    [
        ({"client_id": "nobody", "client_secret": "x"}, "", 401),
        ({"client_id": "nobody"}, "", 401),
        ({}, "Basic !!!", 401),
        ({}, "Basic " + base64.b64encode(b"nobody").decode(), 401),
        ({}, "Bearer x", 401),
        ({"grant_type": "password", "client_id": "nobody", "client_secret": "x"}, "", 422),
    ],
)
def test_who_is_not_known_gets_no_token(
    client: TestClient, form: dict[str, str], authorization: str, status: int
) -> None:
    answer = client.post(
        TOKEN, data={"grant_type": "client_credentials", **form}, headers={"Authorization": authorization}
    )
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_token_ends(client: TestClient, issued: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.authentication._TRUSTED_SECONDS", 0.0)
    held = {"Authorization": f"Bearer {grant(client, *issued)}"}
    assert client.get(PEOPLE, headers=held).status_code == 200
    with clock.moved(by=timedelta(minutes=16)):
        assert client.get(PEOPLE, headers=held).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer a.b.c", "bearer æøå"])
def test_a_header_without_a_token_of_ours_is_refused(client: TestClient, header: str) -> None:
    answer = client.get(PEOPLE, headers={b"Authorization": header.encode()})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
