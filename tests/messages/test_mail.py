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


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("RCPT", "450 4.2.0 greylisted, try later", Outcome.UNREACHED),
        ("RCPT", "451 4.3.0 try later", Outcome.UNREACHED),
        ("RCPT", "452 4.2.2 mailbox full", Outcome.UNREACHED),
        ("RCPT", "550 5.1.1 nobody", Outcome.REFUSED),
        ("RCPT", "550 5.4.1 Recipient address rejected: Access denied", Outcome.REFUSED),
        ("RCPT", "554 5.7.1 Relay access denied", Outcome.NOT_LET_IN),
        ("RCPT", "553 5.1.8 sender's domain does not exist", Outcome.NOT_LET_IN),
        (".", "451 4.7.1 greylisted, try later", Outcome.UNREACHED),
        (".", "550 5.1.1 User unknown", Outcome.REFUSED),
        (".", "550 no such user", Outcome.REFUSED),
        (".", "552 mailbox full", Outcome.REFUSED),
        (".", "553 mailbox name not allowed", Outcome.REFUSED),
        (".", "554 transaction failed", Outcome.NOT_LET_IN),
    ],
)
def test_what_is_answered_to_one_letter_keeps_no_other_out(command: str, answer: str, outcome: Outcome) -> None:
    with serve_mail() as server:
        server.answers_once[command] = answer
        assert carrier(server).carry([letter(), letter("rasa@pastas.example")]) == [outcome, Outcome.SENT]
    assert [to for _, to, _ in server.taken] == ["rasa@pastas.example"]


@pytest.mark.parametrize("command", ["RCPT", "MAIL", "DATA", "."])
def test_a_server_that_hangs_up_is_asked_no_further(command: str) -> None:
    with serve_mail() as server:
        server.answers[command] = "421 4.7.0 too many"
        assert carrier(server).carry([letter()] * 3) == [Outcome.UNREACHED] * 3
    assert len(server.asked) == 1


def test_a_server_that_wants_a_log_in_is_asked_no_further() -> None:
    with serve_mail() as server:
        server.answers["RCPT"] = "530 5.7.0 log in"
        assert carrier(server).carry([letter()] * 3) == [Outcome.NOT_LET_IN] * 3
    assert len(server.asked) == 1


def test_a_log_in_that_fails_just_now_can_be_tried_again() -> None:
    with serve_mail() as server:
        server.user, server.password = "kompetanse", "et passord"
        server.answers["AUTH"] = "454 4.7.0 try later"
        assert carrier(server).carry([letter()]) == [Outcome.UNREACHED]


def test_settings_that_no_server_knows_send_nothing_and_raise_nothing() -> None:
    with serve_mail() as server:
        server.user = "kompetanse"
        for host, password in (("localhost", "blåbær"), ("mail..example", "et passord")):
            odd = MailCarrier(host, server.port, Security.NONE, SENDER, "kompetanse", password)
            assert odd.carry([letter()]) == [Outcome.NOT_LET_IN]
    assert server.taken == []


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


def test_a_senders_domain_of_other_letters_is_written_as_servers_know_it() -> None:
    with serve_mail() as server:
        odd = MailCarrier("localhost", server.port, Security.NONE, "Frøya <ikke-svar@frøya.kommune.no>")
        assert odd.carry([letter()]) == [Outcome.SENT]
    [(sender, _, message)] = server.taken
    assert sender == "ikke-svar@xn--frya-hra.kommune.no"
    assert message["Message-ID"].endswith("@xn--frya-hra.kommune.no>")


def test_a_local_part_of_other_letters_is_refused_by_a_server_that_knows_none() -> None:
    with serve_mail() as server:
        assert carrier(server).carry([letter("олена@posten.example")]) == [Outcome.REFUSED]


def test_addresses_texts_and_passwords_are_not_printed() -> None:
    with serve_mail() as server:
        server.user, server.password = "kompetanse", "et passord"
        printed = repr((letter(), carrier(server)))
    assert not any(one in printed for one in ("olena", LINK, "Посилання", "et passord"))
