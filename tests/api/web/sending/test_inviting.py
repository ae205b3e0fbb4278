"""Several people are invited at once: whoever can be sent a link is, the rest have sheets, and all is told."""

import re

import pytest

from kompetanse.codes.residence import ContactKind
from kompetanse.people.rules import Contact
from tests.api.web.conftest import Browser
from tests.api.web.sending.conftest import MAIL, PHONE
from tests.support.html_forms import form, forms
from tests.support.mail_server import MailServer
from tests.support.receiver import Receiver


@pytest.fixture
def chosen(coordinator: Browser) -> list[str]:
    """Somebody with both, with an e-mail address, with nothing, and with a protected address."""
    phone, email = Contact(ContactKind.PHONE, PHONE), Contact(ContactKind.EMAIL, MAIL)
    another_phone = Contact(ContactKind.PHONE, "+4790000124")
    another_email = Contact(ContactKind.EMAIL, "begge@posten.example")
    registered = [
        coordinator.register(family_name="Begge", contacts=[another_email, phone], contact_languages=["pol"]),
        coordinator.register(family_name="Epost", contacts=[email], contact_languages=["ara"]),
        coordinator.register(family_name="Ingen"),
        coordinator.register(family_name="Sperret", contacts=[another_phone], protected_address=True),
    ]
    return [str(one) for one in registered]


def invited(browser: Browser, chosen: list[str], by: str) -> str:
    """The answer to the form that is asked with, sent by a way."""
    asking = browser.post("/people/chosen", person=chosen, do="invite").text
    values = form(asking, "/people/chosen/invitations").values()
    assert by in re.findall(r'name="by" value="([a-z ]*)"', asking)
    return browser.post("/people/chosen/invitations", **{**values, "by": by}).text


def rows(html: str) -> dict[str, tuple[str, str]]:
    """What became of each, by family name: what is told, and the number of the sheet."""
    found = re.findall(r"<tr><td>(\w+), Rasa</td><td>(.*?)</td><td[^>]*>([\d–]+)</td></tr>", html, re.DOTALL)
    return {name: (re.sub(r"<[^>]+>", "", told).strip(), sheet) for name, told, sheet in found}


def test_each_is_told_and_those_who_were_sent_nothing_have_a_sheet(
    coordinator: Browser, chosen: list[str], gateway: Receiver, mail: MailServer
) -> None:
    html = invited(coordinator, chosen, "sms")
    assert rows(html) == {
        "Begge": ("Sendt på SMS", "–"),
        "Epost": ("Ikke sendt: ingen telefon eller e-post å sende til", "1"),
        "Ingen": ("Ikke sendt: ingen telefon eller e-post å sende til", "2"),
        "Sperret": ("Ikke sendt: personen har adressesperre", "3"),
    }
    assert html.count('class="sheet__code"') == 3
    assert (len(gateway.received), mail.taken) == (1, [])
    assert gateway.received[0].content["text"].startswith("Oto link")


def test_who_has_no_phone_is_sent_an_e_mail(
    coordinator: Browser, chosen: list[str], gateway: Receiver, mail: MailServer
) -> None:
    html = invited(coordinator, chosen[:2], "sms email")
    assert rows(html) == {"Begge": ("Sendt på SMS", "–"), "Epost": ("Sendt på e-post", "–")}
    assert "sheet__code" not in html
    assert (len(gateway.received), [to for _, to, _ in mail.taken]) == (1, [MAIL])


def test_a_family_with_one_phone_has_a_sheet_each(
    coordinator: Browser, chosen: list[str], gateway: Receiver, mail: MailServer
) -> None:
    family = coordinator.register(family_name="Familie", contacts=[Contact(ContactKind.PHONE, PHONE)])
    html = invited(coordinator, [*chosen[:2], str(family)], "sms email")
    told = "Ikke sendt: nummeret eller adressen står også på et annet kort"
    assert {name: said for name, (said, _) in rows(html).items()} == {
        "Begge": told,
        "Epost": "Sendt på e-post",
        "Familie": told,
    }
    assert html.count('class="sheet__code"') == 2
    assert (gateway.received, len(mail.taken)) == ([], 1)


def test_a_channel_that_breaks_keeps_nobody_from_the_other(
    coordinator: Browser, chosen: list[str], mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise UnicodeEncodeError("ascii", "blåbær", 2, 3, "ordinal not in range")

    monkeypatch.setattr("kompetanse.messages.sms.SmsCarrier.carry", break_down)
    html = invited(coordinator, chosen[:2], "sms email")
    assert rows(html) == {
        "Begge": ("Kanskje sendt: det kom ikke noe svar", "1"),
        "Epost": ("Sendt på e-post", "–"),
    }
    assert len(mail.taken) == 1


def test_on_paper_is_the_first_choice_and_sends_nothing(
    coordinator: Browser, chosen: list[str], gateway: Receiver, mail: MailServer
) -> None:
    html = invited(coordinator, chosen, "")
    assert html.count('class="sheet__code"') == 4
    assert (rows(html), gateway.received, mail.taken) == ({}, [], [])


def test_a_page_that_is_loaded_anew_sends_nothing_again_and_a_button_tries_the_rest(
    coordinator: Browser, chosen: list[str], gateway: Receiver, mail: MailServer
) -> None:
    gateway.status = 503
    asking = coordinator.post("/people/chosen", person=chosen[:2], do="invite").text
    values = {**form(asking, "/people/chosen/invitations").values(), "by": "sms email"}
    first, again = (coordinator.post("/people/chosen/invitations", **values).text for _ in range(2))
    assert rows(first) == rows(again)
    assert rows(first) == {"Begge": ("Ikke sendt: tjenesten svarer ikke", "1"), "Epost": ("Sendt på e-post", "–")}
    assert (len(gateway.received), len(mail.taken)) == (1, 1)
    gateway.status = 200
    [retry] = forms(first, "/people/chosen/invitations")
    last = coordinator.post(retry.action, **retry.values()).text
    assert rows(last) == {"Begge": ("Sendt på SMS", "–")}
    assert gateway.received[0].content == gateway.received[1].content, "it is the same link"
    assert (len(gateway.received), len(mail.taken)) == (2, 1)


def test_an_operator_that_is_down_is_not_asked_for_everybody(
    coordinator: Browser, chosen: list[str], gateway: Receiver
) -> None:
    more = [
        str(coordinator.register(family_name=f"Flere{one}", contacts=[Contact(ContactKind.PHONE, f"9000020{one}")]))
        for one in range(3)
    ]
    gateway.status = 503
    html = invited(coordinator, [chosen[0], *more], "sms")
    assert {told for told, _ in rows(html).values()} == {"Ikke sendt: tjenesten svarer ikke"}
    assert len(gateway.received) == 1
    assert "Prøv igjen å sende til 4" in html
