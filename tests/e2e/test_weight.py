"""What the pages weigh on a first visit: with every file that they are made of, as it is sent."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import LiveServer, new_visit

pytestmark = pytest.mark.e2e

FIRST_PAGE = 150_000
"""Bytes, compressed."""


def test_a_first_visit_is_light(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    person = visit.open("/people").locator("#results tbody a").first.get_attribute("href") or ""
    session = context.storage_state()
    context.close()
    for path in ("/", "/people", person, f"{person}/mapping", "/vacancies", "/matching/plan", "/map"):
        context = chromium.new_context(storage_state=session)
        visit = new_visit(context, live_server)
        fetched: list[int] = []
        visit.page.on("requestfinished", lambda done: fetched.append(done.sizes()["responseBodySize"]))  # noqa: B023
        visit.page.goto(live_server.url + path, wait_until="networkidle")
        assert 0 < sum(fetched) <= FIRST_PAGE, path
        context.close()


def test_names_come_when_somebody_begins_to_write(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    person = visit.open("/people").locator("#results tbody a").first.get_attribute("href") or ""
    page = visit.open(person)
    expect(page.locator("#country-names option")).to_have_count(0)
    page.locator("#part-languages summary", has_text="Legg til").click()
    page.get_by_label("Språk", exact=False).first.focus()
    expect(page.locator("#language-names option[value=litauisk]")).to_have_count(1)
    assert visit.complaints == []
    context.close()
