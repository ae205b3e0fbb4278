"""Olena opens a link on an old phone: no JavaScript, 320 pixels, her own language; and who takes it after her."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desk, Scheme, Visit, come_in

pytestmark = pytest.mark.e2e

PAGES = ("/my/", "/my/jobs", "/my/helping", "/my/profile", "/my/consents", "/my/questions", "/my/seen", "/my/data",
         "/my/leaving", "/my/terms", "/my/reach", "/my/enter", "/my/no-such-page")  # fmt: skip
FORMS = ("experiences", "skills", "educations", "languages", "licences", "courses", "wished-occupations", "wishes",
         "interests")  # fmt: skip


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("nb", 320, "light"), ("uk", 320, "dark"), ("ar", 320, "light"),
        ("nb", 1280, "dark"), ("uk", 1280, "light"), ("ar", 1280, "dark"),
    ],
)  # fmt: skip
def test_no_page_of_hers_has_a_barrier(
    desk: Desk, phone: Callable[..., Visit], language: str, width: int, scheme: Scheme
) -> None:
    visit = phone(width, scheme)
    link, _ = desk.link(language)
    visit.page.goto(link)
    found = {"link": visit.violations()}
    come_in(visit, link)
    for path in (*PAGES, *(f"/my/profile/{part}" for part in FORMS)):
        answer = visit.page.goto(visit.server.url + path)
        assert answer is not None
        assert answer.request.sizes()["responseBodySize"] <= 30_000, path
        assert visit.page.locator("html").get_attribute("lang") == language
        assert visit.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        found[path] = visit.violations()
        assert visit.overflow() <= 0, f"{path} scrolls sideways at {width} px"
    assert {path: problems for path, problems in found.items() if problems} == {}
    assert visit.external() == []
    assert [text for text in visit.complaints if "404" not in text] == []


def test_a_form_that_is_wrong_has_no_barrier_either(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone()
    page = come_in(visit, desk.link("ar")[0])
    visit.open("/my/profile/experiences")
    page.locator("#title").fill("محاسبة")
    page.locator("#started").fill("قبل سنوات")
    page.locator("form.ds-card button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert visit.violations() == []
    assert page.locator("#title").input_value() == "محاسبة"


def test_the_sheet_has_no_barrier_and_prints_only_what_is_hers(desk: Desk) -> None:
    desk.link("ar")
    page = desk.visit.page
    assert desk.visit.violations() == []
    page.emulate_media(media="print")
    expect(page.locator(".sheet__qr svg")).to_be_visible()
    expect(page.locator(".sheet__code")).to_be_visible()
    for gone in (".site-header", "#link", "main > .ds-alert"):
        expect(page.locator(gone).first).to_be_hidden()
    page.emulate_media(media="screen")


def test_olena_maps_herself_without_javascript_in_ukrainian(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone(scripts=False)
    page = come_in(visit, desk.link("uk")[0])
    page.get_by_role("link", name="Ваш профіль").click()
    page.locator("a[href='/my/profile/experiences']").click()
    page.get_by_label("Ким ви працювали?").fill("бухгалтерка")
    page.get_by_label("Коли ви почали?").fill("2009")
    page.get_by_label("Країна").select_option(label="Україна")
    page.get_by_role("button", name="Зберегти", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Збережено.")
    expect(page.get_by_text("бухгалтерка")).to_be_visible()
    page.reload()
    expect(page.get_by_text("бухгалтерка")).to_be_visible()
    expect(desk.visit.open(desk.person).locator("#can li:visible", has_text="бухгалтерка").first).to_be_visible()
    page.get_by_role("button", name="Скасувати останню зміну").click()
    expect(page.get_by_text("бухгалтерка")).to_have_count(0)
    visit.open("/my/consents")
    share = page.locator("section[aria-labelledby=ambassador]")
    share.get_by_role("button", name="Так").click()
    expect(page.get_by_role("status")).to_have_text("Ви сказали «так».")
    page.locator("section[aria-labelledby=ambassador]").get_by_role("button", name="Відкликати").click()
    expect(page.get_by_role("status")).to_have_text("Ви сказали «ні». Це діє відтепер.")
    visit.open("/my/data")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Завантажити резюме (PDF)").click()
    assert downloading.value.suggested_filename == "cv.pdf"


def test_she_is_interested_in_a_job_and_reads_that_the_coordinator_saw_it(
    desk: Desk, phone: Callable[..., Visit]
) -> None:
    visit = phone(scripts=False)
    page = come_in(visit, desk.link("nb")[0])
    page.get_by_role("link", name="Jobber nær deg").click()
    page.get_by_role("button", name="Jeg er interessert").first.click()
    expect(page.get_by_role("status")).to_have_text("Takk. Koordinatoren får vite at du er interessert.")
    expect(page.get_by_text("Koordinatoren har ikke sett det ennå.")).to_be_visible()
    for path in ("/", desk.person):
        desk.visit.open(path)
        assert desk.visit.violations() == [], path
    interests = desk.visit.page.locator("#interests")
    expect(interests).to_contain_text("Sier selv: interessert i")
    interests.get_by_role("button", name="Sett").click()
    expect(desk.visit.page.get_by_role("status")).to_have_text("Personen ser nå at du har sett det.")
    interests.get_by_role("link").click()
    expect(desk.visit.page.locator("#interests").get_by_role("button", name="Foreslå")).to_be_visible()
    assert desk.visit.violations() == []
    page.reload()
    expect(page.get_by_text("Koordinatoren har sett det.")).to_be_visible()


def test_the_code_is_typed_and_the_language_chosen_on_the_page(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone(scripts=False)
    _, code = desk.link("nb")
    visit.open("/my/enter")
    page = visit.page
    page.locator("#code").fill(code)
    page.locator("main form button").click()
    page.wait_for_url("**/my/")
    page.locator(".my-languages summary").click()
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    visit.open("/my/seen")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_whoever_takes_the_phone_after_her_sees_nothing(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone()
    link, code = desk.link("nb")
    page = come_in(visit, link)
    visit.open("/my/profile")
    name = page.locator(".facts dd").first.inner_text()
    visit.open("/my/leaving")
    page.get_by_role("button", name="Logg ut her").click()
    expect(page.get_by_role("status")).to_have_text("Du er logget ut.")
    for _ in range(3):
        page.go_back()
        expect(page.get_by_text(name)).to_have_count(0)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lenken virker ikke")
    visit.open("/my/enter")
    page.locator("#code").fill(code)
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert visit.violations() == []


def test_the_keyboard_alone_reaches_everything(desk: Desk, phone: Callable[..., Visit]) -> None:
    visit = phone(1280)
    page = come_in(visit, desk.link("nb")[0])
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Hopp til innholdet"
    reached = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert {"/my/profile", "/my/consents", "/my/leaving"} <= reached
    assert not re.search(r"person|[0-9a-f]{8}-", page.url)
