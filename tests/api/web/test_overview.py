"""The municipality's newcomers in numbers and on the map, as pages and files."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from httpx2 import Response

from api.web.pages import STATIC
from kompetanse.actor import Role
from tests.api.web.conftest import Browser

Visitors = Callable[..., Browser]


def rows(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_charts_are_tables_and_files(coordinator: Browser) -> None:
    assert "Ingen er registrert ennå" in coordinator.get("/figures").text
    coordinator.register(country_of_origin="LT")
    html = coordinator.get("/figures").text
    for told in (
        "EØS utenom Norden",
        "Akademiske yrker",
        "Ikke oppgitt",
        "1 person i Frøya",
        'class="bar bar--people"',
    ):
        assert told in html, told
    (lithuania,) = [one for one in rows(coordinator.get("/figures/origin.csv")) if one["tilflyttere"] == "1"]
    assert lithuania["gruppe"] == "EØS utenom Norden"
    assert "ledige stillinger" in rows(coordinator.get("/figures/openings.csv"))[0]
    assert coordinator.get("/figures/religion.csv").status_code == 404


def test_the_map_is_a_table_first(coordinator: Browser) -> None:
    for _ in range(4):
        coordinator.register(postal_code="7260")
    olena = coordinator.register(given_name="Olena", family_name="Shevchenko", postal_code="7280")
    html = coordinator.get("/map").text
    assert "færre enn 3" in html
    assert 'data-north="63.725"' in html
    assert "Shevchenko" not in html
    by_name = {one["sted"]: one["tilflyttere"] for one in rows(coordinator.get("/map/places.csv"))}
    assert (by_name["Sistranda"], by_name["Sula"], by_name["Titran"]) == ("4", "færre enn 3", "0")
    place = coordinator.get("/map/place?name=Sula").text
    assert f'href="/people/{olena}"' in place
    assert coordinator.get("/map/place?name=Atlantis").status_code == 404


def test_a_leader_sees_neither_people_nor_small_numbers(visitor: Visitors) -> None:
    leader = visitor(Role.LEADER)
    leader.register(given_name="Olena", family_name="Shevchenko", postal_code="7280", country_of_origin="UA")
    assert {one["tilflyttere"] for one in rows(leader.get("/figures/origin.csv"))} == {""}
    assert {one["tilflyttere"] for one in rows(leader.get("/map/places.csv"))} == {"skjult"}
    for path in ("/figures", "/map", "/map/place?name=Sula"):
        answer = leader.get(path)
        assert answer.status_code == 200
        assert "Shevchenko" not in answer.text
    assert "er skjult" in leader.get("/figures").text


@pytest.mark.parametrize("role", [Role.HR, Role.DPO, Role.ADMINISTRATOR])
def test_others_are_refused(visitor: Visitors, role: Role) -> None:
    browser = visitor(role, unit="Hamna" if role is Role.HR else None)
    for path in ("/figures", "/figures/origin.csv", "/map", "/map/places.csv", "/map/place?name=Sula"):
        assert browser.get(path).status_code == 403, path


def test_the_coast_is_closed_rings_of_the_two_municipalities_and_more() -> None:
    coast = json.loads((STATIC / "coast.json").read_text("utf-8"))
    assert {one["properties"]["municipality"] for one in coast["features"]} == {"5014", "5056", None}
    for one in coast["features"]:
        (ring,) = one["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
