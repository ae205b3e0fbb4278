import json
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from kompetanse.actor import Role
from kompetanse.settings import Settings

IMPORTS = "/api/v1/imports"
ADDRESS = "/api/v1/imports/people"
Bearer = Callable[..., dict[str, str]]
FILE = "Etternavn;Fornavn;Født\nÅs;Ewa;1985-01-02\nBerg;Nils;31.02.1990\n".encode()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"max_upload_megabytes": 1})


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.COORDINATOR)


def upload(content: bytes, name: str = "folk.csv") -> dict[str, tuple[str, bytes, str]]:
    return {"file": (name, content, "text/csv")}


def test_a_dry_run_reports_and_the_import_writes(client: TestClient, headers: dict[str, str]) -> None:
    dry = client.post(ADDRESS, files=upload(FILE), headers=headers)
    assert dry.status_code == 200, dry.text
    report = dry.json()
    assert (report["applied"], report["accepted"], report["records"], report["filename"]) == (False, 1, {}, "folk.csv")
    (rejected,) = report["rejected"]
    assert (rejected["row"], rejected["column"], rejected["value"]) == (3, "Født", "31.02.1990")
    assert rejected["reason"] == "date-impossible"
    assert rejected["hint"]
    assert client.get("/api/v1/people", headers=headers).json()["items"] == []
    done = client.post(ADDRESS, params={"apply": True}, files=upload(FILE), headers=headers).json()
    assert (done["applied"], done["accepted"]) == (True, 1)
    person = client.get(f"/api/v1/people/{done['records']['2']}", headers=headers).json()
    assert (person["family_name"], person["born"]) == ("Ås", "1985-01-02")
    again = client.post(ADDRESS, params={"apply": True}, files=upload(FILE), headers=headers).json()
    assert (again["accepted"], again["skipped"]) == (0, 1)
    assert again["duplicates"][0]["record_ids"] == [person["id"]]
    forced = {"apply": True, "despite_duplicates": True}
    assert client.post(ADDRESS, params=forced, files=upload(FILE), headers=headers).json()["accepted"] == 1


def test_what_columns_mean_can_be_said_and_is_remembered(client: TestClient, headers: dict[str, str]) -> None:
    rows = "Slektsnamn,Fyrenamn,Sko\nBerg,{},42\n"
    sent = upload(rows.format("Nils").encode())
    refused = client.post(ADDRESS, files=sent, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:kompetanse:problem:table-refused")
    mapping = {"mapping": json.dumps({"Slektsnamn": "family_name", "Fyrenamn": "given_name", "Sko": "left_out"})}
    dry = client.post(ADDRESS, files=sent, data=mapping, headers=headers).json()
    assert dry["columns"][2] == {"heading": "Sko", "field": "left_out", "how": "stated"}
    done = client.post(ADDRESS, params={"apply": True}, files=sent, data=mapping, headers=headers).json()
    person = client.get(f"/api/v1/people/{done['records']['2']}", headers=headers).json()
    assert (person["family_name"], person["given_name"], person["notes"]) == ("Berg", "Nils", None)
    again = client.post(ADDRESS, files=upload(rows.format("Kari").encode()), headers=headers).json()
    assert (again["accepted"], again["columns"][0]["how"]) == (1, "remembered")
    wrong = client.post(ADDRESS, files=sent, data={"mapping": '{"Sko": "size"}'}, headers=headers)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/mapping/Sko")
    assert client.post(ADDRESS, files=sent, data={"mapping": "{"}, headers=headers).status_code == 422


def test_vacancies_and_courses_are_imported_the_same_way(client: TestClient, headers: dict[str, str]) -> None:
    sheets = {"vacancies": b"Stilling;Frist\nKokk;31.12.2030\n", "courses": "Kurs;Nivå\nNorskkurs;A2-B1\n".encode()}
    for kind, sheet in sheets.items():
        done = client.post(f"{IMPORTS}/{kind}", params={"apply": True}, files=upload(sheet), headers=headers).json()
        assert (done["kind"], done["accepted"]) == (kind, 1)
        record = f"/api/v1/{kind}/{done['records']['2']}"
        assert client.get(record, headers=headers).status_code == 200
        assert client.post(f"{IMPORTS}/{done['import_id']}/undo", headers=headers).status_code == 200
        assert client.get(record, headers=headers).status_code == 404
    assert client.post(f"{IMPORTS}/ships", files=upload(FILE), headers=headers).status_code == 422


def test_a_copy_of_the_file_says_what_is_wrong_with_each_row(client: TestClient, headers: dict[str, str]) -> None:
    copy = client.post(f"{ADDRESS}/report", files=upload(FILE), headers=headers)
    assert copy.headers["content-type"].startswith("text/csv")
    lines = copy.content.decode().splitlines()
    assert lines[1] == ";Ås;Ewa;1985-01-02"
    assert lines[2].startswith('"MÅ RETTES, Født') or lines[2].startswith("MÅ RETTES, Født")
    assert client.post(f"{ADDRESS}/report", files=upload(b"hei"), headers=headers).status_code == 422


def test_an_import_is_listed_read_and_undone(client: TestClient, headers: dict[str, str]) -> None:
    ids = [
        client.post(ADDRESS, params={"apply": True}, files=upload(sheet), headers=headers).json()["import_id"]
        for sheet in (FILE, FILE.replace(b"Ewa", b"Kari"))
    ]
    first = client.get(IMPORTS, params={"limit": 1}, headers=headers)
    assert [one["id"] for one in first.json()["items"]] == ids[1:]
    assert 'rel="next"' in first.headers["link"]
    rest = client.get(IMPORTS, params={"cursor": first.json()["next"]}, headers=headers).json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == (ids[:1], None)
    view = client.get(f"{IMPORTS}/{ids[0]}", headers=headers).json()
    assert (view["can_be_undone"], view["changed"], view["run"]["created"]) == (True, [], 1)
    undone = client.post(f"{IMPORTS}/{ids[0]}/undo", headers=headers)
    assert (undone.status_code, undone.json()["undone_by"] is not None) == (200, True)
    assert client.post(f"{IMPORTS}/{ids[0]}/undo", headers=headers).status_code == 409
    assert len(client.get("/api/v1/people", headers=headers).json()["items"]) == 1


def test_undoing_what_was_changed_is_a_problem_that_names_the_rows(client: TestClient, headers: dict[str, str]) -> None:
    done = client.post(ADDRESS, params={"apply": True}, files=upload(FILE), headers=headers).json()
    person = f"/api/v1/people/{done['records']['2']}"
    assert client.patch(person, json={"notes": "Ny"}, headers={**headers, "If-Match": '"1"'}).status_code == 200
    answer = client.post(f"{IMPORTS}/{done['import_id']}/undo", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    problem = answer.json()
    assert problem["type"] == "urn:kompetanse:problem:import-changed"
    assert [one["pointer"] for one in problem["errors"]] == ["/rows/2"]
    view = client.get(f"{IMPORTS}/{done['import_id']}", headers=headers).json()
    assert view["changed"] == [{"row": 2, "record_id": done["records"]["2"], "what": ["person"]}]
    assert client.get(person, headers=headers).status_code == 200


def test_a_national_number_is_stored_sealed(client: TestClient, headers: dict[str, str]) -> None:
    content = b"Etternavn;Fornavn;Personnummer\nBerg;Nils;02013299997\n"
    done = client.post(ADDRESS, params={"apply": True}, files=upload(content), headers=headers).json()
    person = client.get(f"/api/v1/people/{done['records']['2']}", headers=headers).json()
    assert person["national_id_kind"] == "fnr"
    assert "02013299997" not in str(done) + str(person)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ...", b"bare tekst"])
def test_a_file_that_is_no_table_is_a_problem_that_says_how_to_mend_it(
    client: TestClient, headers: dict[str, str], content: bytes
) -> None:
    answer = client.post(ADDRESS, files=upload(content), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert problem["type"] == "urn:kompetanse:problem:table-refused"
    assert problem["errors"][0]["pointer"] == "/file"
    assert problem["errors"][0]["hint"]


def test_a_request_without_a_file_is_a_problem(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(ADDRESS, data={"noe": "annet"}, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/file")


def test_a_file_that_is_too_large_is_refused_while_it_arrives(client: TestClient, headers: dict[str, str]) -> None:
    large = b"x" * (1024 * 1024 + 100_000)
    assert client.post(ADDRESS, files=upload(large), headers=headers).status_code == 413

    def chunks() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
        for _ in range(200):
            yield b"x" * 10_000
        yield b"\r\n--b--\r\n"

    sent = {**headers, "Content-Type": "multipart/form-data; boundary=b"}  # of unknown length
    assert client.post(ADDRESS, content=chunks(), headers=sent).status_code == 413


def test_who_may_import(client: TestClient, bearer: Bearer) -> None:
    assert client.post(ADDRESS, files=upload(FILE)).status_code == 401
    for role in (Role.HR, Role.JOB_SERVICE):
        assert client.post(ADDRESS, files=upload(FILE), headers=bearer(role, unit="Skolen")).status_code == 403


def test_the_form_is_in_the_published_interface(client: TestClient) -> None:
    operation = client.get("/api/v1/openapi.json").json()["paths"][f"{IMPORTS}/{{kind}}"]["post"]
    form = operation["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["file"]["format"] == "binary"
    assert {parameter["name"] for parameter in operation["parameters"]} == {"kind", "apply", "despite_duplicates"}
