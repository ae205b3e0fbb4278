"""The timeline as a page."""

import re
from uuid import UUID

from kompetanse.competence import service as competence
from tests.api.web.conftest import Browser
from tests.factories import FROYA, HITRA, actor


def told(browser: Browser, path: str) -> list[str]:
    html = browser.get(path).text
    found = re.findall(r'<li class="timeline__event">(.*?)</li>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def much(browser: Browser, person_id: UUID) -> None:
    with browser.state.database.session(FROYA) as session:
        for version in range(35):
            competence.add_interest(session, actor(), person_id, version, {"label": f"interesse {version}"})


def test_it_says_in_words_what_happened_and_who_did_it(coordinator: Browser) -> None:
    person_id = coordinator.register()
    coordinator.post(f"/people/{person_id}/profile/interests", version="0", label="kor")
    coordinator.post(f"/people/{person_id}/profile/courses", version="1", title="HACCP")
    coordinator.post(f"/people/{person_id}/consents/ambassador", granted="yes", form="oral")
    coordinator.post(f"/people/{person_id}/link", language="nb")
    lines = told(coordinator, f"/people/{person_id}/timeline")
    assert [re.sub(r".* kl\. \S+ ", "", one) for one in lines][:4] == [
        "Fikk lenke til egne sider Kari Koordinator",
        "Samtykket: Være ambassadør for andre tilflyttere Kari Koordinator",
        "Profilen endret: kurs Kari Koordinator",
        "Profilen endret: interesse Kari Koordinator",
    ]
    assert "Registrert" in lines[-1]
    assert len(told(coordinator, f"/people/{person_id}/timeline?theme=courses")) == 1
    assert told(coordinator, f"/people/{person_id}/timeline?theme=referrals") == []


def test_a_long_one_has_more_to_show(coordinator: Browser) -> None:
    person_id = coordinator.register()
    much(coordinator, person_id)
    html = coordinator.get(f"/people/{person_id}/timeline").text
    assert len(re.findall('<li class="timeline__event">', html)) == 30
    (more,) = re.findall(r'<a [^>]*href="([^"]*before=[^"]*)"[^>]*>Vis flere', html)
    assert len(told(coordinator, more.replace("&amp;", "&"))) == 6


def test_that_of_somebody_elsewhere_is_not_found(coordinator: Browser) -> None:
    elsewhere = coordinator.register(municipality_no=HITRA)
    assert coordinator.get(f"/people/{elsewhere}/timeline").status_code == 404
    person_id = coordinator.register()
    assert coordinator.get(f"/people/{person_id}/timeline?before=yesterday").status_code == 404
    for edge in ("0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"):
        assert coordinator.get(f"/people/{person_id}/timeline?before={edge}").status_code == 200
