"""Her pages let in nobody else, keep nothing, and tell nothing of her where others look."""

import inspect
from collections.abc import Callable, Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient

from api.state import State
from api.web import dependencies as web
from api.web.my import dependencies
from api.web.my.app import create_my
from api.web.sessions import Cookies
from kompetanse.personal_links import rules
from tests.api.web.conftest import ORIGIN, Browser
from tests.api.web.my.conftest import Phone, secret_for
from tests.factories import FROYA

OPEN_TO_ALL = {("GET", "/open/{secret}"), ("POST", "/open/{secret}"), ("GET", "/enter"), ("POST", "/enter")}
PAGES = ("/my/", "/my/profile", "/my/consents", "/my/questions", "/my/seen", "/my/data", "/my/leaving", "/my/terms",
         "/my/reach", "/my/jobs", "/my/helping", "/my/profile/skills")  # fmt: skip


def routes(state: State) -> Iterator[APIRoute]:
    for context in iter_route_contexts(create_my(state).router.routes):
        if isinstance(context.original_route, APIRoute):
            yield context.original_route


def calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for below in dependant.dependencies:
        yield from calls(below)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_page_is_hers_and_none_takes_a_person(state: State) -> None:
    seen = 0
    for route in routes(state):
        assert "person" not in route.path
        assert not any("person" in name for name in inspect.signature(route.endpoint).parameters)
        for method in route.methods or ():
            seen += 1
            asked = list(calls(route.dependant))
            assert web.get_visitor not in asked, route.path  # an employee's cookie opens nothing here
            if method == "POST":
                assert web.get_open_form in asked, route.path
            if (method, route.path) in OPEN_TO_ALL:
                continue
            assert dependencies.get_herself in asked, route.path
            assert any(hasattr(call, "operation") for call in asked), route.path
            if method == "POST":
                assert dependencies.get_own_form in asked, route.path
    assert seen > 25


def test_nobody_is_let_in_without_a_device(client: TestClient) -> None:
    for path in PAGES:
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/my/enter"), path


def test_an_employee_is_not_let_in_and_she_is_not_let_in_to_theirs(coordinator: Browser, olena: Phone) -> None:
    assert coordinator.client.get("/my/", follow_redirects=False).headers["location"] == "/my/enter"
    for path in ("/people", f"/people/{olena.person_id}", "/audit"):
        assert olena.client.get(path, follow_redirects=False).headers["location"].startswith("/log-in")
    assert olena.client.get("/api/v1/people").status_code == 401


def test_a_messenger_that_looks_at_the_link_first_does_not_spend_it(client: TestClient, coordinator: Browser) -> None:
    secret, _ = secret_for(coordinator.state, coordinator.register(given_name="Olena"), "uk")
    preview = TestClient(client.app)
    for _ in range(3):
        answer = preview.get(f"/my/open/{secret}")
        assert answer.status_code == 200
        assert "device" not in preview.cookies  # what it is given lets nobody in
        assert "Olena" not in answer.text
        assert '<html lang="uk"' in answer.text
    assert preview.head(f"/my/open/{secret}").status_code in {200, 405}
    assert preview.post(f"/my/open/{secret}", headers=ORIGIN, follow_redirects=False).status_code == 303


def test_an_answer_that_was_lost_on_the_way_is_asked_for_once_more(client: TestClient, coordinator: Browser) -> None:
    secret, code = secret_for(coordinator.state, coordinator.register(given_name="Olena"), "nb")
    phone = TestClient(client.app)
    phone.get(f"/my/open/{secret}")
    kept = phone.cookies["opening"]
    assert phone.post(f"/my/open/{secret}", headers=ORIGIN, follow_redirects=False).status_code == 303
    assert "opening" not in phone.cookies
    for path, form in ((f"/my/open/{secret}", {}), ("/my/enter", {"code": code})):
        lost = TestClient(client.app, cookies={"opening": kept})  # the same phone, had it never got the answer
        assert "Lenken virker ikke" not in lost.get(f"/my/open/{secret}").text
        assert lost.post(path, data=form, headers=ORIGIN, follow_redirects=False).status_code == 303
        assert "Hei, Olena" in lost.get("/my/").text
        assert lost.cookies["device"] == phone.cookies["device"]
    assert TestClient(client.app, cookies={"opening": "other"}).get(f"/my/open/{secret}").status_code == 410


def test_a_spent_link_opens_nothing_for_whoever_finds_it(client: TestClient, coordinator: Browser) -> None:
    secret, code = secret_for(coordinator.state, coordinator.register())
    assert TestClient(client.app).post(f"/my/open/{secret}", headers=ORIGIN, follow_redirects=False).status_code == 303
    finder = TestClient(client.app)
    assert finder.get(f"/my/open/{secret}").status_code == 410
    answer = finder.post(f"/my/open/{secret}", headers=ORIGIN)
    assert (answer.status_code, "set-cookie" in answer.headers) == (410, False)
    assert finder.post("/my/enter", data={"code": code}, headers=ORIGIN).status_code == 422
    assert finder.get("/my/", follow_redirects=False).status_code == 303


def test_she_who_is_in_and_taps_her_old_link_comes_to_her_pages_and_nobody_else_does(
    client: TestClient, coordinator: Browser, let_in: Callable[..., Phone]
) -> None:
    secret, _ = secret_for(coordinator.state, coordinator.register(given_name="Olena"))
    phone, rasa = TestClient(client.app), let_in(coordinator.register(given_name="Rasa"))
    for send in (phone.post, phone.post, phone.get):  # a button tapped twice, and the message opened again
        answer = send(f"/my/open/{secret}", headers=ORIGIN, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/my/")
    assert "Hei, Olena" in phone.get("/my/").text
    assert rasa.client.get(f"/my/open/{secret}", follow_redirects=False).status_code == 410
    assert TestClient(client.app).get(f"/my/open/{secret}").status_code == 410
    phone.post("/my/leaving/here", data={"csrf_token": Phone(phone, rasa.person_id).token()}, headers=ORIGIN)
    assert phone.get(f"/my/open/{secret}").status_code == 410


def test_guessing_codes_is_stopped_and_said_so(client: TestClient, coordinator: Browser) -> None:
    _, code = secret_for(coordinator.state, coordinator.register())
    for number in range(rules.PER_ADDRESS):
        answer = client.post("/my/enter", data={"code": f"{FROYA}{number:012}"}, headers=ORIGIN)
        assert answer.status_code == 422
    answer = client.post("/my/enter", data={"code": code}, headers=ORIGIN)
    assert answer.status_code == 429
    assert "Noen har prøvd for mange koder" in answer.text


def test_the_code_can_be_typed_on_an_arabic_keyboard(client: TestClient, coordinator: Browser) -> None:
    _, code = secret_for(coordinator.state, coordinator.register(), "ar")
    typed = code.translate({ord(str(digit)): "٠١٢٣٤٥٦٧٨٩"[digit] for digit in range(10)})
    phone = TestClient(client.app)
    assert phone.post("/my/enter", data={"code": typed}, headers=ORIGIN, follow_redirects=False).status_code == 303
    assert '<html lang="ar" dir="rtl"' in phone.get("/my/").text


def test_a_cookie_that_somebody_put_there_before_is_not_what_she_comes_in_with(
    client: TestClient, coordinator: Browser
) -> None:
    phone = TestClient(client.app, cookies={"device": "chosen-by-an-attacker"})
    secret, _ = secret_for(coordinator.state, coordinator.register())
    answer = phone.post(f"/my/open/{secret}", headers=ORIGIN, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "chosen-by-an-attacker" not in cookie
    assert TestClient(client.app, cookies={"device": "chosen-by-an-attacker"}).get(
        "/my/", follow_redirects=False
    ).headers["location"] == "/my/enter"  # fmt: skip


def test_her_cookie_is_kept_from_scripts_and_from_other_pages(client: TestClient, coordinator: Browser) -> None:
    secret, _ = secret_for(coordinator.state, coordinator.register())
    answer = TestClient(client.app).post(f"/my/open/{secret}", headers=ORIGIN, follow_redirects=False)
    cookie = answer.headers.get_list("set-cookie")[0].lower()
    assert cookie.startswith("device=")
    for attribute in ("httponly", "samesite=lax", "path=/my", f"max-age={400 * 24 * 3600}"):
        assert attribute in cookie


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_behind_https_the_cookie_is_secure_by_name(state: State) -> None:
    secure = state.settings.model_copy(update={"cookie_secure": True})
    assert Cookies.of_devices(secure, "/my").name == "__Secure-device"
    assert Cookies.of(secure).name == "__Host-session"


def test_a_shared_phone_is_the_last_ones_alone(let_in: Callable[..., Phone], coordinator: Browser) -> None:
    olena = let_in(coordinator.register(given_name="Olena"))
    before = olena.client.cookies["device"]
    secret, _ = secret_for(coordinator.state, coordinator.register(given_name="Rasa"))
    olena.client.post(f"/my/open/{secret}", headers=ORIGIN)
    assert "Hei, Rasa" in olena.get().text
    other = TestClient(olena.client.app, cookies={"device": before})
    assert other.get("/my/", follow_redirects=False).headers["location"] == "/my/enter"


def test_a_form_of_another_site_or_without_her_token_is_refused(olena: Phone) -> None:
    forms = {
        "/my/consents/ambassador": {"granted": "yes"},
        "/my/leaving/erase": {},
        "/my/leaving/everywhere": {},
        "/my/data/everything": {},
        "/my/profile/skills": {"version": "0", "label": "sveising"},
    }
    for path, fields in forms.items():
        assert olena.post(path, csrf="0" * 64, **fields).status_code == 403, path
        elsewhere = {"Origin": "https://evil.example"}
        form = {"csrf_token": olena.token(), **fields}
        assert olena.client.post(path, data=form, headers=elsewhere).status_code == 403, path
        cross = {**ORIGIN, "Sec-Fetch-Site": "cross-site"}
        assert olena.client.post(path, data=form, headers=cross).status_code == 403, path
    assert "sveising" not in olena.get("/my/profile").text


def test_nobody_else_can_open_her_link_by_a_form_of_another_site(client: TestClient, coordinator: Browser) -> None:
    secret, _ = secret_for(coordinator.state, coordinator.register())
    phone = TestClient(client.app)
    answer = phone.post(f"/my/open/{secret}", headers={"Origin": "https://evil.example"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_nothing_of_hers_is_kept_by_a_browser_after_she_went(olena: Phone) -> None:
    for path in PAGES:
        headers = olena.get(path).headers
        assert headers["cache-control"] == "no-store", path
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-robots-tag"] == "noindex"
    before = olena.client.cookies["device"]
    answer = olena.post("/my/leaving/here")
    assert answer.headers["location"] == "/my/enter?notice=out"
    assert "device" not in olena.client.cookies
    kept = TestClient(olena.client.app, cookies={"device": before})
    assert kept.get("/my/profile", follow_redirects=False).headers["location"] == "/my/enter"


def test_signing_out_everywhere_ends_the_lost_phone(coordinator: Browser, let_in: Callable[..., Phone]) -> None:
    person_id = coordinator.register()
    lost, computer = let_in(person_id), let_in(person_id)
    computer.post("/my/leaving/everywhere")
    assert lost.client.get("/my/", follow_redirects=False).headers["location"] == "/my/enter"


def test_archiving_her_lets_her_out(coordinator: Browser, olena: Phone) -> None:
    coordinator.post(f"/people/{olena.person_id}/archive", version="1")
    assert olena.client.get("/my/", follow_redirects=False).headers["location"] == "/my/enter"


def test_titles_and_addresses_tell_nothing_of_her(olena: Phone) -> None:
    for path in PAGES:
        html = olena.get(path).text
        title = html[html.index("<title>") : html.index("</title>")]
        assert "Olena" not in title
        assert "Shevchenko" not in title
        assert str(olena.person_id) not in html, path


def test_what_she_writes_is_text_and_never_markup(olena: Phone) -> None:
    evil = "<script>alert(1)</script>"
    olena.post("/my/profile/skills", version="0", label=evil)
    olena.post("/my/profile/experiences", version="1", title=evil, employer=evil, kind="paid")
    html = olena.get("/my/profile").text
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_entry_of_somebody_else_is_not_found(olena: Phone, coordinator: Browser) -> None:
    rasa = coordinator.register(given_name="Rasa")
    coordinator.post(f"/people/{rasa}/profile/skills", version="0", label="sveising")
    html = coordinator.get(f"/people/{rasa}").text
    entry = html.split(f"/people/{rasa}/profile/skills/")[1].split('"')[0]
    assert olena.get(f"/my/profile/skills/{entry}").status_code == 404
    assert olena.post(f"/my/profile/skills/{entry}", version="0", label="baking").status_code == 404
    assert olena.post(f"/my/profile/skills/{entry}/remove", version="0").status_code == 404
    assert "sveising" in coordinator.get(f"/people/{rasa}").text


def test_what_breaks_is_a_page_in_her_language_without_details(
    coordinator: Browser, let_in: Callable[..., Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("Shevchenko")

    olena = let_in(coordinator.register(), "uk")
    monkeypatch.setattr("api.web.my.data.service.everything", break_down)
    answer = olena.post("/my/data/everything")
    assert answer.status_code == 500
    assert "У нас щось не працює" in answer.text
    assert "Shevchenko" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert olena.get("/my/no-such-page").status_code == 404
    assert "Ми не можемо знайти сторінку" in olena.get("/my/no-such-page").text


def test_a_token_that_is_no_number_at_all_is_a_forged_form(olena: Phone) -> None:
    assert olena.post("/my/leaving/erase", csrf="æøå").status_code == 403


def test_she_cannot_say_that_others_found_out_what_she_says(olena: Phone, coordinator: Browser) -> None:
    forged = {
        "skills": {"label": "sveising", "evidence": "recognised"},
        "languages": {"language": "nor", "interaction": "C1", "proof": "test", "test": "Norskprøven C1"},
        "educations": {"title": "Medicine", "recognition": "recognised", "recognition_authority": "Helsedirektoratet"},
    }
    for part, fields in forged.items():
        answer = olena.post(f"/my/profile/{part}", version=olena.version(), **fields)
        assert answer.status_code == 303, part
    kept = olena.post("/my/data/everything").json()
    assert [one["evidence"] for one in kept["skill"]] == [None]
    assert [(one["proof"], one["test"]) for one in kept["person_language"]] == [(None, None)]
    assert [(one["recognition"], one["recognition_authority"]) for one in kept["education"]] == [(None, None)]


def test_a_test_that_was_passed_proves_no_level_that_she_wrote_afterwards(olena: Phone, coordinator: Browser) -> None:
    theirs = f"/people/{olena.person_id}/profile"
    passed = {"proof": "test", "test": "Norskprøven A2", "tested_on": "2026-01-10"}
    coordinator.post(f"{theirs}/languages", version="0", language="nor", interaction="A2", **passed)
    coordinator.post(f"{theirs}/skills", version="1", label="regnskap", holds="yes", evidence="recognised")
    kept = olena.post("/my/data/everything").json()
    spoken, skill = kept["person_language"][0]["id"], kept["skill"][0]["id"]
    path = f"/my/profile/languages/{spoken}"
    olena.post(path, version=olena.version(), language="nor", interaction="A2", reading="A2")
    olena.post(f"/my/profile/skills/{skill}", version=olena.version(), label="kirurgi", holds="yes")
    kept = olena.post("/my/data/everything").json()
    (language,), (skill,) = kept["person_language"], kept["skill"]
    assert (language["proof"], language["test"], language["tested_on"]) == ("self", "Norskprøven A2", "2026-01-10")
    assert (skill["label"], skill["evidence"]) == ("kirurgi", None)


def test_a_language_that_is_added_again_loses_nothing(olena: Phone, coordinator: Browser) -> None:
    passed = {"proof": "test", "test": "Norskprøven A2", "tested_on": "2026-01-10"}
    levels = {"interaction": "A2", "reading": "A2"}
    coordinator.post(f"/people/{olena.person_id}/profile/languages", version="0", language="nor", **levels, **passed)
    answer = olena.post("/my/profile/languages", version=olena.version(), language="nor", interaction="B1", reading="")
    assert answer.status_code == 303
    (kept,) = olena.post("/my/data/everything").json()["person_language"]
    assert (kept["interaction"], kept["reading"]) == ("B1", "A2")
    assert (kept["proof"], kept["test"], kept["tested_on"]) == ("self", "Norskprøven A2", "2026-01-10")
