from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.state import State
from kompetanse.actor import Role
from kompetanse.database import EVERYWHERE
from kompetanse.ids import new_id
from kompetanse.taxonomy.download import open_download
from kompetanse.taxonomy.importing import import_download
from kompetanse.taxonomy.starter import starter
from tests import factories
from tests.factories import HITRA
from tests.taxonomy.downloads import COOK, FIRST_AID, NURSE, folder

Bearer = Callable[..., dict[str, str]]
ACCOUNTANT, EXCEL = factories.occupation("regnskapsfører"), factories.skill("excel")


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def get(client: TestClient, headers: dict[str, str]) -> Callable[..., Response]:
    """Asks the taxonomy, as the coordinator."""
    return lambda path, **query: client.get(f"/api/v1/taxonomy/{path}", params=query, headers=headers)


@pytest.fixture
def imported(state: State, tmp_path: Path) -> None:
    """A small download of ESCO is in the database."""
    with state.database.session(EVERYWHERE) as session:
        import_download(session, open_download(folder(tmp_path / "v1.0")))


@pytest.mark.parametrize("text", ["regnskapsfører", "księgowa", "buhalterė", "бухгалтер", "محاسب"])
def test_a_text_in_any_language_finds_its_occupation(get: Callable[..., Response], text: str) -> None:
    found = get("search", text=text, kind="occupation").json()
    assert found["items"]
    assert found["items"][0]["kind"] == "occupation"
    assert found["items"][0]["styrk"] == "3313"
    scores = [one["score"] for one in found["items"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_what_a_text_clearly_means_is_told_and_named_in_the_language_asked_for(get: Callable[..., Response]) -> None:
    found = get("search", text="księgowa", kind="occupation", language="pl", shown="en").json()
    assert found["linked"] == ACCOUNTANT.uri
    first = found["items"][0]
    assert (first["uri"], first["name"], first["styrk"]) == (ACCOUNTANT.uri, ACCOUNTANT.name("en"), "3313")
    assert (first["label"], first["language"]) == ("księgowa", "pl")
    unclear = get("search", text="xyzzyquux", kind="skill").json()
    assert unclear["linked"] is None


def test_typing_is_completed_within_the_limit(get: Callable[..., Response]) -> None:
    found = get("complete", text="syk", kind="occupation", limit=3).json()
    assert len(found["items"]) == 3
    assert found["items"][0]["name"] == "sykepleier"
    assert found["linked"] is None
    assert get("complete", text="", kind="skill").json()["items"] == []


@pytest.mark.parametrize(
    ("path", "query", "pointer"),
    [
        ("search", {"text": "kokk", "kind": "skill_group"}, "kind"),
        ("search", {"text": "x" * 201, "kind": "skill"}, "text"),
        ("search", {"kind": "skill"}, "text"),
        ("complete", {"text": "kokk", "kind": "skill", "limit": 51}, "limit"),
        ("complete", {"text": "kokk", "kind": "skill", "shown": "bokmål"}, "shown"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_what_is_wrong(
    get: Callable[..., Response], path: str, query: dict[str, object], pointer: str
) -> None:
    answer = get(path, **query)
    assert answer.status_code == 422
    assert [one["pointer"].rsplit("/", 1)[-1] for one in answer.json()["errors"]] == [pointer]


def test_a_concept_is_read_with_what_it_needs(get: Callable[..., Response]) -> None:
    concept = get("concept", uri=ACCOUNTANT.uri, shown="lt").json()
    assert (concept["uri"], concept["name"]) == (ACCOUNTANT.uri, ACCOUNTANT.name("lt"))
    needs = starter().needs[ACCOUNTANT.uri]
    assert [one["uri"] for one in concept["essential"]] == list(needs.essential)
    assert [one["uri"] for one in concept["optional"]] == list(needs.optional)
    skill = get("concept", uri=EXCEL.uri).json()
    assert (skill["essential"], skill["optional"], skill["group"]) == ([], [], EXCEL.group)
    assert get("concept", uri="http://none").status_code == 404


@pytest.mark.usefixtures("imported")
def test_an_imported_concept_is_read_with_what_it_needs(get: Callable[..., Response]) -> None:
    nurse = get("concept", uri=NURSE, shown="en").json()
    assert (nurse["name"], nurse["styrk"]) == ("nurse", "2221")
    assert [(one["uri"], one["name"]) for one in nurse["essential"]] == [(FIRST_AID, "give first aid")]
    assert [one["name"] for one in get("concept", uri=COOK).json()["optional"]] == ["bake bread"]


def test_a_word_is_linked_listed_and_forgotten(
    client: TestClient, headers: dict[str, str], get: Callable[..., Response]
) -> None:
    body = {"kind": "occupation", "text": "xyzzymann", "uri": ACCOUNTANT.uri}
    made = client.post("/api/v1/taxonomy/synonyms", json=body, headers=headers)
    assert made.status_code == 201
    assert body.items() <= made.json().items()
    assert get("synonyms").json() == {"items": [made.json()]}
    found = get("search", text="Xyzzymann", kind="occupation").json()
    assert (found["linked"], found["items"][0]["language"]) == (ACCOUNTANT.uri, "")
    path = f"/api/v1/taxonomy/synonyms/{made.json()['id']}"
    assert client.delete(path, headers=headers).status_code == 204
    assert client.delete(path, headers=headers).status_code == 404
    assert client.delete(f"/api/v1/taxonomy/synonyms/{new_id()}", headers=headers).status_code == 404
    assert get("synonyms").json() == {"items": []}


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"uri": "http://none"}, "/uri"),
        ({"uri": EXCEL.uri}, "/uri"),
        ({"text": " "}, "/text"),
        ({"kind": "occupation_group"}, "/kind"),
    ],
)
def test_a_word_that_cannot_be_linked_is_pointed_at(
    client: TestClient, headers: dict[str, str], changed: dict[str, str], pointer: str
) -> None:
    body = {"kind": "occupation", "text": "xyzzymann", "uri": ACCOUNTANT.uri, **changed}
    answer = client.post("/api/v1/taxonomy/synonyms", json=body, headers=headers)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_unlinked_words_are_listed_until_they_are_linked(
    client: TestClient, headers: dict[str, str], get: Callable[..., Response], bearer: Bearer
) -> None:
    made = client.post("/api/v1/people", json={"given_name": "Rasa"}, headers=headers)
    profile = f"/api/v1/people/{made.json()['id']}/profile"
    job = {"title": "Xyzzymann"}
    client.post(f"{profile}/experiences", json=job, headers={**headers, "If-Match": '"0"'})
    assert get("unlinked").json() == {"items": [{"kind": "occupation", "text": "Xyzzymann", "count": 1}]}
    hitra = bearer(Role.COORDINATOR, municipality_no=HITRA)
    assert client.get("/api/v1/taxonomy/unlinked", headers=hitra).json() == {"items": []}
    body = {"kind": "occupation", "text": "xyzzymann", "uri": ACCOUNTANT.uri}
    client.post("/api/v1/taxonomy/synonyms", json=body, headers=headers)
    assert get("unlinked").json() == {"items": []}
    read = client.get(profile, headers=headers)
    (entry,) = read.json()["experiences"]
    assert (entry["title"], entry["concept"], entry["styrk"]) == ("Xyzzymann", ACCOUNTANT.uri, "3313")
    assert read.headers["etag"] == '"2"'


def test_anybody_with_vacancies_to_write_may_search_and_the_coordinator_alone_links(
    client: TestClient, bearer: Bearer
) -> None:
    unit, service = bearer(Role.HR, unit="Skolen"), bearer(Role.JOB_SERVICE)
    query = {"text": "kokk", "kind": "occupation"}
    assert client.get("/api/v1/taxonomy/search", params=query).status_code == 401
    assert client.get("/api/v1/taxonomy/search", params=query, headers=unit).status_code == 200
    body = {"kind": "occupation", "text": "xyzzymann", "uri": ACCOUNTANT.uri}
    for other in (unit, service):
        assert client.get("/api/v1/taxonomy/synonyms", headers=other).status_code == 403
        assert client.get("/api/v1/taxonomy/unlinked", headers=other).status_code == 403
        assert client.post("/api/v1/taxonomy/synonyms", json=body, headers=other).status_code == 403
