"""Searches that are kept, and lists of people, over REST."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api.state import State
from kompetanse.codes.work import Shift
from kompetanse.competence import service as profiles
from tests import factories
from tests.factories import FROYA, HITRA

SEARCHES, LISTS = "/api/v1/saved-searches", "/api/v1/people-lists"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def who(bearer: Bearer) -> dict[str, str]:
    return bearer()


def registered(state: State, **fields: Any) -> UUID:
    with state.database.session(FROYA) as session:
        return factories.person_id(session, **fields)


def names(client: TestClient, who: dict[str, str], **body: Any) -> list[str]:
    answer = client.post("/api/v1/people/search", json=body, headers=who)
    assert answer.status_code == 200, answer.text
    return [one["given_name"] for one in answer.json()["items"]]


def test_criteria_ask_for_anything_in_the_profile(client: TestClient, state: State, who: dict[str, str]) -> None:
    ola = registered(state, given_name="Olena", citizenships=["UA"], born="1990")
    registered(state, given_name="Rasa", citizenships=["LT"])
    registered(state, given_name="Tom")
    with state.database.session(FROYA) as session:
        actor = factories.actor()
        profiles.add_experience(session, actor, ola, 0, {"title": "regnskapsfører"})
        profiles.change_wishes(session, actor, ola, 1, {"shifts": [Shift.DAY, Shift.NIGHT], "percentage_max": 80})
    assert names(client, who, criteria={"citizenship": "UA", "age_from": 18}) == ["Olena"]
    assert names(client, who, criteria={"unknown": ["citizenship"]}) == ["Tom"]
    assert names(client, who, criteria={"text": "бухгалтер"}) == ["Olena"]
    assert names(client, who, criteria={"shift": "night", "percentage_at_least": 80}) == ["Olena"]
    assert names(client, who, criteria={"shift": "evening"}) == []
    refused = client.post("/api/v1/people/search", json={"criteria": {"citizenship": "Ukraina"}}, headers=who)
    assert refused.status_code == 422


def test_a_search_is_kept_changed_and_forgotten(client: TestClient, who: dict[str, str]) -> None:
    body = {"name": "Sykepleiere", "criteria": {"occupation": "2223", "norwegian_at_least": "B1"}}
    made = client.post(SEARCHES, json=body, headers=who)
    assert made.status_code == 201
    assert made.json()["criteria"] == {"occupation": "2223", "norwegian_at_least": "B1"}
    own = made.headers["location"]
    assert client.post(SEARCHES, json=body, headers=who).status_code == 409
    assert client.put(own, json=body, headers=who).status_code == 428
    changed = client.put(own, json={**body, "shared": True}, headers={**who, "If-Match": made.headers["etag"]})
    assert changed.json()["shared"] is True
    assert client.delete(own, headers={**who, "If-Match": made.headers["etag"]}).status_code == 412
    assert client.delete(own, headers={**who, "If-Match": changed.headers["etag"]}).status_code == 204
    assert client.get(SEARCHES, headers=who).json() == {"items": []}


def test_a_name_is_no_search_to_keep(client: TestClient, state: State, who: dict[str, str]) -> None:
    answer = client.post(SEARCHES, json={"name": "Hun", "criteria": {"text": "Olena Shevchenko"}}, headers=who)
    assert answer.status_code == 422
    assert "Shevchenko" not in answer.text


def test_a_watch_tells_of_who_fits_since_it_was_opened(client: TestClient, state: State, who: dict[str, str]) -> None:
    registered(state, needs_interpreter=True)
    body = {"name": "Tolk", "criteria": {"needs_interpreter": True}}
    own = client.post(SEARCHES, json=body, headers=who).headers["location"]
    assert client.put(f"{own}/watch", headers=who).status_code == 204
    today = {"kind": "watched_search"}
    assert client.get("/api/v1/today", params=today, headers=who).json()["items"] == []
    registered(state, needs_interpreter=True)
    registered(state, needs_interpreter=False)
    (item,) = client.get("/api/v1/today", params=today, headers=who).json()["items"]
    assert (item["title"], item["people"], item["href"]) == ("Tolk", 1, own)
    assert client.post(f"{own}/opened", headers=who).json()["watched"] is True
    assert client.get("/api/v1/today", params=today, headers=who).json()["items"] == []
    assert client.delete(f"{own}/watch", headers=who).status_code == 204


def test_a_list_holds_people_until_it_is_undone(client: TestClient, state: State, who: dict[str, str]) -> None:
    olena, rasa = registered(state, given_name="Olena"), registered(state, given_name="Rasa")
    made = client.post(LISTS, json={"name": "Norskkurs"}, headers=who)
    own, list_id = made.headers["location"], made.json()["id"]
    put = client.post(f"{own}/members", json={"people": [str(olena), str(rasa), str(UUID(int=7))]}, headers=who)
    assert put.json()["people"] == 2
    assert names(client, who, criteria={"in_list": list_id}) == ["Olena", "Rasa"]
    off = client.post(f"{own}/removals", json={"people": [str(rasa)]}, headers=who).json()
    assert names(client, who, criteria={"in_list": list_id}) == ["Olena"]
    assert client.post(f"{own}/changes/{off['id']}/undo", headers=who).json()["people"] == 1
    assert client.get(own, headers=who).json()["people"] == 2
    assert client.post(f"{own}/changes/{put.json()['id']}/undo", headers=who).json()["people"] == 1
    assert names(client, who, criteria={"in_list": list_id}) == ["Rasa"]


def test_a_neighbour_sees_neither(client: TestClient, who: dict[str, str], bearer: Bearer) -> None:
    own = client.post(LISTS, json={"name": "Norskkurs"}, headers=who).headers["location"]
    hitra = bearer(municipality_no=HITRA)
    assert client.get(own, headers=hitra).status_code == 404
    assert client.get(LISTS, headers=hitra).json() == {"items": []}
