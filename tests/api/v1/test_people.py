"""Newcomers over REST, from the first request to the last, on both databases."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.state import State
from kompetanse.actor import Role
from kompetanse.ids import new_id
from tests.factories import FROYA, HITRA

PEOPLE = "/api/v1/people"
NUMBER = "02013299997"
Bearer = Callable[..., dict[str, str]]
RASA = {"given_name": "Rasa", "family_name": "Żukauskienė", "born": "1987-05-17"}


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


def register(client: TestClient, headers: dict[str, str], **fields: Any) -> dict[str, Any]:
    answer = client.post(PEOPLE, json={"given_name": "Prøve", **fields}, headers=headers)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def match(headers: dict[str, str], version: int) -> dict[str, str]:
    return {**headers, "If-Match": f'"{version}"'}


def test_what_is_registered_is_read_back_with_place_and_version(client: TestClient, headers: dict[str, str]) -> None:
    body = {
        **RASA,
        "citizenships": ["lt"],
        "contact_languages": [],
        "needs_interpreter": False,
        "contacts": [{"kind": "phone", "value": "900 00 000"}],
    }
    made = client.post(PEOPLE, json=body, headers=headers)
    assert made.status_code == 201
    assert made.headers["etag"] == '"1"'
    read = client.get(made.headers["location"], headers=headers)
    assert read.json() == made.json()
    shown = read.json()
    assert (shown["citizenships"], shown["contact_languages"], shown["needs_interpreter"]) == (["LT"], [], False)
    assert (shown["may_work"], shown["residence_basis"], shown["notes"]) == (None, None, None)
    assert shown["contacts"] == [{"kind": "phone", "value": "+4790000000"}]
    assert shown["created_at"].endswith("Z")


def test_a_change_touches_what_is_sent_and_says_the_new_version(client: TestClient, headers: dict[str, str]) -> None:
    made = register(client, headers, notes="før", needs_interpreter=True)
    changed = client.patch(f"{PEOPLE}/{made['id']}", json={"notes": None}, headers=match(headers, 1))
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (changed.json()["notes"], changed.json()["needs_interpreter"]) == (None, True)


def test_a_change_without_or_with_a_stale_version_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    path = f"{PEOPLE}/{register(client, headers)['id']}"
    assert client.patch(path, json={"notes": "x"}, headers=headers).status_code == 428
    assert client.patch(path, json={"notes": "x"}, headers=match(headers, 1)).status_code == 200
    stale = client.patch(path, json={"notes": "y"}, headers=match(headers, 1))
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:kompetanse:problem:stale")
    odd = client.patch(path, json={"notes": "y"}, headers={**headers, "If-Match": "*"})
    assert (odd.status_code, odd.json()["errors"][0]["pointer"]) == (422, "If-Match")
    assert client.get(path, headers=headers).json()["notes"] == "x"


def test_a_weak_etag_is_read_as_the_version_it_names(client: TestClient, headers: dict[str, str]) -> None:
    path = f"{PEOPLE}/{register(client, headers)['id']}"
    assert client.patch(path, json={"notes": "x"}, headers={**headers, "If-Match": 'W/"1"'}).status_code == 200


def test_another_municipality_s_person_is_not_there(
    client: TestClient, headers: dict[str, str], bearer: Bearer
) -> None:
    made = register(client, headers)
    hitra = bearer(Role.COORDINATOR, municipality_no=HITRA)
    path = f"{PEOPLE}/{made['id']}"
    nobody = client.get(f"{PEOPLE}/{new_id()}", headers=hitra)
    for answer in (
        client.get(path, headers=hitra),
        client.patch(path, json={"notes": "x"}, headers=match(hitra, 1)),
        client.post(f"{path}/archive", headers=match(hitra, 1)),
        client.put(f"{path}/national-id", json={"number": NUMBER}, headers=match(hitra, 1)),
        client.get(f"{path}/consents", headers=hitra),
        client.get(f"{path}/household", headers=hitra),
    ):
        assert (answer.status_code, answer.json()) == (404, nobody.json())


def test_somebody_alike_is_pointed_out_before_saving(client: TestClient, headers: dict[str, str]) -> None:
    made = register(client, headers, **RASA)
    twin = {"given_name": "Раса", "family_name": "Zukauskiene", "born": "1987"}
    asked = client.post(f"{PEOPLE}/duplicates", json=twin, headers=headers)
    assert [one["id"] for one in asked.json()["items"]] == [made["id"]]
    refused = client.post(PEOPLE, json=twin, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:kompetanse:problem:possible-duplicate")
    assert refused.json()["matches"] == [made["id"]]
    despite = client.post(PEOPLE, params={"despite_duplicates": True}, json=twin, headers=headers)
    assert despite.status_code == 201


def test_nobody_is_pointed_out_without_a_birth(client: TestClient, headers: dict[str, str]) -> None:
    register(client, headers, **RASA)
    asked = client.post(f"{PEOPLE}/duplicates", json={"family_name": "Żukauskienė"}, headers=headers)
    assert asked.json() == {"items": []}


def test_two_records_of_one_person_are_merged(client: TestClient, headers: dict[str, str]) -> None:
    kept = register(client, headers, **RASA)
    twin = {**RASA, "needs_interpreter": True, "contacts": [{"kind": "email", "value": "rasa@froya.example"}]}
    gone = client.post(PEOPLE, params={"despite_duplicates": True}, json=twin, headers=headers).json()
    profile = f"{PEOPLE}/{gone['id']}/profile/skills"
    assert client.post(profile, json={"label": "regnskap"}, headers=match(headers, 0)).status_code == 201
    path = f"{PEOPLE}/{kept['id']}"
    assert client.post(f"{path}/merge", json={"absorb_id": gone["id"]}, headers=headers).status_code == 428
    merged = client.post(f"{path}/merge", json={"absorb_id": gone["id"]}, headers=match(headers, 1))
    assert (merged.status_code, merged.headers["etag"]) == (200, '"2"')
    assert (merged.json()["needs_interpreter"], len(merged.json()["contacts"])) == (True, 1)
    assert client.get(f"{PEOPLE}/{gone['id']}", headers=headers).status_code == 404
    skills = client.get(f"{path}/profile", headers=headers).json()["skills"]
    assert [one["label"] for one in skills] == ["regnskap"]
    again = client.post(f"{path}/merge", json={"absorb_id": gone["id"]}, headers=match(headers, 2))
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "/absorb_id")


def test_archiving_takes_out_of_the_list_and_restoring_puts_back(client: TestClient, headers: dict[str, str]) -> None:
    path = f"{PEOPLE}/{register(client, headers)['id']}"
    archived = client.post(f"{path}/archive", headers=match(headers, 1))
    assert archived.json()["archived_at"] is not None
    assert client.get(PEOPLE, params={"count": True}, headers=headers).json()["total"] == 0
    assert client.get(path, headers=headers).status_code == 200
    restored = client.post(f"{path}/restore", headers=match(headers, 2))
    assert (restored.json()["archived_at"], restored.json()["version"]) == (None, 3)
    assert client.get(PEOPLE, params={"count": True}, headers=headers).json()["total"] == 1


def test_a_national_number_goes_in_and_never_comes_out(client: TestClient, headers: dict[str, str]) -> None:
    one, other = (f"{PEOPLE}/{register(client, headers)['id']}" for _ in range(2))
    stored = client.put(f"{one}/national-id", json={"number": "020132 99997"}, headers=match(headers, 1))
    assert (stored.status_code, stored.content, stored.headers["etag"]) == (204, b"", '"2"')
    shown = client.get(one, headers=headers)
    assert shown.json()["national_id_kind"] == "fnr"
    assert "99997" not in shown.text
    taken = client.put(f"{other}/national-id", json={"number": NUMBER}, headers=match(headers, 1))
    assert taken.status_code == 409
    assert NUMBER not in taken.text
    removed = client.delete(f"{one}/national-id", headers=match(headers, 2))
    assert (removed.status_code, removed.headers["etag"]) == (204, '"3"')
    assert client.get(one, headers=headers).json()["national_id_kind"] is None


@pytest.mark.parametrize("number", ["02013299998", "1", "99999999999", "02013299997 02013299997"])
def test_a_wrong_number_is_refused_and_never_repeated(client: TestClient, headers: dict[str, str], number: str) -> None:
    path = f"{PEOPLE}/{register(client, headers)['id']}/national-id"
    answer = client.put(path, json={"number": number}, headers=match(headers, 1))
    assert answer.status_code == 422
    assert number.split(maxsplit=1)[0] not in answer.text or number == "1"
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/number"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"born": "17.05.1987"}, "/born"),
        ({"age": 39}, "/age"),
        ({"contacts": [{"kind": "fax", "value": "1"}]}, "/contacts/0/kind"),
        ({"contacts": [{"kind": "phone", "value": "12"}]}, "/contacts/0/value"),
        ({"given_name": "x" * 101}, "/given_name"),
        ({"given_name": "", "family_name": ""}, "/family_name"),
        ({"citizenships": ["XX"]}, "/citizenships"),
        ({"needs_interpreter": "kanskje"}, "/needs_interpreter"),
        ({"protected_address": None}, "/protected_address"),
    ],
)
def test_a_wrong_field_is_pointed_at(
    client: TestClient, headers: dict[str, str], body: dict[str, Any], pointer: str
) -> None:
    answer = client.post(PEOPLE, json={"given_name": "Prøve", **body}, headers=headers)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_a_character_that_no_server_database_holds_is_no_crash(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(PEOPLE, json={"given_name": "Pr\x00ve"}, headers=headers)
    assert answer.status_code in {201, 422}


def test_one_key_registers_one_person_however_often_it_is_sent(client: TestClient, headers: dict[str, str]) -> None:
    keyed = {**headers, "Idempotency-Key": "first"}
    one = client.post(PEOPLE, json=RASA, headers=keyed)
    other = client.post(PEOPLE, json=RASA, headers=keyed)
    assert (one.status_code, other.status_code) == (201, 201)
    assert other.json() == one.json()
    different = client.post(PEOPLE, json={**RASA, "notes": "x"}, headers=keyed)
    assert (different.status_code, different.json()["errors"][0]["pointer"]) == (422, "Idempotency-Key")
    assert client.get(PEOPLE, params={"count": True}, headers=headers).json()["total"] == 1


def test_a_key_is_not_used_up_by_a_refusal(client: TestClient, headers: dict[str, str]) -> None:
    keyed = {**headers, "Idempotency-Key": "first"}
    assert client.post(PEOPLE, json={**RASA, "citizenships": ["XX"]}, headers=keyed).status_code == 422
    assert client.post(PEOPLE, json=RASA, headers=keyed).status_code == 201


def test_one_key_at_once_registers_one_person(client: TestClient, headers: dict[str, str]) -> None:
    keyed = {**headers, "Idempotency-Key": "at once"}
    answers: list[tuple[int, str | None]] = []
    ready = threading.Barrier(4)

    def send() -> None:
        ready.wait()
        answer = client.post(PEOPLE, params={"despite_duplicates": True}, json=RASA, headers=keyed)
        answers.append((answer.status_code, answer.json().get("id")))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert client.get(PEOPLE, params={"count": True}, headers=headers).json()["total"] == 1
    assert {status for status, _ in answers} <= {201, 409}
    assert len({made for status, made in answers if status == 201}) == 1
    assert client.post(PEOPLE, params={"despite_duplicates": True}, json=RASA, headers=keyed).status_code == 201


def test_of_two_changes_at_once_one_is_told_that_it_is_stale(client: TestClient, headers: dict[str, str]) -> None:
    path = f"{PEOPLE}/{register(client, headers)['id']}"
    statuses: list[int] = []
    ready = threading.Barrier(3)

    def send(word: str) -> None:
        ready.wait()
        statuses.append(client.patch(path, json={"notes": word}, headers=match(headers, 1)).status_code)

    threads = [threading.Thread(target=send, args=(word,)) for word in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 412, 412]
    assert client.get(path, headers=headers).json()["version"] == 2


def test_every_request_that_touches_a_person_is_in_the_trail(
    client: TestClient, headers: dict[str, str], state: State
) -> None:
    path = f"{PEOPLE}/{register(client, headers)['id']}"
    read = client.get(path, headers=headers)
    client.patch(path, json={"notes": "x"}, headers=headers)  # refused: leaves nothing
    with state.database.session(FROYA, write=False) as session:
        rows = session.connection().execute(text("SELECT action, request_id FROM audit_event ORDER BY seq")).all()
    assert [row.action for row in rows][-3:] == ["create", "read", "read"]
    assert rows[-1].request_id == read.headers["x-request-id"]
