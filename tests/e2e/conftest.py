"""The real server on a fresh database with a small invented municipality, and a real browser in front of it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from rich.console import Console

from kompetanse.demo import service as demo
from kompetanse.settings import Settings
from tests.conftest import SECRET
from tests.support.browser import LAUNCH_ARGS, chromium_path
from tests.support.live import serving

PEOPLE = 60
WIDTHS = (320, 1280)
Scheme = Literal["light", "dark"]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

SETTLED = """() => Promise.all(
  document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => null))
)"""


@dataclass(frozen=True, slots=True)
class LiveServer:
    """A server that answers, and how to log in to it."""

    url: str
    email: str = "koordinator@froya.example"
    password: str = demo.PASSWORD


@pytest.fixture(scope="session")
def live_server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The program as it is run, in a thread of its own."""
    home = tmp_path_factory.mktemp("live")
    shutil.copyfile(sqlite_template, home / "kompetanse.db")
    settings = Settings(
        database_url=f"sqlite:///{home / 'kompetanse.db'}",
        data_dir=home,
        log_level="ERROR",
        _env_file=None,
    )
    demo.seed(settings, people=PEOPLE, seed=7, console=Console(quiet=True))
    with serving(settings) as url:
        yield LiveServer(url)


@pytest.fixture
def own_server(database_url: str, tmp_path: Path) -> Iterator[LiveServer]:
    """A server of the test's own, on each kind of database, for stories that nobody else may disturb."""
    settings = Settings(
        database_url=database_url, secret_key=SECRET, data_dir=tmp_path, log_level="ERROR", _env_file=None
    )
    demo.seed(settings, people=PEOPLE, seed=7, console=Console(quiet=True))
    with serving(settings) as url:
        yield LiveServer(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole session; each test has contexts of its own."""
    path = chromium_path()
    assert path is not None, "No Chromium: run `make test`, which installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(LAUNCH_ARGS))
        yield browser
        browser.close()


@dataclass(slots=True)
class Visit:
    """A page in the browser, and what it asked the network for."""

    page: Page
    server: LiveServer
    requests: list[str]
    complaints: list[str]

    def open(self, path: str) -> Page:
        """Go to a page of the server."""
        self.page.goto(self.server.url + path)
        return self.page

    def log_in(self, email: str = "") -> None:
        """Log in as the coordinator, or as somebody else."""
        self.open("/log-in")
        self.page.get_by_label("E-post").fill(email or self.server.email)
        self.page.get_by_label("Passord").fill(self.server.password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{self.server.url}/")

    def external(self) -> list[str]:
        """Requests that left the server; there must be none."""
        return [url for url in self.requests if not url.startswith((self.server.url, "data:"))]

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.1 A and AA, once nothing is half faded in any more."""
        self.page.evaluate(SETTLED)
        found = Axe().run(self.page, options=WCAG).response["violations"]
        return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]

    def overflow(self) -> int:
        """How many pixels the page is wider than the screen."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wider


def new_visit(context: BrowserContext, server: LiveServer) -> Visit:
    """A page that notes its requests and what the console complains of."""
    visit = Visit(context.new_page(), server, [], [])

    def note(request: Request) -> None:
        visit.requests.append(request.url)

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            visit.complaints.append(f"{message.text} {message.location['url']}")

    visit.page.on("request", note)
    visit.page.on("console", listen)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    return visit


@dataclass(slots=True)
class Desk:
    """The coordinator's browser, and the person that she sits with."""

    visit: Visit
    person: str

    def link(self, language: str) -> tuple[str, str]:
        """A new link for the person, and the code on the sheet."""
        self.visit.open(f"{self.person}/link")
        self.visit.page.locator("#language").select_option(language)
        self.visit.page.get_by_role("button", name="Lag lenke").click()
        return self.visit.page.locator("#link").input_value(), self.visit.page.locator(".sheet__code").inner_text()


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer) -> Iterator[Desk]:
    """The coordinator, logged in, with the first person of the list who has a profile."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    visit = new_visit(context, live_server)
    visit.log_in()
    person = visit.open("/people").locator("#results tbody a").first.get_attribute("href") or ""
    yield Desk(visit, person)
    context.close()


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Visit]]:
    """Makes a phone, or another browser."""
    opened = []

    def make(width: int = 320, scheme: Scheme = "light", *, scripts: bool = True) -> Visit:
        size = {"width": width, "height": 640}
        context = chromium.new_context(viewport=size, color_scheme=scheme, java_script_enabled=scripts)  # type: ignore[arg-type]
        opened.append(context)
        return new_visit(context, live_server)

    yield make
    for context in opened:
        context.close()


def come_in(visit: Visit, link: str) -> Page:
    """Open a link and press its button."""
    visit.page.goto(link)
    visit.page.locator("main form button").click()
    visit.page.wait_for_url("**/my/")
    return visit.page
