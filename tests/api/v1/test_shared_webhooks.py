"""Webhooks over REST, from subscribing to the message that arrives."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from api.state import State
from kompetanse.actor import Role
from kompetanse.settings import Settings
from tests.factories import FROYA, HITRA, agreement
from tests.support.receiver import Receiver, serve

WEBHOOKS = "/api/v1/shared/webhooks"
Headers = dict[str, str]


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with serve() as served:
        yield served


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("api.delivering.EVERY", 0.05)
    return settings.model_copy(update={"webhook_allow_local": True})


@pytest.fixture
def hitra(state: State, bearer: Callable[..., Headers]) -> Headers:
    with state.database.session(FROYA) as session:
        agreement(session, recipient_no=HITRA)
    return bearer(Role.NEIGHBOUR, recipient_no=HITRA)


def test_a_receiver_is_subscribed_tried_and_stopped(client: TestClient, hitra: Headers, receiver: Receiver) -> None:
    receiver.received.clear()
    receiver.arrived.clear()
    made = client.post(WEBHOOKS, headers=hitra, json={"url": receiver.url})
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    webhook = made.json()
    secret = webhook.pop("secret")
    listed = client.get(WEBHOOKS, headers=hitra)
    assert listed.json() == {"items": [webhook]}
    assert secret not in listed.text

    tried = client.post(f"{WEBHOOKS}/{webhook['id']}/test", headers=hitra)
    assert tried.status_code == 202
    assert receiver.arrived.wait(10), "the server itself sends what waits"
    (message,) = receiver.received
    assert (message.id, message.content["type"]) == (tried.json()["id"], "ping")
    assert message.is_signed_with(secret)

    assert client.delete(f"{WEBHOOKS}/{webhook['id']}", headers=hitra).status_code == 204
    assert client.get(WEBHOOKS, headers=hitra).json() == {"items": []}
    for gone in (
        client.delete(f"{WEBHOOKS}/{webhook['id']}", headers=hitra),
        client.post(f"{WEBHOOKS}/{webhook['id']}/test", headers=hitra),
    ):
        assert gone.status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_same_request_again_makes_nothing_and_tells_no_secret(
    client: TestClient, hitra: Headers, receiver: Receiver
) -> None:
    headers = {**hitra, "Idempotency-Key": "once"}
    first, again = (client.post(WEBHOOKS, headers=headers, json={"url": receiver.url}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == {**first.json(), "secret": None}
    assert client.post(WEBHOOKS, headers=hitra, json={"url": receiver.url}).status_code == 409


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("url", ["http://hitra.example/", "https://10.0.0.7/", "https://192.168.0.1/", "hook"])
def test_a_url_that_may_not_be_called_is_refused_at_its_place(client: TestClient, hitra: Headers, url: str) -> None:
    refused = client.post(WEBHOOKS, headers=hitra, json={"url": url})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/url"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_neighbour_without_an_agreement_is_refused(
    client: TestClient, bearer: Callable[..., Headers], receiver: Receiver
) -> None:
    stranger = bearer(Role.NEIGHBOUR, recipient_no=HITRA)
    assert client.post(WEBHOOKS, headers=stranger, json={"url": receiver.url}).status_code == 403
