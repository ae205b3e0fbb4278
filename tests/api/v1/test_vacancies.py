from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from kompetanse.ids import new_id
from tests.factories import HITRA

VACANCIES = "/api/v1/vacancies"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


def create(client: TestClient, headers: dict[str, str], **fields: object) -> str:
    answer = client.post(VACANCIES, json={"title": "Kokk", **fields}, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


def test_a_vacancy_is_created_with_its_requirements(client: TestClient, headers: dict[str, str]) -> None:
    body = {
        "title": "Sykepleier",
        "employer_org_no": "964 982 953",
        "skills": [{"label": "Excel", "importance": "trainable"}],
        "languages": [{"language": "nob", "minimum": "B2"}],
        "licences": ["driving:B"],
        "description": "<p>Velkommen<script>alert(1)</script></p>",
        "postal_code": "7260",
    }
    made = client.post(VACANCIES, json=body, headers=headers)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    read = client.get(made.headers["location"], headers=headers)
    assert read.json() == made.json()
    found = read.json()
    assert (found["styrk"], found["status"], found["source"]) == ("2223", "open", "typed")
    assert (found["employer_org_no"], found["workplace_no"]) == ("964982953", "5014")
    assert found["description"] == "<p>Velkommen</p>"
    assert found["languages"] == [{"language": "nor", "minimum": "B2", "required": True}]
    assert found["licences"] == ["driving:B"]
    assert found["skills"][0]["importance"] == "trainable"
    assert (found["percentage_min"], found["education_level"], found["shifts"]) == (None, None, None)


def test_a_change_touches_what_is_sent(client: TestClient, headers: dict[str, str]) -> None:
    address = create(client, headers, licences=["driving:B"], place="Sistranda")
    assert client.patch(address, json={"positions": 2}, headers=headers).status_code == 428
    changed = client.patch(address, json={"positions": 2, "place": None}, headers={**headers, "If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    found = changed.json()
    assert (found["positions"], found["place"], found["licences"], found["title"]) == (2, None, ["driving:B"], "Kokk")
    assert client.patch(address, json={"positions": 3}, headers={**headers, "If-Match": '"1"'}).status_code == 412


def test_age_experience_and_places_for_children_are_stated_or_not(client: TestClient, headers: dict[str, str]) -> None:
    stated = {"minimum_age": 20, "experience_months": 0, "kindergarten_places": 0, "school_places": 3}
    address = create(client, headers, **stated)
    found = client.get(address, headers=headers).json()
    assert {name: found[name] for name in stated} == stated
    nothing = dict.fromkeys(stated)
    changed = client.patch(address, json=nothing, headers={**headers, "If-Match": '"1"'}).json()
    assert {name: changed[name] for name in stated} == nothing
    refused = client.post(VACANCIES, json={"title": "Kokk", "minimum_age": 12}, headers=headers)
    assert refused.json()["errors"][0]["pointer"] == "/minimum_age"


def test_a_vacancy_is_closed_once(client: TestClient, headers: dict[str, str]) -> None:
    address = create(client, headers)
    closed = client.post(f"{address}/close", json={"status": "filled"}, headers={**headers, "If-Match": '"1"'})
    assert (closed.status_code, closed.json()["status"]) == (200, "filled")
    again = client.post(f"{address}/close", json={}, headers={**headers, "If-Match": '"2"'})
    assert again.status_code == 409


def test_the_list_is_filtered_and_followed(client: TestClient, headers: dict[str, str]) -> None:
    for deadline in ("2026-09-02", None, "2026-09-01"):
        create(client, headers, deadline=deadline, unit="Kjøkkenet")
    create(client, headers, title="Lærer", unit="Skolen")
    first = client.get(VACANCIES, params={"limit": 2, "unit": "Kjøkkenet"}, headers=headers)
    assert [one["deadline"] for one in first.json()["items"]] == ["2026-09-01", "2026-09-02"]
    assert first.json()["total"] == 3
    second = client.get(first.headers["link"].split(";")[0].strip("<>"), headers=headers).json()
    assert [one["deadline"] for one in second["items"]] == [None]
    assert client.get(VACANCIES, params={"text": "lærer", "status": "open"}, headers=headers).json()["total"] == 1
    assert client.get(VACANCIES, params={"styrk": "5"}, headers=headers).json()["total"] == 3
    assert client.get(VACANCIES, params={"cursor": str(new_id())}, headers=headers).status_code == 422


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/title"]),
        ({"title": "Kokk", "employer_org_no": "123456789"}, ["/employer_org_no"]),
        ({"title": "Kokk", "skills": [{"label": "Excel"}, {"label": "regneark"}]}, ["/skills/1/label"]),
        ({"title": "Kokk", "languages": [{"language": "xyz", "minimum": "B1"}]}, ["/languages/0/language"]),
        ({"title": "Kokk", "licences": ["driving:B", "?"]}, ["/licences/1"]),
        ({"title": "Kokk", "percentage_min": 90, "percentage_max": 50}, ["/percentage_max"]),
        ({"title": "Kokk", "education_field": "9999", "authorisation": "x"}, ["/education_field", "/authorisation"]),
    ],
)
def test_a_field_that_breaks_a_rule_is_pointed_at(
    client: TestClient, headers: dict[str, str], body: dict[str, object], pointers: list[str]
) -> None:
    answer = client.post(VACANCIES, json=body, headers=headers)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == pointers


def test_repeating_a_post_with_its_key_creates_nothing(client: TestClient, headers: dict[str, str]) -> None:
    sent = {**headers, "Idempotency-Key": "en gang"}
    first, again = (client.post(VACANCIES, json={"title": "Kokk"}, headers=sent) for _ in range(2))
    assert again.json()["id"] == first.json()["id"]
    assert client.get(VACANCIES, headers=headers).json()["total"] == 1


def test_hr_works_with_its_own_units_vacancies(client: TestClient, headers: dict[str, str], bearer: Bearer) -> None:
    other = create(client, headers, unit="Skolen")
    hr = bearer(Role.HR, unit="Kjøkkenet")
    own = create(client, hr)
    assert client.get(own, headers=hr).json()["unit"] == "Kjøkkenet"
    assert client.get(other, headers=hr).status_code == 404
    assert client.get(VACANCIES, headers=hr).json()["total"] == 1
    assert client.post(VACANCIES, json={"title": "Lærer", "unit": "Skolen"}, headers=hr).status_code == 403


def test_who_may_read_and_write_vacancies(client: TestClient, headers: dict[str, str], bearer: Bearer) -> None:
    address = create(client, headers)
    for other in (bearer(Role.JOB_SERVICE), bearer(Role.NEIGHBOUR, recipient_no=HITRA)):
        assert client.get(address, headers=other).status_code == 403
    assert client.get(address, headers=bearer(Role.COORDINATOR, municipality_no=HITRA)).status_code == 404
    assert client.get(address).status_code == 401
