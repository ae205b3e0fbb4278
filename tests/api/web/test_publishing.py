import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kompetanse.actor import Role
from kompetanse.settings import Settings
from tests.api.web.conftest import Browser
from tests.factories import FROYA, actor, vacancy
from tests.feeds.test_publishing import STATED
from tests.support.import_server import Import, serve


@pytest.fixture
def nav() -> Iterator[Import]:
    with serve() as served:
        yield served


@pytest.fixture
def settings(settings: Settings, nav: Import) -> Settings:
    """Of a server that may send to NAV."""
    said = {"nav_import_url": nav.url, "nav_import_provider": "10000", "nav_import_token": nav.token}
    return Settings(**{**settings.model_dump(), **said}, _env_file=None)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as opened:
        yield opened


def made(browser: Browser, **changes: object) -> str:
    with browser.state.database.session(FROYA) as session:
        return f"/vacancies/{vacancy(session, None, **{**STATED, **changes}).vacancy.id}/nav"


def test_a_vacancy_is_sent_and_taken_down_by_its_page(coordinator: Browser, nav: Import) -> None:
    address = made(coordinator)
    html = coordinator.get(address).text
    assert "Ikke utlyst" in html
    assert str(STATED["description"]).splitlines()[0] in html, "it is seen before it is sent"
    assert coordinator.post(f"{address}/send").status_code == 303
    assert len(nav.ads) == 1
    html = coordinator.get(address).text
    assert re.search("Mottatt", html)
    assert "Send på nytt" in html
    assert coordinator.post(f"{address}/stop").status_code == 303
    assert nav.ads == {}
    assert "Tatt ned" in coordinator.get(address).text


def test_what_is_lacking_is_named_and_nothing_is_sent(coordinator: Browser, nav: Import) -> None:
    address = made(coordinator, deadline=None, description=None)
    html = coordinator.get(address).text
    assert "Søknadsfrist" in html
    assert "Beskrivelse" in html
    assert f"{address}/send" not in html
    assert coordinator.post(f"{address}/send").status_code == 200
    assert nav.ads == {}


def test_what_nav_answers_is_shown(coordinator: Browser, nav: Import) -> None:
    address = made(coordinator)
    nav.complaint = "Invalid value: at title"
    coordinator.post(f"{address}/send")
    html = coordinator.get(address).text
    assert "Invalid value: at title" in html
    assert "Ikke utlyst" in html
    nav.status = 500
    answer = coordinator.post(f"{address}/send")
    assert (answer.status_code, "NAV tok ikke imot" in answer.text) == (503, True)


def test_who_may_not_write_vacancies_sends_none(visitor: object, coordinator: Browser, nav: Import) -> None:
    address = made(coordinator)
    coordinator.post("/log-out")
    leader: Browser = visitor(Role.LEADER, email="leder@froya.example")  # type: ignore[operator]
    assert leader.get(address).status_code == 403
    assert leader.post(f"{address}/send").status_code == 403
    assert (nav.ads, actor().municipality_no) == ({}, FROYA)
