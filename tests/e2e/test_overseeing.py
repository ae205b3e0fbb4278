"""The map, the charts and the trail in a real browser."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import WIDTHS, LiveServer, new_visit

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_draws_what_the_table_says_and_asks_nobody_else(
    chromium: Browser, live_server: LiveServer, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.open("/map")
    expect(page.locator(".land--own").first).to_be_visible()
    row = page.locator(".place-row", has_text="Sistranda")
    people = row.locator("td").first.inner_text()
    place = page.get_by_role("link", name=re.compile(f"^Sistranda: Tilflyttere {people}, Ledige "))
    expect(place).to_be_visible()
    assert page.locator(".place").count() == page.locator(".place-row[data-north]").count()
    assert visit.violations() == []
    place.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sistranda")
    assert visit.external() == []
    assert visit.complaints == []  # a breach of the content security policy is one
    context.close()


def test_without_scripts_the_map_is_its_table(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.open("/map")
    expect(page.locator("#map-figure")).to_be_hidden()
    page.get_by_role("link", name="Sistranda").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sistranda")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_officer_reads_who_saw_somebody(chromium: Browser, live_server: LiveServer, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    coordinator = new_visit(context, live_server)
    coordinator.log_in()
    link = coordinator.open("/people").locator("#results tbody a").first
    family = link.inner_text().split(",")[0]
    link.click()
    context.close()

    context = chromium.new_context(viewport={"width": width, "height": 900})
    officer = new_visit(context, live_server)
    officer.log_in("personvern@froya.example")
    page = officer.open("/audit")
    page.get_by_label("Hvem har sett opplysningene om").fill(family)
    page.get_by_role("button", name="Finn").click()
    assert officer.violations() == []
    page.locator("ul.entries a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(family)
    expect(page.locator(".trail-day").first).to_contain_text("Kartlegge kompetanse")
    assert officer.violations() == []
    assert officer.overflow() <= 0
    assert family not in page.title()
    assert all(family not in url for url in officer.requests)
    with page.expect_download() as file:
        page.get_by_role("link", name="Last ned (CSV)").click()
    assert file.value.suggested_filename == "innsyn-i-loggen.csv"
    assert officer.complaints == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_form_of_an_account_has_no_barrier(chromium: Browser, live_server: LiveServer, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    visit = new_visit(context, live_server)
    visit.log_in("admin@froya.example")
    page = visit.open("/administration")
    page.get_by_role("link", name="Brukere").click()
    page.get_by_role("link", name="Endre: Lars Leder").click()
    assert visit.violations() == []
    assert visit.overflow() <= 0
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("status")).to_have_text("Lagret.")
    context.close()
