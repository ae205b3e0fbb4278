"""Words that become concepts in a real browser: proposed while one types, chosen, changed, and undone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e


def register(visit: Visit, family: str) -> str:
    """A newcomer of this name; the address of her page."""
    page = visit.open("/people/new")
    page.get_by_label("Fornavn").fill("Ewa")
    page.get_by_label("Etternavn").fill(family)
    page.get_by_role("button", name="Registrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Ewa {family}")
    return re.sub(r"\?.*", "", page.url)


def test_a_title_is_proposed_chosen_by_keyboard_changed_and_undone(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    page, person = visit.page, register(visit, "Ordesen")

    page.get_by_text("Legg til arbeid").click()
    adding = page.locator("form[action$='/profile/experiences']")
    address = page.url
    adding.get_by_label("Hva arbeidet het").press_sequentially("księgowa")
    proposed = adding.get_by_role("radio", name="regnskapsfører 3313")
    expect(proposed).to_be_checked()  # clearly meant, so chosen already
    assert page.url == address
    assert visit.violations() == []

    page.keyboard.press("Tab")
    expect(proposed).to_be_focused()
    page.keyboard.press("ArrowUp")  # away, and back again
    expect(proposed).not_to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(proposed).to_be_checked()
    page.keyboard.press("Enter")
    entry = page.locator("#can .entry", has=page.get_by_role("link", name="Endre księgowa"))
    expect(entry).to_contain_text("regnskapsfører 3313")

    entry.get_by_role("link", name="Endre księgowa").click()
    changing = page.get_by_role("form", name="Endre księgowa")
    expect(changing.get_by_role("radio", name="regnskapsfører 3313")).to_be_checked()
    changing.get_by_label("Land").fill("Polen")
    changing.get_by_role("button", name="Lagre").click()
    expect(entry).to_contain_text("Polen")

    page.get_by_role("link", name="Historikk").click()
    newest = page.locator("main ol > li").first
    expect(newest).to_contain_text("Endret: arbeid")
    expect(newest).to_contain_text("Polen")
    newest.get_by_role("button", name="Angre").click()
    expect(page.get_by_role("status")).to_contain_text("Endringen er angret")
    expect(entry).not_to_contain_text("Polen")
    expect(entry).to_contain_text("regnskapsfører 3313")
    assert page.url.startswith(person)
    assert visit.external() == []
    assert visit.complaints == []
    context.close()


def test_proposals_of_two_fields_do_not_mix(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.page
    register(visit, "Feltesen")
    page.get_by_text("Legg til arbeid").click()
    page.get_by_text("Legg til ønsket yrke").click()
    working = page.locator("form[action$='/profile/experiences']")
    wishing = page.locator("form[action$='/profile/wished-occupations']")
    working.get_by_label("Hva arbeidet het").press_sequentially("kokk")
    expect(working.get_by_role("radio").first).to_be_visible()
    wishing.get_by_label("Yrke", exact=False).first.press_sequentially("kokk")
    expect(wishing.get_by_role("radio").first).to_be_visible()
    wishing.get_by_text("Ingen av disse").click()
    expect(wishing.get_by_role("radio", name="Ingen av disse")).to_be_checked()
    expect(working.get_by_role("radio", name="Ingen av disse")).not_to_be_checked()
    assert visit.violations() == []
    assert visit.overflow() <= 0
    context.close()


def test_a_skill_that_a_job_speaks_for_is_answered_and_unused_competence_is_seen(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.page
    person = register(visit, "Kansen")
    page.get_by_text("Legg til arbeid").click()
    adding = page.locator("form[action$='/profile/experiences']")
    adding.get_by_label("Hva arbeidet het").fill("sykepleier")
    adding.get_by_role("button", name="Lagre").click()
    page.locator("#proposals summary").click()
    yes = page.locator("#proposals").get_by_role("button", name=re.compile("^Ja, kan ")).first
    skill = (yes.get_attribute("aria-label") or "").removeprefix("Ja, kan ")
    yes.click()
    expect(page.locator("#can .chips")).to_contain_text(skill)
    page.goto(person)
    expect(page.locator("#insight")).to_contain_text("Ubrukt kompetanse")
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Oppfølging").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ubrukt kompetanse")
    page.get_by_role("link", name="Mangler").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mangler i profilen")
    context.close()
