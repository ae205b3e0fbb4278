import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from tests.factories import HITRA
from tests.feeds.ads import transfer

ADDRESS = "/api/v1/transfers/10000"
STREAM = {"Content-Type": "application/x-json-stream"}
Bearer = Callable[..., dict[str, str]]


def stream(*ads: object) -> bytes:
    return "\n".join(ad if isinstance(ad, str) else json.dumps(ad) for ad in ads).encode()


def receipts(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_stream_is_answered_by_a_receipt_a_line(client: TestClient, bearer: Bearer) -> None:
    headers = {**bearer(Role.EMPLOYER), **STREAM}
    content = stream(transfer(), "{", transfer(reference="2", title=None), transfer(reference="3"))
    answer = client.post(ADDRESS, content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-json-stream")
    told = receipts(answer.text)
    assert [one["status"] for one in told] == ["RECEIVED", "ERROR", "ERROR", "RECEIVED"]
    assert [one["errorType"] for one in told] == [None, "PARSE_ERROR", "MISSING_PARAMETER", None]
    assert (told[2]["reference"], told[2]["message"]) == ("2", "Missing parameter: title")
    assert told[0]["providerId"] == "10000"
    again = receipts(client.post(ADDRESS, content=content, headers=headers).text)
    assert [one["status"] for one in again] == ["SKIPPED", "ERROR", "ERROR", "SKIPPED"]
    coordinator = bearer(Role.COORDINATOR)
    vacancy = client.get(f"/api/v1/vacancies/{told[0]['vacancyId']}", headers=coordinator).json()
    assert (vacancy["title"], vacancy["source"], vacancy["status"]) == ("Kokk søkes", "file", "open")
    contacts = client.get(f"/api/v1/vacancies/{told[0]['vacancyId']}/contacts", headers=coordinator).json()
    assert contacts["items"][0]["name"] == "Kari Leder"


def test_a_batch_is_all_or_nothing_larger_than_a_hundred(client: TestClient, bearer: Bearer) -> None:
    headers = bearer(Role.EMPLOYER)
    answer = client.post("/api/v1/transfers/batch/1", json=[transfer(), transfer(reference="2")], headers=headers)
    assert (answer.status_code, [one["status"] for one in answer.json()]) == (201, ["RECEIVED", "RECEIVED"])
    many = [transfer(reference=f"m{number}") for number in range(101)]
    refused = client.post("/api/v1/transfers/batch/1", json=many, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:kompetanse:problem:invalid")
    found = client.get("/api/v1/vacancies", params={"count": True}, headers=bearer(Role.COORDINATOR)).json()
    assert found["total"] == 2


def test_an_advertisement_is_stopped_by_its_own_sender_alone(client: TestClient, bearer: Bearer) -> None:
    mine, others = bearer(Role.EMPLOYER), bearer(Role.EMPLOYER)
    [made] = receipts(client.post(ADDRESS, content=stream(transfer()), headers={**mine, **STREAM}).text)
    assert client.delete(f"{ADDRESS}/r1", headers=others).status_code == 404
    stopped = client.delete(f"{ADDRESS}/r1", headers=mine)
    assert (stopped.status_code, stopped.json()["message"]) == (200, "STOPPED")
    vacancy = client.get(f"/api/v1/vacancies/{made['vacancyId']}", headers=bearer(Role.COORDINATOR)).json()
    assert (vacancy["status"], vacancy["description"]) == ("closed", None)


def test_nothing_and_too_much_are_problems(client: TestClient, bearer: Bearer) -> None:
    headers = {**bearer(Role.EMPLOYER), **STREAM}
    assert client.post(ADDRESS, content=b"", headers=headers).status_code == 422
    assert client.post(ADDRESS, content=b"x" * (21 * 1024 * 1024), headers=headers).status_code == 413


@pytest.mark.parametrize("path", ["/api/v1/vacancies", "/api/v1/people", "/api/v1/feed/intakes"])
def test_an_employer_pushes_and_reads_nothing(client: TestClient, bearer: Bearer, path: str) -> None:
    assert client.get(path, headers=bearer(Role.EMPLOYER)).status_code == 403


def test_an_employers_key_is_good_in_its_own_municipality(client: TestClient, bearer: Bearer) -> None:
    there = bearer(Role.EMPLOYER, municipality_no=HITRA)
    work = [{"postalCode": "7240", "country": "NORGE"}]
    [made] = receipts(
        client.post(ADDRESS, content=stream(transfer(locationList=work)), headers={**there, **STREAM}).text
    )
    assert made["status"] == "RECEIVED"
    assert client.get("/api/v1/vacancies", headers=bearer(Role.COORDINATOR)).json()["items"] == []
