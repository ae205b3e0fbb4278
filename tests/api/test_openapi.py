"""The neighbour's own OpenAPI document."""

import json
import re
from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI, Operation, Response, Schema
from fastapi.testclient import TestClient

from api.app import create_app
from kompetanse.settings import Settings
from tests.conftest import SECRET

ADDRESS = "/api/v1/shared/openapi.json"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The app, not started: what it says of itself needs no database."""
    home = tmp_path_factory.mktemp("described")
    settings = Settings(database_url=f"sqlite:///{home / 'none.db'}", secret_key=SECRET, data_dir=home, _env_file=None)
    return TestClient(create_app(settings))


@pytest.fixture(scope="module")
def described(client: TestClient) -> Any:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return answer.json()


def referred(part: Any) -> set[str]:
    return set(re.findall(r'"\$ref": "#/components/schemas/([^"]+)"', json.dumps(part)))


def test_it_holds_the_neighbours_paths_as_the_whole_document_does(client: TestClient, described: Any) -> None:
    whole = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/shared/classes", "/api/v1/shared/tombstones", "/api/v1/oauth/token"} <= described["paths"].keys()
    shared = {path for path in whole["paths"] if path.startswith("/api/v1/shared/")}
    assert described["paths"].keys() == shared | {"/api/v1/oauth/token"}
    assert all(whole["paths"][path] == item for path, item in described["paths"].items())


def test_it_is_a_document_of_openapi_3_1(described: Any) -> None:
    read = OpenAPI.model_validate(described)
    assert read.openapi.startswith("3.1.")
    assert read.info.title == "Kompetanse for neighbours"
    for path, item in described["paths"].items():
        for method, said in item.items():
            operation = Operation.model_validate(said)
            assert operation.summary, f"{method} {path}"
            for status, answer in (operation.responses or {}).items():
                assert Response.model_validate(answer).description, f"{method} {path} {status}"
    for schema in described["components"]["schemas"].values():
        Schema.model_validate(schema)


def test_every_reference_leads_somewhere_and_no_schema_is_left_over(described: Any) -> None:
    schemas = described["components"]["schemas"]
    assert referred(described) <= schemas.keys()
    reached, following = set[str](), referred(described["paths"])
    while following:
        reached |= following
        following = {name for one in following for name in referred(schemas[one])} - reached
    assert reached == schemas.keys()
    assert {"SharedClassOut", "ContactOut", "Problem", "AccessToken"} <= reached
    assert not {name for name in schemas if re.match("Person|Profile|Household|Release|Agreement", name)}


def test_the_tokens_are_where_it_says(client: TestClient, described: Any) -> None:
    (scheme,) = described["components"]["securitySchemes"].values()
    assert client.post(scheme["flows"]["clientCredentials"]["tokenUrl"]).status_code == 400


def test_it_does_not_change_the_whole_document(client: TestClient) -> None:
    before = client.get("/api/v1/openapi.json").content
    client.get(ADDRESS)
    assert client.get("/api/v1/openapi.json").content == before
