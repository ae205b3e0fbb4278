"""The coordinator finds people, by keys alone, and does something with several of them at once."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import WIDTHS, LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Visit:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    visit = new_visit(context, live_server)
    visit.log_in()
    return visit


def test_she_finds_by_typing_and_walks_the_list_by_keys(visit: Visit) -> None:
    page = visit.open("/people")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("бухгалтер")
    expect(page.locator("#found")).to_contain_text("har arbeidet som")
    assert "search=" in page.url
    page.keyboard.press("Tab")
    page.locator("h1").click()
    page.keyboard.press("j")
    first = page.locator(":focus")
    assert (first.get_attribute("href") or "").startswith("/people/")
    page.keyboard.press("x")
    expect(page.locator("[data-ticked]")).to_have_text("1 valgt")
    page.keyboard.press("k")
    name = page.locator(":focus").inner_text()
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/people/[0-9a-f-]{36}$"))
    assert name.split(", ")[0] in page.locator("h1").inner_text()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(f"{visit.server.url}/")
    page.keyboard.press("/")
    page.wait_for_url(re.compile(r"/people#text$"))
    assert page.evaluate("document.activeElement.id") == "text"
    assert visit.external() == []
    assert visit.complaints == []


def test_the_keys_are_told_and_turned_off(visit: Visit) -> None:
    page = visit.open("/people")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Tastatursnarveier")
    expect(dialog).to_be_visible()
    assert visit.violations() == []
    dialog.get_by_label("Bruk snarveiene i denne nettleseren").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "text"
    visit.open("/people").keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Tastatursnarveier").click()
    dialog.get_by_label("Bruk snarveiene i denne nettleseren").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "text"


def test_several_are_put_on_a_list_and_it_is_undone(visit: Visit) -> None:
    page = visit.open("/people")
    page.get_by_label("Alle på siden").check()
    page.get_by_role("button", name="Legg i liste").click()
    assert visit.violations() == []
    page.get_by_label("skal hete").fill("Norskkurs")
    page.get_by_role("button", name="Legg i listen").click()
    page.wait_for_url(re.compile(r"/people/lists/"))
    expect(page.locator("main")).to_contain_text("Viser 30 av 30 personer")
    assert visit.violations() == []
    page.get_by_role("button", name="Angre").click()
    expect(page.locator("main")).to_contain_text("Ingen er i listen")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_asked_of_several_has_no_barrier(chromium: Browser, live_server: LiveServer, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    visit = new_visit(context, live_server)
    visit.log_in()
    for button in ("Eksporter", "Inviter"):
        page = visit.open("/people")
        for box in page.locator("#results input[name=person]").all()[:2]:
            box.check()
        page.get_by_role("button", name=button, exact=True).click()
        assert visit.violations() == [], button
        assert visit.overflow() <= 0
    page.get_by_role("button", name="Lag ark").click()
    expect(page.locator(".sheet__code")).to_have_count(2)
    assert visit.violations() == []
    assert visit.overflow() <= 0
    context.close()


def test_a_search_is_saved_with_a_watch(visit: Visit) -> None:
    page = visit.open("/people")
    page.get_by_text("Flere filtre").click()
    page.get_by_label("Norsk, minst").select_option("B1")
    expect(page.locator(".asked")).to_contain_text("Norsk, minst: B1")
    page.get_by_label("Alder, fra").fill("voksen")
    page.keyboard.press("Tab")
    expect(page.locator("#results").get_by_role("alert")).to_contain_text("Alder, fra: Skriv et helt tall")
    page.get_by_label("Alder, fra").fill("18")
    page.get_by_role("checkbox", name="Ønsket yrke").check()
    expect(page.locator(".asked")).to_contain_text("Ikke oppgitt: Ønsket yrke")
    page.get_by_role("checkbox", name="Ønsket yrke").uncheck()
    expect(page.locator(".asked")).not_to_contain_text("Ønsket yrke")
    page.get_by_text("Lagre søket", exact=True).click()
    page.get_by_label("Hva søket skal hete").fill("Snakker norsk")
    page.get_by_label("Si fra på «I dag»").check()
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.locator("h1")).to_have_text("Snakker norsk")
    assert visit.violations() == []
    visit.open("/people/searches")
    expect(page.locator("main")).to_contain_text("Du får beskjed når noen nye passer")
    assert visit.violations() == []


def test_whoever_is_new_is_seen_when_she_presses_the_button(visit: Visit) -> None:
    page = visit.open("/people")
    page.get_by_label("Bare de som ikke er kartlagt").check()
    expect(page.locator(".asked")).to_be_visible()
    page.get_by_text("Lagre søket", exact=True).click()
    page.get_by_label("Hva søket skal hete").fill("Nye å kartlegge")
    page.get_by_label("Si fra på «I dag»").check()
    page.get_by_role("button", name="Lagre", exact=True).dblclick()
    expect(page.locator("h1")).to_have_text("Nye å kartlegge")
    visit.open("/people/new")
    page.get_by_label("Fornavn").fill("Beata")
    page.get_by_label("Etternavn").fill("Nyligsen")
    page.get_by_role("button", name="Registrer").click()
    expect(page.locator("h1")).to_contain_text("Beata")
    for _ in range(2):  # a page that is opened has not been read
        visit.open("/people/searches")
        page.get_by_role("link", name="Nye å kartlegge", exact=True).click()
        expect(page.locator(".ds-alert")).to_contain_text("1 ny passer søket.")
    assert visit.violations() == []
    page.get_by_role("button", name="Vis bare de nye, og merk dem som sett").click()
    expect(page.locator("#found")).to_contain_text("1 person")
    expect(page.locator("tbody")).to_contain_text("Nyligsen")
    visit.open("/people/searches")
    page.get_by_role("link", name="Nye å kartlegge", exact=True).click()
    expect(page.get_by_role("link", name="Vis de som var nye sist")).to_be_visible()
    assert visit.violations() == []
