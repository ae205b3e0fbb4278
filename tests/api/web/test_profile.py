import re
from uuid import UUID

import pytest

from tests.api.web.conftest import Browser

ENTRIES = {
    "skills": ({"label": "regnskap", "holds": "yes", "evidence": "documented"}, ["regnskap", "(dokumentert)"]),
    "experiences": (
        {"title": "księgowa", "country": "Polen", "started": "2009", "ended": "juni 2015", "kind": "paid"},
        ["księgowa", "Polen", "2009–juni 2015", "Regnskapsførere"],
    ),
    "educations": (
        {"title": "magister, finanse", "level": "7", "field": "0412", "completed": "yes", "recognition": "applied"},
        ["magister, finanse", "høyere grad", "godkjenning: søkt"],
    ),
    "languages": ({"language": "norsk", "interaction": "A2", "listening": "B1"}, ["norsk", "Samtale", "B1"]),
    "licences": ({"licence": "driving:B", "country": "Litauen", "valid_until": "2031-04-01"}, ["01.04.2031"]),
    "wished-occupations": ({"title": "regnskapsfører", "strength": "prefer"}, ["regnskapsfører", "(helst)"]),
    "interests": ({"label": "kor og piano"}, ["kor og piano"]),
    "courses": (
        {"title": "Årets lærer", "kind": "award", "provider": "Kaunas", "completed": "2018"},
        ["Årets lærer", "Utmerkelse", "Kaunas", "2018"],
    ),
    "wishes": ({"kind": "leaves", "sector": "fish", "text": "vil ut av fisken"}, ["Vil ut av", "vil ut av fisken"]),
}


def profile_version(browser: Browser, person_id: UUID) -> str:
    html = browser.get(f"/people/{person_id}").text
    found = re.search(r'action="/people/[^"]+/profile/skills".*?name="version" value="(\d+)"', html, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("part", ENTRIES)
def test_each_part_is_added_to_shown_and_taken_from(coordinator: Browser, part: str) -> None:
    form, shown = ENTRIES[part]
    person_id = coordinator.register()
    answer = coordinator.post(f"/people/{person_id}/profile/{part}", version="0", **form)
    assert answer.status_code == 303, answer.text
    html = coordinator.get(f"/people/{person_id}").text
    for text in shown:
        assert text in html, text
    removal = re.search(rf'action="(/people/{person_id}/profile/{part}/[^"]+/remove)"', html)
    assert removal is not None
    version = profile_version(coordinator, person_id)
    assert coordinator.post(removal[1], version=version).status_code == 303
    assert removal[1] not in coordinator.get(f"/people/{person_id}").text


def test_a_skill_that_she_says_she_has_not_is_told_from_one_nobody_asked_about(coordinator: Browser) -> None:
    person_id = coordinator.register()
    coordinator.post(f"/people/{person_id}/profile/skills", version="0", label="sveising", holds="no")
    assert "Kan ikke: sveising" in " ".join(coordinator.get(f"/people/{person_id}").text.split())


def test_wishes_are_stored_and_an_empty_field_stays_not_stated(coordinator: Browser) -> None:
    person_id = coordinator.register()
    form = {"percentage_min": "60", "percentage_max": "100", "shifts": ["day", "evening"], "mapped_on": "2026-01-15"}
    form |= {"shifts_strength": "must", "shifts_weight": "5"}
    answer = coordinator.post(f"/people/{person_id}/profile/terms", version="0", **form)
    assert answer.status_code == 303
    html = coordinator.get(f"/people/{person_id}").text
    assert "60–100" in html
    assert "Dag, Kveld (må, vekt 5)" in html
    assert "Kartlagt 15.01.2026" in html
    commute = re.search(r"<dt>Reisevei[^<]*</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
    assert commute is not None
    assert "Ikke oppgitt" in commute[1]


def test_a_refused_entry_is_shown_open_with_what_was_typed(coordinator: Browser) -> None:
    person_id = coordinator.register()
    form = {"version": "0", "title": "księgowa", "started": "2015", "ended": "2009", "country": "Atlantis"}
    answer = coordinator.post(f"/people/{person_id}/profile/experiences", **form)
    assert answer.status_code == 422
    assert "Kjenner ikke landet" in answer.text
    assert 'value="księgowa"' in answer.text
    assert '<details class="adding" open>' in answer.text


def test_two_who_add_at_once_both_add(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/profile/interests"
    assert coordinator.post(path, version="0", label="kor").status_code == 303
    assert coordinator.post(path, version="0", label="fotball").status_code == 303
    html = coordinator.get(f"/people/{person_id}").text
    assert "kor" in html
    assert "fotball" in html


def test_the_same_skill_twice_is_told_as_such(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/profile/skills"
    coordinator.post(path, version="0", label="regnskap")
    answer = coordinator.post(path, version="1", label="regnskap")
    assert answer.status_code == 409
    assert "står i profilen fra før" in answer.text
