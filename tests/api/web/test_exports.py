"""The export page: the list, the package and its password, and what was sent before."""

import io
import re
from collections.abc import Callable

import pytest
import pyzipper

from kompetanse.actor import Role
from tests.api.web.conftest import Browser


@pytest.fixture
def coordinator(visitor: Callable[..., Browser]) -> Browser:
    return visitor(Role.COORDINATOR)


def consenting(browser: Browser) -> str:
    person_id = browser.register()
    browser.post(f"/people/{person_id}/consents/export_to_job_service", granted="yes", form="written")
    return f"/people/{person_id}/consents/export_to_job_service"


def test_the_list_holds_those_who_consent_and_no_others(coordinator: Browser) -> None:
    consenting(coordinator)
    coordinator.register(given_name="Uten", family_name="Samtykke")
    assert "jobbformidling.csv" in coordinator.get("/export").text
    answer = coordinator.get("/export/jobbformidling.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "Kazlauskienė" in answer.text
    assert "Samtykke" not in answer.text


def test_the_package_opens_with_the_password_that_the_page_proposed(coordinator: Browser) -> None:
    consenting(coordinator)
    html = coordinator.get("/export").text
    found = re.search(r'name="password" value="([^"]+)"', html)
    assert found is not None
    assert found[1] not in coordinator.get("/export").text
    answer = coordinator.post("/export/jobbformidling.zip", encrypt="yes", password=found[1])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    with pyzipper.AESZipFile(io.BytesIO(answer.content)) as package:
        assert "Kazlauskienė" in package.read("personer.csv", pwd=found[1].encode()).decode()


def test_a_package_that_is_not_to_be_encrypted_needs_no_password(coordinator: Browser) -> None:
    answer = coordinator.post("/export/jobbformidling.zip", password="")
    with pyzipper.AESZipFile(io.BytesIO(answer.content)) as package:
        assert package.read("personer.csv").decode().count("\r\n") == 1


@pytest.mark.parametrize(
    ("password", "told"), [("kort", "minst 12 tegn"), ("laks og lefse på Frøya", "Bruk bare a til z")]
)
def test_a_password_that_does_not_serve_is_told_in_bokmal(coordinator: Browser, password: str, told: str) -> None:
    answer = coordinator.post("/export/jobbformidling.zip", encrypt="yes", password=password)
    assert answer.status_code == 422
    assert told in answer.text


def test_what_was_sent_is_listed_and_changes_since_then_can_be_sent(coordinator: Browser) -> None:
    assert "Ingenting er sendt ennå" in coordinator.get("/export").text
    consents = consenting(coordinator)
    coordinator.get("/export/jobbformidling.csv")
    html = coordinator.get("/export").text
    assert re.search(r"<code[^>]*>[0-9a-f]{64}</code>", html)
    assert "Ikke fullført" not in html.split("<tbody>")[1].split("</tbody>")[0]
    chosen = re.search(r'<option value="([0-9a-f-]{36})"', html)
    assert chosen is not None
    coordinator.post(consents, granted="no", form="oral")
    (_, line) = coordinator.get(f"/export/jobbformidling.csv?since={chosen[1]}").text.splitlines()
    assert line.split(";")[1] == "ended"
    assert "Kazlauskienė" not in line


def test_no_two_choices_of_changes_look_alike(coordinator: Browser) -> None:
    consenting(coordinator)
    for _ in range(3):
        coordinator.get("/export/jobbformidling.csv")
    html = coordinator.get("/export").text
    for select in re.findall(r'<select[^>]* name="since".*?</select>', html, re.DOTALL):
        said = re.findall(r'<option value="[0-9a-f-]{36}"[^>]*>([^<]+)', select)
        assert said
        assert len(said) == len(set(said))


def test_changes_since_an_export_that_is_none_are_not_found(coordinator: Browser) -> None:
    for since in ("00000000-0000-0000-0000-000000000001", "i-gaar"):
        assert coordinator.get(f"/export/jobbformidling.csv?since={since}").status_code == 404


def test_exports_are_for_those_whose_role_allows_it(visitor: Callable[..., Browser]) -> None:
    browser = visitor(Role.LEADER)
    for path in ("/export", "/export/jobbformidling.csv"):
        assert browser.get(path).status_code == 403
    assert browser.post("/export/jobbformidling.zip").status_code == 403
