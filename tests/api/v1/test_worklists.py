from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.competence.upkeep import Missing
from tests.factories import HITRA

Bearer = Callable[..., dict[str, str]]
NAMES = ("unused-competence", "incomplete", "stale", "running-out")


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def newcomer(client: TestClient, headers: dict[str, str]) -> Callable[..., str]:
    """Registers an accountant who fillets salmon and has an expired licence; her id."""

    def register(**fields: object) -> str:
        made = client.post("/api/v1/people", json={"given_name": "Rasa", **fields}, headers=headers)
        assert made.status_code == 201, made.text
        profile = f"/api/v1/people/{made.json()['id']}/profile"
        bodies = [
            ("experiences", {"title": "księgowa", "started": "2009", "ended": "2015"}),
            ("experiences", {"title": "fileterer", "styrk": "8160", "started": "2020", "ongoing": True}),
            ("licences", {"licence": "driving:B", "valid_until": "2020-01-01"}),
        ]
        for version, (part, body) in enumerate(bodies):
            sent = client.post(f"{profile}/{part}", json=body, headers={**headers, "If-Match": f'"{version}"'})
            assert sent.status_code == 201, sent.text
        return str(made.json()["id"])

    return register


@pytest.fixture
def read(client: TestClient, headers: dict[str, str]) -> Callable[..., Response]:
    return lambda name, **query: client.get(f"/api/v1/worklists/{name}", params=query, headers=headers)


def test_unused_competence_is_told_with_its_reasons(
    read: Callable[..., Response], newcomer: Callable[..., str]
) -> None:
    person_id = newcomer(family_name="Kazlauskienė")
    answer = read("unused-competence").json()
    (row,) = answer["items"]
    assert answer["total"] == 1
    assert row["whose"] == {
        "person_id": person_id,
        "given_name": "Rasa",
        "family_name": "Kazlauskienė",
        "protected_address": False,
    }
    assert row["occupation"] == "3313"
    (able,) = row["unused"]["grounds"]
    assert (able["level"], able["ground"], able["title"], able["months"]) == (3, "experience", "księgowa", 72)
    assert row["unused"]["present"][0]["title"] == "fileterer"
    assert row["unused"]["steps"] == 1


def test_what_is_missing_old_or_runs_out_is_listed(read: Callable[..., Response], newcomer: Callable[..., str]) -> None:
    newcomer()
    (row,) = read("incomplete").json()["items"]
    assert set(row["missing"]) == {one.value for one in Missing} - {"occupation", "licences"}
    assert row["completeness"] == 17
    (row,) = read("running-out").json()["items"]
    assert row["things"] == [{"kind": "licence", "what": "driving:B", "valid_until": "2020-01-01"}]
    assert read("stale").json()["items"] == []


def test_how_old_and_how_soon_can_be_asked(client: TestClient, newcomer: Callable[..., str], bearer: Bearer) -> None:
    newcomer()
    with clock.moved(by=timedelta(days=100)):
        headers = bearer(Role.COORDINATOR)

        def listed(name: str, **query: int) -> int:
            answer = client.get(f"/api/v1/worklists/{name}", params=query, headers=headers)
            return len(answer.json()["items"])

        assert (listed("stale"), listed("stale", months=3), listed("stale", months=4)) == (0, 1, 0)
        assert listed("running-out", days=0) == 1


@pytest.mark.parametrize("query", [("stale", "months", 0), ("stale", "months", 121), ("running-out", "days", -1)])
def test_an_age_that_makes_no_sense_is_refused(read: Callable[..., Response], query: tuple[str, str, int]) -> None:
    name, parameter, value = query
    assert read(name, **{parameter: value}).status_code == 422


@pytest.mark.parametrize("name", ["unused-competence", "incomplete", "running-out"])
def test_pages_are_followed_by_their_links(
    client: TestClient, headers: dict[str, str], newcomer: Callable[..., str], name: str
) -> None:
    everybody = {newcomer() for _ in range(3)}
    url: str | None = f"/api/v1/worklists/{name}?limit=2"
    seen: list[str] = []
    pages = 0
    while url is not None:
        answer = client.get(url, headers=headers)
        seen += [row["whose"]["person_id"] for row in answer.json()["items"]]
        assert answer.json()["total"] == 3
        url = answer.links["next"]["url"] if "next" in answer.links else None
        assert (answer.json()["next"] is None) == (url is None)
        pages += 1
    assert (set(seen), len(seen), pages) == (everybody, 3, 2)


@pytest.mark.parametrize("name", NAMES)
def test_lists_are_the_coordinators_and_her_municipalitys(
    client: TestClient, newcomer: Callable[..., str], bearer: Bearer, name: str
) -> None:
    newcomer()
    url = f"/api/v1/worklists/{name}"
    assert client.get(url).status_code == 401
    for other in (bearer(Role.HR, unit="Skolen"), bearer(Role.JOB_SERVICE), bearer(Role.NEIGHBOUR, recipient_no=HITRA)):
        assert client.get(url, headers=other).status_code == 403
    assert client.get(url, headers=bearer(Role.COORDINATOR, municipality_no=HITRA)).json()["items"] == []
