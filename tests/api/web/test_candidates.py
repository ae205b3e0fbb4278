"""A vacancy's candidates as a coordinator works with them: read aloud, filtered, pinned, set aside, compared."""

import csv
import io
import re
from collections.abc import Callable
from uuid import UUID

import pytest

from kompetanse.actor import Role
from tests.api.web.conftest import Browser
from tests.api.web.test_vacancies import made
from tests.factories import FROYA

NB = "\u00a0"


def accountant(browser: Browser, **fields: object) -> UUID:
    """Somebody who has kept accounts for nine years and may work."""
    person_id = browser.register(FROYA, may_work=True, **fields)
    job = {"title": "regnskapsfører", "concept": "", "started": "2009", "ended": "2018", "kind": "paid"}
    assert browser.post(f"/people/{person_id}/profile/experiences", version="0", **job).status_code == 303
    assert browser.post(f"/people/{person_id}/profile/skills", version="1", label="regnskap").status_code == 303
    return person_id


def opening(browser: Browser, **fields: object) -> str:
    return made(browser, title="Regnskapsfører", skills_essential="regnskap", **fields)


def mark(browser: Browser, path: str, person_id: UUID, version: int, query: str = "", **fields: str) -> int:
    return browser.post(f"{path}/candidates/{person_id}/mark{query}", version=str(version), **fields).status_code


def card(html: str, person_id: UUID) -> str:
    """The part of a page that is a candidate's card."""
    return html.partition(f'id="candidate-{person_id}"')[2].partition('class="match"')[0]


def test_a_card_can_be_read_aloud_and_its_points_add_up(coordinator: Browser) -> None:
    rasa = accountant(coordinator, needs_interpreter=True)
    path = opening(coordinator, experience_months="24")
    html = card(coordinator.get(path).text, rasa)
    assert "Har arbeidet som regnskapsfører" in html
    assert f"Har 9{NB}år i slikt arbeid, stillingen ønsker 2{NB}år" in html
    assert "Kan regnskap" in html
    assert "Trenger tolk" in html
    assert re.search(r"Spør om:</strong></p>\s*<ul><li>«[^»]+\?", html)
    points = [float(one.replace(",", ".")) for one in re.findall(r"([\d,]+) av [\d,]+ poeng</span>", html)]
    total = re.search(r"<strong>([\d,]+) av 100 poeng", html)
    assert total is not None
    assert len(points) > 8
    assert sum(points) == pytest.approx(float(total[1].replace(",", ".")))


def test_the_outcomes_of_the_gates_are_counted_and_filtered(coordinator: Browser) -> None:
    passing, asking = accountant(coordinator), coordinator.register(given_name="Olena")
    failing = coordinator.register(given_name="Jonas", may_work=False)
    path = opening(coordinator)
    html = coordinator.get(path).text
    for text, number in (("Alle", 3), ("Passer", 1), ("Må avklares", 1), ("Utelukket", 1)):
        assert f'{text} <span class="quiet">{number}</span>' in html
    for gates, only in (("passes", passing), ("unknown", asking), ("fails", failing)):
        shown = coordinator.get(f"{path}?gates={gates}").text
        assert set(re.findall(r'id="candidate-([^"]+)"', shown)) == {str(only)}
    assert "Har ikke lov til å arbeide" in coordinator.get(f"{path}?gates=fails").text
    assert coordinator.get(f"{path}?gates=perhaps").status_code == 404


def test_the_ranking_goes_on_page_by_page_with_true_ranks(coordinator: Browser) -> None:
    for _ in range(23):
        coordinator.register(may_work=True)
    path = opening(coordinator)
    first = coordinator.get(path).text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = coordinator.get(following[1].replace("&amp;", "&")).text
    assert [len(re.findall('id="candidate-', html)) for html in (first, second)] == [20, 3]
    assert "</span>21.</span>" in second
    gone = f"{path}?cursor={UUID(int=7)}"
    assert len(re.findall('id="candidate-', coordinator.get(gone).text)) == 20


def test_a_candidate_is_pinned_above_with_her_true_rank_and_released(coordinator: Browser) -> None:
    accountant(coordinator)
    olena = coordinator.register(given_name="Olena")
    path = opening(coordinator)
    assert mark(coordinator, path, olena, 0, mark="pinned", note="") == 303
    html = coordinator.get(path).text
    pinned, _, ranking = html.partition('class="tabs" aria-label="Vis"')
    assert "</span>2.</span>" in card(pinned, olena)
    assert f'href="#candidate-{olena}"' in ranking
    assert html.count(f'id="candidate-{olena}"') == 1
    assert mark(coordinator, path, olena, 1, mark="", note="") == 303
    assert 'id="pinned"' not in coordinator.get(path).text


def test_setting_aside_takes_a_reason_and_is_undone_with_a_click(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    path, other = opening(coordinator), opening(coordinator)
    refused = coordinator.post(f"{path}/candidates/{rasa}/mark", version="0", mark="set_aside", note="Sa nei i dag")
    assert refused.status_code == 422
    assert "Velg hvorfor personen settes til side" in refused.text
    assert "Sa nei i dag</textarea>" in refused.text
    aside = {"mark": "set_aside", "reason": "not_interested", "note": "Sa nei i dag"}
    assert mark(coordinator, path, rasa, 0, **aside) == 303
    html = coordinator.get(path).text
    assert f'id="candidate-{rasa}"' not in html
    folded = html.partition('id="set-aside"')[2]
    for said in ("Er ikke interessert i stillingen", "Sa nei i dag", "Kari Koordinator"):
        assert said in folded
    for elsewhere in (other, f"/people/{rasa}"):
        assert "Sa nei i dag" not in coordinator.get(elsewhere).text
    assert f'id="candidate-{rasa}"' in coordinator.get(other).text
    assert mark(coordinator, path, rasa, 1, mark="", note="") == 303
    assert f'id="candidate-{rasa}"' in coordinator.get(path).text


def test_a_note_stands_through_pinning_and_is_taken_away_when_emptied(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    path = opening(coordinator)
    assert mark(coordinator, path, rasa, 0, note="Ring <mandag>") == 303
    html = card(coordinator.get(path).text, rasa)
    assert "Ring &lt;mandag&gt;" in html
    assert 'name="note" value="Ring &lt;mandag&gt;"' in html
    assert mark(coordinator, path, rasa, 1, mark="pinned", note="Ring <mandag>") == 303
    assert mark(coordinator, path, rasa, 2, mark="pinned", note=" ") == 303
    assert mark(coordinator, path, rasa, 3, mark="", note="") == 303
    html = coordinator.get(path).text
    assert "Notat:" not in html
    assert mark(coordinator, path, rasa, 0, note="") == 303


def test_who_was_slower_is_told_kindly_and_keeps_what_she_wrote(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    path = opening(coordinator)
    mark(coordinator, path, rasa, 0, mark="pinned")
    late = coordinator.post(f"{path}/candidates/{rasa}/mark", version="0", note="Mitt notat")
    assert late.status_code == 412
    assert "Noen andre lagret før deg" in late.text
    assert "Mitt notat" in late.text
    mark(coordinator, path, rasa, 1, mark="")
    assert mark(coordinator, path, rasa, 1, mark="pinned") == 412


def test_after_marking_one_is_on_the_same_part_of_the_ranking(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    path = opening(coordinator)
    answer = coordinator.post(f"{path}/candidates/{rasa}/mark?gates=passes", version="0", mark="pinned")
    assert answer.headers["location"] == f"{path}?gates=passes&notice=pinned#candidate-{rasa}"


def test_unused_competence_is_seen_and_who_is_excluded_is_not_put_forward(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    coordinator.post(f"/people/{rasa}/profile/experiences", version="2", title="renholder", ongoing="yes", kind="paid")
    path = opening(coordinator)
    assert "Ubrukt kompetanse" in card(coordinator.get(path).text, rasa)
    assert "Formidle<" in card(coordinator.get(path).text, rasa)
    unable = coordinator.register(given_name="Jonas", may_work=False)
    html = card(coordinator.get(f"{path}?gates=fails").text, unable)
    assert "Utelukket fordi:" in html
    assert "Formidle<" not in html
    assert "Kan ikke formidles før det som utelukker, er løst" in html
    assert f'href="/people/{unable}">Rett det på kortet' in html


def test_two_candidates_are_compared_requirement_by_requirement(coordinator: Browser) -> None:
    rasa, olena = accountant(coordinator), coordinator.register(given_name="Olena")
    path = opening(coordinator)
    html = coordinator.get(f"{path}/compare?candidate={rasa}&candidate={olena}").text
    assert html.index("Rasa") < html.index("Olena")
    row = html.partition("Ferdighet: regnskap")[2].partition("</tr>")[0]
    assert "Kan regnskap" in row
    assert "Kan du dette: regnskap?" in row
    assert "Treff, av 100 poeng" in html
    different, _, alike = html.partition("Likt for alle")
    assert "Ferdighet: regnskap" in different
    assert "Ferdighet: regnskap" not in alike
    for few in ("", f"?candidate={rasa}", f"?candidate={rasa}&candidate={rasa}"):
        assert "Velg to eller tre kandidater" in coordinator.get(f"{path}/compare{few}").text


def test_the_candidates_are_taken_out_as_a_spreadsheet_with_the_nearest_way(coordinator: Browser) -> None:
    rasa, path = accountant(coordinator), opening(coordinator)
    address = re.search(rf'href="({path}/candidates.csv[^"]*)"', coordinator.get(f"{path}?gates=passes").text)
    assert address
    answer = coordinator.get(address[1])
    assert 'filename="kandidater.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {row["person_id"] for row in rows} == {str(rasa)}
    assert {row["absolutte_krav"] for row in rows} == {"passes"}


def test_a_gap_on_the_card_names_the_course_that_begins_next(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    spoken = {"language": "norsk", "interaction": "B2", "production": "B2"}
    assert coordinator.post(f"/people/{rasa}/profile/languages", version="2", **spoken).status_code == 303
    path = opening(coordinator, language_0="norsk", minimum_0="C1", required_0="no")
    assert "Nærmest: Norskopplæring til C1, 10–67 uker" in card(coordinator.get(path).text, rasa)
    course = {"title": "Norsk C1", "key": "norsk", "to_level": "C1", "starts_on": "2100-02-01"}
    assert coordinator.post("/courses/new/language", **course).status_code == 303
    assert "Nærmest: Norsk C1, starter 01.02.2100" in card(coordinator.get(path).text, rasa)


def test_nobody_protected_is_compared(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    hidden = coordinator.register(given_name="Hemmelig", protected_address=True)
    answer = coordinator.get(f"{opening(coordinator)}/compare?candidate={rasa}&candidate={hidden}")
    assert answer.status_code == 404
    assert "Hemmelig" not in answer.text


def test_a_persons_vacancies_are_listed_filtered_and_marked_each_for_itself(coordinator: Browser) -> None:
    rasa = accountant(coordinator)
    chosen, other = opening(coordinator), opening(coordinator)
    mark(coordinator, chosen, rasa, 0, mark="set_aside", reason="practical", note="Bor for langt unna")
    assert f'href="/people/{rasa}/opportunities"' in coordinator.get(f"/people/{rasa}").text
    html = coordinator.get(f"/people/{rasa}/opportunities").text
    cards = html.split('<li class="match"')[1:]
    (said,) = [one for one in cards if "Bor for langt unna" in one]
    assert chosen in said
    assert other not in said
    assert 'Passer <span class="quiet">2</span>' in html
    assert "Ingen stillinger her" in coordinator.get(f"/people/{rasa}/opportunities?gates=fails").text


def test_an_archived_person_has_no_vacancies(coordinator: Browser) -> None:
    rasa = coordinator.register()
    coordinator.post(f"/people/{rasa}/archive", version="1")
    assert str(coordinator.get(f"/people/{rasa}/opportunities").url).endswith(f"/people/{rasa}")


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER])
def test_only_who_matches_may_mark_or_compare(visitor: Callable[..., Browser], role: Role) -> None:
    kari = visitor(Role.COORDINATOR)
    rasa, path = accountant(kari), opening(kari)
    kari.post("/log-out")
    other = visitor(role, unit="Økonomi", email="annen@froya.example")
    assert mark(other, path, rasa, 0, mark="pinned") == 403
    assert other.get(f"{path}/compare").status_code == 403
    assert other.get(f"/people/{rasa}/opportunities").status_code == 403


WORDS = {"title": "Renholder", "styrk": "9112", "description": "Du må ha perfekt norsk."}


def test_words_that_shut_people_out_are_hinted_at_to_who_writes_vacancies(
    visitor: Callable[..., Browser],
) -> None:
    kari = visitor(Role.COORDINATOR)
    path = made(kari, **WORDS)
    html = kari.get(path).text
    assert "<q>perfekt norsk</q> kan stenge noen ute uten grunn" in html
    assert "Skriv heller nivået oppgavene trenger, for eksempel A2 eller B1" in html
    assert "Kan teksten åpne for flere?" not in kari.get(made(kari)).text
    kari.post("/log-out")
    leader = visitor(Role.LEADER, email="leder@froya.example")
    assert "perfekt norsk» kan" not in leader.get(path).text
