"""The coordinator's whole walk with one who speaks only Polish: mapped, referred, followed up, on the leader's desk."""

from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from kompetanse import clock
from tests.e2e.conftest import LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e

NAME = "Agnieszka Wiśniewska"

COVERED = """() => document.querySelector(".jump").getBoundingClientRect().bottom
  - document.querySelector(".notice").getBoundingClientRect().top"""
"""How many pixels of the notice lie under the menu of the page."""


def register(visit: Visit) -> None:
    """Write down who she is, as she says it: she speaks Polish, and needs an interpreter."""
    page = visit.page
    page.get_by_role("link", name="Ny person").click()
    page.get_by_label("Fornavn").fill("Agnieszka")
    page.get_by_label("Etternavn").fill("Wiśniewska")
    page.get_by_label("Født").fill("17.05.1987")
    page.get_by_label("Telefon og e-post").fill("+47 900 00 123")
    page.get_by_label("Språk i kontakt").fill("Polsk")
    page.get_by_label("Trenger tolk").select_option("yes")
    page.get_by_label("Har lov til å arbeide").select_option("yes")
    page.get_by_role("textbox", name="Notater").fill("Venter på svar fra barnehagen")
    page.get_by_role("button", name="Registrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


def map_work(visit: Visit, title: str, means: str) -> None:
    """Write a job in her own words, whatever language they are in, and take what it means."""
    page = visit.page
    page.get_by_text("Legg til arbeid").click()
    page.get_by_label("Hva arbeidet het").press_sequentially(title)
    expect(page.get_by_role("radio", name=means).first).to_be_checked()
    page.locator("#experiences-started").fill("2009")
    page.locator("#experiences-ended").fill("2021")
    page.locator("form[action$='/profile/experiences']").get_by_role("button", name="Lagre").click()
    expect(page.locator("#can")).to_contain_text(f"{title}")


def refer_from_her_page(page: Page) -> tuple[str, str]:
    """Put her forward for the best of her three vacancies, with one click; what it is called, and its address."""
    openings = page.locator("#openings .match")
    expect(openings).to_have_count(3)
    best = openings.first
    link = best.get_by_role("heading").get_by_role("link")
    title, address = link.inner_text(), link.get_attribute("href") or ""
    expect(best).to_contain_text("Har arbeidet som sykepleier")
    expect(best).to_contain_text("Spør om:")
    best.get_by_role("button", name="Formidle", exact=False).first.click()
    expect(page.get_by_role("status")).to_contain_text("I morgen minner «I dag» deg på å spørre personen.")
    assert page.evaluate(COVERED) <= 0, "the page's menu covers what was done, and its undo"
    expect(page.locator("#referrals")).to_contain_text(title)
    return title, address


def test_she_is_referred_seen_the_next_morning_and_on_the_leaders_desk(
    chromium: Browser, own_server: LiveServer
) -> None:
    context = chromium.new_context()
    visit = new_visit(context, own_server)
    visit.log_in()
    page = visit.page
    register(visit)
    map_work(visit, "pielęgniarka", "sykepleier")
    title, vacancy = refer_from_her_page(page)
    page.get_by_role("status").get_by_role("button", name="Angre").click()
    expect(page.locator("#referrals")).to_have_count(0)
    refer_from_her_page(page)
    visit.open("/")
    expect(page.locator("#candidates")).to_contain_text("Stillingen kom")
    expect(page).to_have_title("I dag – Kompetanse")
    expect(page.locator(".waiting", has_text=NAME).filter(has_text=title)).to_have_count(0)
    page.goto("about:blank")  # nothing of the page before is under way when its session is gone
    context.clear_cookies()
    with clock.moved(by=timedelta(days=1)):
        visit.log_in()
        row = page.locator(".waiting", has_text=NAME).filter(has_text=title)
        expect(row).to_contain_text("Spør om det passer")
        row.get_by_role("button", name="Har sagt ja").click()
        expect(page.locator(".waiting", has_text=NAME).filter(has_text=title)).to_have_count(0)
        visit.open(vacancy)
        page.get_by_role("link", name="Kortliste til lederen").click()
        printed(visit, title)
        page.get_by_role("button", name="Noter som sendt").click()
        expect(page.get_by_role("status")).to_contain_text("Notert som sendt")
    assert visit.external() == []
    assert visit.complaints == []
    context.close()


def printed(visit: Visit, title: str) -> None:
    """What is on the paper, and what is not."""
    page = visit.page
    expect(page.get_by_role("button", name="Skriv ut")).to_be_visible()
    assert visit.violations() == []
    page.emulate_media(media="print")
    sheet = page.get_by_role("article", name=NAME)
    for told in (title, "Har arbeidet som sykepleier", "Trenger tolk i samtalen", "Frøya kommune", "Spør om"):
        expect(sheet).to_contain_text(told)
    for name in ("Skriv ut", "Noter som sendt"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    expect(page.locator(".site-header")).to_be_hidden()
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    text = paper.pages[0].extract_text()
    assert "Agnieszka" in text
    for hidden in ("1987", "900 00 123", "barnehagen", "Logg ut"):
        assert hidden not in text, hidden
    page.emulate_media(media="screen")


def test_without_scripts_a_shortlist_says_how_to_print_it(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.open("/vacancies")
    page.locator("#results tbody a").nth(3).click()
    name = page.locator(".match h3 a").first.inner_text()
    page.locator(".match").first.get_by_role("button", name="Formidle", exact=False).first.click()
    page.locator("#referrals .entry", has_text=name).get_by_role("button", name="Har sagt ja").click()
    page.get_by_role("link", name="Kortliste til lederen").click()
    expect(page.get_by_role("article", name=name)).to_be_visible()
    expect(page.get_by_text("Skriv ut med nettleserens meny")).to_be_visible()
    expect(page.get_by_role("button", name="Skriv ut")).to_be_hidden()
    context.close()
