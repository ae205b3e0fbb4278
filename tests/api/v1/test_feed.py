import json
from collections.abc import Callable

from fastapi.testclient import TestClient

from kompetanse.actor import Role
from tests.exchange.sources import advertisement

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
