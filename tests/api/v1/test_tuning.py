"""A municipality's own weights over REST."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.state import State
from kompetanse.actor import Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import Evidence
from kompetanse.matching import tuning
from kompetanse.matching.weights import VERSION, bounds
from tests.factories import FROYA
from tests.matching.registry import accountant, opening

WEIGHTS = "/api/v1/matching/weights"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.ADMINISTRATOR)


def match(headers: dict[str, str], version: int) -> dict[str, str]:
    return {**headers, "If-Match": f'"{version}"'}


def test_weights_are_read_set_and_their_history_kept(client: TestClient, headers: dict[str, str]) -> None:
    standing = client.get(WEIGHTS, headers=headers)
    assert (standing.status_code, standing.headers["etag"]) == (200, '"0"')
    assert (standing.json()["version"], standing.json()["weights_version"]) == (0, VERSION)
    assert [one["name"] for one in standing.json()["weights"]] == list(bounds())
    language = next(one for one in standing.json()["weights"] if one["name"] == "language")
    assert language == {"name": "language", "default": 10, "least": 5, "most": 20, "value": 10}
    body = {"values": {"language": 8}, "note": "Språk læres i fisken"}
    made = client.put(WEIGHTS, json=body, headers=match(headers, 0))
    assert (made.status_code, made.headers["etag"]) == (200, '"1"')
    assert made.json() == client.get(WEIGHTS, headers=headers).json()
    assert made.json()["weights_version"].startswith(f"{VERSION}+")
    assert {one["name"]: one["value"] for one in made.json()["weights"]}["language"] == 8
    client.put(WEIGHTS, json={"values": {}}, headers=match(headers, 1))
    told = [
        (one["version"], one["weights"], one["note"]) for one in client.get(WEIGHTS, headers=headers).json()["history"]
    ]
    assert told == [(2, {}, None), (1, {"language": 8.0}, "Språk læres i fisken")]


def test_a_version_is_asked_for_and_must_be_the_newest(client: TestClient, headers: dict[str, str]) -> None:
    body = {"values": {"language": 8}}
    assert client.put(WEIGHTS, json=body, headers=headers).status_code == 428
    assert client.put(WEIGHTS, json=body, headers=match(headers, 1)).status_code == 412
    assert client.put(WEIGHTS, json=body, headers=match(headers, 0)).status_code == 200
    assert client.put(WEIGHTS, json=body, headers=match(headers, 0)).status_code == 412


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"language": 4.9}, "/values/language"),
        ({"language": 1e308}, "/values/language"),
        ({"origin": 1}, "/values"),
        ({"0101 80 12345": 1}, "/values"),
        ({"language": "mye"}, "/values/language"),
    ],
)
def test_what_is_out_of_bounds_is_pointed_at_wherever_it_is_sent(
    client: TestClient, headers: dict[str, str], values: dict[str, Any], pointer: str
) -> None:
    saved = client.put(WEIGHTS, json={"values": values}, headers=match(headers, 0))
    tried = client.post(f"{WEIGHTS}/effect", json={"values": values}, headers=headers)
    for answer in (saved, tried):
        assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])
        assert "12345" not in answer.text


def test_the_effect_is_told_by_name_to_who_matches_and_counted_for_others(
    client: TestClient, headers: dict[str, str], bearer: Bearer, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "FIRST", 1)
    with state.database.session(FROYA) as session:
        people = [
            accountant(session, Cefr.C1, family_name="Kazlauskas"),
            accountant(session, Cefr.B1, evidence=Evidence.ASSESSED, family_name="Kazlauskas"),
        ]
        vacancy = opening(session).vacancy.id
    coordinator = bearer(Role.COORDINATOR)
    changing = []
    for values in ({"language": 5, "essential_skill": 20}, {"language": 20, "essential_skill": 5}):
        named = client.post(f"{WEIGHTS}/effect", json={"values": values}, headers=coordinator)
        counted = client.post(f"{WEIGHTS}/effect", json={"values": values}, headers=headers)
        assert (named.status_code, counted.status_code) == (200, 200)
        assert counted.json() == {**named.json(), "rankings": []}
        assert "Kazlauskas" not in counted.text
        assert not any(str(one.id) in counted.text for one in people)
        changing += named.json()["rankings"]
    (ranking,) = changing
    assert (ranking["vacancy_id"], ranking["stays"], ranking["places"]) == (str(vacancy), 0, 1)
    moved = {one["id"] for one in (*ranking["comes_in"], *ranking["falls_out"])}
    assert moved == {str(one.id) for one in people}
    assert client.get(WEIGHTS, headers=headers).json()["version"] == 0
