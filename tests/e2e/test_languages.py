"""The staff's pages in the language of each, in a real browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import LiveServer, new_visit

pytestmark = pytest.mark.e2e


def test_somebody_chooses_english_and_has_it_everywhere(chromium: Browser, own_server: LiveServer) -> None:
    here = new_visit(chromium.new_context(), own_server)
    here.log_in()
    here.open("/people?text=a")
    here.page.get_by_role("button", name="English").click()
    expect(here.page.get_by_role("heading", level=1)).to_have_text("People")
    assert "/people?text=a" in here.page.url
    here.page.get_by_role("button", name="Sign out").click()
    expect(here.page.get_by_role("status")).to_have_text("You are signed out.")

    there = new_visit(chromium.new_context(), own_server)
    there.log_in()
    expect(there.page.get_by_role("button", name="Sign out")).to_be_visible()
    assert there.violations() == []
    there.page.get_by_role("button", name="Norsk nynorsk").press("Enter")
    expect(there.page.get_by_role("link", name="Stillingar", exact=True)).to_be_visible()
    assert there.page.locator("html").get_attribute("lang") == "nn"
    assert [*here.complaints, *there.complaints, *here.external(), *there.external()] == []
    for one in (here, there):
        one.page.context.close()
