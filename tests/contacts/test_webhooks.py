"""Subscribing, and what is refused: no agreement, other addresses, a sixth."""

import socket
from typing import Any

import pytest
from sqlmodel import select

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.contacts import webhooks
from kompetanse.contacts.webhooks import MOST
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound
from tests.contacts.registry import SEALER, agree, deliveries, neighbour, publish_answer, stored, subscribe
from tests.factories import FROYA, actor

RECEIVER = "http://localhost:9/"


def test_the_secret_is_shown_once_and_sealed_in_the_database(database: Database) -> None:
    agree(database)
    webhook, secret = subscribe(database, RECEIVER)
    (found,) = stored(database)
    assert secret.startswith("whsec_")
    assert secret.encode() not in found.secret
    assert secret.removeprefix("whsec_").encode() not in found.secret
    assert SEALER.unseal(found.secret, webhooks.seal_context(webhook.id)) == secret


def test_a_neighbour_sees_and_stops_its_own_and_no_others(database: Database) -> None:
    agree(database)
    agree(database, "5055")
    webhook, _ = subscribe(database, RECEIVER)
    with database.session(FROYA) as session:
        assert [one.id for one in webhooks.list_webhooks(session, neighbour())] == [webhook.id]
        assert webhooks.list_webhooks(session, neighbour("5055")) == []
        for refused in (webhooks.revoke, webhooks.ping):
            with pytest.raises(NotFound):
                refused(session, neighbour("5055"), webhook.id)
        webhooks.revoke(session, neighbour(), webhook.id)
        assert webhooks.list_webhooks(session, neighbour()) == []
        with pytest.raises(NotFound):
            webhooks.revoke(session, neighbour(), webhook.id)


def test_what_waits_for_a_stopped_webhook_is_given_up(database: Database) -> None:
    agree(database)
    webhook, _ = subscribe(database, RECEIVER)
    publish_answer(database)
    with database.session(FROYA) as session:
        webhooks.revoke(session, neighbour(), webhook.id)
    publish_answer(database)
    assert [one.given_up_at is not None for one in deliveries(database)] == [True]


def test_subscribing_and_stopping_are_in_the_audit_trail(database: Database) -> None:
    agree(database)
    webhook, secret = subscribe(database, RECEIVER)
    with database.session(FROYA) as session:
        webhooks.revoke(session, neighbour(), webhook.id)
    with database.session(EVERYWHERE, write=False) as session:
        events = session.exec(select(AuditEvent).where(AuditEvent.record_type == "webhook")).all()
    assert [(one.action, one.record_ids, one.purpose) for one in events] == [
        ("create", [str(webhook.id)], "share"),
        ("revoke", [str(webhook.id)], "share"),
    ]
    assert not any(secret in str(one) for one in events)


def test_a_sixth_and_the_same_again_are_refused(database: Database) -> None:
    agree(database)
    for number in range(MOST):
        subscribe(database, f"{RECEIVER}{number}")
    with pytest.raises(Conflict, match="already"):
        subscribe(database, f"{RECEIVER}0")
    with pytest.raises(Conflict, match="5"):
        subscribe(database, f"{RECEIVER}{MOST}")


def test_whoever_has_no_agreement_or_another_role_is_refused(database: Database) -> None:
    with pytest.raises(Forbidden, match="agreement"):
        subscribe(database, RECEIVER)
    agree(database)
    roles = set(Role) - {Role.NEIGHBOUR, Role.SYSTEM}
    with database.session(FROYA) as session:
        for role in roles:
            with pytest.raises(Forbidden):
                webhooks.subscribe(session, actor(role), url=RECEIVER, sealer=SEALER, local=True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.7/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[::ffff:10.0.0.7]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0/",
        "https://" + "a" * 64 + ".example/",
    ],
)
def test_an_address_inside_is_refused_however_it_is_written(database: Database, url: str) -> None:
    agree(database)
    with database.session(FROYA) as session, pytest.raises(Invalid) as refused:
        webhooks.subscribe(session, neighbour(), url=url, sealer=SEALER)
    assert refused.value.faults[0].pointer == "/url"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_name_with_one_address_inside_is_refused(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("8.8.8.8", "10.0.0.7")]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    agree(database)
    with database.session(FROYA) as session, pytest.raises(Invalid, match="open internet"):
        webhooks.subscribe(session, neighbour(), url="https://hitra.example/", sealer=SEALER)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_ping_is_on_its_way_at_a_time(database: Database) -> None:
    agree(database)
    webhook, _ = subscribe(database, RECEIVER)
    with database.session(FROYA) as session:
        ping = webhooks.ping(session, neighbour(), webhook.id)
        assert ping.body["data"] == {"municipality_no": FROYA}
        with pytest.raises(Conflict):
            webhooks.ping(session, neighbour(), webhook.id)
