"""Around every request: an id, a log line without personal data, an answer when something breaks."""

import json
import logging
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from kompetanse import logs
from kompetanse.actor import Role
from kompetanse.people import service

PEOPLE = "/api/v1/people"
NAME, FAMILY, NUMBER, PHONE, MAIL = "Zofia", "Wiśniewska", "02013299997", "+4790000123", "zofia@froya.example"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def served(client: TestClient) -> Callable[[], TestClient]:
    """The app, once its logs go to what this test captures; pytest captures setting up and calling apart."""

    def caught() -> TestClient:
        logs.configure()
        return client

    return caught


def lines(written: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.splitlines()]


def test_a_whole_round_leaves_no_personal_data_in_the_logs(
    capsys: pytest.CaptureFixture[str],
    served: Callable[[], TestClient],
    bearer: Bearer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = served()
    headers = bearer(Role.COORDINATOR)
    contacts = [{"kind": "phone", "value": PHONE}, {"kind": "email", "value": MAIL}]
    body = {"given_name": NAME, "family_name": FAMILY, "born": "1987-05-17", "contacts": contacts}
    made = client.post(PEOPLE, json=body, headers=headers)
    person_id = made.json()["id"]
    path = f"{PEOPLE}/{person_id}"
    statuses = [
        made.status_code,
        client.get(path, headers=headers).status_code,
        client.post(f"{PEOPLE}/search", json={"text": FAMILY}, headers=headers).status_code,
        client.patch(path, json={"notes": NAME}, headers={**headers, "If-Match": '"1"'}).status_code,
        client.patch(path, json={"notes": NAME}, headers={**headers, "If-Match": '"1"'}).status_code,
        client.put(f"{path}/national-id", json={"number": NUMBER}, headers={**headers, "If-Match": '"2"'}).status_code,
        client.post(PEOPLE, json=body, headers=headers).status_code,
        client.post(PEOPLE, json={**body, "born": NUMBER}, headers=headers).status_code,
        client.get(f"{PEOPLE}/{NUMBER}", headers=headers).status_code,
        client.get(f"/{NUMBER}/{NAME}", headers=headers).status_code,
    ]

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"{NAME} {FAMILY} {NUMBER}")

    monkeypatch.setattr(service, "read", broken)
    failed = client.get(path, headers=headers)
    assert [*statuses, failed.status_code] == [201, 200, 200, 200, 412, 204, 409, 422, 422, 404, 500]
    assert NUMBER not in failed.text
    assert NAME not in failed.text
    written = capsys.readouterr().err
    told = lines(written)
    for secret in (NAME, FAMILY, NUMBER, PHONE, MAIL, person_id, headers["Authorization"].split()[1]):
        assert secret not in written
        assert json.dumps(secret)[1:-1] not in written
    requests = [line for line in told if line["event"] == "request"]
    assert [line["status"] for line in requests][-11:] == [*statuses, 500]
    assert all(line["request_id"] and line["timestamp"] and line["method"] for line in requests)
    assert [line["route"] for line in requests][-10:-8] == ["/api/v1/people/{person_id}", "/api/v1/people/search"]
    assert requests[-2]["route"] == "unrouted"


def test_a_failure_is_answered_with_the_id_by_which_it_is_found_in_the_log(
    capsys: pytest.CaptureFixture[str],
    served: Callable[[], TestClient],
    bearer: Bearer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = served()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(NAME)

    headers = bearer(Role.COORDINATOR)
    monkeypatch.setattr(service, "register", broken)
    answer = client.post(PEOPLE, json={"given_name": NAME}, headers=headers)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:kompetanse:problem:internal"
    request_id = answer.headers["x-request-id"]
    assert request_id in answer.json()["detail"]
    (failure,) = [line for line in lines(capsys.readouterr().err) if line["event"] == "failed"]
    assert (failure["request_id"], failure["error"]) == (request_id, "RuntimeError")
    assert any("test_requests.py" in frame for frame in failure["at"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_answer_has_an_id_of_its_own(client: TestClient) -> None:
    ids = {client.get("/healthz").headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    sent = client.get("/healthz", headers={"X-Request-ID": "chosen by the client"})
    assert sent.headers["x-request-id"] != "chosen by the client"


def test_libraries_write_that_they_complain_and_never_what_about(capsys: pytest.CaptureFixture[str]) -> None:
    handler = logs.library_handler()
    logger = logging.Logger("a.library")
    logger.addHandler(handler)
    try:
        raise ValueError(NAME)
    except ValueError:
        logger.exception("could not store %s", NUMBER)
    (line,) = lines(capsys.readouterr().err)
    assert line == {"level": "error", "logger": "a.library"}
