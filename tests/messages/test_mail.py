"""E-mail leaves over TLS that is verified, with nothing in it but what it needs; and whatever a server does is told."""

from pathlib import Path

import pytest

from kompetanse.messages import carrying
from kompetanse.messages.mail import MailCarrier, Security, written
from kompetanse.messages.rules import Letter, Outcome
from tests.contacts.test_posting import certificate
from tests.support.mail_server import MailServer, serve_mail

SENDER = "Frøya kommune <ikke-svar@froya.example>"
LINK = "https://kompetanse.example/my/open/" + "a" * 64


def letter(to: str = "olena@posten.example", language: str = "uk") -> Letter:
    return Letter(to, "Посилання на ваші сторінки", f"Ось посилання:\n{LINK}\nПрацює один раз.\n", language)


def carrier(server: MailServer, security: Security = Security.NONE, host: str = "localhost") -> MailCarrier:
    return MailCarrier(host, server.port, security, SENDER, server.user, server.password)


def test_a_letter_arrives_as_it_was_written() -> None:
    with serve_mail() as server:
        assert carrier(server).carry([letter(), letter("rasa@pastas.example", "lt")]) == [Outcome.SENT, Outcome.SENT]
    (sender, to, message), _ = server.taken
    assert (sender, to) == ("ikke-svar@froya.example", "olena@posten.example")
    assert message["Subject"] == "Посилання на ваші сторінки"
    assert message["From"] == SENDER
    assert message.get_content().splitlines()[1] == LINK
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("uk", "auto-generated")
    assert message["Message-ID"].endswith("@froya.example>")
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert server.connections == 1


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_the_server_is_who_its_certificate_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: Security
) -> None:
    file = certificate(tmp_path, "localhost")
    with serve_mail(file, tls=security is Security.TLS) as server:
        server.user, server.password = "kompetanse", "et passord"
        assert carrier(server, security).carry([letter()]) == [Outcome.NOT_LET_IN], "nobody vouches for it"
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert carrier(server, security).carry([letter()]) == [Outcome.SENT]
        assert carrier(server, security, "127.0.0.1").carry([letter()]) == [Outcome.NOT_LET_IN]
    assert (server.encrypted, server.logged_in) == ([True], 1)


def test_a_way_that_cannot_be_encrypted_is_not_taken() -> None:
    with serve_mail() as server:
        assert carrier(server, Security.STARTTLS).carry([letter()]) == [Outcome.NOT_LET_IN]
    assert server.taken == []


def test_a_wrong_password_is_told_and_the_rest_not_tried() -> None:
    with serve_mail() as server:
        server.user, server.password = "kompetanse", "et passord"
        wrong = MailCarrier("localhost", server.port, Security.NONE, SENDER, "kompetanse", "et annet")
        assert wrong.carry([letter(), letter()]) == [Outcome.NOT_LET_IN, Outcome.NOT_LET_IN]
    assert (server.connections, server.taken) == (1, [])


def test_an_address_that_is_nobody_keeps_no_other_out() -> None:
    with serve_mail() as server:
        server.refused.add("olena@posten.example")
        assert carrier(server).carry([letter(), letter("rasa@pastas.example")]) == [Outcome.REFUSED, Outcome.SENT]
    assert [to for _, to, _ in server.taken] == ["rasa@pastas.example"]


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("MAIL", "451 4.3.0 try later", Outcome.UNREACHED),
        ("MAIL", "550 5.7.1 not you", Outcome.NOT_LET_IN),
        ("DATA", "452 4.3.1 full", Outcome.UNREACHED),
        (".", "554 5.6.0 not this", Outcome.NOT_LET_IN),
        (".", "", Outcome.UNKNOWN),
        ("EHLO", "", Outcome.UNREACHED),
    ],
)
def test_what_the_server_answers_is_told(command: str, answer: str, outcome: Outcome) -> None:
    with serve_mail() as server:
        server.user, server.password = ("kompetanse", "et passord") if command == "EHLO" else ("", "")
        server.answers[command] = answer
        found = carrier(server).carry([letter(), letter()])
    after = Outcome.NOT_LET_IN if outcome is Outcome.NOT_LET_IN else Outcome.UNREACHED
    assert found == [outcome, after]


def test_a_server_that_is_not_there_is_told() -> None:
    with serve_mail() as server:
        pass
    assert carrier(server).carry([letter(), letter()]) == [Outcome.UNREACHED, Outcome.UNREACHED]


def test_nobody_waits_for_more_than_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "SECONDS_IN_ALL", -1.0)
    with serve_mail() as server:
        assert carrier(server).carry([letter()]) == [Outcome.UNREACHED]
    assert server.taken == []


@pytest.mark.parametrize(
    "to",
    [
        "olena@posten.example\r\nBcc: alle@posten.example",
        "olena@posten.example\nBcc: alle@posten.example",
        "olena@posten.example, alle@posten.example",
        "olena@posten.example\u2028Bcc: alle@posten.example",
        "olena",
        "",
    ],
)
def test_an_address_cannot_begin_a_header(to: str) -> None:
    with serve_mail() as server:
        assert carrier(server).carry([letter(to), letter()]) == [Outcome.REFUSED, Outcome.SENT]
    assert [one for _, one, _ in server.taken] == ["olena@posten.example"]


def test_a_domain_of_other_letters_is_written_as_servers_know_it() -> None:
    assert written(letter("olena@blåbær.example"), SENDER)["To"] == "olena@xn--blbr-roah.example"


def test_a_local_part_of_other_letters_is_refused_by_a_server_that_knows_none() -> None:
    with serve_mail() as server:
        assert carrier(server).carry([letter("олена@posten.example")]) == [Outcome.REFUSED]


def test_addresses_texts_and_passwords_are_not_printed() -> None:
    with serve_mail() as server:
        server.user, server.password = "kompetanse", "et passord"
        printed = repr((letter(), carrier(server)))
    assert not any(one in printed for one in ("olena", LINK, "Посилання", "et passord"))
