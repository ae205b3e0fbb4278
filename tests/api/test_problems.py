"""Errors as RFC 9457 problems: one shape, a stable type, and never the input or a stored value in them."""

import inspect
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from api import problems
from kompetanse import errors
from kompetanse.actor import Role
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import DomainError, FieldFault

NUMBER = "02013299997"
Bearer = Callable[..., dict[str, str]]


def answer_to(error: Exception) -> tuple[int, dict[str, object]]:
    app = FastAPI()
    problems.install(app)

    @app.get("/")
    def fail() -> None:
        raise error

    answer = TestClient(app, raise_server_exceptions=False).get("/")
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.NotFound("person"), 404, "not-found"),
        (errors.Forbidden("no"), 403, "forbidden"),
        (errors.Unauthenticated("who"), 401, "unauthenticated"),
        (errors.InvalidToken("not valid"), 401, "unauthenticated"),
        (errors.InsufficientScope("another scope"), 403, "insufficient-scope"),
        (errors.Unavailable("in a moment"), 503, "unavailable"),
        (errors.Invalid(FieldFault("/born", "Not a date", "Write 1987")), 422, "invalid"),
        (errors.UnknownCode("ISO 3166-1"), 422, "unknown-code"),
        (errors.Conflict("taken"), 409, "conflict"),
        (errors.PossibleDuplicate(("a", "b")), 409, "possible-duplicate"),
        (errors.Stale("old"), 412, "stale"),
        (errors.PreconditionRequired("which"), 428, "precondition-required"),
    ],
)
def test_each_error_of_the_domain_has_its_status_and_type(error: DomainError, status: int, code: str) -> None:
    got, body = answer_to(error)
    assert (got, body["status"], body["type"]) == (status, status, f"urn:kompetanse:problem:{code}")
    assert body["detail"] == str(error)


def test_every_kind_of_error_has_a_status() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, DomainError)]
    statuses = {kind: {k for k in kind.__mro__ if k in problems._STATUS} for kind in kinds if kind is not DomainError}
    assert len(statuses) >= 9
    assert all(statuses.values()), statuses


def test_faults_say_where_why_and_how_to_mend_it() -> None:
    _, body = answer_to(errors.Invalid(FieldFault("/born", "Not a date", "Write 1987"), FieldFault("/x", "No")))
    assert body["errors"] == [
        {"pointer": "/born", "detail": "Not a date", "hint": "Write 1987"},
        {"pointer": "/x", "detail": "No"},
    ]


def test_possible_duplicates_are_named_by_id() -> None:
    assert answer_to(errors.PossibleDuplicate(("a", "b")))[1]["matches"] == ["a", "b"]


def test_what_the_database_refuses_is_told_without_the_row() -> None:
    leaky = f"UNIQUE constraint failed: person.municipality_no, person.national_id_fingerprint {NUMBER}"
    status, body = answer_to(IntegrityError(f"INSERT {NUMBER}", {"x": NUMBER}, Exception(leaky)))
    assert status == 409
    assert NUMBER not in str(body)
    known = "UNIQUE constraint failed: person.municipality_no, person.national_id_fingerprint"
    _, body = answer_to(IntegrityError("INSERT", {}, Exception(known)))
    assert body["detail"] == "Another person is registered with this number"


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (DataError, 422)])
def test_other_failures_of_the_database_are_told_without_values(error: type[Exception], status: int) -> None:
    got, body = answer_to(error(f"SELECT {NUMBER}", {"x": NUMBER}, Exception(NUMBER)))
    assert got == status
    assert NUMBER not in str(body)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_every_constraint_that_has_a_text_is_in_the_database(database: Database) -> None:
    with database.session(EVERYWHERE, write=False) as session:
        constraints = session.connection().exec_driver_sql("SELECT conname FROM pg_constraint").scalars().all()
        indexes = session.connection().exec_driver_sql("SELECT indexname FROM pg_indexes").scalars().all()
        names = [*constraints, *indexes]
    assert set(problems._CONSTRAINTS) <= set(names)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/people", {"given_name": NUMBER * 20}),
        ("POST", "/api/v1/people", {"born": NUMBER}),
        ("POST", "/api/v1/people", {NUMBER: "x"}),
        ("POST", "/api/v1/people", [NUMBER]),
        ("POST", "/api/v1/people", {"contacts": [{"kind": NUMBER, "value": NUMBER}]}),
        ("POST", "/api/v1/people/duplicates", {"born": NUMBER}),
        ("GET", f"/api/v1/people/{NUMBER}", None),
        ("GET", f"/api/v1/people?cursor={NUMBER}", None),
        ("PUT", "/api/v1/people/0198f2a0-5b7e-7c31-9d7c-2f6b1c0d9e11/national-id", {"number": int(NUMBER)}),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_refused_request_is_never_echoed(
    client: TestClient, bearer: Bearer, method: str, path: str, body: object
) -> None:
    headers = {**bearer(Role.COORDINATOR), "If-Match": '"1"'}
    answer = client.request(method, path, json=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert NUMBER not in answer.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_body_that_is_no_json_and_a_path_of_nothing_are_problems_too(client: TestClient, bearer: Bearer) -> None:
    headers = {**bearer(Role.COORDINATOR), "Content-Type": "application/json"}
    broken = client.post("/api/v1/people", content=f'{{"born": {NUMBER}', headers=headers)
    assert (broken.status_code, NUMBER in broken.text) == (422, False)
    nowhere = client.get("/api/v1/nowhere", headers=headers)
    assert nowhere.status_code == 404
    assert nowhere.headers["content-type"].startswith("application/problem+json")
    wrong = client.delete("/api/v1/people", headers=headers)
    assert (wrong.status_code, wrong.json()["type"]) == (405, "urn:kompetanse:problem:method-not-allowed")
