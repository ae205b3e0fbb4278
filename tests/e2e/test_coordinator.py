"""The coordinator's main job in a real browser, with and without JavaScript."""

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.e2e.conftest import LiveServer, new_visit

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_register_map_match_and_refer(chromium: Browser, live_server: LiveServer, scripts: bool) -> None:
    family = "Prøvesen" if scripts else "Testesen"
    context = chromium.new_context(java_script_enabled=scripts)
    visit = new_visit(context, live_server)
    page = visit.page
    visit.log_in()

    page.get_by_role("link", name="Ny person").click()
    page.get_by_label("Fornavn").fill("Danutė")
    page.get_by_label("Etternavn").fill(family)
    page.get_by_label("Har lov til å arbeide").select_option("yes")
    page.get_by_role("button", name="Registrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Danutė {family}")

    page.get_by_text("Legg til arbeid").click()
    page.get_by_label("Hva arbeidet het").fill("regnskapsfører")
    page.locator("#experiences-started").fill("2009")
    page.locator("#experiences-ended").fill("2019")
    page.locator("form[action$='/profile/experiences']").get_by_role("button", name="Lagre").click()
    expect(page.locator("#can")).to_contain_text("2009–2019")

    page.goto(f"{live_server.url}/vacancies/new")
    page.get_by_label("Tittel").fill("Regnskapsfører")
    page.get_by_label("Enhet").fill("Økonomi")
    page.get_by_role("button", name="Lagre").click()
    candidate = page.locator(".match", has_text=f"Danutė {family}").first
    expect(candidate).to_contain_text("Har arbeidet som regnskapsfører")
    candidate.get_by_role("button", name="Formidle", exact=False).first.click()
    expect(page.locator("#referrals")).to_contain_text(f"Danutė {family}")
    assert visit.external() == []
    assert visit.complaints == []
    context.close()


def test_the_list_answers_while_one_types_and_no_name_is_in_the_address(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context()
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.open("/people")
    name = (page.locator("#results tbody a").first.inner_text()).split(",")[0]
    before = page.locator("#results tbody tr").count()
    page.get_by_label("Navn, telefon, yrke eller ferdighet").press_sequentially(name)
    expect(page.locator("#results tbody tr").first).to_contain_text(name)
    page.wait_for_url("**/people?search=*")
    page.wait_for_load_state("networkidle")
    assert page.locator("#results tbody tr").count() < before
    assert all(name not in url for url in visit.requests)
    address = page.url
    page.locator("#results tbody a").first.click()
    page.go_back()
    assert page.url == address
    expect(page.locator("#results tbody tr").first).to_contain_text(name)
    assert visit.complaints == []
    context.close()


def test_a_second_coordinator_is_told_that_somebody_was_quicker(chromium: Browser, live_server: LiveServer) -> None:
    contexts = [chromium.new_context(), chromium.new_context()]
    first, second = (new_visit(context, live_server) for context in contexts)
    for visit in (first, second):
        visit.log_in()
    path = first.open("/people").locator("#results tbody a").first.get_attribute("href")
    for visit, note in ((first, "Ringte mandag"), (second, "Ringer tirsdag")):
        visit.open(f"{path}/edit")
        visit.page.get_by_role("textbox", name="Notater").fill(note)
    for visit in (first, second):
        visit.page.get_by_role("button", name="Lagre").click()
    expect(first.page.locator("main")).to_contain_text("Ringte mandag")
    expect(second.page.get_by_role("heading", level=1)).to_have_text("Noen andre lagret før deg")
    expect(second.page.locator("main")).to_contain_text("Ringer tirsdag")
    assert second.violations() == []
    second.page.get_by_label("Begge deler").check()
    second.page.get_by_role("button", name="Lagre").click()
    expect(second.page.locator("#part-facts")).to_contain_text("Ringte mandag")
    expect(second.page.locator("#part-facts")).to_contain_text("Ringer tirsdag")
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_spreadsheet_is_tried_and_then_imported(chromium: Browser, live_server: LiveServer, scripts: bool) -> None:
    name = "Regnearksen" if scripts else "Arkesen"
    sheet = f"Etternavn;Fornavn;Fødselsdato\r\n{name};Anna;17.05.1987\r\n{name};Feil;31.02.1990\r\n".encode("latin-1")
    file = FilePayload(name="liste.csv", mimeType="text/csv", buffer=sheet)
    context = chromium.new_context(java_script_enabled=scripts)
    visit = new_visit(context, live_server)
    visit.log_in()
    page = visit.open("/import")
    page.get_by_label("Regneark", exact=True).set_input_files(file)
    page.get_by_role("button", name="Prøv filen").click()
    expect(page.locator("#report")).to_contain_text("31.02.1990")
    if scripts:
        assert visit.violations() == []
    else:
        page.get_by_label("Regneark", exact=True).set_input_files(file)
    page.get_by_role("button", name="Les inn 1 rad").click()
    expect(page.get_by_role("heading", name="Filen er lest inn")).to_be_visible()
    assert visit.complaints == []
    context.close()
