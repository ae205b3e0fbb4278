from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from schemas.extraction import LONGEST
from tests.exchange.cv_files.cvs import JSON_RESUME

Bearer = Callable[..., dict[str, str]]
TEXT = "  księgowa 10 lat, norweski B1, prawo jazdy kat. B. Vil ut av fisken."


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def profile(client: TestClient, headers: dict[str, str]) -> str:
    answer = client.post("/api/v1/people", json={"given_name": "Rasa"}, headers=headers)
    return f"/api/v1/people/{answer.json()['id']}/profile"


def test_suggestions_say_which_words_they_came_from(client: TestClient, headers: dict[str, str], profile: str) -> None:
    answer = client.post(f"{profile}/extract", json={"text": TEXT}, headers=headers)
    assert (answer.status_code, answer.headers["etag"]) == (200, '"0"'), answer.text
    found = {one["part"]: one for one in answer.json()["items"]}
    assert set(found) == {"experiences", "languages", "licences", "wishes"}
    job = found["experiences"]
    assert TEXT[job["start"] : job["end"]] == "księgowa 10 lat"
    assert (job["name"], job["fields"]["title"], job["fields"]["months"]) == ("regnskapsfører", "księgowa", 120)
    assert found["languages"]["fields"]["interaction"] == "B1"
    assert found["wishes"]["fields"]["value"] == "fish"
    assert all(one["sure"] >= 0.75 for one in found.values())


def test_fields_can_be_posted_to_their_part_as_they_are(
    client: TestClient, headers: dict[str, str], profile: str
) -> None:
    items = client.post(f"{profile}/extract", json={"text": TEXT}, headers=headers).json()["items"]
    for version, one in enumerate(items):
        at = {**headers, "If-Match": f'"{version}"'}
        answer = client.post(f"{profile}/{one['part']}", json=one["fields"], headers=at)
        assert answer.status_code == 201, answer.text
    assert client.post(f"{profile}/extract", json={"text": TEXT}, headers=headers).json()["items"] == []


def test_chosen_entries_are_accepted_at_once_or_not_at_all(
    client: TestClient, headers: dict[str, str], profile: str
) -> None:
    items = client.post(f"{profile}/extract", json={"text": TEXT}, headers=headers).json()["items"]
    body: dict[str, list[object]] = {}
    for one in items:
        body.setdefault(one["part"].replace("-", "_"), []).append(one["fields"])
    at = {**headers, "If-Match": '"0"'}
    bad = {**body, "licences": [{"licence": "nothing of the kind"}]}
    refused = client.post(f"{profile}/extract/accept", json=bad, headers=at)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/licences/0/licence")
    answer = client.post(f"{profile}/extract/accept", json=body, headers=at)
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"'), answer.text
    assert answer.json()["experiences"][0]["styrk"] == "3313"
    stored = client.get(profile, headers=headers).json()
    assert all(answer.json()[part] == stored[part] != [] for part in body)
    assert client.post(f"{profile}/extract/accept", json=body, headers=at).status_code == 412
    assert client.post(f"{profile}/extract/accept", json=body, headers=headers).status_code == 428
    assert client.post(f"{profile}/extract/accept", json={}, headers={**at, "If-Match": '"1"'}).status_code == 422


@pytest.mark.parametrize("text", ["", "x" * (LONGEST + 1)])
def test_no_text_and_too_much_are_refused_and_not_repeated(
    client: TestClient, headers: dict[str, str], profile: str, text: str
) -> None:
    answer = client.post(f"{profile}/extract", json={"text": text}, headers=headers)
    assert answer.status_code == 422
    assert "xxx" not in answer.text


def test_the_text_is_in_no_log_and_no_event(
    client: TestClient, headers: dict[str, str], profile: str, bearer: Bearer, capsys: pytest.CaptureFixture[str]
) -> None:
    client.post(f"{profile}/extract", json={"text": "Kari Hemmelig, kokk 5 år"}, headers=headers)
    events = client.get("/api/v1/audit/events", headers=bearer(Role.DPO))
    assert events.status_code == 200, events.text
    assert "extract" in events.text
    out = capsys.readouterr()
    assert "Hemmelig" not in events.text + out.out + out.err


def test_a_cv_is_read_from_a_file(client: TestClient, headers: dict[str, str], profile: str) -> None:
    answer = client.post(f"{profile}/extract/file", files={"file": ("cv.json", JSON_RESUME)}, headers=headers)
    assert (answer.status_code, answer.headers["etag"]) == (200, '"0"'), answer.text
    told = answer.json()
    job = told["items"][0]
    assert told["text"][job["start"] : job["end"]] == "2012-03–: accountant, Baltic Office, Gdynia, Poland"
    assert (job["name"], job["fields"]["country"]) == ("regnskapsfører", "PL")
    pasted = client.post(f"{profile}/extract", json={"text": JSON_RESUME}, headers=headers)
    assert pasted.json() == told, "as text it says the same"


def test_a_file_that_cannot_be_read_is_refused(client: TestClient, headers: dict[str, str], profile: str) -> None:
    answer = client.post(f"{profile}/extract/file", files={"file": ("cv.doc", b"\x89PNG\x00")}, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["pointer"] == "/file"
