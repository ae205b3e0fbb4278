"""An SMS gateway gets one document for each message, in its own shape; and whatever it answers is told."""

from pathlib import Path

import pytest
from pydantic import JsonValue

from kompetanse.messages.rules import Letter, Outcome
from kompetanse.messages.sms import SmsCarrier
from tests.contacts.test_posting import certificate
from tests.support.receiver import Receiver, serve

TEXT = "هذا رابط صفحاتك لدى البلدية:\nhttps://kompetanse.example/my/open/abc\n"
PLAIN: dict[str, JsonValue] = {"sender": "{sender}", "to": "{to}", "text": "{text}"}


def letter(to: str = "+4790000123") -> Letter:
    return Letter(to, "Lenke", TEXT, "ar")


def carrier(receiver: Receiver, body: JsonValue = PLAIN) -> SmsCarrier:
    return SmsCarrier(f"{receiver.url}sms", "Kommunen", body, "Bearer hemmelig")


def test_a_message_arrives_in_the_gateways_shape() -> None:
    body: JsonValue = {
        "source": "{sender}",
        "messages": [{"msisdn": "{digits}", "userData": "{text}", "kind": "{to} as it is"}],
        "platformId": "COMMON_API",
        "ttl": 3600,
    }
    with serve() as receiver:
        receiver.status = 202
        assert carrier(receiver, body).carry([letter()]) == [Outcome.SENT]
    (message,) = receiver.received
    assert message.content == {
        "source": "Kommunen",
        "messages": [{"msisdn": "4790000123", "userData": TEXT, "kind": "{to} as it is"}],
        "platformId": "COMMON_API",
        "ttl": 3600,
    }
    assert (message.path, message.headers["authorization"]) == ("/sms", "Bearer hemmelig")
    assert message.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("status", "outcome", "next_one"),
    [
        (400, Outcome.REFUSED, Outcome.REFUSED),
        (422, Outcome.REFUSED, Outcome.REFUSED),
        (401, Outcome.NOT_LET_IN, Outcome.NOT_LET_IN),
        (402, Outcome.NOT_LET_IN, Outcome.NOT_LET_IN),
        (404, Outcome.NOT_LET_IN, Outcome.NOT_LET_IN),
        (429, Outcome.UNREACHED, Outcome.UNREACHED),
        (503, Outcome.UNREACHED, Outcome.UNREACHED),
    ],
)
def test_what_the_gateway_answers_is_told(status: int, outcome: Outcome, next_one: Outcome) -> None:
    with serve() as receiver:
        receiver.status = status
        assert carrier(receiver).carry([letter(), letter("+37060000123")]) == [outcome, next_one]
        assert len(receiver.received) == (2 if outcome is Outcome.REFUSED else 1)


def test_a_redirect_leads_nowhere() -> None:
    with serve() as elsewhere, serve() as receiver:
        receiver.status, receiver.headers = 307, {"Location": elsewhere.url}
        assert carrier(receiver).carry([letter()]) == [Outcome.NOT_LET_IN]
    assert elsewhere.received == []


def test_a_gateway_that_is_silent_may_have_taken_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kompetanse.messages.sms.SECONDS", 0.2)
    with serve() as receiver:
        receiver.silence()
        assert carrier(receiver).carry([letter(), letter()]) == [Outcome.UNKNOWN, Outcome.UNREACHED]
        assert len(receiver.received) == 1


def test_a_gateway_that_is_not_there_took_nothing() -> None:
    with serve() as receiver:
        pass
    assert carrier(receiver).carry([letter()]) == [Outcome.UNREACHED]


def test_a_gateway_on_this_machine_is_asked_past_every_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with serve() as proxy, serve() as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert carrier(receiver).carry([letter()]) == [Outcome.SENT]
    assert (len(receiver.received), proxy.received) == (1, [])


def test_the_gateway_is_who_its_certificate_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path, "localhost")
    with serve(file) as receiver:
        assert carrier(receiver).carry([letter()]) == [Outcome.UNREACHED], "nobody vouches for it"
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert carrier(receiver).carry([letter()]) == [Outcome.SENT]
    assert len(receiver.received) == 1


@pytest.mark.parametrize("to", ["90000123", "+47 900 00 123", '+479","x":"', "+47900001234567890", "", "+4790000123\n"])
def test_what_is_no_number_goes_nowhere(to: str) -> None:
    with serve() as receiver:
        assert carrier(receiver).carry([letter(to), letter()]) == [Outcome.REFUSED, Outcome.SENT]
    assert [one.content["to"] for one in receiver.received] == ["+4790000123"]


def test_a_number_or_a_token_is_not_printed() -> None:
    with serve() as receiver:
        assert not any(one in repr((letter(), carrier(receiver))) for one in ("90000123", "hemmelig", "open/abc"))
