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


def _vacancy(page: Page, url: str) -> None:
    page.goto(f"{url}/vacancies")
    page.locator("#results tbody a").first.click()


def _person(page: Page, url: str) -> None:
    page.goto(f"{url}/people")
    page.locator("#results tbody a").first.click()


PICTURES = (
    Picture("today", _at("/")),
    Picture("people", _at("/people")),
    Picture("person", _person),
    Picture("vacancy", _vacancy),
    Picture("plan", _at("/matching/plan")),
    Picture("sharing", _at("/sharing")),
)


if __name__ == "__main__":
    draw()
