"""The staff's pages in the language that each of them chose."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape

import pytest
from babel import Locale
from fastapi.testclient import TestClient

from api.web import formats
from api.web.catalogues import STAFF
from api.web.i18n import gettext, speaking
from api.web.occupations import as_occupation
from api.web.streaming import Work
from api.web.tongues import in_tongue, norwegian
from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.codes.countries import countries, find_country
from tests.api.web.conftest import ORIGIN, PASSWORD, Browser

Visitors = Callable[..., Browser]
NB = "\u00a0"


def elsewhere(browser: Browser) -> Browser:
    """The same person in front of another computer."""
    other = Browser(TestClient(browser.client.app), browser.state)
    form = {"email": "kari@froya.example", "password": PASSWORD}
    other.client.post("/log-in", data=form, headers=ORIGIN)
    return other


def test_pages_are_in_bokmaal_until_somebody_chooses(coordinator: Browser) -> None:
    shown = coordinator.client.get("/", headers={"Accept-Language": "en-GB,en"}).text
    assert '<html lang="nb"' in shown
    assert "Logg ut" in shown


def test_a_choice_holds_wherever_one_logs_in_and_after_logging_out(coordinator: Browser) -> None:
    answer = coordinator.post("/language", pages_in="en", at="/people?text=Rasa")
    assert (answer.status_code, answer.headers["location"]) == (303, "/people?text=Rasa")
    for browser in (coordinator, elsewhere(coordinator)):
        shown = browser.get("/people").text
        assert '<html lang="en"' in shown
        assert "Sign out" in shown
        assert "Logg ut" not in shown
    coordinator.post("/log-out")
    assert "Sign in" in coordinator.get("/log-in").text


def test_a_language_is_chosen_on_the_log_in_page_and_leads_on_to_where_one_was_going(coordinator: Browser) -> None:
    coordinator.post("/log-out")
    shown = coordinator.get("/log-in?next=/people").text
    [address] = re.findall(r'href="(\S+)" lang="nn"', shown)
    chosen = coordinator.get(f"/log-in{unescape(address)}").text
    assert '<html lang="nn"' in chosen
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', chosen))
    form = {**fields, "email": "kari@froya.example", "password": PASSWORD}
    answer = coordinator.client.post("/log-in", data=form, headers=ORIGIN, follow_redirects=False)
    assert answer.headers["location"] == "/people"
    assert '<html lang="nn"' in elsewhere(coordinator).get("/people").text


def test_whoever_logs_in_after_somebody_has_her_own_language(visitor: Visitors) -> None:
    leader = visitor(Role.LEADER, email="leder@froya.example")
    leader.post("/language", pages_in="en", at="/")
    leader.post("/log-out")
    after = visitor(Role.COORDINATOR)
    assert '<html lang="nb"' in after.get("/").text
    assert '<html lang="nb"' in after.get("/nowhere").text


def test_an_answer_that_is_shown_once_offers_no_way_to_lose_it(coordinator: Browser) -> None:
    person = coordinator.register()
    made = coordinator.post(f"/people/{person}/link", language="pl", asked="a", by="")
    assert made.status_code == 200
    assert 'action="/language"' not in made.text
    assert 'action="/language"' in coordinator.get(f"/people/{person}").text


def test_work_in_a_thread_of_its_own_speaks_as_the_page_does() -> None:
    with speaking("en", STAFF):
        work = Work(lambda _told: gettext("Velg en fil"), lambda: "")
        list(work.progress())
    assert work.result() == "Choose a file"


def test_the_account_goes_before_the_browser(coordinator: Browser) -> None:
    coordinator.post("/language", pages_in="nn", at="/")
    for path in ("/nowhere", "/?pages_in=en"):
        assert '<html lang="nn"' in coordinator.get(path).text, path


@pytest.mark.parametrize("said", ["", "pl", "EN", "nb; drop"])
def test_a_language_that_the_pages_are_not_in_changes_nothing(coordinator: Browser, said: str) -> None:
    assert coordinator.post("/language", pages_in=said, at="/").status_code == 422
    assert '<html lang="nb"' in coordinator.get("/").text


def test_a_choice_leads_nowhere_but_to_this_site(coordinator: Browser) -> None:
    assert coordinator.post("/language", pages_in="en", at="//evil.example").headers["location"] == "/"


def test_errors_are_told_in_her_language(coordinator: Browser) -> None:
    coordinator.post("/language", pages_in="en", at="/")
    refused = coordinator.post("/people/new", given_name="", family_name="", born="31.31.1990")
    assert "This is not a date" in refused.text
    for path in ("/people/018f0000-0000-7000-8000-000000000000", "/nowhere", "/audit"):
        assert '<html lang="en"' in coordinator.get(path).text, path


def test_whoever_reads_english_has_no_newcomers_page_in_it_by_that(coordinator: Browser) -> None:
    coordinator.post("/language", pages_in="en", at="/")
    assert '<html lang="pl"' in coordinator.client.get("/my/enter", headers={"Accept-Language": "pl"}).text


def test_two_at_once_are_not_mixed_up(coordinator: Browser, visitor: Visitors) -> None:
    coordinator.post("/language", pages_in="en", at="/")
    hitra = visitor(Role.COORDINATOR, email="ola@hitra.example", municipality_no="5056")
    for _ in range(3):
        assert '<html lang="en"' in coordinator.get("/").text
        assert '<html lang="nb"' in hitra.get("/").text


def test_dates_are_told_in_words_of_the_language_and_in_figures_as_in_norway() -> None:
    at = datetime(2026, 11, 26, 12, tzinfo=UTC)
    with clock.moved(to=at), speaking("en", STAFF):
        assert formats.spoken_day(date(2026, 12, 3)) == f"3{NB}December"
        assert formats.partial("1987-05") == "May 1987"
        assert formats.day(date(2026, 4, 3)) == "03.04.2026"
        assert formats.moment(at) == f"26.11.2026 at{NB}13.00"
        assert (formats.months(62), formats.duration(80)) == (f"5{NB}yr 2{NB}mth", f"1{NB}h 20{NB}min")
        assert (formats.inside("Norwegian B1"), formats.inside("Nurses")) == ("Norwegian B1", "nurses")


def test_codes_are_named_in_the_language_as_far_as_they_have_a_name_in_it() -> None:
    told = {}
    for tag in ("nb", "nn", "en"):
        with speaking(tag, STAFF):
            told[tag] = (formats.country_name("AT"), formats.language_name("pol"), formats.occupation_name("2221"))
    assert told["nb"][:2] == ("Østerrike", "polsk")
    assert told["nn"][:2] == ("Austerrike", "polsk")
    assert told["en"][:2] == ("Austria", "Polish")
    assert (told["nb"][2], told["nn"][2], told["en"][2]) == (
        "Spesialsykepleiere",
        "Spesialsykepleiere",
        "Specialist nurses",
    )


def test_a_country_that_is_shown_in_nynorsk_is_understood_when_it_is_sent_back() -> None:
    with speaking("nn", STAFF):
        assert [one for one in countries() if find_country(formats.country_name(one.alpha2) or "") != one.alpha2] == []
    assert len(Locale.parse("nn").territories) > len(countries())


def test_an_occupation_is_not_remembered_in_the_language_of_who_asked_first() -> None:
    told = []
    for tag in ("nb", "en", "nb"):
        with speaking(tag, STAFF):
            told.append(as_occupation("2411"))
    assert told[0] == told[2] != told[1]


def test_what_is_in_another_language_than_the_page_is_marked() -> None:
    with speaking("nb", STAFF):
        assert (norwegian("Kokk & co"), in_tongue("kucharz", "pol")) == (
            "Kokk &amp; co",
            '<span lang="pl" dir="auto">kucharz</span>',
        )
        assert (in_tongue("kokk", "nor"), in_tongue("<b>", None)) == ("kokk", "&lt;b&gt;")
    with speaking("en", STAFF):
        assert norwegian("Kokk") == '<span lang="nb" dir="ltr">Kokk</span>'


def test_what_is_not_stated_is_said_in_the_language_of_whoever_reads(coordinator: Browser) -> None:
    person_id = coordinator.register(given_name="Rasa")
    path = f"/people/{person_id}"
    assert "Ikke oppgitt" in coordinator.get(path).text
    for language, said in (("en", "Not stated"), ("nn", "Ikkje oppgitt")):
        coordinator.post("/language", pages_in=language, at="/")
        shown = coordinator.get(path).text
        assert said in shown
        assert "Ikke oppgitt" not in shown
