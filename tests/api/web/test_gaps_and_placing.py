"""What would help, households placed together, and the whole picture, as pages."""

import re
from collections.abc import Callable

import pytest

from kompetanse.actor import Role
from kompetanse.codes.residence import HouseholdRole
from kompetanse.matching import following
from kompetanse.people import households
from tests.api.web.conftest import Browser
from tests.api.web.test_candidates import accountant, card, opening
from tests.factories import FROYA, actor


def speaks(browser: Browser, person_id: object, level: str) -> None:
    """Two entries stand in her profile already."""
    fields = {"language": "nor", "interaction": level, "production": level}
    assert browser.post(f"/people/{person_id}/profile/languages", version="2", **fields).status_code == 303


def test_a_level_of_norwegian_opens_a_vacancy_and_easing_it_brings_the_person(coordinator: Browser) -> None:
    rasa = accountant(coordinator, given_name="Rasa", family_name="Prøve")
    speaks(coordinator, rasa, "A2")
    path = opening(coordinator, language_0="norsk", minimum_0="B1", required_0="yes")
    steps = coordinator.get(f"/people/{rasa}/steps").text
    assert "Norsk fra A2 til B1" in steps
    assert "1 stilling til:" in steps
    assert f'href="{path}"' in steps
    eased = coordinator.get(f"{path}/relaxations").text
    assert "Norsk: A2 holder, i stedet for B1" in eased
    assert "Rasa Prøve" in eased


def test_who_has_all_that_is_asked_is_told_that_no_step_is_needed(coordinator: Browser) -> None:
    person_id = coordinator.register(may_work=True)
    html = coordinator.get(f"/people/{person_id}/steps").text
    assert "Ingen enkelt steg åpner flere stillinger" in html


def test_a_household_is_placed_together_and_the_whole_picture_leads_to_it(coordinator: Browser) -> None:
    rasa = accountant(coordinator, given_name="Rasa", family_name="Prøve")
    jonas = accountant(coordinator, given_name="Jonas", family_name="Prøve")
    opening(coordinator, positions="2")
    with coordinator.state.database.session(FROYA) as session:
        members = [(rasa, HouseholdRole.ADULT), (jonas, HouseholdRole.PARTNER)]
        home = households.form_household(session, actor(), name="Prøve", members=members).id
    html = coordinator.get(f"/households/{home}/placements").text
    assert "Nær hverandre" in html
    assert "Arbeidsplassene ligger på samme sted" in html
    assert re.search(r"Rasa Prøve: <a[^>]*>Regnskapsfører</a>", html)
    assert re.search(r"Jonas Prøve: <a[^>]*>Regnskapsfører</a>", html)
    plan = coordinator.get("/matching/plan").text
    assert "Det er bevist at ingen fordeling er bedre." in plan
    assert plan.count(f'href="/households/{home}/placements"') == 2


def test_what_is_lacking_for_a_plan_is_said(coordinator: Browser) -> None:
    assert "Ingen ledige stillinger" in coordinator.get("/matching/plan").text
    opening(coordinator)
    assert "Ingen som søker" in coordinator.get("/matching/plan").text
    coordinator.register(may_work=False)
    assert "1 søker arbeid, men ingen ledig stilling passer" in coordinator.get("/matching/plan").text


@pytest.mark.parametrize("path", ["/matching/plan", "/matching/plan?within=60"])
def test_only_who_matches_sees_the_whole_picture(visitor: Callable[..., Browser], path: str) -> None:
    assert visitor(Role.LEADER).get(path).status_code == 403


def test_a_candidate_who_came_or_changed_since_the_last_refresh_is_pointed_out(coordinator: Browser) -> None:
    rasa, jonas = accountant(coordinator), coordinator.register(given_name="Jonas", may_work=True)
    path = opening(coordinator)
    assert "Sist lagret" not in coordinator.get(path).text
    refresh(coordinator)
    assert "Sist lagret" in coordinator.get(path).text
    olena = coordinator.register(given_name="Olena", may_work=True)
    speaks(coordinator, rasa, "B1")
    refresh_html = coordinator.get(path).text
    assert "Endret siden sist" in card(refresh_html, rasa)
    refresh(coordinator)
    html = coordinator.get(path).text
    assert ">Ny<" in card(html, olena)
    assert ">Ny<" not in card(html, jonas)


def refresh(browser: Browser) -> None:
    with browser.state.database.session(FROYA) as session:
        following.refresh(session, actor())
