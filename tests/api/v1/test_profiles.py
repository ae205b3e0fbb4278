from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from kompetanse.ids import new_id
from schemas.competence import ProfileOut
from tests.factories import HITRA

Bearer = Callable[..., dict[str, str]]

PARTS: list[tuple[str, dict[str, object], dict[str, object]]] = [
    ("skills", {"label": "Excel", "evidence": "documented"}, {"label": "Excel", "holds": False}),
    ("experiences", {"title": "księgowa", "started": "2009", "ended": "2015"}, {"title": "kokk", "ongoing": False}),
    ("educations", {"title": "magister", "level": "7", "country": "pl"}, {"title": "magister", "completed": False}),
    ("languages", {"language": "nob", "interaction": "B1"}, {"language": "nor", "reading": "A2"}),
    ("licences", {"licence": "driving:B"}, {"licence": "driving:B", "holds": False}),
    ("wished-occupations", {"title": "regnskapsfører"}, {"title": "kokk", "strength": "never"}),
    ("interests", {"label": "kor"}, {"label": "piano"}),
]


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


@pytest.fixture
def profile(client: TestClient, headers: dict[str, str]) -> str:
    """The address of a profile that nobody has written yet."""
    body = {
        "given_name": "Rasa",
        "family_name": "Kazlauskienė",
        "born": "1987",
        "notes": "ringte i går",
        "contacts": [{"kind": "phone", "value": "900 00 000"}],
    }
    answer = client.post("/api/v1/people", json=body, headers=headers)
    return f"/api/v1/people/{answer.json()['id']}/profile"


def at(headers: dict[str, str], version: int, **more: str) -> dict[str, str]:
    return {**headers, "If-Match": f'"{version}"', **more}


def test_an_unwritten_profile_is_version_0_and_holds_the_person(
    client: TestClient, headers: dict[str, str], profile: str
) -> None:
    answer = client.get(profile, headers=headers)
    found = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (200, '"0"')
    assert set(found) == set(ProfileOut.model_fields)
    assert (found["version"], found["updated_at"], found["person_version"]) == (0, None, 1)
    assert (found["given_name"], found["born"]) == ("Rasa", "1987")
    assert found["contacts"] == [{"kind": "phone", "value": "+4790000000"}]
    assert (found["shifts"], found["skills"]) == (None, [])
    assert "notes" not in found


def test_a_profile_holds_every_field_of_the_person_but_notes_and_home(client: TestClient) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    person, profile = set(schemas["PersonOut"]["properties"]), set(schemas["ProfileOut"]["properties"])
    assert person - profile == {"notes", "postal_code"}


def test_wishes_change_field_by_field(client: TestClient, headers: dict[str, str], profile: str) -> None:
    wishes = {"percentage_min": 60, "percentage_max": 80, "shifts": [], "mapped_on": "2026-01-15"}
    first = client.patch(profile, json=wishes, headers=at(headers, 0))
    assert (first.status_code, first.headers["etag"]) == (200, '"1"')
    second = client.patch(profile, json={"percentage_min": None}, headers=at(headers, 1)).json()
    assert (second["percentage_min"], second["percentage_max"], second["shifts"]) == (None, 80, [])
    assert (second["version"], second["mapped_on"]) == (2, "2026-01-15")


@pytest.mark.parametrize(("part", "body", "other"), PARTS)
def test_a_part_is_added_stated_anew_and_taken_out(
    client: TestClient,
    headers: dict[str, str],
    profile: str,
    part: str,
    body: dict[str, object],
    other: dict[str, object],
) -> None:
    added = client.post(f"{profile}/{part}", json=body, headers=at(headers, 0))
    assert (added.status_code, added.headers["etag"]) == (201, '"1"'), added.text
    entry = added.headers["location"]
    assert entry == f"{profile}/{part}/{added.json()['id']}"
    name = part.replace("-", "_")
    assert client.get(profile, headers=headers).json()[name] == [added.json()]

    changed = client.put(entry, json=other, headers=at(headers, 1))
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"'), changed.text
    assert other.items() <= changed.json().items()
    left_out = set(body) - set(other) - {"styrk"}
    assert all(changed.json()[field] is None for field in left_out)
    assert client.get(profile, headers=headers).json()[name] == [changed.json()]

    gone = client.delete(entry, headers=at(headers, 2))
    assert (gone.status_code, gone.headers["etag"], gone.content) == (204, '"3"', b"")
    assert client.get(profile, headers=headers).json()[name] == []
    assert client.delete(entry, headers=at(headers, 3)).status_code == 404


def test_words_are_linked_and_the_code_shown(client: TestClient, headers: dict[str, str], profile: str) -> None:
    job = client.post(f"{profile}/experiences", json={"title": "księgowa"}, headers=at(headers, 0)).json()
    assert job["styrk"] == "3313"
    unlinked = {"title": "księgowa", "styrk": None}
    job = client.post(f"{profile}/experiences", json=unlinked, headers=at(headers, 1)).json()
    assert (job["styrk"], job["concept"]) == (None, None)
    skill = client.post(f"{profile}/skills", json={"label": "trylle"}, headers=at(headers, 2)).json()
    assert skill["key"] == "text:trylle"


def test_a_change_must_say_which_version_it_changes(client: TestClient, headers: dict[str, str], profile: str) -> None:
    body = {"label": "kor"}
    assert client.post(f"{profile}/interests", json=body, headers=headers).status_code == 428
    assert client.post(f"{profile}/interests", json=body, headers=at(headers, 1)).status_code == 412
    assert client.post(f"{profile}/interests", json=body, headers=at(headers, 0)).status_code == 201
    assert client.patch(profile, json={"shifts": []}, headers=at(headers, 0)).status_code == 412
    assert client.patch(profile, json={"shifts": []}, headers=headers).status_code == 428


def test_repeating_a_post_with_its_key_adds_nothing(client: TestClient, headers: dict[str, str], profile: str) -> None:
    sent = at(headers, 0, **{"Idempotency-Key": "en gang"})
    first = client.post(f"{profile}/interests", json={"label": "kor"}, headers=sent)
    again = client.post(f"{profile}/interests", json={"label": "kor"}, headers=sent)
    assert (again.status_code, again.json(), again.headers["etag"]) == (201, first.json(), '"1"')
    other = client.post(f"{profile}/interests", json={"label": "piano"}, headers=sent)
    assert other.status_code == 422
    assert len(client.get(profile, headers=headers).json()["interests"]) == 1


def test_the_same_skill_twice_is_a_conflict(client: TestClient, headers: dict[str, str], profile: str) -> None:
    client.post(f"{profile}/skills", json={"label": "Excel"}, headers=at(headers, 0))
    answer = client.post(f"{profile}/skills", json={"label": "regneark"}, headers=at(headers, 1))
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:kompetanse:problem:conflict")


@pytest.mark.parametrize(
    ("part", "body", "pointer"),
    [
        ("licences", {"licence": "førerkort"}, "/licence"),
        ("experiences", {"title": "kokk", "styrk": "9999"}, "/styrk"),
        ("experiences", {"title": "kokk", "started": "2020-13"}, "/started"),
        ("educations", {"title": "magister", "field": "9999"}, "/field"),
        ("languages", {"language": "nor", "reading": "D1"}, "/reading"),
        ("skills", {"label": " "}, "/label"),
        ("interests", {"label": "kor", "lable": "kor"}, "/lable"),
    ],
)
def test_a_field_that_breaks_a_rule_is_pointed_at(
    client: TestClient, headers: dict[str, str], profile: str, part: str, body: dict[str, object], pointer: str
) -> None:
    answer = client.post(f"{profile}/{part}", json=body, headers=at(headers, 0))
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert client.get(profile, headers=headers).headers["etag"] == '"0"'


def test_only_the_coordinator_reads_and_writes_profiles(client: TestClient, profile: str, bearer: Bearer) -> None:
    assert client.get(profile).status_code == 401
    for other in (bearer(Role.HR, unit="Skolen"), bearer(Role.JOB_SERVICE), bearer(Role.NEIGHBOUR, recipient_no=HITRA)):
        assert client.get(profile, headers=other).status_code == 403
        assert client.post(f"{profile}/interests", json={"label": "x"}, headers=at(other, 0)).status_code == 403


def test_a_profile_elsewhere_is_not_found(client: TestClient, profile: str, bearer: Bearer) -> None:
    neighbour = bearer(Role.COORDINATOR, municipality_no=HITRA)
    assert client.get(profile, headers=neighbour).status_code == 404
    answer = client.post(f"{profile}/interests", json={"label": "x"}, headers=at(neighbour, 0))
    assert answer.status_code == 404
    assert client.get(f"/api/v1/people/{new_id()}/profile", headers=neighbour).status_code == 404


def test_every_part_has_its_own_contract_and_an_example(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    contracts = set()
    for part, _, _ in PARTS:
        path = document["paths"][f"/api/v1/people/{{person_id}}/profile/{part}"]["post"]
        name = path["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        assert document["components"]["schemas"][name]["examples"]
        assert path["summary"]
        assert path["description"]
        contracts.add(name)
    assert len(contracts) == len(PARTS)
