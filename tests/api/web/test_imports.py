import re
from collections.abc import Callable

from kompetanse.actor import Role
from kompetanse.ids import new_id
from tests.api.web.conftest import Browser
from tests.api.web.test_exchange import SHEET, proofs

Visitor = Callable[..., Browser]


def imported(browser: Browser) -> str:
    """Import two people; the address of the import."""
    tried = proofs(browser.upload("liste.csv", SHEET).text)
    done = browser.upload("liste.csv", SHEET, apply="yes", **tried).text
    found = re.search(r'href="(/import/runs/[0-9a-f-]{36})"', done)
    assert found is not None
    return found[1]


def test_before_the_first_import_the_list_says_what_comes(coordinator: Browser) -> None:
    assert "Ingen filer er lest inn ennå" in coordinator.get("/import/runs").text


def test_an_import_is_listed_and_undone_as_one_step(coordinator: Browser) -> None:
    address = imported(coordinator)
    listed = coordinator.get("/import/runs").text
    assert address in listed
    assert "Kari Koordinator" in listed
    assert "Alle 2 som importen la til" in coordinator.get(address).text
    answer = coordinator.post(f"{address}/undo")
    assert (answer.status_code, answer.headers["location"]) == (303, "/import/runs?notice=import-undone")
    assert "Ingen er registrert ennå" in coordinator.get("/people").text
    assert "Angret" in coordinator.get("/import/runs").text
    assert "Angret" in coordinator.get(address).text
    again = coordinator.post(f"{address}/undo")
    assert (again.status_code, "Importen er angret fra før" in again.text) == (409, True)


def test_what_was_changed_since_is_shown_and_stays(coordinator: Browser) -> None:
    address = imported(coordinator)
    person = re.search(r'href="(/people/[0-9a-f-]{36})"', coordinator.get("/people").text)
    assert person is not None
    coordinator.post(f"{person[1]}/archive", version="1")
    for answer in (coordinator.post(f"{address}/undo"), coordinator.get(address)):
        assert "1 rad er endret eller tatt i bruk siden" in answer.text
        assert "Personkortet er endret" in answer.text
        assert person[1] in answer.text
    assert coordinator.post(f"{address}/undo").status_code == 409
    assert coordinator.get(person[1]).status_code == 200


def test_a_file_that_was_imported_before_is_known(coordinator: Browser) -> None:
    imported(coordinator)
    assert "Denne filen ble lest inn" in coordinator.upload("annet navn.csv", SHEET).text


def test_imports_are_for_those_who_import_in_their_own_municipality(visitor: Visitor) -> None:
    address = imported(visitor(Role.COORDINATOR))
    other = visitor(Role.COORDINATOR, email="per@hitra.example", municipality_no="5056")
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/undo").status_code == 404
    leader = visitor(Role.LEADER, email="leder@froya.example")
    for path in ("/import/runs", address, f"/import/runs/{new_id()}"):
        assert leader.get(path).status_code == 403
