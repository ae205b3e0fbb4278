from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from kompetanse.ids import new_id
from tests.factories import HITRA

PEOPLE = "/api/v1/people"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


def register(client: TestClient, headers: dict[str, str], **fields: object) -> str:
    answer = client.post(PEOPLE, json={"given_name": "Prøve"} | fields, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_list_says_who_what_how_many_and_where_the_next_page_is(client: TestClient, headers: dict[str, str]) -> None:
    for family in ("Ceder", "Alm", "Bjørk"):
        register(client, headers, family_name=family, needs_interpreter=True)
    register(client, headers, family_name="Dal", needs_interpreter=False)
    first = client.get(PEOPLE, params={"limit": 2, "needs_interpreter": True, "count": True}, headers=headers)
    assert first.status_code == 200
    assert [one["family_name"] for one in first.json()["items"]] == ["Alm", "Bjørk"]
    assert first.json()["total"] == 3
    target, relation = first.headers["link"].split("; ")
    assert relation == 'rel="next"'
    second = client.get(target.strip("<>"), headers=headers)
    assert [one["family_name"] for one in second.json()["items"]] == ["Ceder"]
    assert second.json()["next"] is None
    assert client.get(PEOPLE, headers=headers).json()["total"] is None  # not asked for
    assert "link" not in second.headers
    assert "needs_interpreter=true" in urlsplit(target.strip("<>")).query.lower()


def test_what_is_not_stated_is_null(client: TestClient, headers: dict[str, str]) -> None:
    person_id = register(client, headers, family_name="Alm")
    (one,) = client.get(PEOPLE, headers=headers).json()["items"]
    assert one == {
        "id": person_id,
        "version": 1,
        "given_name": "Prøve",
        "family_name": "Alm",
        "born": None,
        "citizenships": None,
        "protected_address": False,
        "archived_at": None,
        "occupation": None,
        "norwegian": None,
    }


def test_filters_are_query_parameters(client: TestClient, headers: dict[str, str]) -> None:
    nurse = register(client, headers, family_name="Alm")
    register(client, headers, family_name="Bjørk")
    profile = f"{PEOPLE}/{nurse}/profile"
    client.post(f"{profile}/experiences", json={"title": "sykepleier"}, headers={**headers, "If-Match": '"0"'})
    client.post(f"{profile}/skills", json={"label": "Excel"}, headers={**headers, "If-Match": '"1"'})
    language = {"language": "nor", "interaction": "B1"}
    client.post(f"{profile}/languages", json=language, headers={**headers, "If-Match": '"2"'})
    for wanted in ({"occupation": "22"}, {"skill": "regneark"}, {"norwegian_at_least": "B1"}):
        found = client.get(PEOPLE, params=wanted, headers=headers).json()
        assert [one["id"] for one in found["items"]] == [nurse], wanted
    (shown,) = client.get(PEOPLE, params={"skill": "regneark"}, headers=headers).json()["items"]
    assert (shown["occupation"], shown["norwegian"]) == ("2223", "B1")
    assert client.get(PEOPLE, params={"norwegian_at_least": "B2"}, headers=headers).json()["items"] == []
    assert client.get(PEOPLE, params={"not_mapped": True, "count": True}, headers=headers).json()["total"] == 2
    assert client.get(PEOPLE, params={"archived": True}, headers=headers).json()["items"] == []


def test_a_name_is_searched_for_in_the_body_and_filters_hold_too(client: TestClient, headers: dict[str, str]) -> None:
    for given in ("Anna", "Berta", "Cecilie"):
        register(client, headers, family_name="Alm", given_name=given, needs_interpreter=given != "Berta")
    register(client, headers, family_name="Bjørk", needs_interpreter=True)
    wanted = {"limit": 1, "needs_interpreter": True}
    first = client.post(f"{PEOPLE}/search", json={"text": "alm"}, params=wanted, headers=headers)
    assert [one["given_name"] for one in first.json()["items"]] == ["Anna"]
    following = first.headers["link"].split(";")[0].strip("<>")
    assert "alm" not in following
    second = client.post(following, json={"text": "alm"}, headers=headers)
    assert [one["given_name"] for one in second.json()["items"]] == ["Cecilie"]
    assert client.post(f"{PEOPLE}/search", json={"text": "x" * 101}, headers=headers).status_code == 422


@pytest.mark.parametrize(
    "wanted", [{"occupation": "kokk"}, {"norwegian_at_least": "D1"}, {"limit": 0}, {"limit": 201}, {"cursor": "1"}]
)
def test_a_filter_that_cannot_be_read_is_a_problem(
    client: TestClient, headers: dict[str, str], wanted: dict[str, str | int]
) -> None:
    answer = client.get(PEOPLE, params=wanted, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["pointer"] for one in answer.json()["errors"]] == list(wanted)


def test_a_cursor_of_nobody_is_a_problem(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get(PEOPLE, params={"cursor": str(new_id())}, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "cursor"


def test_only_those_who_read_people_may_list(client: TestClient, bearer: Bearer) -> None:
    assert client.get(PEOPLE).status_code == 401
    for other in (bearer(Role.HR, unit="Skolen"), bearer(Role.JOB_SERVICE), bearer(Role.NEIGHBOUR, recipient_no=HITRA)):
        assert client.get(PEOPLE, headers=other).status_code == 403


def test_a_municipality_sees_its_own_people_only(client: TestClient, headers: dict[str, str], bearer: Bearer) -> None:
    register(client, headers, family_name="Alm")
    assert client.get(PEOPLE, headers=bearer(Role.COORDINATOR, municipality_no=HITRA)).json()["items"] == []
