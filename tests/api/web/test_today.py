"""The first page: what waits, why, and the way to each thing."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.people import consents
from kompetanse.people import service as people
from kompetanse.placements import service as placements
from tests import factories
from tests.api.web.conftest import Browser
from tests.contacts import town
from tests.factories import FROYA, HITRA
from tests.support.html_forms import forms

Visitor = Callable[..., Browser]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def referred(browser: Browser) -> UUID:
    """Somebody who is put forward today."""
    person_id = browser.register()
    with browser.state.database.session(FROYA) as session:
        vacancy = factories.vacancy(session, title="Regnskapsfører").vacancy
        placements.refer(session, system_actor(FROYA), vacancy_id=vacancy.id, person_id=person_id)
    return person_id


def test_the_first_page_says_so_when_nothing_waits(coordinator: Browser) -> None:
    html = coordinator.get("/").text
    assert "Hei, Kari" in html
    assert "Ingenting venter" in html
    assert "dem som ikke er kartlagt" in html


def test_a_referral_is_there_the_next_morning_and_gone_when_it_was_followed_up(
    visitor: Visitor, coordinator: Browser
) -> None:
    person_id = referred(coordinator)
    assert "Formidlinger å følge opp" not in coordinator.get("/").text
    with clock.moved(by=timedelta(days=1)):
        kari = visitor(Role.COORDINATOR, email="lars@froya.example")
        html = kari.get("/").text
        assert "Formidlinger å følge opp (1)" in text_of(html)
        assert "Foreslått for Regnskapsfører" in text_of(html)
        assert f'href="/people/{person_id}">Rasa Kazlauskienė</a>' in html
        opening = re.search(r'href="(/vacancies/[^"#]+)#referrals"', html)
        assert opening is not None
        assert 'id="referrals"' in kari.get(opening[1]).text
        (sent,) = forms(html, "/followed-up")
        answer = kari.post(sent.action, **sent.values())
        assert (answer.status_code, answer.headers["location"]) == (303, "/?notice=followed-up")
        html = kari.get(answer.headers["location"]).text
        assert "Notert." in html
        assert "Formidlinger å følge opp" not in html
        assert kari.post(sent.action, **sent.values()).status_code == 412


def test_what_the_person_said_is_noted_on_the_first_page_itself(visitor: Visitor, coordinator: Browser) -> None:
    person_id = referred(coordinator)
    with clock.moved(by=timedelta(days=1)):
        kari = visitor(Role.COORDINATOR, email="lars@froya.example")
        (said,) = forms(kari.get("/").text, "/stage")
        assert said.buttons[0]["value"] == "accepted_by_person"
        answer = kari.post(said.action, stage="accepted_by_person", **said.values())
        vacancy = said.action.partition("/referrals/")[0]
        assert answer.headers["location"] == f"/?notice=accepted&undo={vacancy.rpartition('/')[2]}"
        html = kari.get(answer.headers["location"]).text
        assert "Formidlinger å følge opp" not in html
        assert f'href="{vacancy}/shortlist"' in html, "what comes next is a click away, though the row is gone"
        assert f'href="{vacancy}/shortlist"' in kari.get(f"/people/{person_id}").text


def test_a_referral_of_what_has_ended_or_of_who_is_protected_since_leads_to_where_it_is_told(
    visitor: Visitor, coordinator: Browser
) -> None:
    person_id = referred(coordinator)
    with clock.moved(by=timedelta(days=1)):
        kari = visitor(Role.COORDINATOR, email="lars@froya.example")
        path = re.findall(r'href="(/vacancies/[^"#]+)#referrals"', kari.get("/").text)[0]
        assert kari.post(f"{path}/end", version="1", status="filled").status_code == 303
        assert "Regnskapsfører er besatt eller avsluttet." in text_of(kari.get("/").text)
        with kari.state.database.session(FROYA) as session:
            record = people.read(session, system_actor(FROYA), person_id).person
            people.change(session, system_actor(FROYA), person_id, record.version, {"protected_address": True})
        html = kari.get("/").text
        assert f'href="/people/{person_id}#referrals"' in html
        assert 'id="referrals"' in kari.get(f"/people/{person_id}").text


def test_each_row_says_why_and_opens_the_thing_to_do(visitor: Visitor, coordinator: Browser) -> None:
    today = clock.today()
    person_id = coordinator.register(may_work_until=today + timedelta(days=40), protected_address=True)
    with coordinator.state.database.session(FROYA) as session:
        consents.record_consent(
            session, system_actor(FROYA), person_id, purpose=ConsentPurpose.EXPORT_TO_JOB_SERVICE, granted=True,
            form=ConsentForm.ORAL, given_on=today - timedelta(days=360),
        )  # fmt: skip
        factories.vacancy(session, title="Kokk", deadline=today - timedelta(days=1))
        town.accountants(session)
        town.requested(session)
    coordinator.register(municipality_no=HITRA, given_name="Olena", family_name="Shevchenko")
    html = coordinator.get("/").text
    shown = text_of(html)
    assert "Samtykket til NAV går ut" in shown
    assert "Arbeidstillatelsen går ut" in shown
    assert "Søknad om fornyelse bør sendes senest" in shown
    assert "Hitra vil ha kontakt med noen som passer. Svarfristen er" in shown
    assert "Søknadsfristen gikk ut" in shown
    assert "Adressesperre" in shown
    assert "Shevchenko" not in shown
    for address in (f"/people/{person_id}#consents", f"/people/{person_id}/edit"):
        assert f'href="{address}"' in html
    for address in re.findall(r'<li class="entry entry--wrap waiting">.*?href="([^"]+)"', html, re.DOTALL):
        assert coordinator.get(address).status_code == 200


def test_five_of_a_kind_are_shown_and_a_link_leads_to_all(coordinator: Browser) -> None:
    for _ in range(7):
        coordinator.register()
    html = coordinator.get("/").text
    assert "Ikke kartlagt ennå (7)" in text_of(html)
    assert html.count(">Kartlegg<") == 5
    assert 'href="/?kind=unmapped"' in html
    assert coordinator.get("/?kind=unmapped").text.count(">Kartlegg<") == 7
    assert coordinator.get("/?kind=consent").text.count("Ingenting venter") == 1
    assert coordinator.get("/?kind=everything").status_code == 404


def test_new_vacancies_with_strong_candidates_are_a_part_of_their_own(visitor: Visitor, coordinator: Browser) -> None:
    assert 'hx-get="/today/candidates"' in coordinator.get("/").text
    assert "Ingen av de nyeste stillingene" in coordinator.get("/today/candidates").text
    with coordinator.state.database.session(FROYA) as session:
        town.accountant(session)
        factories.vacancy(session, **town.opening(styrk="3313"))
    assert "1 kandidat passer godt." in text_of(coordinator.get("/today/candidates").text)
    leader = visitor(Role.LEADER, email="leder@froya.example")
    assert "/today/candidates" not in leader.get("/").text
    assert leader.get("/today/candidates").status_code == 403


@pytest.mark.parametrize("role", [Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR, Role.ANALYST])
def test_nobody_else_is_shown_a_person(visitor: Visitor, role: Role) -> None:
    browser = visitor(role, unit="Skolen" if role is Role.HR else None)
    browser.register(may_work_until=clock.today())
    for path in ("/", "/?kind=permit", "/?kind=unmapped"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "Kazlauskienė" not in answer.text
