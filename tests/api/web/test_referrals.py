"""Referring with a click from every page that shows a match, the undo, the steps that follow, and the shortlist."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from kompetanse.actor import Role, system_actor
from kompetanse.codes.residence import HouseholdRole
from kompetanse.ids import new_id
from kompetanse.people import households
from kompetanse.people import service as people
from tests.api.web.conftest import Browser
from tests.api.web.test_candidates import accountant, card, opening
from tests.factories import FROYA, actor
from tests.support.html_forms import HtmlForm, forms


def send(browser: Browser, form: HtmlForm, button: int = 0, **more: str) -> str:
    """Send a form as it stands, by one of its buttons; the page that follows, with its address as a comment."""
    pressed = form.buttons[button]
    values = {**form.values(), **({pressed["name"]: pressed["value"]} if "name" in pressed else {}), **more}
    answer = browser.post(form.action, **values)
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    return f"<!-- {address} -->" + browser.get(address.partition("#")[0]).text


def refer_forms(html: str) -> list[HtmlForm]:
    return [one for one in forms(html) if one.action.endswith("/referrals")]


def refer_form(html: str) -> HtmlForm:
    return refer_forms(html)[0]


def protect(browser: Browser, person_id: UUID) -> None:
    with browser.state.database.session(FROYA) as session:
        version = people.read(session, system_actor(FROYA), person_id).person.version
        people.change(session, system_actor(FROYA), person_id, version, {"protected_address": True})


def family(browser: Browser, *members: UUID) -> UUID:
    with browser.state.database.session(FROYA) as session:
        roles = [(one, HouseholdRole.ADULT) for one in members]
        return households.form_household(session, actor(), name="Prøve", members=roles).id


def test_a_click_on_any_page_that_shows_a_match_refers_and_leads_back_there(coordinator: Browser) -> None:
    rasa, jonas = accountant(coordinator), accountant(coordinator, given_name="Jonas")
    home = family(coordinator, rasa, jonas)
    path = opening(coordinator, positions="2")
    places = [
        (path, f"candidate-{rasa}"),
        (f"/people/{rasa}", f"opening-{path.rpartition('/')[2]}"),
        (f"/people/{rasa}/opportunities", f"opening-{path.rpartition('/')[2]}"),
        (f"{path}/compare?candidate={rasa}&candidate={jonas}", ""),
        ("/matching/plan", f"pair-{rasa}"),
        (f"/households/{home}/placements", "way-1"),
    ]
    for address, part in places:
        offered = [one for one in refer_forms(coordinator.get(address).text) if str(rasa) in str(one.fields)]
        html = send(coordinator, offered[0])
        back = re.search(r"<!-- (\S+) -->", html)
        assert back is not None
        where, _, place = back[1].partition("#")
        assert where.startswith(address), address
        assert place == part, address
        assert "I morgen minner «I dag» deg på å spørre personen." in html
        assert "Følges opp" in html
        undo = next(one for one in forms(html, "/undo") if "part" not in one.values())  # the notice's, not the card's
        assert undo.values()["back"] == [address]
        html = send(coordinator, undo)
        assert "Angret. Formidlingen er borte." in html
        assert not forms(html, "/undo"), address


def test_a_message_follows_and_is_read_by_the_unit_alone_when_it_is_sent(visitor: Callable[..., Browser]) -> None:
    kari = visitor(Role.COORDINATOR)
    accountant(kari)
    path = opening(kari)
    with_message = refer_forms(kari.get(path).text)[1]
    html = send(kari, with_message, note="Har hørt om dere fra en venn")
    assert "Har hørt om dere fra en venn" in html
    send(kari, forms(html, "/stage")[0])
    sheet = kari.get(f"{path}/shortlist").text
    assert "Rasa Kazlauskienė" in sheet
    assert "hørt om dere" not in sheet
    kari.post("/log-out")
    unit = visitor(Role.HR, unit="Økonomi", email="enhet@froya.example")
    assert "hørt om dere" not in unit.get(path).text


def test_the_steps_of_a_referral_are_one_click_each_until_work_which_asks_once_more(coordinator: Browser) -> None:
    accountant(coordinator)
    path = opening(coordinator)
    html = send(coordinator, refer_form(coordinator.get(path).text))
    assert "Spør personen. Enheten får ikke navnet før svaret er ja." in html
    for stage in ("Kandidaten har sagt ja", "Sendt til enheten", "Intervju"):
        html = send(coordinator, forms(html, "/stage")[0])
        assert stage in html
    assert "Formidlingen er da ferdig, og kan ikke endres." in html
    (hired,) = [one for one in forms(html, "/stage") if one.buttons[0]["value"] == "hired"]
    assert not forms(send(coordinator, hired), "/stage")


def test_one_that_was_withdrawn_is_referred_again_from_the_card(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    path = opening(coordinator)
    html = send(coordinator, refer_form(coordinator.get(path).text))
    (withdrawing,) = [one for one in forms(html, "/stage") if one.buttons[0]["value"] == "withdrawn"]
    html = send(coordinator, withdrawing)
    assert "Trukket" in card(html, rasa)
    again = forms(card(html, rasa), "/stage")[0]
    assert "Foreslått" in card(send(coordinator, again), rasa)
    assert "Angre<" not in card(coordinator.get(path).text, rasa)


def test_who_is_protected_since_is_withdrawn_on_her_own_page_and_goes_no_further(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    other = opening(coordinator)
    send(coordinator, refer_form(coordinator.get(opening(coordinator)).text))
    protect(coordinator, rasa)
    html = coordinator.get(f"/people/{rasa}").text
    assert "Kan ikke formidles: med adressesperre skal ingen andre se navnet." in html
    assert not refer_forms(html)
    steps = forms(html.partition('id="referrals"')[2], "/stage")
    assert [one.buttons[0]["value"] for one in steps] == ["declined", "withdrawn"]
    assert "Spør personen." not in html
    html = send(coordinator, steps[1])
    assert html.startswith(f"<!-- /people/{rasa}?notice=advanced#referrals")
    assert "Trukket" in html
    assert not [one for one in forms(html, "/stage") if one.buttons[0]["value"] == "proposed"]
    refused = coordinator.post(f"{other}/referrals", person_id=str(rasa))
    assert refused.status_code == 409
    assert "adressesperre" in refused.text


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_no_form_leads_to_another_site(coordinator: Browser, elsewhere: str) -> None:
    rasa = accountant(coordinator)
    path = opening(coordinator)
    answer = coordinator.post(f"{path}/referrals", person_id=str(rasa), back=elsewhere)
    assert answer.headers["location"].startswith(f"{path}?notice=referred&undo=")


def test_what_was_saved_before_does_not_hide_the_way_back(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    opening(coordinator)
    html = coordinator.get(f"/people/{rasa}?at=skills&notice=added").text
    html = send(coordinator, refer_form(html))
    assert [one for one in forms(html, "/undo") if "part" not in one.values()]


@pytest.mark.parametrize("undo", ["../people/x/archive", "", "7"])
def test_a_link_that_somebody_made_offers_no_undo_of_anything_else(coordinator: Browser, undo: str) -> None:
    assert "/undo" not in coordinator.get(f"/vacancies?notice=referred&undo={undo}").text


def test_the_shortlist_is_a_sheet_each_with_nothing_that_a_leader_need_not_know(coordinator: Browser) -> None:
    private = {"born": "1987-05-17", "postal_code": "7260", "notes": "Ring søsteren"}
    rasa = accountant(coordinator, **private)
    olena = coordinator.register(given_name="Olena", may_work=True)
    path = opening(coordinator, language_0="norsk", minimum_0="B1", required_0="no")
    assert "Ingen på kortlisten ennå" in coordinator.get(f"{path}/shortlist").text
    html = send(coordinator, refer_form(card(coordinator.get(path).text, rasa)))
    assert "Har ikke sagt ja ennå. Spør først." in coordinator.get(f"{path}/shortlist").text
    send(coordinator, forms(html, "/stage")[0])
    html = coordinator.get(f"{path}/shortlist?candidate={rasa}&candidate={olena}").text
    (sheet,) = re.findall(r"<article.*?</article>", html, re.DOTALL)
    for told in ("Rasa Kazlauskienė", "Kan regnskap", "Har arbeidet som regnskapsfører", "Hvor godt snakker du norsk"):
        assert told in sheet, told
    for hidden in ("1987", "7260", "søsteren", "poeng", "match", str(rasa), "Olena", "Hvor bor du"):
        assert hidden not in sheet, hidden
    assert "av Kari Koordinator, Frøya kommune" in sheet
    assert "Er ikke formidlet til stillingen." in html
    assert "data-print hidden" in html


def test_those_on_the_paper_are_noted_as_sent_with_one_click(coordinator: Browser) -> None:
    for name in ("Rasa", "Jonas"):
        accountant(coordinator, given_name=name)
    path = opening(coordinator)
    for _ in range(2):
        html = send(coordinator, refer_form(coordinator.get(path).text))
        asked = [one for one in forms(html, "/stage") if one.buttons[0]["value"] == "accepted_by_person"]
        send(coordinator, asked[0])
    html = coordinator.get(f"{path}/shortlist").text
    (sent,) = forms(html, "/sent")
    html = send(coordinator, sent)
    assert "Notert som sendt." in html
    assert not forms(html, "/sent")
    assert html.count("<article") == 2
    assert coordinator.get(path).text.count("Sendt til enheten") >= 2
    assert coordinator.post(sent.action, **sent.values()).status_code == 412
    assert coordinator.post(sent.action, referral="x").status_code == 422


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.DPO])
def test_only_who_refers_sees_the_shortlist(visitor: Callable[..., Browser], role: Role) -> None:
    browser = visitor(role, unit="Økonomi" if role is Role.HR else None)
    assert browser.get(f"/vacancies/{new_id()}/shortlist").status_code == 403
    assert browser.post(f"/vacancies/{new_id()}/shortlist/sent").status_code == 403
