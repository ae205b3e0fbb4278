"""What a person's page asks of the coordinator before it is too late, and where it leads whoever is logged out."""

import re

from api.web.sessions import unmasked
from kompetanse.codes.work import RecognitionStatus
from kompetanse.competence import service as competence
from kompetanse.competence.service import ProfilePart
from kompetanse.people import erasures
from kompetanse.self_service import service as self_service
from tests.api.web.conftest import ORIGIN, Browser
from tests.factories import FROYA, actor
from tests.personal_links.people import herself
from tests.support.html_forms import forms

EDUCATIONS = ProfilePart.EDUCATIONS


def test_a_recognised_education_that_its_owner_changed_is_to_be_confirmed(coordinator: Browser) -> None:
    person_id = coordinator.register()
    with coordinator.state.database.session(FROYA) as session:
        fields = {"title": "sykepleier", "country": "LT", "recognition": RecognitionStatus.RECOGNISED}
        entry = competence.add_part(session, actor(), person_id, 0, EDUCATIONS, fields)[1]  # type: ignore[arg-type]
        changed = {**fields, "title": "lege"}
        self_service.change_part(session, herself(session, person_id), 1, EDUCATIONS, entry, changed)  # type: ignore[arg-type]
    html = coordinator.get(f"/people/{person_id}").text
    assert "Må bekreftes" in html
    (confirming,) = forms(html, f"{entry}/confirm")
    answer = coordinator.post(confirming.action, **confirming.values())
    html = coordinator.get(answer.headers["location"]).text
    assert "Må bekreftes" not in html
    assert "Bekreftet: vedtaket gjelder det som står her" in html
    history = coordinator.get(f"/people/{person_id}/history").text
    assert re.search(r"<strong>Bekreftet: utdanning</strong> lege", history)


def test_archiving_asks_whether_she_knows_the_answer_to_her_wish(coordinator: Browser) -> None:
    person_id = coordinator.register()
    with coordinator.state.database.session(FROYA) as session:
        asked = self_service.ask_for_erasure(session, herself(session, person_id))
        erasures.answer(session, actor(), asked.id, "Profilen er slettet.")
    html = coordinator.get(f"/people/{person_id}").text
    assert "har ikke lest svaret" in html
    (archiving,) = forms(html, "/archive")
    refused = coordinator.post(archiving.action, **archiving.values())
    assert refused.status_code == 409
    assert "har ikke lest svaret" in refused.text
    assert coordinator.post(archiving.action, **archiving.values(), told="yes").status_code == 303


def test_a_form_whose_session_is_over_leads_to_log_in_and_back_to_its_page(coordinator: Browser) -> None:
    person_id = coordinator.register()
    page = f"/people/{person_id}/edit"
    coordinator.client.cookies.clear()
    headers = {**ORIGIN, "Referer": f"http://testserver{page}", "Host": "testserver"}
    sent = coordinator.client.post(page, data={"version": "1"}, headers=headers, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, f"/log-in?next={page}")
    inside = coordinator.client.post(page, data={}, headers={**headers, "HX-Request": "true"}, follow_redirects=False)
    assert (inside.status_code, inside.headers["hx-redirect"]) == (401, f"/log-in?next={page}")


def test_only_its_owner_gets_the_key_to_a_draft(coordinator: Browser) -> None:
    key = re.compile(r'<body data-drafts="([0-9a-f]{128})">')
    sent = [found[1] for path in ("/people", "/vacancies") if (found := key.search(coordinator.get(path).text))]
    assert len(set(sent)) == 2
    assert len({unmasked(one) for one in sent}) == 1
    coordinator.post("/log-out")
    assert "data-drafts" not in coordinator.get("/log-in").text
