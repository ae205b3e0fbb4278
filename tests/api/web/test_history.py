"""The history of a profile as a page: what stood there, what stands there since, and undoing it."""

import re
from uuid import UUID

import pytest

from api.web.history_words import in_words
from kompetanse.codes.education import EducationLevel
from kompetanse.competence import history, service
from kompetanse.paging import PageRequest
from tests import factories
from tests.api.web.conftest import Browser
from tests.api.web.test_entries import EVERYTHING, write
from tests.factories import FROYA, HITRA
from tests.support.html_forms import forms


def entries(browser: Browser, person_id: UUID) -> list[str]:
    """The changes as somebody reads them, newest first."""
    html = browser.get(f"/people/{person_id}/history").text
    found = re.findall(r'<li class="entry">(.*?)</li>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_an_untouched_profile_has_no_history(coordinator: Browser) -> None:
    person_id = coordinator.register()
    html = coordinator.get(f"/people/{person_id}/history").text
    assert "Ingenting er endret ennå" in html
    assert f'href="/people/{person_id}/history"' in coordinator.get(f"/people/{person_id}").text


def test_each_change_says_what_who_and_when_in_words_and_is_undone(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/profile"
    coordinator.post(f"{path}/experiences", version="0", title="kokk", country="Litauen", started="mai 2009")
    (entry,) = re.findall(rf'href="({path}/experiences/[^"]+)"', coordinator.get(f"/people/{person_id}").text)
    coordinator.post(entry, version="1", title="lege", kind="informal", started="2009-05")
    coordinator.post(f"{path}/terms", version="2", shifts=["day", "night"], percentage_min="60")
    form = {"kind": "leaves", "sector": "fish", "text": "vil ut av fisken", "strength": "must"}
    coordinator.post(f"{path}/wishes", version="3", **form)
    wish, terms, changed, added = entries(coordinator, person_id)
    assert "Hva ønsket handler om Vil ut av" in wish
    assert "Med egne ord vil ut av fisken" in wish
    assert "Lagt til: arbeid kokk" in added
    assert "Land Litauen" in added
    assert "Begynte mai 2009" in added
    assert "5120 Kokker" in added
    assert "Endret: arbeid lege" in changed
    assert "Tittel kokk lege" in changed
    assert "Uformelt, for eksempel omsorg hjemme" in changed
    assert "Land Litauen" in changed
    assert "mai 2009" not in changed
    assert "Endret: rammer" in terms
    assert "Dag, Natt" in terms
    assert all("Kari Koordinator" in one for one in (terms, changed, added))

    undoing = forms(coordinator.get(f"/people/{person_id}/history").text, "/restore")
    assert len(undoing) == 4
    answer = coordinator.post(undoing[2].action, **undoing[2].values())
    assert (answer.status_code, answer.headers["location"]) == (303, f"/people/{person_id}?notice=undone")
    html = coordinator.get(answer.headers["location"]).text
    assert "Endringen er angret" in html
    assert "Litauen" in html
    assert len(entries(coordinator, person_id)) == 5


def test_undoing_twice_or_late_is_told_in_words(coordinator: Browser) -> None:
    person_id = coordinator.register()
    coordinator.post(f"/people/{person_id}/profile/interests", version="0", label="kor")
    (undoing,) = forms(coordinator.get(f"/people/{person_id}/history").text, "/restore")
    assert coordinator.post(undoing.action, **undoing.values()).status_code == 303
    late = coordinator.post(undoing.action, **undoing.values())
    assert late.status_code == 412
    twice = coordinator.post(undoing.action, version="2")
    assert twice.status_code == 409
    assert "Det er allerede fjernet fra profilen" in twice.text


def test_the_history_of_somebody_elsewhere_is_not_found(coordinator: Browser) -> None:
    elsewhere = coordinator.register(municipality_no=HITRA)
    assert coordinator.get(f"/people/{elsewhere}/history").status_code == 404


def test_a_long_history_has_pages(coordinator: Browser) -> None:
    person_id = coordinator.register()
    with coordinator.state.database.session(FROYA) as session:
        for version in range(31):
            service.add_interest(session, factories.actor(), person_id, version, {"label": f"interesse {version}"})
    assert len(entries(coordinator, person_id)) == 30
    html = coordinator.get(f"/people/{person_id}/history").text
    following = re.search(r'href="(/people/[^"]+/history\?cursor=[^"]+)"', html)
    assert following is not None
    assert "interesse 0" in coordinator.get(following[1]).text


def test_every_entry_that_can_be_written_can_be_read_in_its_history(coordinator: Browser) -> None:
    person_id = coordinator.register()
    tried = dict(EVERYTHING)  # one of each part is enough for one person
    for part, fields in tried.items():
        write(coordinator, person_id, part, fields)
    with coordinator.state.database.session(FROYA) as session:
        found = history.read_history(session, factories.actor(), person_id, PageRequest(50)).items
    for change in found:
        for name, value in (change.after or {}).items():
            assert isinstance(in_words(change.part, name, value), str)
    assert len(entries(coordinator, person_id)) == len(tried)


@pytest.mark.parametrize(
    ("part", "name", "value", "said"),
    [
        ("skills", "level", "advanced", "Videregående, veileder andre"),
        ("educations", "level", "7", EducationLevel("7").name_nb),
        ("wishes", "kind", "leaves", "Vil ut av"),
        ("wishes", "value", "fish", "Fiske og havbruk"),
        ("wishes", "value", "5056", "Hitra"),
        ("terms", "pay_strength", "must", "Må"),
        ("terms", "pay_floor", 500_000, "500000"),
        ("terms", "shifts", [], ""),
        ("educations", "recognition_documents", ["diploma", "identity"], "vitnemål, legitimasjon"),
        ("licences", "holds", False, "Nei"),
        ("licences", "valid_until", "2031-04-01", "01.04.2031"),
        ("languages", "interaction", "B1", "B1"),
        ("courses", "provider", None, ""),
    ],
)
def test_codes_are_said_in_words(part: str, name: str, value: object, said: str) -> None:
    told = in_words(part, name, value)
    assert told == said or (name == "value" and value == "fish" and told != "fish")
