"""Mapping a newcomer together, in Ukrainian and in Arabic: two languages side by side, and a profile in the end."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e

STORIES = [
    (
        "Olena",
        "Ukrainsk",
        "uk",
        "ltr",
        "медсестра",
        "sykepleier / медична сестра 2223",
        "Яку роботу ви виконували?",
        "Охорона здоров’я",
    ),
    ("Khaled", "Arabisk", "ar", "rtl", "طباخ", "kokk / طباخ 5120", "ما الأعمال التي عملت فيها؟", "الصحة"),
]


def register(visit: Visit, name: str, language: str) -> Page:
    page = visit.open("/people/new")
    page.get_by_label("Fornavn").fill(name)
    page.get_by_label("Etternavn").fill("Samtalesen")
    page.get_by_label("Språk i kontakt").fill(language)
    page.get_by_role("button", name="Registrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page


@pytest.mark.parametrize(("name", "language", "tag", "direction", "job", "known", "asked", "field"), STORIES)
def test_a_newcomer_is_mapped_in_her_language(  # noqa: PLR0917
    chromium: Browser,
    own_server: LiveServer,
    name: str,
    language: str,
    tag: str,
    direction: str,
    job: str,
    known: str,
    asked: str,
    field: str,
) -> None:
    width = 1280 if direction == "ltr" else 360
    context = chromium.new_context(viewport={"width": width, "height": 800})
    visit = new_visit(context, own_server)
    visit.log_in()
    page = register(visit, name, language)
    page.get_by_role("link", name="Kartlegg sammen").click()
    expect(page.get_by_label("Språk ved siden av bokmål")).to_have_value(tag)
    page.get_by_label("Er tolk med?").select_option("yes")
    page.get_by_role("button", name="Begynn samtalen").click()

    question = page.get_by_role("heading", level=1)
    expect(question).to_contain_text("Hva har du arbeidet med?")
    expect(question.locator(f"[lang={tag}]")).to_have_text(asked)
    expect(question.locator(f"[lang={tag}]")).to_have_attribute("dir", direction)
    expect(page.locator("#title")).to_be_focused()
    page.keyboard.type(job)
    expect(page.get_by_role("radio", name=known)).to_be_checked()
    page.keyboard.press("Enter")
    expect(question).to_contain_text("Hva er du god til?")
    assert visit.violations() == []
    assert visit.overflow() <= 0

    page.get_by_role("button", name="Spør senere").click()
    expect(question).to_contain_text("Hvilken skole har du gått på?")
    page.get_by_role("navigation", name="Spørsmålene").get_by_role("link", name="Hva slags arbeid?").click()
    page.get_by_text(field, exact=True).click()
    assert visit.violations() == []
    assert visit.overflow() <= 0
    page.get_by_role("button", name="Neste").click()
    expect(question).to_contain_text("Hva vil du arbeide som?")

    page.get_by_role("link", name="Les opp og bekreft").click()
    read = page.locator("main")
    expect(read.locator(f"[lang={tag}]", has_text=field).first).to_be_visible()
    expect(read.get_by_role("alert").or_(read.locator(".ds-alert"))).to_contain_text("Det du er god til")
    assert visit.violations() == []
    page.get_by_role("button", name="Ja, alt stemmer i dag").click()
    expect(page.get_by_role("status")).to_contain_text("bekreftet")
    expect(page.locator("#can")).to_contain_text(job)
    expect(page.locator("#wants")).to_contain_text("Helse")
    expect(page.locator("#mapping")).to_contain_text("Det du er god til")
    assert visit.external() == []
    assert visit.complaints == []
    assert not any(name in url or "Samtalesen" in url for url in visit.requests)
    context.close()


def test_it_goes_on_where_it_stopped_without_scripts_and_on_paper(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = register(visit, "Rasa", "Litauisk")
    person = page.url.partition("?")[0]
    page.get_by_role("link", name="Kartlegg sammen").click()
    page.get_by_role("button", name="Begynn samtalen").click()
    page.get_by_label("Hva arbeidet du som?").fill("buhalterė")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mapping/skills?notice=saved")
    page.goto(person)
    page.get_by_role("link", name="Fortsett samtalen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hva er du god til?")
    page.goto(f"{person}/mapping/print")
    expect(page.get_by_role("img", name="QR-kode til samtalen")).to_be_visible()
    expect(page.locator(".paper__head")).not_to_contain_text("Rasa")
    assert visit.external() == []
    context.close()


def test_an_answer_that_was_not_saved_is_saved_although_the_profile_went_on(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    page = register(visit, "Amina", "Somali")
    person = page.url.partition("?")[0]
    page.get_by_role("link", name="Kartlegg sammen").click()
    page.get_by_role("button", name="Begynn samtalen").click()
    page.goto(f"{person}/mapping/courses")
    page.get_by_label("Hva het kurset?").fill("Truckkurs")
    page.wait_for_timeout(600)  # it is kept when she pauses
    other = context.new_page()
    other.goto(f"{person}/mapping/skills")
    other.get_by_label("Hva kan du?").fill("veve")
    other.get_by_role("button", name="Neste").click()
    other.wait_for_url("**notice=saved")
    page.reload()
    page.get_by_role("button", name="Bruk").click()
    page.get_by_role("button", name="Neste").click()
    page.wait_for_url("**notice=saved")
    page.goto(f"{person}/mapping/courses")
    expect(page.get_by_role("list", name="Skrevet til nå")).to_contain_text("Truckkurs")
    context.close()


def test_two_answers_of_one_value_are_put_beside_each_other(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    visit = new_visit(context, live_server)
    visit.log_in()
    page = register(visit, "Hodan", "Somali")
    person = page.url.partition("?")[0]
    page.get_by_role("link", name="Kartlegg sammen").click()
    page.get_by_role("button", name="Begynn samtalen").click()
    page.wait_for_url("**/mapping/work")
    other = context.new_page()
    for one in (page, other):
        one.goto(f"{person}/mapping/more")
    for one, said in ((other, "Vil lage mat"), (page, "Vil ha fri i helgene")):
        one.get_by_label("Med dine egne ord").fill(said)
        one.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noen andre lagret før deg")
    assert visit.violations() == []
    page.get_by_label("Begge deler").check()
    page.get_by_role("button", name="Lagre").click()
    page.wait_for_url("**/mapping/summary?notice=saved")
    expect(page.locator("main")).to_contain_text("Vil lage mat")
    expect(page.locator("main")).to_contain_text("Vil ha fri i helgene")
    context.close()
