"""The lists that the coordinator works through, as pages."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.competence import service
from kompetanse.competence.service import PartFields, ProfilePart
from tests import factories
from tests.api.web.conftest import Browser
from tests.factories import FROYA, HITRA
from tests.support.html_forms import form, forms

LISTS = ("unused", "incomplete", "stale", "running-out")
COOK = factories.occupation("kokk")


def write(browser: Browser, person_id: UUID, *entries: tuple[ProfilePart, dict[str, Any]]) -> None:
    with browser.state.database.session(FROYA) as session:
        for version, (part, fields) in enumerate(entries):
            service.add_part(session, factories.actor(), person_id, version, part, cast(PartFields, fields))


def accountant(browser: Browser, **fields: object) -> UUID:
    """An accountant who fillets salmon and whose licence has run out."""
    person_id = browser.register(**fields)  # type: ignore[arg-type]
    write(
        browser,
        person_id,
        (ProfilePart.EXPERIENCES, {"title": "księgowa", "started": "2009", "ended": "2015"}),
        (ProfilePart.EXPERIENCES, {"title": "fileterer", "styrk": "8160", "started": "2020", "ongoing": True}),
        (ProfilePart.LICENCES, {"licence": "driving:B", "valid_until": clock.today() - timedelta(days=1)}),
    )
    return person_id


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_first_list_is_the_one_that_is_looked_at_most(coordinator: Browser) -> None:
    answer = coordinator.client.get("/worklists", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/worklists/unused")
    assert 'href="/worklists"' in coordinator.get("/").text


@pytest.mark.parametrize("name", [*LISTS, "unlinked"])
def test_an_empty_list_says_so_and_leads_to_the_others(coordinator: Browser, name: str) -> None:
    html = coordinator.get(f"/worklists/{name}").text
    assert ("Alle ord er koblet" if name == "unlinked" else "Ingen på listen") in html
    assert f'href="/worklists/{name}" aria-current="page"' in html
    for other in {*LISTS, "unlinked"} - {name}:
        assert f'href="/worklists/{other}"' in html


def test_a_list_that_is_not_there_is_a_page_that_says_so(coordinator: Browser) -> None:
    assert coordinator.get("/worklists/everything").status_code == 404


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("unused", ["Regnskapsførere", "Erfaring: księgowa", "nivå 3 av 4", "6 år", "fileterer"]),
        ("incomplete", ["17 %", "Kartleggingssamtale, Muntlig norsk, Utdanning"]),
        ("running-out", ["Bevis: ", "Utløpt"]),
    ],
)
def test_a_list_shows_whom_and_why_and_marks_a_protected_address(
    coordinator: Browser, name: str, shown: list[str]
) -> None:
    person_id = accountant(coordinator, protected_address=True)
    coordinator.register(municipality_no=HITRA, given_name="Olena", family_name="Shevchenko")
    html = coordinator.get(f"/worklists/{name}").text
    assert f'href="/people/{person_id}"' in html
    assert "Skjermet adresse" in html
    assert "Shevchenko" not in html
    for text in shown:
        assert text in text_of(html), text_of(html)


def test_a_profile_that_grew_old_is_confirmed_from_its_page(
    visitor: Callable[..., Browser], coordinator: Browser
) -> None:
    person_id = accountant(coordinator)
    with clock.moved(by=timedelta(days=400)):
        later = visitor(Role.COORDINATOR, email="lars@froya.example")
        assert f'href="/people/{person_id}"' in later.get("/worklists/stale").text
        path = f"/people/{person_id}/profile/confirm"
        sent = form(later.get(f"/people/{person_id}").text, path).values()
        answer = later.post(path, **sent)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/people/{person_id}?notice=confirmed")
        assert "Bekreftet" in later.get(answer.headers["location"]).text
        assert "Ingen på listen" in later.get("/worklists/stale").text


def test_a_long_list_has_pages_and_a_way_back(coordinator: Browser) -> None:
    everybody = {str(coordinator.register()) for _ in range(31)}
    first = coordinator.get("/worklists/incomplete").text
    following = re.search(r'href="(/worklists/incomplete\?cursor=[^"]+)"', first)
    assert following is not None
    second = coordinator.get(following[1]).text
    shown = [re.findall(r'<td><a class="ds-link" href="/people/([^"]+)"', html) for html in (first, second)]
    assert [len(one) for one in shown] == [30, 1]
    assert {*shown[0], *shown[1]} == everybody
    assert 'href="/worklists/incomplete"' in second
    assert "31 personer" in text_of(first)


def test_an_unknown_word_is_linked_from_the_list_and_forgotten_again(coordinator: Browser) -> None:
    person_id = coordinator.register()
    write(coordinator, person_id, (ProfilePart.EXPERIENCES, {"title": "kokkelure", "styrk": None}))
    page = coordinator.get("/worklists/unlinked").text
    (linking,) = forms(page, "/worklists/unlinked")
    assert linking.values()["text"] == ["kokkelure"]
    answer = coordinator.post("/worklists/unlinked", **{**linking.values(), "uri": COOK.uri})
    assert (answer.status_code, answer.headers["location"]) == (303, "/worklists/unlinked?notice=linked")
    page = coordinator.get(answer.headers["location"]).text
    assert "Alle ord er koblet" in page
    assert "kokkelure – kokk" in text_of(page)
    assert "kokkelure – kokk 5120" in text_of(coordinator.get(f"/people/{person_id}").text)
    (forgetting,) = forms(page, "/remove")
    answer = coordinator.post(forgetting.action, **forgetting.values())
    assert (answer.status_code, answer.headers["location"]) == (303, "/worklists/unlinked?notice=forgotten")
    assert "kokkelure" not in coordinator.get("/worklists/unlinked").text


@pytest.mark.parametrize(
    "changed", [{"kind": "nonsense"}, {"kind": "skill_group"}, {"uri": "http://none"}, {"text": ""}, {"kind": "skill"}]
)
def test_a_link_that_makes_no_sense_is_refused_in_words(coordinator: Browser, changed: dict[str, str]) -> None:
    answer = coordinator.post(
        "/worklists/unlinked", **{"kind": "occupation", "text": "kokkelure", "uri": COOK.uri, **changed}
    )
    assert answer.status_code == 422
    assert "Noe i skjemaet må rettes" in answer.text
    assert "Kommunens egne ord" not in coordinator.get("/worklists/unlinked").text


@pytest.mark.parametrize("role", [Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR])
def test_the_lists_are_the_coordinators(visitor: Callable[..., Browser], role: Role) -> None:
    browser = visitor(role, unit="Skolen" if role is Role.HR else None)
    for name in (*LISTS, "unlinked"):
        assert browser.get(f"/worklists/{name}").status_code == 403
    assert browser.client.get("/worklists", follow_redirects=False).status_code == 403
    assert 'href="/worklists"' not in browser.get("/").text
    assert browser.get("/words/skill?label=ex").status_code == 403
