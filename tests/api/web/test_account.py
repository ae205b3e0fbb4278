from collections.abc import Callable

import pytest

from kompetanse.actor import Role
from tests.api.web.conftest import ORIGIN, PASSWORD, Browser

Visitors = Callable[..., Browser]


def test_a_page_asks_for_a_log_in_and_comes_back_to_itself(visitor: Visitors) -> None:
    answer = visitor().client.get("/people", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/log-in?next=/people")


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(visitor: Visitors) -> None:
    browser = visitor(Role.COORDINATOR)
    browser.post("/log-out")
    form = {"email": "kari@froya.example", "password": PASSWORD}
    answer = browser.client.post("/log-in", data=form, headers=ORIGIN, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


def test_a_wrong_password_opens_nothing_and_is_not_shown_again(visitor: Visitors) -> None:
    browser = visitor(Role.COORDINATOR)
    browser.post("/log-out")
    form = {"email": "kari@froya.example", "password": "noe helt annet enn det"}
    answer = browser.client.post("/log-in", data=form, headers=ORIGIN)
    assert answer.status_code == 401
    assert "passer ikke sammen" in answer.text
    assert "noe helt annet" not in answer.text


def test_logging_out_ends_the_session_in_the_registry_too(coordinator: Browser) -> None:
    token = coordinator.client.cookies["session"]
    coordinator.post("/log-out")
    coordinator.client.cookies.set("session", token)
    assert coordinator.client.get("/people", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"])
def test_logging_in_leads_nowhere_but_to_this_site(visitor: Visitors, elsewhere: str) -> None:
    browser = visitor(Role.COORDINATOR)
    answer = browser.client.get("/log-in", params={"next": elsewhere}, follow_redirects=False)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}]
)
def test_a_log_in_form_of_another_site_is_refused(visitor: Visitors, headers: dict[str, str]) -> None:
    answer = visitor().client.post("/log-in", data={"email": "a@b.no", "password": "x"}, headers=headers)
    assert answer.status_code == 403
    assert "Skjemaet kunne ikke brukes" in answer.text


def test_a_form_without_its_sessions_token_changes_nothing(coordinator: Browser) -> None:
    for token in ("", "0" * 64):
        answer = coordinator.post("/people/new", csrf=token, given_name="Olena")
        assert answer.status_code == 403
    assert "Olena" not in coordinator.get("/people").text
