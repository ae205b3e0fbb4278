import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.feeds.client import FeedClient
from kompetanse.feeds.following import follow
from tests.api.web.conftest import Browser
from tests.exchange.sources import advertisement
from tests.factories import FROYA
from tests.feeds.ads import NOW, ad, sync, transfer
from tests.support.feed_server import Feed, serve

ADDRESS = "/vacancies/feed"


@pytest.fixture
def feed() -> Iterator[Feed]:
    with serve() as served:
        yield served


def zipped(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", content)
    return written.getvalue()


def upload(browser: Browser, content: bytes, name: str = "annonser.json") -> str:
    return browser.upload(name, content, ADDRESS + "/files").text


def test_before_anything_came_the_page_says_how_to_begin(coordinator: Browser) -> None:
    html = coordinator.get(ADDRESS).text
    assert "Ingenting har kommet ennå" in html
    assert "KOMPETANSE_FEED_URL" in html
    assert "Hent nå" not in html


def test_what_came_changed_and_went_is_shown(coordinator: Browser, feed: Feed) -> None:
    with clock.moved(to=NOW):
        feed.publish(ad("a"))
        feed.publish(ad("b", 1))
        sync(coordinator.state.database, feed)
        feed.withdraw("a", NOW)
        feed.publish(ad("b", 9, title="Kokk, nå fast"))
        sync(coordinator.state.database, feed)
    html = coordinator.get(ADDRESS).text
    newest = re.findall(rf'href="({ADDRESS}/[0-9a-f-]{{36}})"', html)[0]
    told = coordinator.get(newest).text
    assert "Trukket" in told
    assert "Kokk a" in told
    assert "Kokk, nå fast" in told
    assert "Tittel" in told


def test_an_error_says_what_went_wrong_and_what_to_do(coordinator: Browser, feed: Feed) -> None:
    with FeedClient(feed.url, "wrong", pause=lambda _: False) as client:
        follow(coordinator.state.database, client, FROYA)
    html = coordinator.get(ADDRESS).text
    assert "ikke lest ferdig" in html
    assert "KOMPETANSE_FEED_TOKEN" in html


def test_a_file_of_advertisements_goes_in_and_is_reported(coordinator: Browser) -> None:
    content = "\n".join([json.dumps(transfer()), "{", json.dumps(transfer(reference="2", title=None))])
    html = upload(coordinator, content.encode())
    assert "Kokk søkes" in html
    assert "PARSE_ERROR" in html
    assert "MISSING_PARAMETER, title" in html
    assert "annonser.json" in html
    assert "Kokk søkes" in coordinator.get("/vacancies").text


def test_a_file_that_is_none_is_refused_in_bokmal_and_leaves_nothing(coordinator: Browser) -> None:
    assert "Velg en fil" in upload(coordinator, b"")
    assert "Zip-filen er for stor" in upload(coordinator, zipped(b" " * 60_000_000), "a.zip")
    assert "Ingenting har kommet ennå" in coordinator.get(ADDRESS).text


def test_proposals_are_marked_and_the_chosen_ones_become_requirements(coordinator: Browser) -> None:
    html = upload(coordinator, advertisement(description="<ul><li>Førerkort klasse B</li><li>Norsk B1</li></ul>"))
    address = re.findall(r'href="(/vacancies/[0-9a-f-]{36})"', html)[0]
    shown = coordinator.get(address).text
    assert "Forslag til krav" in shown
    assert "Kari Leder" in shown
    proposed = coordinator.get(f"{address}/proposals").text
    assert "Treffene regner ikke med det" in proposed
    assert "<q>Førerkort klasse B</q>" in proposed
    version = re.findall(r'name="version" value="(\d+)"', proposed)[0]
    nothing = coordinator.post(f"{address}/proposals", version=version)
    assert (nothing.status_code, "Kryss av for minst ett forslag" in nothing.text) == (422, True)
    done = coordinator.post(f"{address}/proposals", version=version, chosen="licence:driving:B")
    assert done.status_code == 303
    assert "Førerkort klasse B, personbil" in coordinator.get(address).text
    assert "<q>Førerkort klasse B</q>" not in coordinator.get(f"{address}/proposals").text


@pytest.mark.parametrize(("role", "allowed"), [(Role.LEADER, 200), (Role.DPO, 403), (Role.ADMINISTRATOR, 403)])
def test_who_may_look(visitor: Callable[..., Browser], role: Role, allowed: int) -> None:
    browser = visitor(role)
    assert browser.get(ADDRESS).status_code == allowed
    assert browser.post(f"{ADDRESS}/read").status_code == 403


def test_hr_sees_nobodys_contacts(visitor: Callable[..., Browser], coordinator: Browser) -> None:
    html = upload(coordinator, advertisement())
    address = re.findall(r'href="(/vacancies/[0-9a-f-]{36})"', html)[0]
    coordinator.post("/log-out")
    hr = visitor(Role.HR, unit="Skolen", email="hr@froya.example")
    assert hr.get(address).status_code == 404
