"""One person's page in a real browser: in its place, undone, without network, and by two at once."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e

INTERESTS = "#part-interests"


def registered(visit: Visit, family: str) -> str:
    """The address of somebody new."""
    page = visit.open("/people/new")
    page.get_by_label("Fornavn").fill("Danutė")
    page.get_by_label("Etternavn").fill(family)
    page.get_by_role("button", name="Registrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(family)
    return page.url.removeprefix(visit.server.url).split("?")[0]


def add_interest(page: Page, what: str) -> None:
    page.locator(INTERESTS).get_by_text("Legg til interesse").click()
    page.locator("#interests-label").fill(what)
    page.locator(INTERESTS).get_by_role("button", name="Lagre").click()


def expect_kept(page: Page, number: int) -> None:
    """See that so many drafts are kept in the browser, as soon as it is done with them."""
    for _ in range(50):
        if len(page.evaluate("Object.keys(localStorage)")) == number:
            return
        page.wait_for_timeout(100)
    assert page.evaluate("Object.keys(localStorage)") == [], f"not {number}"


def test_an_entry_is_added_changed_and_undone_in_its_place_by_keyboard(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    path = registered(visit, "Stedsen")
    page = visit.page
    address = page.url
    add_interest(page, "kor")
    expect(page.locator(f"{INTERESTS} .done")).to_be_focused()
    expect(page.locator(INTERESTS)).to_contain_text("Lagt til.")

    page.get_by_role("link", name="Endre kor").press("Enter")
    expect(page.locator(f"{INTERESTS} .entry-form input[name=label]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Endre kor")).to_be_focused()

    page.keyboard.press("Enter")
    page.locator(f"{INTERESTS} .entry-form input[name=label]").fill("mannskor")
    page.keyboard.press("Enter")
    expect(page.locator(f"{INTERESTS} .chips")).to_contain_text("mannskor")
    expect(page.locator(f"{INTERESTS} .done")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Angre")).to_be_focused()
    assert visit.violations() == []
    page.keyboard.press("Enter")
    expect(page.locator(f"{INTERESTS} .chips")).not_to_contain_text("mannskor")
    expect(page.locator(INTERESTS)).to_contain_text("Endringen er angret.")
    assert page.url == address, "what is changed in its place leaves no trace in the browser's history"
    visit.open(path)
    expect(page.locator(f"{INTERESTS} .chips")).to_contain_text("kor")
    assert visit.complaints == []
    context.close()


SAVED_AT_ONCE = """() => new MutationObserver((_, observer) => {
  const form = document.querySelector("#part-interests .in-place form");
  if (!form) return;
  observer.disconnect();
  form.querySelector("[name=label]").value = "mannskor";
  form.requestSubmit();
}).observe(document.body, { subtree: true, childList: true })"""


def test_a_form_saves_in_its_place_from_the_moment_it_is_there(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    registered(visit, "Rapsen")
    page = visit.page
    address = page.url
    add_interest(page, "kor")
    page.evaluate(SAVED_AT_ONCE)
    page.get_by_role("link", name="Endre kor").press("Enter")
    expect(page.locator(f"{INTERESTS} .chips")).to_contain_text("mannskor")
    expect(page.locator(f"{INTERESTS} .done")).to_be_focused()
    assert page.url == address
    context.close()


def test_what_was_saved_without_scripts_in_time_is_told_on_the_page_that_comes(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    registered(visit, "Sensen")
    page = visit.page
    page.locator(INTERESTS).get_by_text("Legg til interesse").click()
    page.locator("#interests-label").fill("kor")
    page.locator(f"{INTERESTS} .adding form").evaluate("form => form.submit()")
    expect(page.locator(f"{INTERESTS} .done")).to_be_focused()
    assert visit.complaints == []
    context.close()


def test_without_network_nothing_is_lost_and_it_is_sent_when_the_network_is_back(
    chromium: Browser, own_server: LiveServer
) -> None:
    context = chromium.new_context()
    visit = new_visit(context, own_server)
    visit.log_in()
    path = registered(visit, "Fergesen")
    page = visit.page
    context.set_offline(True)
    expect(page.locator("#network")).to_contain_text("Du er uten nett")
    add_interest(page, "fiske")
    unsent = page.locator(f"{INTERESTS} .unsent")
    expect(unsent).to_contain_text("Ikke lagret – du er uten nett. Det du skrev, er tatt vare på her.")
    context.set_offline(False)
    expect(page.locator("#network")).to_contain_text("Nettet er tilbake")
    unsent.get_by_role("button", name="Prøv igjen").click()
    expect(page.locator(f"{INTERESTS} .chips")).to_contain_text("fiske")

    visit.open(f"{path}/edit")
    page.get_by_role("textbox", name="Notater").fill("Ringer fra ferja")
    context.set_offline(True)
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator(".unsent")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("button", name="Prøv igjen").click()
    expect(page.locator("#part-facts")).to_contain_text("Ringer fra ferja")
    expect_kept(page, 0)
    context.close()


def test_what_was_saved_just_now_is_not_offered_as_a_draft(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    registered(visit, "Lagretsen")
    page = visit.page
    page.locator(INTERESTS).get_by_text("Legg til interesse").click()
    page.locator(f"{INTERESTS} form").get_by_label("Hva", exact=False).first.fill("strikking")
    expect_kept(page, 1)
    page.locator(f"{INTERESTS} form").get_by_role("button", name="Lagre").click()
    expect(page.locator(f"{INTERESTS} .chips")).to_contain_text("strikking")
    expect_kept(page, 0)
    page.wait_for_timeout(300)  # a draft is deciphered, and offered a moment after the form is there
    expect(page.locator(".draft")).to_have_count(0)
    context.close()


def test_a_draft_comes_back_after_the_session_ended_and_only_to_its_owner(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    path = registered(visit, "Utkastsen")
    page = visit.page
    visit.open(f"{path}/edit")
    page.get_by_role("textbox", name="Notater").fill("Hemmelig om helsa")
    expect_kept(page, 1)
    assert "Hemmelig" not in page.evaluate("JSON.stringify(localStorage)"), "others who use the browser read nothing"
    context.clear_cookies()
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Logg inn")

    page.get_by_label("E-post").fill("admin@froya.example")
    page.get_by_label("Passord").fill(live_server.password)
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    visit.open("/")
    expect(page.locator(".draft")).to_have_count(0)
    context.clear_cookies()

    visit.open(f"{path}/edit")
    page.get_by_label("E-post").fill(live_server.email)
    page.get_by_label("Passord").fill(live_server.password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}/edit")
    expect(page.locator(".draft")).to_contain_text(re.compile(r"Du har et utkast fra kl\. \d\d\.\d\d\."))
    page.get_by_role("button", name="Bruk").click()
    expect(page.get_by_role("textbox", name="Notater")).to_have_value("Hemmelig om helsa")
    assert visit.violations() == []
    page.get_by_role("button", name="Logg ut").click()
    page.wait_for_url("**/log-in*")
    expect_kept(page, 0)
    context.close()


def test_two_who_change_the_same_entry_choose_what_stands(chromium: Browser, own_server: LiveServer) -> None:
    contexts = [chromium.new_context(), chromium.new_context(viewport={"width": 320, "height": 800})]
    first, second = (new_visit(context, own_server) for context in contexts)
    for visit in (first, second):
        visit.log_in()
    path = registered(first, "Samtidigsen")
    add_interest(first.page, "kor")
    expect(first.page.locator(f"{INTERESTS} .chips")).to_contain_text("kor")
    for visit in (first, second):
        visit.open(path)
        visit.page.get_by_role("link", name="Endre kor").click()
        visit.page.locator(f"{INTERESTS} .entry-form").wait_for()
    for visit, what, where in ((first, "blandakor", "Frøya kor"), (second, "mannskor", "")):
        form = visit.page.locator(f"{INTERESTS} .entry-form")
        form.get_by_label("Hva", exact=False).first.fill(what)
        if where:
            form.get_by_label("Lag eller aktivitet").fill(where)
        form.get_by_role("button", name="Lagre").click()
        visit.page.locator(f"{INTERESTS} .done, {INTERESTS} .conflict").first.wait_for()
    asked = second.page.locator(f"{INTERESTS} .conflict")
    expect(asked.get_by_role("heading")).to_be_focused()
    expect(asked).to_contain_text("blandakor")
    assert second.violations() == []
    assert second.overflow() <= 0
    asked.get_by_label("Din tekst").check()
    asked.get_by_role("button", name="Lagre").click()
    expect(second.page.locator(f"{INTERESTS} .chips")).to_contain_text("mannskor")
    expect(second.page.locator(f"{INTERESTS} .chips")).to_contain_text("Frøya kor")
    for context in contexts:
        context.close()
