import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient

from api.state import State
from api.web import dependencies
from api.web.app import create_web
from api.web.pages import STATIC
from api.web.sessions import unmasked
from kompetanse.actor import Role
from tests.api.web.conftest import Browser

OPEN_TO_ALL = {("GET", "/log-in"), ("POST", "/log-in"), ("GET", "/answer/{token}"), ("POST", "/answer/{token}")}
OPEN_TO_STAFF = {("GET", "/"), ("POST", "/log-out"), ("GET", "/password"), ("POST", "/password"), ("POST", "/language")}
"""Pages that show each role its own, and ask services that judge."""


def routes(app: FastAPI) -> Iterator[APIRoute]:
    for context in iter_route_contexts(app.router.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            yield route


def calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for below in dependant.dependencies:
        yield from calls(below)


def test_every_page_is_guarded_and_every_form_proved_to_be_ours(state: State) -> None:
    seen = 0
    for route in routes(create_web(state)):
        for method in route.methods or ():
            seen += 1
            asked = list(calls(route.dependant))
            if method == "POST":
                assert dependencies.get_open_form in asked, route.path
            if (method, route.path) in OPEN_TO_ALL:
                continue
            assert dependencies.get_visitor in asked, route.path
            if method == "POST":
                assert dependencies.get_form in asked, route.path
            guarded = any(hasattr(call, "operation") for call in asked)
            assert guarded or (method, route.path) in OPEN_TO_STAFF, route.path
    assert seen > 30


def test_pages_carry_a_strict_policy_and_are_kept_by_no_cache(coordinator: Browser) -> None:
    person_id = coordinator.register()
    for path in ("/", "/people", f"/people/{person_id}", "/vacancies", "/no-such-page", "/log-in"):
        headers = coordinator.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy  # nothing from elsewhere
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("role", [Role.LEADER, Role.DPO, Role.ADMINISTRATOR])
def test_a_role_without_the_permission_is_told_so(visitor: Callable[..., Browser], role: Role) -> None:
    browser = visitor(role)
    person_id = browser.register()
    for path in ("/people", "/people/new", f"/people/{person_id}", f"/people/{person_id}/edit"):
        answer = browser.get(path)
        assert answer.status_code == 403
        assert "Du har ikke tilgang" in answer.text
        assert "Kazlausk" not in answer.text
    assert browser.post(f"/people/{person_id}/archive", version="1").status_code == 403


def test_an_unknown_page_is_a_page_and_an_unknown_api_address_a_problem(coordinator: Browser) -> None:
    page, problem = coordinator.get("/no-such-page"), coordinator.get("/api/v1/no-such-thing")
    assert (page.status_code, problem.status_code) == (404, 404)
    assert "Siden finnes ikke" in page.text
    assert problem.headers["content-type"] == "application/problem+json"


def test_names_are_text_and_never_markup(coordinator: Browser) -> None:
    person_id = coordinator.register(given_name="<script>alert(1)</script>", notes='"><img src=x onerror=alert(1)>')
    for path in ("/people", f"/people/{person_id}", f"/people/{person_id}/edit", f"/people/{person_id}/merge"):
        html = coordinator.get(path).text
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "&lt;script&gt;alert" in html


def test_titles_and_addresses_tell_no_names(coordinator: Browser) -> None:
    person_id = coordinator.register()
    html = coordinator.get(f"/people/{person_id}").text
    assert "<title>Person – Kompetanse</title>" in html
    answer = coordinator.post("/people/search", text="Kazlauskienė")
    assert "azlausk" not in answer.headers["location"]
    assert "Kazlauskienė" in coordinator.get(answer.headers["location"]).text


def test_a_search_in_an_address_opens_for_its_own_visitor_alone(visitor: Callable[..., Browser]) -> None:
    kari = visitor(Role.COORDINATOR)
    kari.register(given_name="Olena", family_name="Shevchenko")
    kari.register(given_name="Rasa", family_name="Kazlauskienė")
    address = kari.post("/people/search", text="Olena").headers["location"]
    assert "Kazlauskienė" not in kari.get(address).text
    kari.post("/log-out")
    lars = visitor(Role.COORDINATOR, email="lars@froya.example")
    html = lars.get(address).text
    assert "Kazlauskienė" in html
    assert 'value="Olena"' not in html


def test_what_breaks_is_a_page_without_details(coordinator: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("Kazlauskienė +4790000000")

    monkeypatch.setattr("api.web.people_list.listing.search", break_down)
    answer = coordinator.get("/people")
    assert answer.status_code == 500
    assert "Noe gikk galt hos oss" in answer.text
    assert "Kazlausk" not in answer.text
    assert answer.headers["content-security-policy"]


def test_an_upload_without_a_bound_is_refused(coordinator: Browser) -> None:
    most = coordinator.state.settings.max_upload_megabytes * 1024 * 1024
    answer = coordinator.post("/people/new", notes="x" * (most + 1))
    assert answer.status_code == 422


def test_vendored_files_are_what_their_makers_published() -> None:
    vendor = STATIC / "vendor"
    listed = [line.split("  ") for line in (vendor / "CHECKSUMS").read_text("utf-8").splitlines()]
    assert listed
    for digest, name in listed:
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest, name
    kept = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()}
    assert kept == {name for _, name in listed} | {"CHECKSUMS"}


def test_templates_hold_no_script_or_style_of_their_own() -> None:
    for path in (Path(STATIC).parent / "templates").rglob("*.html"):
        html = path.read_text("utf-8")
        assert "style=" not in html, path.name
        assert "<style" not in html, path.name
        assert " onclick" not in html, path.name
        assert "https://" not in html, path.name


def test_what_the_stylesheet_fetches_is_kept_for_ever_too(client: TestClient) -> None:
    """A font without its content in its address was fetched once more with every page."""
    from api.web.pages import static

    fetched = re.findall(r'url\("([^"]+)"\)', (Path(STATIC) / "kompetanse.css").read_text("utf-8"))
    assert fetched
    for address in fetched:
        assert f"/static/{address}" == static(address.partition("?")[0])
        assert "immutable" in client.get(f"/static/{address}").headers["cache-control"]


def test_static_files_are_kept_for_ever_under_their_own_address(client: TestClient) -> None:
    from api.web.pages import static

    answer = client.get(static("kompetanse.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"


def test_pages_are_compressed_and_carry_no_secret_twice_the_same(coordinator: Browser) -> None:
    first, second = (coordinator.get("/people/new") for _ in range(2))
    assert first.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in first.headers["vary"]
    tokens = {re.search(r'name="csrf_token" value="([0-9a-f]+)"', one.text)[1] for one in (first, second)}  # type: ignore[index]
    keys = {re.search(r'data-drafts="([0-9a-f]+)"', one.text)[1] for one in (first, second)}  # type: ignore[index]
    assert len(tokens) == len(keys) == 2
    assert len({unmasked(one) for one in keys}) == 1
    assert {coordinator.post("/people/new", csrf=one, family_name="").status_code for one in tokens} == {422}


@pytest.mark.parametrize("token", ["", "0", "zz", "00", "0" * 128, "é"])
def test_a_form_with_another_token_is_refused(coordinator: Browser, token: str) -> None:
    assert coordinator.post("/people/new", csrf=token, family_name="Kazlauskas").status_code == 403


def test_what_does_not_take_gzip_gets_the_page_as_it_is(coordinator: Browser) -> None:
    answer = coordinator.client.get("/people/new", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert "<h1" in answer.text
