from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role

COURSES = "/api/v1/courses"
Bearer = Callable[..., dict[str, str]]
NORWEGIAN = {
    "title": "Norskkurs A2 til B1",
    "provider": "Frøya voksenopplæring",
    "kind": "language",
    "key": "nob",
    "from_level": "A2",
    "to_level": "B1",
    "weeks": 20,
    "price_nok": 0,
    "url": "https://kurs.example/norsk",
}


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.ADMINISTRATOR)


def match(headers: dict[str, str], version: int) -> dict[str, str]:
    return {**headers, "If-Match": f'"{version}"'}


def test_an_offer_is_made_changed_and_retired(client: TestClient, headers: dict[str, str], bearer: Bearer) -> None:
    made = client.post(COURSES, json=NORWEGIAN, headers=headers)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    place = made.headers["location"]
    assert client.get(place, headers=bearer(Role.COORDINATOR)).json() == made.json()
    assert {name: made.json()[name] for name in NORWEGIAN} == {**NORWEGIAN, "key": "nor"}
    assert (made.json()["open"], made.json()["starts_on"]) == (True, None)
    changed = client.patch(place, json={"weeks": None, "place": "Sistranda"}, headers=match(headers, 1))
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (changed.json()["weeks"], changed.json()["place"], changed.json()["price_nok"]) == (None, "Sistranda", 0)
    gone = client.delete(place, headers=match(headers, 2))
    assert (gone.status_code, gone.json()["open"]) == (200, False)
    assert client.get(COURSES, headers=headers).json() == {"items": [], "next": None, "total": 0}
    assert client.get(f"{COURSES}?open=false", headers=headers).json()["total"] == 1


def test_a_change_without_or_with_a_stale_version_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    place = client.post(COURSES, json=NORWEGIAN, headers=headers).headers["location"]
    assert client.patch(place, json={"weeks": 1}, headers=headers).status_code == 428
    assert client.delete(place, headers=headers).status_code == 428
    assert client.patch(place, json={"weeks": 1}, headers=match(headers, 7)).status_code == 412
    assert client.delete(place, headers=match(headers, 7)).status_code == 412


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"key": "norsk"}, "/key"),
        ({"url": "http://kurs.example"}, "/url"),
        ({"to_level": "A1"}, "/to_level"),
        ({"kind": "hobby"}, "/kind"),
        ({"weeks": 0}, "/weeks"),
        ({"start": "2026-09-01"}, "/start"),
    ],
)
def test_a_fault_is_pointed_at(
    client: TestClient, headers: dict[str, str], wrong: dict[str, object], pointer: str
) -> None:
    answer = client.post(COURSES, json={**NORWEGIAN, **wrong}, headers=headers)
    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])


def test_the_list_is_followed_page_by_page_and_the_same_request_makes_one(
    client: TestClient, headers: dict[str, str]
) -> None:
    once = {**headers, "Idempotency-Key": "en gang"}
    first, again = (client.post(COURSES, json=NORWEGIAN, headers=once).json()["id"] for _ in range(2))
    assert first == again
    client.post(COURSES, json={**NORWEGIAN, "title": "Om igjen"}, headers=headers)
    page = client.get(f"{COURSES}?limit=1&kind=language&key=nor", headers=headers)
    assert (page.json()["total"], len(page.json()["items"])) == (2, 1)
    rest = client.get(page.links["next"]["url"], headers=headers).json()
    assert [one["title"] for one in rest["items"]] == ["Om igjen"]
