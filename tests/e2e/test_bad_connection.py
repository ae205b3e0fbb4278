"""Olena on a phone with a bad connection: nothing that she typed is lost, and little is fetched."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Desk, Visit, come_in

pytestmark = pytest.mark.e2e

FIRST_PAGE, NEXT_PAGE = 150_000, 30_000
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""As in Chromium's developer tools: 400 kbit/s both ways."""

DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('my-draft:')).length"


def drafts(page: Page) -> int:
    found: int = page.evaluate(DRAFTS)
    return found


def test_what_she_typed_is_there_when_the_connection_is_back(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone()
    page = come_in(visit, desk.link("nb")[0])
    visit.open("/my/profile/courses")
    page.get_by_label("Hva het kurset?").fill("Sveisekurs")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Du er ikke på nett nå.")
    assert visit.violations() == []
    page.get_by_role("link", name="Profilen din").click()  # it leads nowhere, and takes nothing away
    expect(page.get_by_label("Hva het kurset?")).to_have_value("Sveisekurs")
    page.context.set_offline(False)
    page.get_by_label("Hva het kurset?").fill("Sveisekurs 2")
    page.get_by_role("button", name="Lagre", exact=True).dblclick()
    page.wait_for_url("**/my/profile?notice=saved")
    expect(page.get_by_text("Sveisekurs 2")).to_have_count(1)
    assert drafts(page) == 0


def test_what_she_typed_survives_a_reload_and_another_language_and_goes_when_she_does(
    desk: Desk, phone: Callable[..., Visit]
) -> None:
    visit = phone()
    page = come_in(visit, desk.link("nb")[0])
    visit.open("/my/terms")
    page.get_by_label("Med dine egne ord").fill("Helst om morgenen")
    page.get_by_label("Kveld").check()
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("Vi tok vare på det du skrev.")
    expect(page.get_by_label("Med dine egne ord")).to_have_value("Helst om morgenen")
    assert visit.violations() == []
    page.locator(".my-languages summary").click()
    page.get_by_role("link", name="Українська").click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator("#wishes_as_spoken")).to_have_value("Helst om morgenen")
    expect(page.locator("#shifts-evening, input[value=evening]").first).to_be_checked()
    expect(page.locator(":focus")).to_have_attribute("name", "shifts")
    page.get_by_role("button", name="Видалити це").click()
    expect(page.locator("#wishes_as_spoken")).to_have_value("")
    page.locator("#wishes_as_spoken").fill("Зранку")
    assert drafts(page) == 1
    visit.open("/my/leaving")
    page.locator("form[action='/my/leaving/here'] button").click()
    page.wait_for_url("**/my/enter**")
    assert drafts(page) == 0


def test_what_she_left_lying_takes_back_nothing_that_was_written_since(desk: Desk, phone: Callable[..., Visit]) -> None:
    here, there = phone(), phone()
    page = come_in(here, desk.link("nb")[0])
    come_in(there, desk.link("nb")[0])
    here.open("/my/terms")
    page.get_by_label("Med dine egne ord").fill("Helst om morgenen")
    there.open("/my/terms")
    there.page.get_by_label("Høyst så mange prosent").fill("80")
    there.page.get_by_label("Natt").check()
    there.page.get_by_role("button", name="Lagre", exact=True).click()
    there.page.wait_for_url("**/my/profile?notice=saved")
    here.open("/my/terms")
    expect(page.get_by_label("Med dine egne ord")).to_have_value("Helst om morgenen")
    expect(page.get_by_label("Høyst så mange prosent")).to_have_value("80")
    expect(page.get_by_label("Natt")).to_be_checked()


def test_nothing_is_kept_on_a_phone_that_is_not_hers(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone()
    visit.page.goto(desk.link("nb")[0])
    visit.page.get_by_label("Dette er ikke min telefon").check()
    visit.page.locator("main form button").click()
    visit.page.wait_for_url("**/my/")
    device = next(one for one in visit.page.context.cookies() if one["name"] == "device")
    assert device["expires"] == -1
    visit.open("/my/terms")
    visit.page.get_by_label("Med dine egne ord").fill("Helst om morgenen")
    assert drafts(visit.page) == 0


def test_a_link_whose_answer_was_lost_opens_when_it_is_tapped_again(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone()
    page = visit.page
    link, _ = desk.link("nb")
    page.goto(link)
    before = page.context.cookies()

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch(max_redirects=0)  # the server lets her in, and the answer never comes
        route.abort("connectionreset")

    page.route("**/my/open/*", lose)
    page.locator("main form button").click()
    page.wait_for_timeout(500)
    page.unroute("**/my/open/*")
    page.context.clear_cookies()  # what the browser was given on the way never came either
    page.context.add_cookies(before)  # type: ignore[arg-type]
    come_in(visit, link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hei")
    other = phone()
    other.page.goto(link)
    expect(other.page.get_by_role("heading", level=1)).to_have_text("Lenken virker ikke")


def test_little_is_fetched_over_slow_3g(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone()
    link, _ = desk.link("ar")
    network = visit.page.context.new_cdp_session(visit.page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_3G)
    fetched: list[float] = []
    network.on("Network.loadingFinished", lambda done: fetched.append(done["encodedDataLength"]))
    visit.page.goto(link, wait_until="networkidle")
    assert 0 < sum(fetched) <= FIRST_PAGE
    come_in(visit, link)
    visit.page.wait_for_load_state("networkidle")  # a letter's font may come after the page, once
    for path in ("/my/", "/my/jobs", "/my/profile", "/my/profile/experiences", "/my/seen"):
        fetched.clear()
        visit.open(path)
        visit.page.wait_for_load_state("networkidle")
        assert 0 < sum(fetched) <= NEXT_PAGE, path
