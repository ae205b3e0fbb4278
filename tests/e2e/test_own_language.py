"""Profiles entered on a phone in people's own languages: they show up in bokmål, with the right codes."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e

STORIES = [
    ("Rasa", "buhalterė", "regnskapsfører", "3313", "buhalterinė apskaita", "regnskap"),
    ("Olena", "медсестра", "sykepleier", "2223", "догляд за хворими", "pasientpleie"),
    ("Khaled", "مدرس رياضيات", "matematikklærer", "2330", "التدريس", "undervisning"),
]


def register(visit: Visit, name: str) -> Page:
    page = visit.open("/people/new")
    page.get_by_label("Fornavn").fill(name)
    page.get_by_label("Etternavn").fill("Egetspråk")
    page.get_by_role("button", name="Registrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page


@pytest.mark.parametrize(("name", "title", "occupation", "styrk", "skill", "known"), STORIES)
def test_what_is_typed_in_ones_own_language_is_understood(  # noqa: PLR0917
    chromium: Browser,
    live_server: LiveServer,
    name: str,
    title: str,
    occupation: str,
    styrk: str,
    skill: str,
    known: str,
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = register(visit, name)

    page.get_by_text("Legg til arbeid").click()
    job = page.locator("form[action$='/profile/experiences']")
    job.get_by_label("Hva arbeidet het").press_sequentially(title)
    expect(job.get_by_role("radio", name=f"{occupation} {styrk}")).to_be_checked()
    job.get_by_role("button", name="Lagre").click()
    entry = page.locator("#can .entry", has=page.get_by_role("link", name=f"Endre {title}"))
    expect(entry).to_contain_text(occupation)
    expect(entry).to_contain_text(styrk)

    page.get_by_text("Legg til ferdighet").click()
    said = page.locator("form[action$='/profile/skills']").filter(has=page.get_by_label("Ferdighet"))
    said.get_by_label("Ferdighet").press_sequentially(skill)
    expect(said.get_by_role("radio", name=known, exact=True)).to_be_checked()
    said.get_by_role("button", name="Lagre").click()
    expect(page.locator("#can .chip-entry", has_text=skill)).to_contain_text(known)
    assert visit.overflow() <= 0
    assert visit.complaints == []
    context.close()
