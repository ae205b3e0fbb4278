"""A neighbour with tokens of Maskinporten, from a real issuer, over the whole way to what it reads."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import select

from api.app import create_app
from api.state import State
from kompetanse.actor import Role, system_actor
from kompetanse.audit.tables import AuditEvent
from kompetanse.database import EVERYWHERE
from kompetanse.identity import organisations
from kompetanse.settings import Settings
from tests.factories import FROYA, HITRA, agreement
from tests.support.issuer import (
    HITRA_ORGANISATION,
    SCOPE,
    SUPPLIER_ORGANISATION,
    Issuer,
    organisation,
    serve,
)

CLASSES, TOKEN, CLIENTS = "/api/v1/shared/classes", "/api/v1/oauth/token", "/api/v1/clients"
ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with serve() as served:
        yield served


@pytest.fixture
def settings(settings: Settings, issuer: Issuer) -> Settings:
    scopes = {FROYA: SCOPE}
    return settings.model_copy(update={"maskinporten_issuer": issuer.url, "maskinporten_scopes": scopes})


@pytest.fixture
def hitra(client: TestClient, state: State) -> str:
    """Hitra, let in by its organisation number, with an agreement. The id of its client."""
    with state.database.session(FROYA) as session:
        froya = system_actor(FROYA)
        agreement(session, who=froya)
        made = organisations.register_organisation(
            session, froya, name="Hitra", recipient_no=HITRA, organisation_no=HITRA_ORGANISATION
        )
        return made.client_id


def read(client: TestClient, token: str, path: str = CLASSES) -> Response:
    return client.get(path, headers={"Authorization": f"Bearer {token}"})


def exchange(client: TestClient, token: str) -> Response:
    return client.post(TOKEN, data={"grant_type": ASSERTION, "assertion": token})


def events(state: State, action: str) -> list[AuditEvent]:
    with state.database.session(EVERYWHERE, write=False) as session:
        return list(session.exec(select(AuditEvent).where(AuditEvent.action == action)))


@pytest.mark.usefixtures("hitra")
def test_a_token_is_sent_as_it_is_and_again_until_it_ends(client: TestClient, issuer: Issuer) -> None:
    token = issuer.token()
    for _ in range(3):
        answer = read(client, token)
        assert (answer.status_code, answer.json()["municipality_no"]) == (200, FROYA)


@pytest.mark.usefixtures("hitra")
def test_it_opens_what_a_neighbour_with_a_secret_sees_and_nothing_else(
    client: TestClient, issuer: Issuer, bearer: Bearer
) -> None:
    token = issuer.token()
    with_secret = client.get(CLASSES, headers=bearer(Role.NEIGHBOUR, recipient_no=HITRA))
    assert read(client, token).json() == with_secret.json()
    for path in ("/api/v1/people", "/api/v1/vacancies", CLIENTS, "/api/v1/exports/job-service.csv"):
        assert read(client, token, path).status_code == 403


@pytest.mark.usefixtures("hitra")
def test_a_token_is_exchanged_for_one_of_ours_and_only_once(client: TestClient, issuer: Issuer) -> None:
    token = issuer.token()
    answer = exchange(client, token)
    assert (answer.status_code, answer.json()["expires_in"], answer.headers["cache-control"]) == (200, 900, "no-store")
    assert read(client, answer.json()["access_token"]).status_code == 200
    replayed = exchange(client, token)
    assert (replayed.status_code, replayed.json()["error"]) == (400, "invalid_grant")
    assert "exchanged before" in replayed.json()["error_description"]
    assert exchange(client, issuer.token()).status_code == 200


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize(
    ("wrong", "status", "challenge", "error"),
    [
        ({"iss": "https://maskinporten.no/"}, 401, 'Bearer error="invalid_token"', "invalid_grant"),
        ({"exp": 1}, 401, 'Bearer error="invalid_token"', "invalid_grant"),
        ({"jti": None}, 401, 'Bearer error="invalid_token"', "invalid_grant"),
        ({"consumer": None}, 401, 'Bearer error="invalid_token"', "invalid_grant"),
        ({"scope": "froya:other"}, 403, 'Bearer error="insufficient_scope"', "invalid_scope"),
        ({"consumer": organisation(SUPPLIER_ORGANISATION)}, 403, None, "unauthorized_client"),
    ],
    ids=str,
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_token_that_does_not_fit_opens_nothing_and_is_exchanged_for_nothing(
    client: TestClient, issuer: Issuer, wrong: dict[str, Any], status: int, challenge: str | None, error: str
) -> None:
    token = issuer.token(**wrong)
    answer = read(client, token)
    assert (answer.status_code, answer.headers.get("www-authenticate")) == (status, challenge)
    assert answer.headers["content-type"] == "application/problem+json"
    refused = exchange(client, token)
    assert (refused.status_code, refused.json()["error"]) == (400, error)


def test_without_an_agreement_it_is_as_for_every_neighbour(client: TestClient, state: State, issuer: Issuer) -> None:
    with state.database.session(FROYA) as session:
        organisations.register_organisation(
            session, system_actor(FROYA), name="Hitra", recipient_no=HITRA, organisation_no=HITRA_ORGANISATION
        )
    answer = read(client, issuer.token())
    assert (answer.status_code, "agreement" in answer.json()["detail"]) == (403, True)


def test_who_holds_the_client_gives_no_access(client: TestClient, issuer: Issuer, hitra: str) -> None:
    theirs = organisation(SUPPLIER_ORGANISATION)
    assert (
        read(client, issuer.token(client_id=hitra, client_orgno=HITRA_ORGANISATION, consumer=theirs)).status_code == 403
    )
    assert read(client, issuer.token(client_id="anything")).status_code == 200


@pytest.mark.usefixtures("hitra")
def test_who_calls_on_the_consumer_s_behalf_stands_in_the_audit_trail_once_a_token(
    client: TestClient, state: State, issuer: Issuer
) -> None:
    read(client, issuer.token())
    assert events(state, "act_through_supplier") == []
    token = issuer.token(supplier=organisation(SUPPLIER_ORGANISATION))
    for _ in range(2):
        assert read(client, token).status_code == 200
    (noted,) = events(state, "act_through_supplier")
    assert (noted.record_ids, noted.purpose, noted.municipality_no) == ([SUPPLIER_ORGANISATION], "share", FROYA)
    assert noted.actor_id == events(state, "read_classes")[-1].actor_id
    exchange(client, issuer.token(supplier=organisation(SUPPLIER_ORGANISATION)))
    assert len(events(state, "act_through_supplier")) == 2


def test_a_stopped_organisation_is_out_with_every_token(
    client: TestClient, state: State, issuer: Issuer, hitra: str, bearer: Bearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.authentication._TRUSTED_SECONDS", 0.0)
    ours, token = exchange(client, issuer.token()).json()["access_token"], issuer.token()
    assert read(client, token).status_code == 200
    stopped = client.post(f"{CLIENTS}/{hitra}/revoke", headers=bearer(Role.ADMINISTRATOR))
    assert stopped.status_code == 200
    assert read(client, token).status_code == 403
    assert read(client, ours).status_code == 401


def test_an_administrator_lets_an_organisation_in_over_rest(client: TestClient, issuer: Issuer, bearer: Bearer) -> None:
    headers = bearer(Role.ADMINISTRATOR)
    body = {"name": "Hitra kommune", "recipient_no": HITRA, "organisation_no": "938 772 924"}
    made = client.post(f"{CLIENTS}/organisations", json=body, headers=headers)
    assert (made.status_code, made.json()["organisation_no"], made.json()["roles"]) == (
        201,
        HITRA_ORGANISATION,
        ["neighbour"],
    )
    assert made.json() in client.get(CLIENTS, headers=headers).json()["items"]
    assert client.post(f"{CLIENTS}/organisations", json=body, headers=headers).status_code == 409
    wrong = client.post(f"{CLIENTS}/organisations", json={**body, "organisation_no": "1"}, headers=headers)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/organisation_no")
    assert exchange(client, issuer.token()).status_code == 200


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_while_the_issuer_is_silent_from_the_start_nobody_is_judged(client: TestClient, issuer: Issuer) -> None:
    issuer.status = 503
    try:
        for answer in (read(client, issuer.token()), exchange(client, issuer.token())):
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            assert answer.headers["content-type"] == "application/problem+json"
    finally:
        issuer.status = 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_maskinporten_is_off_its_tokens_are_not_ours(settings: Settings, issuer: Issuer) -> None:
    off = settings.model_copy(update={"maskinporten_scopes": {}})
    with TestClient(create_app(off)) as client:
        asked = issuer.asked
        assert read(client, issuer.token()).status_code == 401
        assert exchange(client, issuer.token()).json()["error"] == "unsupported_grant_type"
        assert issuer.asked == asked
