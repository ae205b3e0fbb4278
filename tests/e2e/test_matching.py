"""The coordinator's work with a vacancy's candidates in a real browser, with and without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import WIDTHS, LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e


def open_vacancy(visit: Visit, place: int = 0) -> str:
    """Open one of the vacancies; its address."""
    row = visit.open("/vacancies").locator("#results tbody a").nth(place)
    address = row.get_attribute("href") or ""
    visit.open(address)
    return address


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_candidate_is_pinned_annotated_set_aside_and_taken_back(
    chromium: Browser, live_server: LiveServer, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.page
    open_vacancy(visit, 0 if scripts else 1)
    second = page.locator(".match").nth(1)
    name = second.get_by_role("heading").get_by_role("link").inner_text()
    second.get_by_role("button", name=f"Fest {name}").click()
    pinned = page.locator(".match").first
    expect(pinned.get_by_role("heading")).to_contain_text(name)
    expect(pinned.locator(".match__rank")).to_contain_text("2.")
    pinned.locator("summary", has_text="Notat").click()
    pinned.locator("form", has_text="Lagre notatet").get_by_label("Notat").fill("Ringer på mandag")
    pinned.get_by_role("button", name="Lagre notatet").click()
    pinned = page.locator(".match").first
    expect(pinned.locator(".match__note")).to_contain_text("Ringer på mandag")
    pinned.locator("summary", has_text="Sett til side").click()
    pinned.get_by_label("Hvorfor").select_option(label="Er i samtale om en annen stilling")
    pinned.get_by_role("button", name="Sett til side").click()
    aside = page.locator("#set-aside")
    aside.locator("summary").click()
    expect(aside).to_contain_text("Er i samtale om en annen stilling")
    expect(aside).to_contain_text("Ringer på mandag")
    aside.get_by_role("button", name=f"Angre {name}").click()
    back = page.locator(".match", has=page.get_by_role("heading", name=name))
    back.locator("summary", has_text="Endre notatet").click()
    back.locator("form", has_text="Lagre notatet").get_by_label("Notat").fill("")
    back.get_by_role("button", name="Lagre notatet").click()
    expect(page.locator("#set-aside")).to_have_count(0)
    expect(page.locator(".match__note")).to_have_count(0)
    assert visit.external() == []
    assert visit.complaints == []
    context.close()


def test_the_keyboard_alone_opens_what_a_candidate_rests_on_and_sets_her_aside(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    open_vacancy(visit, 2)
    page = visit.page
    first = page.locator(".match").first
    name = first.get_by_role("heading").get_by_role("link").inner_text()
    first.locator("summary", has_text="Alle krav og poeng").focus()
    page.keyboard.press("Enter")
    expect(first.locator(".reasons__sum")).to_be_visible()
    first.locator("summary", has_text="Sett til side").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("P")  # the reason that begins with it
    expect(first.get_by_label("Hvorfor")).to_have_value("practical")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    aside = page.locator("#set-aside")
    aside.locator("summary").focus()
    page.keyboard.press("Enter")
    aside.get_by_role("button", name=f"Angre {name}").press("Enter")
    expect(page.locator("#set-aside")).to_have_count(0)
    context.close()


def test_two_candidates_are_ticked_and_seen_side_by_side(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False)
    visit = new_visit(context, live_server)
    visit.log_in()
    open_vacancy(visit)
    for place in (0, 1):
        visit.page.locator(".match").nth(place).get_by_role("checkbox").check()
    visit.page.get_by_role("button", name="Sammenlign de valgte").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Kandidater side ved side")
    expect(visit.page.locator("thead th")).to_have_count(3)
    expect(visit.page.locator("tfoot .number")).to_have_count(2)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_printed_vacancy_shows_the_reasons_that_are_open_and_no_buttons(
    chromium: Browser, live_server: LiveServer, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    visit = new_visit(context, live_server)
    visit.log_in()
    open_vacancy(visit)
    card = visit.page.locator(".match").first
    card.locator("summary", has_text="Alle krav og poeng").click()
    visit.page.emulate_media(media="print")
    expect(card.locator(".reasons__sum")).to_be_visible()
    expect(card.locator(".match__strengths")).to_be_visible()
    expect(card.get_by_role("button", name="Fest")).to_be_hidden()
    expect(visit.page.get_by_role("button", name="Sammenlign de valgte")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_course_in_a_skill_is_written_down(chromium: Browser, live_server: LiveServer, scripts: bool) -> None:
    title = "Sårkurs" if scripts else "Sårkurs på papir"
    context = chromium.new_context(java_script_enabled=scripts)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.open("/courses")
    page.get_by_role("link", name="Nytt tilbud").click()
    page.get_by_role("link", name="Kurs i en ferdighet").click()
    page.get_by_label("Hva det heter").fill(title)
    page.get_by_label("Ferdighet").press_sequentially("sårstell")
    if scripts:
        expect(page.get_by_role("radio", name="sårstell").first).to_be_checked()
    page.get_by_role("button", name="Lagre").click()
    row = page.locator("tr", has_text=title).first
    expect(row).to_contain_text("sårstell")
    assert visit.complaints == []
    context.close()


def test_weights_are_looked_at_before_they_are_saved(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.open("/matching/weights")
    page.get_by_label("Reisevei").fill("6,5")
    page.get_by_role("button", name="Se virkningen").click()
    expect(page.locator("#effect")).to_contain_text("6,5")
    expect(page.get_by_label("Reisevei")).to_have_value("6,5")
    visit.open("/matching/weights")
    expect(page.get_by_label("Reisevei")).to_have_value("4")
    context.close()
