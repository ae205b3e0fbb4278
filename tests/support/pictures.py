"""Draws the pictures of the guides: the program as it is run, with invented people, on a day that stands still.

`make pictures` writes them to `docs/img/`; somebody looks at each before it is committed.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from kompetanse import clock, migrations
from kompetanse.demo import service as demo
from kompetanse.settings import Settings
from tests.support.browser import LAUNCH_ARGS, chromium_path
from tests.support.live import serving

FOLDER = Path(__file__).parents[2] / "docs" / "img"
_DAY = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
_COORDINATOR, _OFFICER = "koordinator@froya.example", "personvern@froya.example"
_DESK, _PHONE = (1280, 800), (360, 720)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what it is called, who looks, and how she gets there from her first page."""

    name: str
    go: Callable[[Page, str], None]
    email: str | None = _COORDINATOR
    size: tuple[int, int] = _DESK


def draw(folder: Path = FOLDER) -> None:
    """Write every picture into a folder."""
    with _served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(LAUNCH_ARGS))
        for picture in PICTURES:
            _draw(browser, url, picture, folder)
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as home, clock.moved(to=_DAY):
        settings = Settings(
            database_url=f"sqlite:///{home}/k.db", data_dir=Path(home), log_level="ERROR", _env_file=None
        )
        migrations.upgrade(settings.database_url)
        demo.seed(settings, people=200, seed=7, console=Console(quiet=True))
        with serving(settings) as url:
            yield url


def _draw(browser: Browser, url: str, picture: Picture, folder: Path) -> None:
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light", locale="nb-NO")
    page = context.new_page()
    if picture.email is not None:
        page.goto(f"{url}/log-in")
        page.get_by_label("E-post").fill(picture.email)
        page.get_by_label("Passord").fill(demo.PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{url}/")
    picture.go(page, url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{picture.name}.png", animations="disabled", caret="hide")
    context.close()


def _at(path: str) -> Callable[[Page, str], None]:
    def go(page: Page, url: str) -> None:
        page.goto(url + path)

    return go


def _found(page: Page, url: str) -> None:
    page.goto(f"{url}/people")
    page.locator("#text").press_sequentially("бухгалтер")
    page.locator("#results").get_by_text("Viser også").or_(page.locator("#results tbody tr")).first.wait_for()


def _person(page: Page, url: str) -> None:
    """Rasa, whose story the demo tells."""
    page.goto(f"{url}/people")
    page.locator("#text").fill("Rasa")
    page.locator("#results tbody a", has_text="Rasa").first.click()


def _in_place(page: Page, url: str) -> None:
    _person(page, url)
    page.locator("#part-experiences a.opens[data-draft-of]").first.click()
    page.locator("#part-experiences .in-place form").first.wait_for()
    page.evaluate("document.querySelector('#part-experiences').scrollIntoView()")


def _question(page: Page, url: str, family: str = "Bondarenko") -> None:
    page.goto(f"{url}/people/new")
    page.get_by_label("Fornavn").fill("Olena")
    page.get_by_label("Etternavn").fill(family)
    page.get_by_label("Språk i kontakt").fill("Ukrainsk")
    page.get_by_role("button", name="Registrer").click()
    page.get_by_role("link", name="Kartlegg sammen").click()
    page.get_by_role("button", name="Begynn samtalen").click()
    page.locator("#title").press_sequentially("медсестра")
    page.get_by_role("radio").first.wait_for()


def _pictured_question(page: Page, url: str) -> None:
    _question(page, url, "Melnyk")
    page.get_by_role("navigation", name="Spørsmålene").get_by_role("link", name="Hva slags arbeid?").click()


def _vacancy(page: Page, url: str) -> None:
    page.goto(f"{url}/vacancies")
    page.locator("#results tbody a", has_text="Regnskap").or_(page.locator("#results tbody a")).first.click()


def _cards(page: Page, url: str) -> None:
    _vacancy(page, url)
    page.locator("#candidates").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#candidates').scrollIntoView()")


def _compared(page: Page, url: str) -> None:
    _vacancy(page, url)
    for box in page.locator("input[name=candidate]").all()[:3]:
        box.check()
    page.get_by_role("button", name="Sammenlign de valgte").click()


def _shortlist(page: Page, url: str) -> None:
    _vacancy(page, url)
    page.locator(".match").first.get_by_role("button", name="Formidle", exact=False).first.click()
    page.locator("#referrals").get_by_role("button", name="Har sagt ja").first.click()
    page.get_by_role("link", name="Kortliste til lederen").click()
    page.evaluate("document.querySelector('.sheet').scrollIntoView()")


def _trail(page: Page, url: str) -> None:
    page.goto(f"{url}/audit")
    page.locator("#trail-text").fill("Rasa")
    page.get_by_role("button", name="Finn").click()
    page.locator("main a[href^='/audit/people/']").first.click()


def _on_her_phone(path: str, language: str) -> Callable[[Page, str], None]:
    """The coordinator makes a link, and the same browser, now the newcomer's phone, opens it."""

    def go(page: Page, url: str) -> None:
        _person(page, url)
        page.goto(f"{page.url.partition('?')[0]}/link")
        page.locator("#language").select_option(language)
        page.get_by_role("button", name="Lag lenke").click()
        link = page.locator("#link").input_value()
        page.goto(link)
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/my/")
        page.goto(url + path)

    return go


PICTURES = (
    Picture("today", _at("/")),
    Picture("people", _found),
    Picture("person", _person),
    Picture("in-place", _in_place),
    Picture("mapping", _question),
    Picture("mapping-fields", _pictured_question),
    Picture("vacancy", _cards),
    Picture("compare", _compared),
    Picture("shortlist", _shortlist),
    Picture("plan", _at("/matching/plan")),
    Picture("figures", _at("/figures")),
    Picture("map", _at("/map")),
    Picture("sharing", _at("/sharing")),
    Picture("trail", _trail, _OFFICER),
    Picture("my-home", _on_her_phone("/my/", "uk"), size=_PHONE),
    Picture("my-jobs", _on_her_phone("/my/jobs", "ar"), size=_PHONE),
)


if __name__ == "__main__":
    draw()
