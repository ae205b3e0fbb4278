"""The page of the analytics extract."""

import io
import zipfile
from collections.abc import Callable

import pytest

from kompetanse.actor import Role
from tests.analytics.settled import cooks
from tests.api.web.conftest import Browser
from tests.factories import FROYA

PAGE, FILE = "/export/analytics", "/export/analytics/analyseuttrekk.zip"


@pytest.fixture
def analyst(visitor: Callable[..., Browser]) -> Browser:
    return visitor(Role.ANALYST)


def register(browser: Browser, number: int) -> None:
    with browser.state.database.session(FROYA) as session:
        cooks(session, number)


def test_an_analyst_is_led_to_the_page_and_downloads_the_file(analyst: Browser) -> None:
    register(analyst, 23)
    assert f'href="{PAGE}"' in analyst.get("/").text
    html = analyst.get(PAGE).text
    assert "20 personer leses." in html
    assert "3 nyregistrerte venter til det er 10 sammen" in html
    assert "Ingen uttrekk er laget ennå." in html
    answer = analyst.post(FILE, formats=["csv", "parquet"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert "analytics.zip" not in answer.headers["content-disposition"]
    assert "personer.parquet" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    html = analyst.get(PAGE).text
    assert "Kari Koordinator" in html
    assert "Ikke fullført" not in html.split("Laget før")[1].split("</table>")[0]


def test_the_page_has_the_data_dictionary(analyst: Browser) -> None:
    html = analyst.get(PAGE).text
    assert "<strong>opphavsregion</strong>: Verdensdelen personen kommer fra, aldri landet" in html
    assert "minst 5 husstander" in html


def test_a_registry_of_few_says_that_there_is_nothing_to_see(analyst: Browser) -> None:
    register(analyst, 4)
    html = analyst.get(PAGE).text
    assert "Det er for få i registeret" in html
    assert "personer leses" not in html
    package = zipfile.ZipFile(io.BytesIO(analyst.post(FILE, formats="csv").content))
    assert package.read("personer.csv").count(b"\r\n") == 1


def test_without_a_format_the_form_says_what_is_missing(analyst: Browser) -> None:
    answer = analyst.post(FILE)
    assert answer.status_code == 422
    assert "Velg Parquet, CSV eller begge" in answer.text


def test_the_coordinator_finds_it_under_export(visitor: Callable[..., Browser]) -> None:
    coordinator = visitor(Role.COORDINATOR)
    html = coordinator.get("/export").text
    assert f'href="{PAGE}"' in html
    assert "Analyseuttrekk</a></li>" not in html  # no entry of its own in her menu
    assert coordinator.get(PAGE).status_code == 200


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR, Role.DPO])
def test_others_have_neither_page_nor_entry(visitor: Callable[..., Browser], role: Role) -> None:
    browser = visitor(role)
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in browser.get("/").text


def test_an_analyst_sees_nobody(analyst: Browser) -> None:
    for path in ("/people", "/vacancies", "/export", "/worklists"):
        assert analyst.get(path).status_code == 403
