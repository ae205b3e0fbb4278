import json
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest
from fastapi.testclient import TestClient

from api.state import State
from kompetanse.actor import Role
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.people import consents
from tests.factories import FROYA, HITRA, actor, person

ADDRESS = "/api/v1/exports/job-service.csv"
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
