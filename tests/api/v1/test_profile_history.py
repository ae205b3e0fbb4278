"""What a profile tells beyond its entries, its history, and concepts that are chosen by URI."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from kompetanse.actor import Role
from kompetanse.ids import new_id
from tests import factories
from tests.factories import HITRA

Bearer = Callable[..., dict[str, str]]
NURSE, EXCEL = factories.occupation("sykepleier"), factories.skill("excel")


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def profile(client: TestClient, headers: dict[str, str]) -> str:
    """The address of a profile that nobody has written yet."""
    made = client.post("/api/v1/people", json={"given_name": "Rasa"}, headers=headers)
    return f"/api/v1/people/{made.json()['id']}/profile"


@pytest.fixture
def send(client: TestClient, headers: dict[str, str], profile: str) -> Callable[..., Response]:
    """Sends a change of a version."""

    def sent(version: int, path: str, body: object = None, method: str = "POST") -> Response:
        return client.request(method, f"{profile}/{path}", json=body, headers={**headers, "If-Match": f'"{version}"'})

    return sent


def test_what_is_computed_is_read_beside_the_profile(
    client: TestClient, headers: dict[str, str], profile: str, send: Callable[..., Response]
) -> None:
    send(0, "experiences", {"title": "księgowa", "started": "2009", "ended": "2015"})
    send(1, "experiences", {"title": "fileterer", "styrk": "8160", "started": "2018-01", "ongoing": True})
    told = client.get(f"{profile}/insight", headers=headers).json()
    assert told["version"] == 2
    assert told["gaps"] == [{"started": "2016-01", "ended": "2017-12", "months": 24, "certain": True}]
    assert told["overlaps"] == []
    assert told["unused"]["steps"] == 1
    assert "occupation" not in told["missing"]
    assert told["completeness"] == round(100 / 12)


def test_skills_that_a_job_speaks_for_are_asked_about_until_they_are_answered(
    client: TestClient, headers: dict[str, str], profile: str, send: Callable[..., Response]
) -> None:
    send(0, "experiences", {"title": "медсестра"})
    asked = client.get(f"{profile}/proposals?shown=en", headers=headers).json()
    first = asked["items"][0]
    assert (asked["version"], first["essential"], first["entry_title"]) == (1, True, "медсестра")
    answer = {"label": first["concept"]["name"], "concept": first["concept"]["uri"], "source_id": first["entry_id"]}
    assert send(1, "skills", {**answer, "holds": False}).status_code == 201
    left = client.get(f"{profile}/proposals", headers=headers).json()["items"]
    assert first["concept"]["uri"] not in {one["concept"]["uri"] for one in left}
    assert client.get(f"/api/v1/people/{new_id()}/profile/proposals", headers=headers).status_code == 404


def test_every_change_is_in_the_history_and_can_be_undone_once(
    client: TestClient, headers: dict[str, str], profile: str, send: Callable[..., Response]
) -> None:
    entry = send(0, "experiences", {"title": "kokk", "country": "LT"}).headers["location"]
    client.put(entry, json={"title": "lege"}, headers={**headers, "If-Match": '"1"'})
    history = client.get(f"{profile}/history", headers=headers).json()
    newest, oldest = history["items"]
    assert (newest["part"], newest["version"], newest["actor_kind"]) == ("experiences", 2, "client")
    assert (newest["before"]["title"], newest["after"]["title"], newest["after"]["country"]) == ("kokk", "lege", None)
    assert oldest["before"] is None
    assert history["next"] is None

    undone = send(2, f"history/{newest['id']}/restore")
    assert (undone.status_code, undone.headers["etag"]) == (200, '"3"')
    (job,) = undone.json()["experiences"]
    assert (job["title"], job["country"], job["styrk"]) == ("kokk", "LT", "5120")
    assert send(2, f"history/{newest['id']}/restore").status_code == 412
    gone = send(3, f"history/{oldest['id']}/restore")
    assert gone.json()["experiences"] == []
    assert send(4, f"history/{oldest['id']}/restore").status_code == 409
    assert send(4, f"history/{new_id()}/restore").status_code == 404
    assert client.post(f"{profile}/history/{newest['id']}/restore", headers=headers).status_code == 428


def test_a_long_history_is_read_in_pages(
    client: TestClient, headers: dict[str, str], profile: str, send: Callable[..., Response]
) -> None:
    for version, label in enumerate(("kor", "piano", "fotball")):
        send(version, "interests", {"label": label})
    first = client.get(f"{profile}/history?limit=2", headers=headers)
    rest = client.get(first.links["next"]["url"], headers=headers).json()
    assert [one["after"]["label"] for one in (*first.json()["items"], *rest["items"])] == ["fotball", "piano", "kor"]
    assert rest["next"] is None


def test_the_history_is_the_coordinators_and_her_municipalitys(
    client: TestClient, profile: str, send: Callable[..., Response], bearer: Bearer
) -> None:
    send(0, "interests", {"label": "kor"})
    elsewhere = bearer(Role.COORDINATOR, municipality_no=HITRA)
    for path in ("history", "insight"):
        assert client.get(f"{profile}/{path}").status_code == 401
        assert client.get(f"{profile}/{path}", headers=elsewhere).status_code == 404
        assert client.get(f"{profile}/{path}", headers=bearer(Role.HR, unit="Skolen")).status_code == 403


CHOOSING = [("skills", "label", EXCEL), ("experiences", "title", NURSE), ("wished-occupations", "title", NURSE)]


@pytest.mark.parametrize(("part", "name", "concept"), CHOOSING)
def test_a_chosen_concept_counts_whatever_the_words_say(
    send: Callable[..., Response], part: str, name: str, concept: object
) -> None:
    uri = getattr(concept, "uri")  # noqa: B009 - of either kind
    answer = send(0, part, {name: "kokk", "concept": uri})
    assert answer.status_code == 201, answer.text
    written = answer.json()
    assert written[name] == "kokk"
    assert written.get("key", written.get("concept")) == uri
    if part != "skills":
        assert written["styrk"] == "2223"


@pytest.mark.parametrize(("part", "name", "concept"), CHOOSING)
def test_a_concept_of_another_kind_or_none_is_pointed_at(
    send: Callable[..., Response], part: str, name: str, concept: object
) -> None:
    wrong = NURSE.uri if concept is EXCEL else EXCEL.uri
    for uri in (wrong, "http://data.europa.eu/esco/skill/none"):
        answer = send(0, part, {name: "kokk", "concept": uri})
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/concept"]


@pytest.mark.parametrize("part", ["experiences", "wished-occupations"])
def test_a_code_that_is_not_the_chosen_occupations_is_pointed_at(send: Callable[..., Response], part: str) -> None:
    answer = send(0, part, {"title": "pleier", "concept": NURSE.uri, "styrk": "5120"})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/styrk"]
    agreeing = send(0, part, {"title": "pleier", "concept": NURSE.uri, "styrk": "2223"})
    assert (agreeing.status_code, agreeing.json()["concept"]) == (201, NURSE.uri)
