"""A link is made, and sent to the person herself: in her language, without her name, once, and told as it went."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from sqlmodel import select

from api.web import catalogues
from api.web.formats import NO_BREAK
from api.web.my.letters import link_letter
from api.web.trail import field_told
from kompetanse import clock
from kompetanse.actor import system_actor
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.residence import ContactKind
from kompetanse.database import EVERYWHERE
from kompetanse.messages.rules import Outcome
from kompetanse.people import service as people
from kompetanse.people.rules import Contact
from kompetanse.personal_links.tables import LinkMessage, PersonalLink
from tests.api.web.conftest import Browser
from tests.api.web.sending.conftest import HOME, MAIL, PHONE
from tests.factories import FROYA
from tests.support.html_forms import forms
from tests.support.mail_server import MailServer
from tests.support.receiver import Receiver

BY_PHONE, BY_MAIL = f"phone:{PHONE}", f"email:{MAIL}"


@pytest.fixture
def olena(coordinator: Browser) -> UUID:
    return registered(coordinator)


def registered(browser: Browser, **fields: object) -> UUID:
    contacts = [Contact(ContactKind.EMAIL, MAIL), Contact(ContactKind.PHONE, PHONE)]
    named = {"given_name": "Olena", "family_name": "Shevchenko"}
    stated: dict[str, object] = {**named, "contact_languages": ["ukr"], "contacts": contacts, **fields}
    return browser.register(FROYA, **stated)


def made(browser: Browser, person_id: UUID, send: str = "", **fields: str) -> str:
    """The page of a link that was made and sent, as the form of the person's link page would."""
    shown = browser.get(f"/people/{person_id}/link").text
    [form] = [one for one in forms(shown, f"/people/{person_id}/link") if "asked" in one.values()]
    values = {name: found[0] for name, found in form.values().items()}
    answer = browser.post(f"/people/{person_id}/link", **{**values, "send": send, **fields})
    assert answer.status_code == 200, answer.text
    return answer.text


def pressed(browser: Browser, html: str, button: str, **fields: str) -> str:
    """The page after another button beside a link was pressed."""
    [form] = [one for one in forms(html, "/link") if one.buttons and one.buttons[0].get("name") == "send"]
    assert button in [one["value"] for one in form.buttons]
    values = {name: found[0] for name, found in form.values().items()}
    return browser.post(form.action, **{**values, "send": button, **fields}).text


def link_of(html: str) -> str:
    found = re.search(rf'value="({HOME}/my/open/[0-9a-f]{{64}})"', html)
    assert found
    return found[1]


def said(html: str) -> str:
    """What the alert says that tells how it went."""
    found = re.search(r'<div class="ds-alert no-print send-to"[^>]*>(.*?)</div>', html, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def outcomes(browser: Browser) -> list[Outcome]:
    with browser.state.database.session(FROYA, write=False) as session:
        return [one.outcome for one in session.exec(select(LinkMessage).order_by(LinkMessage.id))]  # type: ignore[arg-type]


def trail(browser: Browser) -> list[tuple[str, list[str]]]:
    sent = {"begin_send", "send", "fail_to_send"}
    with browser.state.database.session(FROYA, write=False) as session:
        events = session.exec(select(AuditEvent).order_by(AuditEvent.seq))  # type: ignore[arg-type]
        return [(one.action, one.fields) for one in events if one.action in sent]


def test_a_link_is_sent_by_sms_in_her_language_and_without_her_name(
    coordinator: Browser, olena: UUID, gateway: Receiver, mail: MailServer
) -> None:
    html = made(coordinator, olena, BY_PHONE)
    assert said(html).startswith("Sendt på SMS · +47 90 00 01 23")
    (message,) = gateway.received
    assert (message.content["to"], message.content["sender"]) == (PHONE, "Kommunen")
    assert message.headers["authorization"] == "Bearer hemmelig"
    text = message.content["text"]
    assert link_of(html) in text.splitlines()
    assert text.startswith("Ось посилання на ваші сторінки")
    assert not any(one in text for one in ("Olena", "Shevchenko", str(olena), "5014"))
    assert (mail.taken, outcomes(coordinator)) == ([], [Outcome.SENT])
    assert trail(coordinator) == [("begin_send", ["sms"]), ("send", ["sms", "sent"])]
    assert "Sendt på SMS" in coordinator.get(f"/people/{olena}/link").text


def test_a_link_that_was_sent_opens_her_pages(coordinator: Browser, olena: UUID, mail: MailServer) -> None:
    made(coordinator, olena, BY_MAIL)
    (sender, to, message) = mail.taken[0]
    assert (sender, to, message["Subject"]) == ("ikke-svar@froya.example", MAIL, "Посилання на ваші сторінки")
    link = message.get_content().splitlines()[1]
    assert coordinator.client.get(link.removeprefix(HOME)).status_code == 200
    assert trail(coordinator) == [("begin_send", ["email"]), ("send", ["email", "sent"])]


def test_nothing_is_sent_by_default_and_a_button_beside_the_link_sends_the_same(
    coordinator: Browser, olena: UUID, gateway: Receiver, mail: MailServer
) -> None:
    html = made(coordinator, olena)
    assert (said(html), gateway.received, mail.taken) == ("", [], [])
    after = pressed(coordinator, html, BY_MAIL)
    assert said(after).startswith("Sendt på e-post")
    assert link_of(after) == link_of(html)
    assert link_of(pressed(coordinator, after, BY_PHONE)) == link_of(html)
    assert link_of(html) in gateway.received[0].content["text"]


def test_a_page_that_is_loaded_anew_sends_nothing_again(coordinator: Browser, olena: UUID, gateway: Receiver) -> None:
    pages = [made(coordinator, olena, BY_PHONE, asked="one sending") for _ in range(3)]
    assert len(gateway.received) == 1
    assert len({link_of(one) for one in pages}) == 1
    assert {said(one) for one in pages} == {said(pages[0])}
    pressed(coordinator, pages[0], BY_PHONE)
    pressed(coordinator, pages[0], BY_PHONE)
    assert len(gateway.received) == 2


def test_a_gateway_that_is_down_loses_nothing_and_the_button_tries_again(
    coordinator: Browser, olena: UUID, gateway: Receiver
) -> None:
    gateway.status = 503
    html = made(coordinator, olena, BY_PHONE)
    assert said(html).startswith("Ikke sendt: tjenesten svarer ikke")
    assert "Ingenting er tapt" in said(html)
    assert "sheet__code" in html
    gateway.status = 200
    after = pressed(coordinator, html, BY_PHONE)
    assert said(after).startswith("Sendt på SMS")
    assert link_of(after) == link_of(html)
    assert outcomes(coordinator) == [Outcome.UNREACHED, Outcome.SENT]
    assert ("fail_to_send", ["sms", "unreached"]) in trail(coordinator)


def test_what_else_goes_wrong_is_told_with_what_to_do(
    coordinator: Browser, olena: UUID, gateway: Receiver, mail: MailServer
) -> None:
    mail.refused.add(MAIL)
    html = made(coordinator, olena, BY_MAIL)
    assert said(html).startswith("Ikke sendt: adressen ble ikke tatt imot")
    gateway.status = 401
    html = pressed(coordinator, html, BY_PHONE)
    assert "Si fra til dem som drifter Kompetanse" in said(html)
    mail.refused.clear()
    mail.answers["."] = ""
    assert "kan ha kommet fram likevel" in said(pressed(coordinator, html, BY_MAIL))
    assert outcomes(coordinator) == [Outcome.REFUSED, Outcome.NOT_LET_IN, Outcome.UNKNOWN]


def test_a_message_is_written_down_before_it_leaves(
    coordinator: Browser, olena: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that dies while it sends has a link that opens, and knows not whether it was read."""

    def die(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("kompetanse.personal_links.sending._carried", die)
    asked = {"send": BY_PHONE, "language": "nb", "asked": "one sending"}
    broken = coordinator.post(f"/people/{olena}/link", **asked)
    assert broken.status_code == 500
    assert "Se etter om det du gjorde, ble lagret" in broken.text, "it was, in part"
    assert (outcomes(coordinator), trail(coordinator)) == ([Outcome.UNKNOWN], [("begin_send", ["sms"])])
    monkeypatch.undo()
    assert said(coordinator.post(f"/people/{olena}/link", **asked).text).startswith("Sendes nå")
    with coordinator.state.database.session(FROYA) as session:
        session.exec(select(LinkMessage)).one().begun_at -= timedelta(minutes=5)
    html = coordinator.post(f"/people/{olena}/link", **asked).text
    assert said(html).startswith("Kanskje sendt")
    assert coordinator.client.get(link_of(html).removeprefix(HOME)).status_code == 200


def test_whatever_breaks_while_it_is_sent_the_link_is_shown(
    coordinator: Browser, olena: UUID, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise UnicodeEncodeError("ascii", "blåbær", 2, 3, "ordinal not in range")

    monkeypatch.setattr("kompetanse.messages.sms.SmsCarrier.carry", break_down)
    html = made(coordinator, olena, BY_PHONE)
    assert said(html).startswith("Kanskje sendt")
    assert coordinator.client.get(link_of(html).removeprefix(HOME)).status_code == 200
    assert outcomes(coordinator) == [Outcome.UNKNOWN]
    assert said(pressed(coordinator, html, BY_MAIL)).startswith("Sendt på e-post")
    assert len(mail.taken) == 1


def test_a_gateway_that_takes_nothing_blames_no_number(coordinator: Browser, olena: UUID, gateway: Receiver) -> None:
    gateway.status = 400
    html = made(coordinator, olena, BY_PHONE)
    assert said(html).startswith("Ikke sendt: SMS-tjenesten tok ikke imot meldingen")
    assert "si fra til dem som drifter" in said(html)
    shown = coordinator.get(f"/people/{olena}/link").text
    assert "SMS · Ikke sendt: SMS-tjenesten tok ikke imot meldingen" in shown


def test_a_phone_of_two_cards_is_written_to_when_she_says_that_it_is_safe(
    coordinator: Browser, olena: UUID, gateway: Receiver, mail: MailServer
) -> None:
    registered(coordinator, given_name="Petro", contacts=[Contact(ContactKind.PHONE, PHONE)])
    note = "Står også på et annet kort: +47 90 00 01 23. Uten krysset"
    shown = unescape(coordinator.get(f"/people/{olena}/link").text).replace(NO_BREAK, " ")
    assert note in shown
    assert MAIL not in shown.partition(note)[2].partition("</div>")[0]
    html = made(coordinator, olena, BY_PHONE)
    assert said(html).startswith("Ikke sendt: nummeret eller adressen står også på et annet kort")
    assert note in html.replace(NO_BREAK, " ")
    assert (gateway.received, outcomes(coordinator)) == ([], [])
    assert said(pressed(coordinator, html, BY_MAIL)).startswith("Sendt på e-post"), "her mailbox is hers alone"
    assert said(pressed(coordinator, html, BY_PHONE, safe="yes")).startswith("Sendt på SMS")
    assert ("begin_send", ["sms", "shared_contact"]) in trail(coordinator)
    assert field_told("shared_contact") == "står også på et annet kort"


def test_nobody_waits_for_the_operator_with_the_database(
    coordinator: Browser, olena: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*_: object) -> list[Outcome]:
        with coordinator.state.database.session(FROYA) as session:
            people.read(session, system_actor(FROYA), olena)
            assert session.exec(select(PersonalLink)).one().person_id == olena
        return [Outcome.SENT]

    monkeypatch.setattr("kompetanse.messages.sms.SmsCarrier.carry", write)
    assert said(made(coordinator, olena, BY_PHONE)).startswith("Sendt på SMS")


def test_a_protected_address_is_written_to_when_she_says_that_it_is_safe(
    coordinator: Browser, gateway: Receiver
) -> None:
    hidden = registered(coordinator, protected_address=True)
    html = made(coordinator, hidden, BY_PHONE)
    assert said(html).startswith("Ikke sendt: personen har adressesperre")
    assert (gateway.received, outcomes(coordinator), trail(coordinator)) == ([], [], [])
    assert said(pressed(coordinator, html, BY_PHONE, safe="yes")).startswith("Sendt på SMS")
    assert len(gateway.received) == 1
    assert trail(coordinator) == [("begin_send", ["sms", "protected_address"]), ("send", ["sms", "sent"])]


def test_a_contact_point_that_is_not_hers_is_sent_nothing(
    coordinator: Browser, olena: UUID, gateway: Receiver, mail: MailServer
) -> None:
    for other in ("phone:+4790000999", "email:rasa@pastas.example", f"email:{PHONE}", f"{BY_MAIL}\nBcc: x@y.example"):
        assert said(made(coordinator, olena, other)).startswith("Ikke sendt: ingen telefon eller e-post")
    assert said(made(coordinator, olena, "pigeon:1")) == ""
    assert (gateway.received, mail.taken) == ([], [])


def test_one_person_is_sent_five_messages_a_day(coordinator: Browser, olena: UUID, gateway: Receiver) -> None:
    gateway.status = 503
    html = made(coordinator, olena, BY_PHONE)
    gateway.status = 200
    for _ in range(5):
        html = pressed(coordinator, html, BY_PHONE)
        assert said(html).startswith("Sendt"), "what was surely not sent is not counted"
    html = pressed(coordinator, html, BY_MAIL)
    assert "nok meldinger det siste døgnet" in said(html)
    assert "sheet__code" in html
    other = registered(coordinator, given_name="Rasa", contacts=[Contact(ContactKind.PHONE, "+4790000124")])
    assert said(made(coordinator, other, "phone:+4790000124")).startswith("Sendt")
    with coordinator.state.database.session(FROYA) as session:
        for message in session.exec(select(LinkMessage)):
            message.begun_at -= timedelta(hours=25)
    assert said(pressed(coordinator, html, BY_MAIL)).startswith("Sendt"), "a day later she may be sent more"


def test_who_has_no_contact_point_is_told_where_to_write_one(coordinator: Browser) -> None:
    nobody = registered(coordinator, contacts=[])
    shown = coordinator.get(f"/people/{nobody}/link").text
    assert "Kortet har ingen telefon eller e-post" in shown
    assert f'href="/people/{nobody}/edit"' in shown


def test_two_who_press_at_once_send_once(coordinator: Browser, olena: UUID, gateway: Receiver) -> None:
    gateway.silence()
    asked = {"send": BY_PHONE, "language": "nb", "asked": "one sending", "csrf": coordinator.token()}
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(coordinator.post, f"/people/{olena}/link", **asked)
        assert gateway.arrived.wait(10)
        second = coordinator.post(f"/people/{olena}/link", **asked)
        assert said(second.text).startswith("Sendes nå")
        assert "SMS · Sendes nå" in coordinator.get(f"/people/{olena}/link").text
        gateway.go_on.set()
        assert said(first.result().text).startswith("Sendt på SMS")
    assert len(gateway.received) == 1


def test_an_archived_person_is_sent_nothing(coordinator: Browser, olena: UUID, gateway: Receiver) -> None:
    with coordinator.state.database.session(FROYA) as session:
        people.archive(session, system_actor(FROYA), olena, 1)
    answer = coordinator.post(f"/people/{olena}/link", language="nb", send=BY_PHONE)
    assert (answer.status_code, gateway.received) == (409, [])


def test_neither_addresses_nor_links_are_stored_or_logged(
    coordinator: Browser, olena: UUID, gateway: Receiver, mail: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    mail.refused.add(MAIL)
    html = made(coordinator, olena, BY_MAIL)
    html = pressed(coordinator, html, BY_PHONE)
    secret = link_of(html).rpartition("/")[2]
    with coordinator.state.database.session(EVERYWHERE, write=False) as session:
        stored = [repr(one) for table in (LinkMessage, AuditEvent, PersonalLink) for one in session.exec(select(table))]
    logged = "".join(capfd.readouterr())
    for text in (*stored, logged):
        assert not any(one in text for one in (MAIL, PHONE, PHONE[3:], secret, "hemmelig"))


@pytest.mark.parametrize("language", catalogues.COMPLETE)
def test_every_language_says_it_in_its_own_words(language: str) -> None:
    expires_at = clock.now()
    letter = link_letter(MAIL, f"{HOME}/my/open/x", expires_at, language)
    first, link, last = letter.text.splitlines()
    assert link == f"{HOME}/my/open/x"
    assert all((first, last, letter.subject))
    assert len(letter.subject) < 40
    others = {link_letter(MAIL, link, expires_at, one).text for one in catalogues.COMPLETE if one != language}
    assert letter.text not in others
