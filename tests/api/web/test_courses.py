import re
from collections.abc import Callable

import pytest

from kompetanse.actor import Role
from tests.api.web.conftest import Browser
from tests.factories import skill

NORWEGIAN = {
    "title": "Norskkurs A2 til B1",
    "provider": "Frøya voksenopplæring",
    "key": "norsk",
    "from_level": "A2",
    "to_level": "B1",
    "starts_on": "2027-01-12",
    "weeks": "20",
    "price_nok": "0",
    "place": "Sistranda",
    "url": "https://kurs.example/norsk",
}


@pytest.fixture
def admin(visitor: Callable[..., Browser]) -> Browser:
    return visitor(Role.ADMINISTRATOR)


def address(browser: Browser, title: str, path: str = "/courses") -> str:
    found = re.search(rf'href="(/courses/[0-9a-f-]+)">{re.escape(title)}<', browser.get(path).text)
    assert found is not None
    return found[1]


def test_a_course_is_written_down_changed_retired_and_opened_again(admin: Browser) -> None:
    assert admin.post("/courses/new/language", **NORWEGIAN).status_code == 303
    html = admin.get("/courses").text
    for shown in (NORWEGIAN["title"], "norsk: A2 → B1", "12.01.2027", "gratis", "Sistranda", 'href="https://kurs.ex'):
        assert shown in html, shown
    path = address(admin, NORWEGIAN["title"])
    form = admin.get(path).text
    assert 'name="key" value="norsk"' in form
    assert '<option value="B1" selected>' in form
    assert admin.post(path, **{**NORWEGIAN, "weeks": "", "version": "1"}).status_code == 303
    assert 'name="weeks" value=""' in admin.get(path).text
    assert admin.post(path, **{**NORWEGIAN, "version": "1"}).status_code == 412
    assert admin.post(f"{path}/retire", version="2").status_code == 303
    assert NORWEGIAN["title"] not in admin.get("/courses").text
    assert NORWEGIAN["title"] in admin.get("/courses?retired=yes").text
    assert admin.post(f"{path}/open", version="3").status_code == 303
    assert NORWEGIAN["title"] in admin.get("/courses?kind=language").text
    assert NORWEGIAN["title"] not in admin.get("/courses?kind=licence").text


@pytest.mark.parametrize(
    ("kind", "fields", "shown"),
    [
        ("licence", {"key": "truck:T4"}, "Truck T4"),
        ("authorisation", {"key": "auth:nurse"}, "Sykepleier"),
        ("recognition", {"key": ""}, "alle fag"),
        ("education", {"key": "0913", "from_level": "2", "to_level": "4"}, "Videregående, fullført"),
        ("test", {"key": "norsk", "to_level": "B2"}, "norsk: B2"),
        ("skill", {"key": "sårstell"}, "sårstell"),
        ("skill", {"key": "Navlebrodd à la Frøya"}, "navlebrodd a la froya"),
    ],
)
def test_each_kind_has_a_form_of_its_own(coordinator: Browser, kind: str, fields: dict[str, str], shown: str) -> None:
    assert coordinator.get(f"/courses/new/{kind}").status_code == 200
    assert coordinator.post(f"/courses/new/{kind}", title="Tilbudet", **fields).status_code == 303
    assert shown in coordinator.get("/courses").text
    path = address(coordinator, "Tilbudet")
    form = coordinator.get(path).text
    assert fields["key"] == "" or 'name="key"' in form
    again = re.search(r'name="key" value="([^"]*)"', form)
    key = again[1] if again else fields["key"]
    chosen = re.search(r'name="concept" value="([^"]*)" checked', form)
    more = {"concept": chosen[1]} if chosen else {}
    answer = coordinator.post(path, version="1", title="Nytt navn", **{**fields, "key": key, **more})
    assert answer.status_code == 303
    assert shown in coordinator.get("/courses").text


def test_a_chosen_meaning_is_what_a_course_leads_to(coordinator: Browser) -> None:
    care = skill("sårstell")
    proposed = coordinator.get("/words/skill?key=sårstell").text
    assert care.uri in proposed
    coordinator.post("/courses/new/skill", title="Kurs i sår", key="sår", concept=care.uri)
    assert "sårstell" in coordinator.get("/courses").text
    coordinator.post("/courses/new/skill", title="Noe annet", key="sårstell", concept="none")
    form = coordinator.get(address(coordinator, "Noe annet")).text
    assert 'value="none" checked' in form


def test_faults_are_told_by_field(coordinator: Browser) -> None:
    wrong = {**NORWEGIAN, "title": " ", "to_level": "A1", "url": "http://kurs.example", "weeks": "mange"}
    assert "Skriv et helt tall" in coordinator.post("/courses/new/language", **wrong).text
    answer = coordinator.post("/courses/new/language", **{**wrong, "weeks": "0"})
    assert answer.status_code == 422
    for told in ("Skriv hva det heter", "Nivået etterpå må være høyere", "Begynn med https://", "Tallet er for lite"):
        assert told in answer.text, told
    assert "Kjenner ikke språket" in coordinator.post("/courses/new/language", **{**NORWEGIAN, "key": "snåsk"}).text
    assert coordinator.get("/courses/new/hobby").status_code == 404


def test_an_empty_catalogue_says_what_to_do_and_the_menu_leads_there(admin: Browser) -> None:
    assert "Ingen tilbud er skrevet inn" in admin.get("/courses").text
    assert "Ingen tilbud passer" in admin.get("/courses?kind=test").text
    assert 'href="/courses"' in admin.get("/").text


def test_a_leader_has_no_courses(visitor: Callable[..., Browser]) -> None:
    leader = visitor(Role.LEADER)
    assert leader.get("/courses").status_code == 403
    assert leader.get("/courses/new").status_code == 403
