"""What waits, over REST."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from kompetanse import clock
from kompetanse.actor import Role
from tests.factories import HITRA

Bearer = Callable[..., dict[str, str]]
V1 = "/api/v1"


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def person_id(client: TestClient, headers: dict[str, str]) -> str:
    ends = clock.today() + timedelta(days=20)
    body = {"given_name": "Rasa", "family_name": "Kazlauskienė", "may_work_until": ends.isoformat()}
    return str(client.post(f"{V1}/people", json=body, headers=headers).json()["id"])


def test_each_thing_says_whom_it_is_about_and_where_it_is_done(
    client: TestClient, headers: dict[str, str], person_id: str
) -> None:
    answer = client.get(f"{V1}/today", headers=headers)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["day"] == clock.today().isoformat()
    assert [(one["kind"], one["urgency"], one["href"]) for one in found["items"]] == [
        ("permit", "overdue", f"{V1}/people/{person_id}"),
        ("unmapped", "soon", f"{V1}/people/{person_id}/profile"),
    ]
    assert found["items"][0]["whose"]["family_name"] == "Kazlauskienė"
    assert found["totals"]["unmapped"] == 1
    for one in found["items"]:
        assert client.get(one["href"], headers=headers).status_code == 200


def test_kinds_and_how_many_can_be_asked_for(client: TestClient, headers: dict[str, str], person_id: str) -> None:
    for number in range(3):
        body = {"given_name": f"Prøve{number}", "family_name": "Testesen"}
        client.post(f"{V1}/people", json=body, headers=headers)
    found = client.get(f"{V1}/today?kind=unmapped&limit=2", headers=headers).json()
    assert [one["kind"] for one in found["items"]] == ["unmapped", "unmapped"]
    assert found["totals"] == {"unmapped": 4}
    for query in ("kind=everything", "limit=0", "limit=201"):
        assert client.get(f"{V1}/today?{query}", headers=headers).status_code == 422


def test_a_referral_is_followed_up_and_leaves_the_list(
    client: TestClient, headers: dict[str, str], person_id: str, bearer: Bearer
) -> None:
    vacancy = client.post(f"{V1}/vacancies", json={"title": "Regnskapsfører"}, headers=headers).headers["location"]
    client.post(f"{vacancy}/referrals", json={"person_id": person_id}, headers=headers)
    with clock.moved(by=timedelta(days=2)):
        later = bearer(Role.COORDINATOR)
        (item,) = client.get(f"{V1}/today?kind=follow_up", headers=later).json()["items"]
        address = f"{item['href']}/follow-up"
        assert client.post(address, headers=later).status_code == 428
        assert client.post(address, headers={**later, "If-Match": '"7"'}).status_code == 412
        done = client.post(address, headers={**later, "If-Match": f'"{item["version"]}"'})
        assert (done.status_code, done.headers["etag"], done.json()["stage"]) == (200, '"2"', "proposed")
        assert client.get(f"{V1}/today?kind=follow_up", headers=later).json()["items"] == []


def test_what_waits_is_the_coordinators_and_her_municipalitys(
    client: TestClient, person_id: str, bearer: Bearer
) -> None:
    assert client.get(f"{V1}/today", headers=bearer(Role.COORDINATOR, municipality_no=HITRA)).json()["items"] == []
    for role in (Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR):
        refused = client.get(f"{V1}/today", headers=bearer(role, unit="Skolen" if role is Role.HR else None))
        assert refused.status_code == 403
