import json
from collections.abc import Callable

from fastapi.testclient import TestClient

from api.state import State
from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.feeds.service import due
from tests.exchange.sources import advertisement
from tests.factories import HITRA
from tests.feeds.ads import NOW, ad, sync
from tests.support.feed_server import serve

ADDRESS = "/api/v1/feed/entries"
Bearer = Callable[..., dict[str, str]]


def test_an_entry_is_created_kept_and_closed(client: TestClient, bearer: Bearer) -> None:
    headers, entry = bearer(Role.COORDINATOR), json.loads(advertisement())
    made = client.post(ADDRESS, json=entry, headers=headers)
    assert (made.status_code, made.json()["outcome"], made.json()["doubts"]) == (200, "created", [])
    vacancy = client.get(f"/api/v1/vacancies/{made.json()['vacancy_id']}", headers=headers).json()
    assert (vacancy["title"], vacancy["source"], vacancy["external_id"]) == ("Kokk søkes", "feed", "1")
    assert client.post(ADDRESS, json=entry, headers=headers).json()["outcome"] == "unchanged"
    entry["status"] = "INACTIVE"
    assert client.post(ADDRESS, json=entry, headers=headers).json()["outcome"] == "closed"


def test_what_is_no_entry_is_a_problem_with_its_place(client: TestClient, bearer: Bearer) -> None:
    headers, entry = bearer(Role.COORDINATOR), json.loads(advertisement())
    assert client.post(ADDRESS, json=[], headers=headers).status_code == 422
    wrong = client.post(ADDRESS, json={**entry, "sistEndret": "i går"}, headers=headers)
    assert (wrong.status_code, wrong.json()["type"]) == (422, "urn:kompetanse:problem:feed-refused")
    assert wrong.json()["errors"][0]["pointer"] == "/sistEndret"


def test_who_may_import_vacancies(client: TestClient, bearer: Bearer) -> None:
    entry = json.loads(advertisement())
    assert client.post(ADDRESS, json=entry).status_code == 401
    assert client.post(ADDRESS, json=entry, headers=bearer(Role.JOB_SERVICE)).status_code == 403
    assert client.post(ADDRESS, json=entry, headers=bearer(Role.HR, unit="Kjøkkenet")).json()["outcome"] == "created"


def test_what_came_in_is_listed_with_its_changes(client: TestClient, state: State, bearer: Bearer) -> None:
    headers = bearer(Role.COORDINATOR)
    with serve() as feed, clock.moved(to=NOW):
        for name in "ab":
            feed.publish(ad(name))
        sync(state.database, feed)
        feed.withdraw("a", NOW)
        sync(state.database, feed)
    first, *_ = client.get("/api/v1/feed/intakes", params={"limit": 1}, headers=headers).json()["items"]
    assert (first["went"], first["status"], first["sender"]) == (1, "done", None)
    page = client.get("/api/v1/feed/intakes", params={"limit": 1}, headers=headers).json()
    older = client.get("/api/v1/feed/intakes", params={"cursor": page["next"]}, headers=headers).json()["items"]
    assert [one["came"] for one in older] == [2]
    address = f"/api/v1/feed/intakes/{first['id']}"
    assert client.get(address, headers=headers).json() == first
    [change] = client.get(f"{address}/changes", headers=headers).json()["items"]
    assert (change["kind"], change["title"], change["external_id"]) == ("went", "Kokk a", "a")
    assert client.get(address, headers=bearer(Role.HR, unit="Skolen")).status_code == 404
    elsewhere = bearer(Role.COORDINATOR, municipality_no=HITRA)
    assert client.get(address, headers=elsewhere).status_code == 404
    assert client.get("/api/v1/feed", headers=elsewhere).json() == {"reading": False, "due_at": None, "last": None}


def test_a_reading_is_asked_for_once_it_is_set_up(client: TestClient, state: State, bearer: Bearer) -> None:
    headers = bearer(Role.COORDINATOR)
    assert client.post("/api/v1/feed/readings", headers=headers).status_code == 409
    with serve() as feed:
        sync(state.database, feed)
    before = client.get("/api/v1/feed", headers=headers).json()["due_at"]
    asked = client.post("/api/v1/feed/readings", headers=headers)
    assert (asked.status_code, asked.json()["due_at"] < before) == (202, True)
    assert due(state.database, ["5014"]) == ["5014"]


def test_requirements_are_proposed_and_count_once_they_are_accepted(client: TestClient, bearer: Bearer) -> None:
    headers, entry = bearer(Role.COORDINATOR), json.loads(advertisement())
    entry["ad_content"]["description"] = "<ul><li>Førerkort klasse B</li><li>Norsk på nivå B1</li></ul>"
    made = client.post(ADDRESS, json=entry, headers=headers).json()
    address = f"/api/v1/vacancies/{made['vacancy_id']}"
    assert client.get(address, headers=headers).json()["licences"] == []
    found = client.get(f"{address}/proposals", headers=headers)
    keys = [one["key"] for one in found.json()["items"]]
    assert keys == ["language:B1:nor", "licence:driving:B"]
    tagged = {**headers, "If-Match": found.headers["etag"]}
    wrong = client.post(f"{address}/proposals/accept", json={"keys": ["licence:truck"]}, headers=tagged)
    assert wrong.status_code == 422
    accepted = client.post(f"{address}/proposals/accept", json={"keys": keys}, headers=tagged)
    assert (accepted.status_code, accepted.json()["licences"]) == (200, ["driving:B"])
    assert accepted.json()["languages"] == [{"language": "nor", "minimum": "B1", "required": True}]
    assert client.get(f"{address}/proposals", headers=headers).json()["items"] == []
    stale = client.post(f"{address}/proposals/accept", json={"keys": keys}, headers=tagged)
    assert stale.status_code in {412, 422}
