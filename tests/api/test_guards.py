"""Every route asks who may: none is left open by mistake, and each role gets exactly what the table grants."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute

from api.v1 import ROUTERS
from kompetanse.actor import PERMISSIONS, Operation, Role
from kompetanse.ids import new_id
from tests.factories import HITRA

PUBLIC = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/api/v1/shared/openapi.json"),
    ("POST", "/api/v1/oauth/token"),
}
"""What answers somebody who is not known; a route is put here deliberately or not at all."""

READING_POSTS = {"/api/v1/people/duplicates", "/api/v1/people/search"}
"""POSTs that only look: what they ask by must not be in a URL."""

ROLES = [role for role in Role if role not in {Role.NEWCOMER, Role.SYSTEM}]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    operations: frozenset[Operation]

    def url(self) -> str:
        """The path with ids of nobody."""
        return re.sub(r"{[^}]*}", lambda _: str(new_id()), self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def operations(dependant: Dependant) -> Iterator[Operation]:
    found = getattr(dependant.call, "operation", None)
    if found is not None:
        yield found
    for below in dependant.dependencies:
        yield from operations(below)


def routes() -> Iterator[Route]:
    """Every route of the REST interface. `app.routes` alone is not flat, and a loop over it finds none."""
    listed: list[BaseRoute] = [route for router in ROUTERS for route in router.routes]
    for context in iter_route_contexts(listed):
        assert isinstance(context.original_route, APIRoute), context
        for method in sorted(context.methods or ()):
            yield Route(method, str(context.path), frozenset(operations(context.original_route.dependant)))


EVERY = list(routes())
GUARDED = [route for route in EVERY if (route.method, route.path) not in PUBLIC]


def test_the_routes_are_found() -> None:
    assert len(EVERY) > 40
    assert {(route.method, route.path) for route in EVERY} >= PUBLIC
    assert len(set(map(str, EVERY))) == len(EVERY)


@pytest.mark.parametrize("route", EVERY, ids=str)
def test_a_route_is_guarded_by_one_operation_or_listed_as_public(route: Route) -> None:
    public = (route.method, route.path) in PUBLIC
    assert len(route.operations) == (0 if public else 1)


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_what_changes_something_is_not_open_to_who_may_only_read(route: Route) -> None:
    reads = {operation for operation in Operation if operation.value.startswith("read_")}
    if route.method == "GET":
        seeing = {
            Operation.MATCH,
            Operation.TUNE_MATCHING,
            Operation.EXPORT_JOB_SERVICE,
            Operation.EXPORT_ANALYTICS,
            Operation.ADMINISTER_ACCOUNTS,
            Operation.REQUEST_CONTACT,
            Operation.HANDLE_CONTACTS,
            Operation.IMPORT_PEOPLE,
            Operation.HAND_OUT_DATA,
        }
        assert route.operations & (reads | seeing)
    elif route.path not in READING_POSTS:
        assert not route.operations & reads


def test_whoever_is_unknown_gets_nothing_anywhere(client: TestClient) -> None:
    for route in GUARDED:
        answer = client.request(route.method, route.url())
        assert answer.status_code == 401, str(route)
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_role_is_refused_wherever_the_table_does_not_grant(
    client: TestClient, bearer: Callable[..., dict[str, str]], role: Role
) -> None:
    neighbour = HITRA if role is Role.NEIGHBOUR else None
    headers = bearer(role, recipient_no=neighbour, unit="Skolen" if role is Role.HR else None)
    for route in GUARDED:
        answer = client.request(route.method, route.url(), headers=headers)
        assert answer.status_code not in {401, 500}, str(route)
        refused = answer.status_code == 403 and answer.json()["detail"].startswith("Your role does not allow this")
        assert refused is not (route.operations <= PERMISSIONS[role]), str(route)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_operation_is_documented_with_summary_answers_and_errors(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert "Problem" in described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["description"], where
            answers = operation["responses"]
            if (method.upper(), path) not in PUBLIC:
                assert {"401", "403"} <= answers.keys(), where
                assert operation["security"], where
            for status, answer in answers.items():
                if int(status) >= 400 and (method.upper(), path) not in PUBLIC:
                    assert list(answer["content"]) == ["application/problem+json"], f"{where} {status}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_body_has_an_example(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body is not None:
                name = body["schema"]["$ref"].rsplit("/", 1)[-1]
                assert described["components"]["schemas"][name].get("examples"), f"{method} {path}: {name}"
