"""The analytics extract over REST, as a Power BI gateway or a script fetches it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable

import pandas as pd
import pytest
from fastapi.testclient import TestClient

from api.state import State
from kompetanse.actor import Role
from tests.analytics.settled import cooks
from tests.factories import FROYA, HITRA, actor

ADDRESS, RECORDS = "/api/v1/exports/analytics.zip", "/api/v1/exports/analytics"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture(autouse=True)
def _people(state: State) -> None:
    with state.database.session(FROYA) as session:
        cooks(session, 20)


def test_an_analyst_downloads_the_extract_and_finds_its_record(client: TestClient, bearer: Bearer) -> None:
    headers = bearer(Role.ANALYST)
    answer = client.post(ADDRESS, headers=headers, json={})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="analytics.zip"'
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        people = pd.read_parquet(io.BytesIO(package.read("personer.parquet")))
    assert people["opphavsregion"].tolist() == ["eea"] * 20
    address = answer.links["describedby"]["url"]
    told = client.get(address, headers=headers).json()
    assert told["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert (told["people"], told["threshold"], told["purpose"]) == (20, 5, "report")
    (listed,) = client.get(RECORDS, headers=headers).json()["items"]
    assert listed == told


def test_an_analyst_gets_nothing_else(client: TestClient, bearer: Bearer) -> None:
    headers = bearer(Role.ANALYST)
    for address in ("/api/v1/people", "/api/v1/vacancies", "/api/v1/exports/job-service.csv", "/api/v1/exports"):
        assert client.get(address, headers=headers).status_code == 403


def test_who_may_make_one(client: TestClient, bearer: Bearer) -> None:
    assert client.post(ADDRESS, json={}).status_code == 401
    for other in (Role.JOB_SERVICE, Role.LEADER, Role.ADMINISTRATOR):
        assert client.post(ADDRESS, headers=bearer(other), json={}).status_code == 403
    assert client.post(ADDRESS, headers=bearer(Role.COORDINATOR), json={}).status_code == 200


def test_a_format_alone(client: TestClient, bearer: Bearer) -> None:
    answer = client.post(ADDRESS, headers=bearer(Role.ANALYST), json={"formats": ["csv"]})
    assert not [name for name in zipfile.ZipFile(io.BytesIO(answer.content)).namelist() if name.endswith(".parquet")]


@pytest.mark.parametrize("body", [{"formats": []}, {"formats": ["xlsx"]}, {"threshold": 2}, {"since": "2026"}])
def test_what_cannot_be_asked_for_is_refused(client: TestClient, bearer: Bearer, body: dict[str, object]) -> None:
    answer = client.post(ADDRESS, headers=bearer(Role.ANALYST), json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_descriptor_tells_of_the_files_that_come(client: TestClient, bearer: Bearer) -> None:
    headers = bearer(Role.ANALYST)
    told = client.get("/api/v1/exports/analytics.datapackage.json", headers=headers).json()
    answer = client.post(ADDRESS, headers=headers, json={})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        described = json.loads(package.read("datapackage.json"))
    assert [one["path"] for one in described["resources"]] == [one["path"] for one in told["resources"]]
    assert [one.get("schema") for one in described["resources"]] == [one.get("schema") for one in told["resources"]]
    assert described["threshold"] == told["threshold"]


def test_another_municipality_sees_its_own(client: TestClient, bearer: Bearer, state: State) -> None:
    there = bearer(Role.ANALYST, municipality_no=HITRA)
    answer = client.post(ADDRESS, headers=bearer(Role.ANALYST), json={})
    assert client.get(answer.links["describedby"]["url"], headers=there).status_code == 404
    with state.database.session(HITRA) as session:
        cooks(session, 10, actor(municipality_no=HITRA))
    answer = client.post(ADDRESS, headers=there, json={})
    assert client.get(answer.links["describedby"]["url"], headers=there).json()["people"] == 10
