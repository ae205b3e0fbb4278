"""Every page, on a phone and a desk, in light and dark: no barrier, no sideways scrolling, nothing from elsewhere."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from kompetanse import clock
from kompetanse.sharing.periods import period_name, period_of
from tests.e2e.conftest import WIDTHS, LiveServer, Visit, new_visit

pytestmark = pytest.mark.e2e

NEXT_PAGE = 30_000
"""Bytes of a page, compressed, to whoever has been here before."""

RINGED = """
element => [element, element.closest('.ds-field')].some(one =>
  one && getComputedStyle(one).outlineStyle !== 'none' && getComputedStyle(one).outlineWidth !== '0px')
"""
"""Whether something with focus, or the field that it stands in, has a ring."""


def _changed_at(visit: Visit, person: str) -> list[str]:
    """The forms in which entries of a person's profile are changed, one of each part."""
    visit.open(person)
    entries = [one.get_attribute("href") or "" for one in visit.page.locator(f"a[href^='{person}/profile/']").all()]
    return list({one.rsplit("/", 1)[0]: one for one in entries}.values())


def _mapped_at(visit: Visit, person: str) -> list[str]:
    """The pages of a mapping conversation that was begun: one of each form of question."""
    visit.open(f"{person}/mapping").get_by_role("button", name="samtale").click()
    asked = ("work", "languages", "fields", "extent", "more", "summary", "print")
    return [f"{person}/mapping", *(f"{person}/mapping/{one}" for one in asked)]


def read_in(visit: Visit, language: str) -> None:
    """Choose a language for the account."""
    visit.open("/password").locator(f".site-languages [value={language}]").click()
    expect(visit.page.locator("html")).to_have_attribute("lang", language)


def pages(visit: Visit) -> list[str]:
    """The address of each kind of page, with a person and a vacancy that are there."""
    listed = [one.get_attribute("href") or "" for one in visit.open("/people").locator("#results tbody a").all()]
    person, forms = next((one, found) for one in listed if (found := _changed_at(visit, one)))
    vacancy = visit.open("/vacancies").locator("#results tbody a").first.get_attribute("href") or ""
    assert person.startswith("/people/")
    assert vacancy.startswith("/vacancies/")
    visit.open(vacancy)
    chosen = [one.get_attribute("value") for one in visit.page.locator("input[name=candidate]").all()[:3]]
    compared = "&".join(f"candidate={one}" for one in chosen)
    plan = visit.open("/matching/plan")
    household = plan.locator("a[href^='/households/']").first.get_attribute("href") or ""
    assert household.endswith("/placements")
    course = visit.open("/courses").locator("#results tbody a").first.get_attribute("href") or ""
    agreement = visit.open("/sharing").locator("a[href^='/sharing/agreements/']").first.get_attribute("href") or ""
    visit.open("/vacancies/feed").locator("main summary").click()
    visit.page.set_input_files("#file", {"name": "a.json", "mimeType": "application/json", "buffer": b"{"})
    visit.page.get_by_role("button", name="Les inn", exact=True).click()
    visit.page.wait_for_url("**/vacancies/feed/*-*")
    intake = visit.page.url[visit.page.url.index("/vacancies/feed/") :]
    return [
        "/",
        "/people",
        "/people/searches",
        "/people/lists",
        "/people/new",
        person,
        f"{person}/edit",
        f"{person}/text",
        f"{person}/own-data",
        f"{person}/link",
        "/erasures",
        f"{person}/household",
        f"{person}/merge",
        f"{person}/history",
        *_mapped_at(visit, person),
        f"{person}/timeline",
        f"{person}/opportunities",
        f"{person}/steps",
        household,
        *forms,
        "/?kind=unmapped",
        "/today/candidates",
        "/worklists/unused",
        "/worklists/incomplete",
        "/worklists/stale",
        "/worklists/running-out",
        "/worklists/unlinked",
        "/vacancies",
        "/vacancies/new",
        "/vacancies/feed",
        intake,
        vacancy,
        f"{vacancy}/edit",
        f"{vacancy}/proposals",
        f"{vacancy}/nav",
        f"{vacancy}?gates=fails",
        f"{vacancy}/compare?{compared}",
        f"{vacancy}/shortlist?{compared}",
        f"{vacancy}/relaxations",
        "/matching/plan",
        "/figures",
        "/map",
        "/map/place?name=Sistranda",
        "/courses",
        "/courses/new",
        "/courses/new/skill",
        "/courses/new/language",
        course,
        "/matching/weights",
        "/import",
        "/import/runs",
        "/export",
        "/export/analytics",
        "/sharing",
        "/sharing/draft",
        "/sharing/draft/classes",
        f"/sharing/releases/{period_name(period_of(clock.today()))}",
        agreement,
        "/sharing/requests",
        "/neighbours",
        "/neighbours/5056",
        "/neighbours/5056/vacancy",
        "/neighbours/5056/contact?handle=x",
        "/consents",
        "/password",
        "/no-such-page",
    ]


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [*((width, scheme, "nb") for width in WIDTHS for scheme in ("light", "dark")), (320, "light", "en")],
)
def test_no_page_has_a_barrier(
    chromium: Browser, live_server: LiveServer, width: int, scheme: Literal["light", "dark"], language: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    visit = new_visit(context, live_server)
    visit.open("/log-in")
    found = {"/log-in": visit.violations()}
    visit.log_in()
    shown = pages(visit)
    read_in(visit, language)
    for path in shown:
        answer = visit.page.goto(live_server.url + path)
        assert answer is not None
        assert answer.request.sizes()["responseBodySize"] <= NEXT_PAGE, path
        visit.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        found[path] = visit.violations()
        assert visit.page.locator("html").get_attribute("lang") == language
        assert visit.overflow() <= 0, f"{path} scrolls sideways at {width} px"
    read_in(visit, "nb")  # others log in by this account too
    context.close()
    assert {path: problems for path, problems in found.items() if problems} == {}
    assert visit.external() == []
    assert [text for text in visit.complaints if "404" not in text] == []


@pytest.mark.parametrize(
    ("email", "own"),
    [
        ("personvern@froya.example", ["/", "/audit", "/audit/verification", "/consents"]),
        (
            "admin@froya.example",
            [
                "/",
                "/sharing",
                "/sharing/agreements/new",
                "/sharing/pooling/new",
                "/administration",
                "/accounts",
                "/courses",
                "/courses/new/skill",
                "/matching/weights",
            ],
        ),
        ("leder@froya.example", ["/", "/vacancies", "/figures", "/map", "/audit"]),  # the last is refused
    ],
)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_another_role_has_a_barrier(
    chromium: Browser, live_server: LiveServer, width: int, email: str, own: list[str]
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    visit = new_visit(context, live_server)
    visit.log_in(email)
    for path in own:
        visit.open(path)
        visit.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        assert visit.violations() == [], path
        assert visit.overflow() <= 0, path
    context.close()
    assert [text for text in visit.complaints if "403" not in text] == []


def test_forms_that_were_refused_have_no_barrier_either(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    visit = new_visit(context, live_server)
    visit.log_in()
    visit.open("/people/new")
    visit.page.get_by_label("Født").fill("i fjor")
    visit.page.get_by_role("button", name="Registrer").click()
    visit.page.get_by_role("alert").wait_for()
    assert visit.violations() == []
    visit.page.get_by_role("link", name="Født:").click()
    assert visit.page.evaluate("document.activeElement.id || location.hash") in ("born", "#born")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_suggestions_out_of_a_text_have_no_barrier(chromium: Browser, live_server: LiveServer, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    visit = new_visit(context, live_server)
    visit.log_in()
    person = visit.open("/people").locator("#results tbody a").first.get_attribute("href") or ""
    visit.open(f"{person}/text")
    visit.page.get_by_label("Lim inn en CV").fill(
        "Arbeidserfaring\nszwaczka 2009–2012\n\nعملت طباخ ٥ سنوات\ntruck T1/T4"
    )
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Tab")  # past the file that could be chosen in its place
    visit.page.keyboard.press("Enter")
    visit.page.locator(".source mark").first.wait_for()
    assert visit.page.locator(".source mark").count() >= 2
    assert visit.violations() == []
    assert visit.overflow() <= 0
    context.close()


def test_the_keyboard_alone_reaches_the_content_and_focus_is_seen(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    visit = new_visit(context, live_server)
    visit.log_in()
    visit.open("/people")
    visit.page.keyboard.press("Tab")
    assert visit.page.locator(":focus").inner_text() == "Hopp til innholdet"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        focused = visit.page.locator(":focus")
        assert focused.evaluate(RINGED), focused.evaluate("e => e.outerHTML.slice(0, 200)")
    context.close()
