import re
from collections.abc import Callable

import pytest
from sqlmodel import select

from api.web import trail
from kompetanse.actor import Role, system_actor
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.people import consents
from tests.api.web.conftest import Browser
from tests.factories import FROYA

Visitors = Callable[..., Browser]


@pytest.fixture
def officer(visitor: Visitors) -> Browser:
    """The data-protection officer at work."""
    return visitor(Role.DPO, email="ombud@froya.example")


def consent(browser: Browser, person_id: object, purpose: ConsentPurpose, *, granted: bool) -> None:
    with browser.state.database.session(FROYA) as session:
        consents.record_consent(
            session,
            system_actor(FROYA),
            person_id,  # type: ignore[arg-type]
            purpose=purpose,
            granted=granted,
            form=ConsentForm.WRITTEN,
            given_on=None,
        )


def test_the_trail_tells_who_did_what_to_whom_and_why(officer: Browser) -> None:
    person_id = officer.register()
    html = officer.get("/audit").text
    for told in ("Opprettet: person", "Registrere", "Logget inn: brukerkonto", str(person_id)):
        assert told in html, told
    assert "Kari Koordinator" in html
    assert "Kazlauskienė" not in html


def test_events_about_somebody_are_found_by_the_address_of_her_page(officer: Browser) -> None:
    rasa, other = officer.register(), officer.register(given_name="Olena", family_name="Shevchenko")
    html = officer.get(f"/audit?record=http://testserver/people/{rasa}%23consents").text
    assert str(rasa) in html
    assert str(other) not in html
    refused = officer.get("/audit?record=Rasa")
    assert refused.status_code == 422
    assert "Lim inn adressen" in refused.text


def test_events_are_found_by_day_and_by_who_did_them(officer: Browser) -> None:
    officer.register()
    assert "Ingen hendelser passer" in officer.get("/audit?until=2020-01-01").text
    assert "Opprettet: person" in officer.get("/audit?since=2020-01-01").text
    assert officer.get("/audit?since=i+fjor").status_code == 422
    own = re.search(r'href="(/audit\?actor=[^"]+)">Kari', officer.get("/audit").text)
    assert own is not None
    html = officer.get(own[1]).text
    assert "Logget inn" in html
    assert "Opprettet: person" not in html


def test_events_are_found_by_what_was_done_and_with_what(officer: Browser) -> None:
    person_id = officer.register()
    created = officer.get("/audit?action=create&record_type=person").text
    assert str(person_id) in created
    assert "Logget inn: brukerkonto" not in created
    assert 'value="create" selected' in created
    logged_in = officer.get("/audit?action=log_in").text
    assert "Logget inn: brukerkonto" in logged_in
    assert str(person_id) not in logged_in
    assert "Ingen hendelser passer" in officer.get("/audit?action=merge").text
    assert officer.get("/audit?action=%00").status_code == 404


def test_who_was_chosen_is_kept_when_the_search_is_narrowed(officer: Browser) -> None:
    own = re.search(r'href="(/audit\?actor=([^"]+))">Kari', officer.get("/audit").text)
    assert own is not None
    form = f'name="actor" value="{own[2]}"'
    assert form in officer.get(own[1]).text
    nothing = officer.get(f"{own[1]}&action=merge").text
    assert "gjort av Kari Koordinator" in nothing  # by name, though no event of hers is shown
    assert 'href="/audit?action=merge">Vis alle' in nothing
    assert form in officer.get(f"{own[1]}&since=i+fjor").text


def test_a_long_trail_has_pages(officer: Browser) -> None:
    for number in range(31):
        officer.register(family_name=f"Nr {number}")
    following = re.search(r'rel="next" href="([^"]+)"', officer.get("/audit").text)
    assert following is not None
    assert "Første side" in officer.get(following[1].replace("&amp;", "&")).text


def test_the_trail_is_proved_whole_and_a_break_is_told(officer: Browser) -> None:
    officer.register()
    assert "Loggen er hel" in officer.get("/audit/verification").text
    with officer.state.database.session(FROYA) as session:
        first = session.get_one(AuditEvent, (FROYA, 1))
        first.action = "read"
    assert "brutt ved hendelse nummer 1" in officer.get("/audit/verification").text


def test_consents_are_counted_and_listed_without_names(officer: Browser) -> None:
    rasa, olena = officer.register(), officer.register(given_name="Olena", family_name="Shevchenko")
    hidden = officer.register(given_name="Hemmelig", protected_address=True)
    sharing = ConsentPurpose.SHARE_WITH_NEIGHBOURS
    for one, granted in ((rasa, True), (olena, False), (hidden, True)):
        consent(officer, one, sharing, granted=granted)
    html = officer.get("/consents").text
    row = re.search(
        r"Telles med i gruppene nabokommuner ser</th>\s*<td>(\d)</td>\s*<td>(\d)</td>\s*<td>(\d)</td>", html
    )
    assert row is not None
    assert row.groups() == ("1", "1", "0")
    assert str(hidden) not in html
    assert "Shevchenko" not in html
    only_yes = officer.get(f"/consents?purpose={sharing.value}&granted=yes").text
    assert str(rasa) in only_yes
    assert str(olena) not in only_yes
    assert "Ingen svar passer" in officer.get("/consents?purpose=ambassador").text


def test_the_coordinator_comes_from_an_answer_to_the_person(coordinator: Browser) -> None:
    rasa = coordinator.register()
    consent(coordinator, rasa, ConsentPurpose.AMBASSADOR, granted=True)
    assert f'href="/people/{rasa}#consents">Kazlauskienė, Rasa</a>' in coordinator.get("/consents").text


def test_only_the_officer_reads_the_trail(coordinator: Browser) -> None:
    assert coordinator.get("/audit").status_code == 403
    assert coordinator.get("/audit/verification").status_code == 403
    assert 'href="/audit"' not in coordinator.get("/").text


def test_every_event_of_a_busy_day_has_words(coordinator: Browser, visitor: Visitors) -> None:
    rasa = coordinator.register()
    coordinator.get(f"/people/{rasa}")
    coordinator.post(f"/people/{rasa}/profile/skills", version="0", label="regnskap")
    coordinator.post(f"/people/{rasa}/archive", version="1")
    coordinator.post(f"/people/{rasa}/restore", version="2")
    coordinator.get("/people")
    coordinator.get("/sharing")
    coordinator.get("/export")
    with coordinator.state.database.session(FROYA) as session:
        told = {(one.action, one.record_type) for one in session.exec(select(AuditEvent))}
    assert {action for action, _ in told} <= trail.ACTIONS.keys()
    assert {record for _, record in told} <= trail.RECORDS.keys()
