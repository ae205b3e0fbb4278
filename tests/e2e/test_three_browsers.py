"""Hitra asks, Frøya's coordinator passes the question on, and she answers on her phone: three browsers at once."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e

HITRA = "koordinator@hitra.example"


def _visit(chromium: Browser, server: LiveServer, width: int, email: str | None) -> Visit:
    visit = new_visit(chromium.new_context(viewport={"width": width, "height": 800}), server)
    if email is not None:
        visit.log_in(email)
    return visit


def test_a_neighbour_gets_a_name_when_she_says_yes_and_loses_it_when_she_takes_it_back(
    chromium: Browser, own_server: LiveServer
) -> None:
    hitra = _visit(chromium, own_server, 1280, HITRA)
    froya = _visit(chromium, own_server, 1280, "")
    phone = _visit(chromium, own_server, 320, None)

    asking = hitra.open("/neighbours/5014")
    asking.get_by_role("link", name="Be om kontakt").first.click()
    asking.locator("#title").fill("Regnskapsmedarbeider")
    asking.get_by_label("Den som tar kontakt").fill("Kåre Koordinator")
    asking.get_by_label("Telefon").fill("72 44 17 00")
    asking.get_by_role("button", name="Send forespørselen").click()
    expect(asking.get_by_text("Ingen har sagt ja ennå")).to_be_visible()
    request = asking.url

    desk = froya.open("/")
    desk.get_by_role("link", name="Regnskapsmedarbeider").first.click()
    at_the_desk, asked = desk.url, desk.locator(".ask").first
    name = asked.locator("h2 a").inner_text().strip()
    asked.get_by_label("Språk").select_option("uk")
    asked.get_by_role("button", name="Spør med lenke").click()
    link = desk.locator("#link").input_value()

    page = phone.page
    page.goto(link)
    assert page.locator("html").get_attribute("lang") == "uk"
    assert phone.violations() == []
    assert name not in page.content()
    page.locator("button[value=yes]").click()
    expect(page.get_by_role("status")).to_be_visible()

    asking.goto(request)
    expect(asking.get_by_role("heading", name=name)).to_be_visible()
    assert hitra.violations() == []
    desk.goto(at_the_desk)
    expect(desk.get_by_text("Naboen åpnet det")).to_be_visible()

    page.goto(link)
    page.locator("button[value=withdraw]").click()
    expect(page.get_by_role("status")).to_be_visible()
    asking.goto(request)
    expect(asking.get_by_role("heading", name=name)).to_have_count(0)
    for visit in (hitra, froya, phone):
        assert visit.external() == []
        assert visit.complaints == []
        assert name not in visit.page.title()
        assert not any(part in url for url in visit.requests for part in name.split())
        visit.page.context.close()
