"""A link goes from the coordinator's page to a phone, and the phone comes in by it; several are invited at once."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from rich.console import Console

from kompetanse.actor import system_actor
from kompetanse.codes.residence import ContactKind
from kompetanse.database import Database
from kompetanse.demo import service as demo
from kompetanse.people import service as people
from kompetanse.people.rules import Contact
from kompetanse.settings import Settings
from tests.e2e.conftest import WIDTHS, LiveServer, Scheme, new_visit
from tests.factories import FROYA
from tests.support.live import serving
from tests.support.mail_server import serve_mail
from tests.support.receiver import Receiver, serve

pytestmark = pytest.mark.e2e

PHONE = "+4790000123"
LONG_ADDRESS = "en.ganske.lang.adresse.som.maa.brytes@posten.example"


@dataclass(frozen=True, slots=True)
class Sending:
    """A server that can send, where its messages go, and somebody with a protected address who has a phone."""

    server: LiveServer
    gateway: Receiver
    hidden: str
    family: str
    """The page of somebody whose phone stands on another card too."""


@pytest.fixture(scope="module")
def sending(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sending]:
    home = tmp_path_factory.mktemp("sending")
    shutil.copyfile(sqlite_template, home / "kompetanse.db")
    with serve() as gateway, serve_mail() as mail:
        settings = Settings(
            database_url=f"sqlite:///{home / 'kompetanse.db'}",
            data_dir=home,
            log_level="ERROR",
            mail_host="localhost",
            mail_port=mail.port,
            mail_security="none",
            mail_from="ikke-svar@froya.example",
            sms_url=gateway.url,
            sms_sender="Kommunen",
            _env_file=None,
        )
        demo.seed(settings, people=30, seed=7, console=Console(quiet=True))
        with serving(settings) as url:
            settings.public_url = url.replace("http:", "https:")  # known only now; no link is sent without TLS
            yield Sending(LiveServer(url), gateway, _hidden(settings), _family(settings))


def _hidden(settings: Settings) -> str:
    """The page of somebody with a protected address and a phone, whom the tests invent."""
    contacts = [Contact(ContactKind.PHONE, PHONE), Contact(ContactKind.EMAIL, LONG_ADDRESS)]
    return _registered(settings, given_name="Skjult", family_name="Abel", protected_address=True, contacts=contacts)


def _family(settings: Settings) -> str:
    """The page of one of two with the same phone."""
    contacts = [Contact(ContactKind.PHONE, "+4790000125")]
    _registered(settings, given_name="Mor", family_name="Familie", contacts=contacts)
    return _registered(settings, given_name="Sønn", family_name="Familie", contacts=contacts)


def _registered(settings: Settings, **fields: object) -> str:
    database = Database(settings.database_url)
    with database.session(FROYA) as session:
        record = people.register(session, system_actor(FROYA), fields, despite_duplicates=True)  # type: ignore[arg-type]
    database.dispose()
    return f"/people/{record.person.id}"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_link_is_sent_and_lets_a_phone_in(chromium: Browser, sending: Sending, width: int, scheme: Scheme) -> None:
    sending.gateway.received.clear()
    sending.gateway.status = 503
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    visit = new_visit(context, sending.server)
    visit.log_in()
    page = visit.open(f"{sending.hidden}/link")
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    page.get_by_label("Send på SMS til").check()
    page.get_by_role("button", name="Lag lenke").click()
    page.get_by_role("alert").get_by_text("personen har adressesperre").wait_for()
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    page.get_by_label("Ingen andre leser meldingene").check()
    page.get_by_role("button", name="Send på SMS til").click()
    page.get_by_role("alert").get_by_text("tjenesten svarer ikke").wait_for()
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    sending.gateway.status = 200
    page.get_by_label("Ingen andre leser meldingene").check()
    page.get_by_role("button", name="Send på SMS til").click()
    page.get_by_role("status").get_by_text("Sendt på SMS").wait_for()
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    assert visit.external() == []
    context.close()
    text = sending.gateway.received[-1].content["text"]
    link = re.search(r"^https(\S+)$", text, re.MULTILINE)
    assert link
    phone = new_visit(chromium.new_context(viewport={"width": 320, "height": 640}), sending.server)
    phone.page.goto(f"http{link[1]}")  # nobody here has a certificate
    phone.page.locator("main form button").click()
    phone.page.wait_for_url("**/my/")
    phone.page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_phone_of_two_is_asked_about(chromium: Browser, sending: Sending, width: int, scheme: Scheme) -> None:
    sending.gateway.status = 200
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    visit = new_visit(context, sending.server)
    visit.log_in()
    page = visit.open(f"{sending.family}/link")
    page.get_by_text("Står også på et annet kort").wait_for()
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    page.get_by_label("Send på SMS til").check()
    page.get_by_role("button", name="Lag lenke").click()
    page.get_by_role("alert").get_by_text("står også på et annet kort").wait_for()
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    page.get_by_label("Ingen andre leser meldingene").check()
    page.get_by_role("button", name="Send på SMS til").click()
    page.get_by_role("status").get_by_text("Sendt på SMS").wait_for()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_several_are_invited_and_each_is_told(chromium: Browser, sending: Sending, width: int) -> None:
    sending.gateway.status = 503
    context = chromium.new_context(viewport={"width": width, "height": 800})
    visit = new_visit(context, sending.server)
    visit.log_in()
    page = visit.open("/people")
    for box in page.locator("#results tbody input[name=person]").all()[:8]:
        box.check()
    page.locator("button[value=invite]").click()
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    page.get_by_label("SMS til dem som har telefon, e-post").check()
    page.get_by_role("button", name="Lag lenker").click()
    page.get_by_role("heading", name="Slik gikk det").wait_for()
    assert page.get_by_text("Ikke sendt: personen har adressesperre").count() == 1
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    sending.gateway.status = 200
    page.get_by_role("button", name="Prøv igjen å sende").click()
    page.get_by_text("Sendt på SMS").first.wait_for()
    assert (visit.violations(), visit.overflow() <= 0) == ([], True)
    context.close()
    assert [one for one in visit.complaints if "404" not in one] == []
