import re
from collections.abc import Callable

import pytest

from kompetanse.actor import Role
from tests.api.web.conftest import Browser

SHEET = (
    "Etternavn;Fornavn;Fødselsdato;Statsborgerskap;Telefon\r\n"
    "Kowalska;Anna;17.05.1987;Polen;900 00 000\r\n"
    "Shevchenko;Olena;1990;Ukraina;\r\n"
    ";;;;\r\n"
    "Feilsen;Dato;31.02.1990;;\r\n"
).encode("latin-1")


def number(html: str, term: str) -> int:
    found = re.search(rf"<dt>{term}</dt><dd class=\"number\">(\d+)</dd>", html)
    assert found is not None, term
    return int(found[1])


def digest(html: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', html)
    assert found is not None
    return found[1]


def test_a_trial_reports_every_row_and_stores_nothing(coordinator: Browser) -> None:
    html = coordinator.upload("liste.csv", SHEET).text
    assert (number(html, "Blir registrert"), number(html, "Må rettes")) == (2, 1)
    assert "31.02.1990" in html
    assert "Ingen er registrert ennå" in coordinator.get("/people").text


def test_the_file_that_was_tried_is_imported_once(coordinator: Browser) -> None:
    tried = digest(coordinator.upload("liste.csv", SHEET).text)
    done = coordinator.upload("liste.csv", SHEET, apply="yes", digest=tried).text
    assert number(done, "Registrert") == 2
    listed = coordinator.get("/people").text
    assert "Kowalska" in listed
    assert "Shevchenko" in listed
    again = coordinator.upload("liste.csv", SHEET).text
    assert number(again, "Blir registrert") == 0
    assert number(again, "Hoppet over, ligner noen") == 2


def test_a_file_that_was_not_tried_is_not_imported(coordinator: Browser) -> None:
    tried = digest(coordinator.upload("liste.csv", SHEET).text)
    other = SHEET.replace(b"Anna", b"Hanna")
    for proof in (tried, ""):
        answer = coordinator.upload("liste.csv", other, apply="yes", digest=proof)
        assert answer.status_code == 422
        assert "ikke filen som ble prøvd" in answer.text
    assert "Kowalska" not in coordinator.get("/people").text


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"bare;tull\n1;2\n"])
def test_what_is_no_list_of_people_is_refused_in_bokmal(coordinator: Browser, content: bytes) -> None:
    answer = coordinator.upload("liste.csv", content)
    assert answer.status_code == 422
    assert "Dette må rettes før vi kan lagre" in answer.text
    assert "Verdien kan ikke brukes" not in answer.text


def test_cells_of_a_file_are_text_and_never_markup(coordinator: Browser) -> None:
    sheet = b"Etternavn;Fornavn;F\xf8dselsdato\r\nTest;Ola;<script>alert(1)</script>\r\n"
    html = coordinator.upload("<b>liste</b>.csv", sheet).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_files_are_for_those_whose_role_allows_it(visitor: Callable[..., Browser]) -> None:
    browser = visitor(Role.LEADER)
    assert browser.get("/import").status_code == 403
