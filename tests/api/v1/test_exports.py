import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import frictionless
import httpx2
import pytest
import pyzipper
from fastapi.testclient import TestClient

from api.state import State
from kompetanse.actor import Role, system_actor
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.database import Database
from kompetanse.identity import service as identity
from kompetanse.identity.tokens import Tokens
from kompetanse.people import consents
from kompetanse.settings import Settings
from tests.factories import FROYA, HITRA, actor, person
from tests.support.live import serving

ADDRESS, PACKAGE = "/api/v1/exports/job-service.csv", "/api/v1/exports/job-service.zip"
SCHEMA = "/api/v1/exports/job-service.schema.json"
RESOURCE = "/api/v1/exports/job-service.resource.json"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def consenting(state: State) -> str:
    """The family name of somebody who consents."""
    with state.database.session(FROYA) as session:
        registered = person(session, family_name="Ærøy", born="1986-10-28")
        consents.record_consent(
            session,
            actor(),
            registered.id,
            purpose=ConsentPurpose.EXPORT_TO_JOB_SERVICE,
            granted=True,
            form=ConsentForm.WRITTEN,
        )
    return "Ærøy"


def test_the_job_service_downloads_the_file_with_its_schema(
    client: TestClient, bearer: Bearer, consenting: str, tmp_path: Path
) -> None:
    headers = bearer(Role.JOB_SERVICE)
    answer = client.get(ADDRESS, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == 'attachment; filename="job-service.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert consenting in answer.content.decode()
    described = client.get(RESOURCE, headers=headers)
    assert described.json()["schema"] == client.get(SCHEMA, headers=headers).json()
    (tmp_path / "job-service.csv").write_bytes(answer.content)
    descriptor = tmp_path / "job-service.resource.json"
    descriptor.write_text(json.dumps(described.json()), "utf-8")
    report = frictionless.validate(descriptor, type="resource")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.tasks[0].stats["rows"] == 1


def test_another_municipalitys_job_service_gets_its_own(client: TestClient, bearer: Bearer, consenting: str) -> None:
    answer = client.get(ADDRESS, headers=bearer(Role.JOB_SERVICE, municipality_no=HITRA))
    assert consenting not in answer.content.decode()


def test_who_may_export(client: TestClient, bearer: Bearer) -> None:
    assert client.get(ADDRESS).status_code == 401
    for other in (bearer(Role.NEIGHBOUR, recipient_no=HITRA), bearer(Role.HR, unit="Skolen")):
        assert client.get(ADDRESS, headers=other).status_code == 403
        assert client.get(SCHEMA, headers=other).status_code == 403
    assert client.get(ADDRESS, headers=bearer(Role.COORDINATOR)).status_code == 200


def test_the_package_holds_each_part_and_can_be_encrypted(client: TestClient, bearer: Bearer, consenting: str) -> None:
    headers = bearer(Role.JOB_SERVICE)
    answer = client.post(PACKAGE, headers=headers, json={})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        described = json.loads(package.read("datapackage.json"))
        assert consenting in package.read("personer.csv").decode()
    told = client.get("/api/v1/exports/job-service.datapackage.json", headers=headers).json()
    assert [one["schema"] for one in described["resources"]] == [one["schema"] for one in told["resources"]]
    secret = client.post(PACKAGE, headers=headers, json={"password": "laks og lefse"})
    with pyzipper.AESZipFile(io.BytesIO(secret.content)) as package:
        assert consenting in package.read("personer.csv", pwd=b"laks og lefse").decode()
    refused = client.post(PACKAGE, headers=headers, json={"password": "kort"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/password")
    assert "kort" not in refused.text.replace("too short", "")


def test_each_export_is_recorded_with_what_proves_it_whole(client: TestClient, bearer: Bearer, consenting: str) -> None:
    headers = bearer(Role.JOB_SERVICE)
    answer = client.get(ADDRESS, headers=headers)
    address = answer.headers["link"].split(">")[0].removeprefix("<")
    record = client.get(address, headers=headers).json()
    assert record["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert (record["rows"], record["size"], record["shape"]) == (1, len(answer.content), "wide")
    client.post(PACKAGE, headers=headers, json={"since": record["began_at"]})
    listed = client.get("/api/v1/exports", headers=headers).json()["items"]
    assert [(one["shape"], one["since"]) for one in listed] == [("package", record["began_at"]), ("wide", None)]
    assert client.get(address, headers=bearer(Role.JOB_SERVICE, municipality_no=HITRA)).status_code == 404
    assert client.get("/api/v1/exports", headers=bearer(Role.LEADER)).status_code == 403


def test_changes_are_asked_for_with_a_moment(client: TestClient, bearer: Bearer, consenting: str) -> None:
    headers = bearer(Role.JOB_SERVICE)
    for since, status in (("2099-01-01T00:00:00Z", 422), ("i går", 422), ("2026-01-01T00:00:00Z", 200)):
        assert client.get(ADDRESS, headers=headers, params={"since": since}).status_code == status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_export_that_breaks_breaks_the_connection(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> Iterator[bytes]:
        yield b"kommunenummer\r\n"
        raise OSError("hemmelig")

    with serving(settings) as address, httpx2.Client(base_url=address) as browser:
        headers = token(settings)
        monkeypatch.setattr("kompetanse.exchange.job_service._Writing.chunks", broken)
        with pytest.raises(httpx2.RemoteProtocolError):
            browser.get(ADDRESS, headers=headers)
        (listed,) = browser.get("/api/v1/exports", headers=headers).json()["items"]
        assert (listed["sha256"], listed["finished_at"]) == (None, None)


def token(settings: Settings) -> dict[str, str]:
    database = Database(settings.database_url)
    with database.session(FROYA) as session:
        client, _ = identity.issue_client(session, system_actor(FROYA), name="NAV", roles=[Role.JOB_SERVICE])
    database.dispose()
    issued, _ = Tokens(settings.secret(), 5).issue(client.client_id)
    return {"Authorization": f"Bearer {issued}"}
