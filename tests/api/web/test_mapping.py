"""The mapping conversation as a browser without JavaScript meets it."""

import re
from datetime import date
from uuid import UUID

import pytest

from api.web.mapping import words
from api.web.mapping.pair import Pair
from api.web.mapping.rendering import cards
from api.web.pictograms import DRAWN
from kompetanse import clock
from kompetanse.actor import system_actor
from kompetanse.competence import service as competence
from kompetanse.competence.service import ProfileDocument
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import Question
from tests.api.web.conftest import Browser
from tests.factories import FROYA
from tests.support.html_forms import form


def profile(browser: Browser, person_id: UUID) -> ProfileDocument:
    with browser.state.database.session(FROYA) as session:
        return competence.read_profile(session, system_actor(FROYA), person_id)


def states(browser: Browser, person_id: UUID) -> dict[str, str]:
    with browser.state.database.session(FROYA) as session:
        found = mapping.latest(session, system_actor(FROYA), person_id)
        return dict(found.states) if found else {}


def begun(browser: Browser, language: str = "uk") -> UUID:
    person_id = browser.register()
    answer = browser.post(f"/people/{person_id}/mapping", language=language, interpreter="yes")
    assert answer.headers["location"].endswith("/mapping/work")
    return person_id


def say(browser: Browser, person_id: UUID, question: str, move: str = "next", **fields: object) -> str:
    version = profile(browser, person_id).version
    answer = browser.post(f"/people/{person_id}/mapping/{question}", version=version, move=move, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1].removesuffix("?notice=saved")


def test_it_begins_in_her_language_with_what_is_read_aloud(coordinator: Browser) -> None:
    person_id = coordinator.register(contact_languages=["ukr"], needs_interpreter=True)
    html = coordinator.get(f"/people/{person_id}/mapping").text
    assert '<option value="uk" selected>' in html
    assert '<option value="yes" selected>' in html
    assert "Ми поговоримо про те" in html
    assert 'lang="uk"' in html
    assert "Begynn samtalen" in html
    assert coordinator.get(f"/people/{person_id}/mapping/work").url.path.endswith("/mapping")


def test_a_question_is_in_two_languages_each_marked_as_what_it_is(coordinator: Browser) -> None:
    html = coordinator.get(f"/people/{begun(coordinator, 'ar')}/mapping/work").text
    assert '<span class="two__one" lang="nb" dir="ltr">Hva har du arbeidet med?</span>' in html
    assert '<span class="two__one" lang="ar" dir="rtl">ما الأعمال التي عملت فيها؟</span>' in html
    alone = coordinator.get(f"/people/{begun(coordinator, 'nb')}/mapping/work").text
    assert 'class="two"' not in alone


def test_what_is_typed_becomes_an_entry_and_the_next_question_comes(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    assert say(coordinator, person_id, "work", "more", title="медсестра", started="2009") == "work?notice=added"
    assert say(coordinator, person_id, "work", title="kokk", country="UA", ongoing="yes") == "skills"
    jobs = profile(coordinator, person_id).experiences
    assert [(one.title, one.styrk, one.country) for one in jobs] == [
        ("медсестра", "2223", None),
        ("kokk", "5120", "UA"),
    ]
    html = coordinator.get(f"/people/{person_id}/mapping/work").text
    assert "Lagret." not in html
    assert "Україна" in html
    assert "Endre медсестра" in html


def test_empty_is_skipped_and_put_off_is_listed(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    assert say(coordinator, person_id, "work", kind="paid", title="") == "skills"
    assert say(coordinator, person_id, "skills", "later") == "education"
    assert states(coordinator, person_id) == {"work": "skipped", "skills": "later"}
    for path in (f"/people/{person_id}", f"/people/{person_id}/mapping/summary"):
        html = coordinator.get(path).text
        assert "Spør senere" in html
        assert f"/people/{person_id}/mapping/skills?back=summary" in html
    html = coordinator.get(f"/people/{person_id}").text
    assert "2 av 16 spørsmål" in html
    assert f'href="/people/{person_id}/mapping/education"' in html


def test_what_is_put_off_keeps_what_was_typed(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    say(coordinator, person_id, "skills", "later", label="sveising")
    assert [one.label for one in profile(coordinator, person_id).skills] == ["sveising"]


def test_pictures_are_tapped_and_untapped(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    assert say(coordinator, person_id, "fields", tapped=["fish", "care"]) == "occupations"
    html = coordinator.get(f"/people/{person_id}/mapping/fields").text
    assert re.search(r'value="fish" checked', html)
    assert "Риба" in html
    say(coordinator, person_id, "fields", tapped=["care", "sea"])
    assert {one.value for one in profile(coordinator, person_id).wishes} == {"care", "sea"}
    say(coordinator, person_id, "willing", tapped=["training"])
    say(coordinator, person_id, "shifts", tapped=["day", "weekend"])
    found = profile(coordinator, person_id)
    assert found.shifts == ["day", "weekend"]
    assert {one.kind.value for one in found.wishes} == {"sector", "training"}


def test_single_values_are_kept_and_left_alone_when_nothing_changed(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    say(coordinator, person_id, "extent", percentage_min="50", percentage_max="100")
    say(coordinator, person_id, "distance", commute_minutes="40")
    say(coordinator, person_id, "start", available_from="2027-01-04")
    assert profile(coordinator, person_id).available_from == date(2027, 1, 4)
    say(coordinator, person_id, "start", now="yes", available_from="2027-01-04")
    assert profile(coordinator, person_id).available_from == clock.today()
    say(coordinator, person_id, "place", text="Frøya")
    assert say(coordinator, person_id, "more", wishes_as_spoken="Хочу працювати з людьми") == "summary"
    found = profile(coordinator, person_id)
    assert (found.percentage_min, found.commute_minutes, found.wishes[0].text) == (50, 40, "Frøya")
    say(coordinator, person_id, "extent", percentage_min="50", percentage_max="100")
    assert profile(coordinator, person_id).version == found.version


def test_a_wish_is_no_demand_unless_somebody_says_so(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    html = coordinator.get(f"/people/{person_id}/mapping/occupations").text
    assert re.search(r'name="strength"[^>]*>\s*<option value="prefer"', html)
    say(coordinator, person_id, "occupations", title="kokk")
    assert profile(coordinator, person_id).wished_occupations[0].strength == "prefer"


def test_a_wrong_answer_says_which_field_and_loses_nothing(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    path = f"/people/{person_id}/mapping/work"
    answer = coordinator.post(path, version=0, move="next", title="", employer="Лікарня", started="i fjor")
    assert answer.status_code == 422
    assert 'value="Лікарня"' in answer.text
    assert "Dette er ikke en dato" in answer.text
    assert states(coordinator, person_id) == {}
    say(coordinator, person_id, "skills", label="sveising")
    twice = coordinator.post(f"/people/{person_id}/mapping/skills", version=1, move="next", label="sveising")
    assert twice.status_code == 422
    assert "Ferdigheten står i profilen fra før" in twice.text


def test_an_entry_is_changed_without_losing_what_is_not_asked(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    path = f"/people/{person_id}/profile/experiences"
    coordinator.post(path, version=0, title="kokk", started="2010", percentage="60", relevant="yes")
    job = profile(coordinator, person_id).experiences[0]
    own = f"/people/{person_id}/mapping/work/{job.id}"
    assert 'value="kokk"' in coordinator.get(own).text
    answer = coordinator.post(own, version=1, title="kokk", concept=job.concept, started="2011", kind="paid")
    assert answer.headers["location"].endswith("/mapping/work?notice=saved")
    job = profile(coordinator, person_id).experiences[0]
    assert (job.started, job.percentage, job.relevant, job.styrk) == ("2011", 60, True, "5120")
    coordinator.post(f"{own}/remove", version=2)
    assert profile(coordinator, person_id).experiences == ()
    coordinator.post(f"/people/{person_id}/mapping/undo", version=3, question="work")
    assert profile(coordinator, person_id).experiences[0].title == "kokk"
    assert coordinator.get(f"/people/{person_id}/mapping/fields/{job.id}").status_code == 404


def test_a_place_is_changed_by_its_words(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    say(coordinator, person_id, "place", text="Sistranda")
    place = profile(coordinator, person_id).wishes[0]
    coordinator.post(f"/people/{person_id}/mapping/place/{place.id}", version=1, text="Hitra")
    place = profile(coordinator, person_id).wishes[0]
    assert (place.text, place.value) == ("Hitra", "5056")


def test_a_language_that_is_there_is_said_anew(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    say(coordinator, person_id, "languages", "more", language="nor", listening="A2", writing="A1")
    say(coordinator, person_id, "languages", language="nor", listening="B1")
    found = profile(coordinator, person_id).languages
    assert [(one.language, one.listening, one.writing) for one in found] == [("nor", "B1", "A1")]


def test_all_is_read_aloud_in_both_languages_and_confirmed(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    say(coordinator, person_id, "work", title="kokk")
    html = coordinator.get(f"/people/{person_id}/mapping/summary").text
    assert "Dette har vi skrevet. Stemmer det?" in html
    assert "Чи все правильно?" in html
    assert '<span class="two__one" lang="nb" dir="ltr"><bdi>kokk</bdi></span>' in html
    assert '<span class="two__one" lang="uk" dir="ltr"><bdi>kokk</bdi> – <bdi>кухар</bdi></span>' in html
    answer = coordinator.post(f"/people/{person_id}/mapping/end", version=1)
    assert answer.headers["location"] == f"/people/{person_id}?notice=mapped"
    assert profile(coordinator, person_id).mapped_on is not None
    html = coordinator.get(f"/people/{person_id}").text
    assert "Bekreftet og avsluttet" in html


def test_the_sheet_names_nobody_and_leads_back(coordinator: Browser) -> None:
    person_id = coordinator.register(contact_languages=["ara"])
    html = coordinator.get(f"/people/{person_id}/mapping/print").text
    body = html[html.index("paper__head") :]
    assert "Kazlauskienė" not in body
    assert 'aria-label="QR-kode til samtalen"' in body
    assert body.count("paper__box") >= 20
    assert "ما الأعمال التي عملت فيها؟" in body
    assert all(f'id="{one}"' not in body for one in Question)


def test_a_language_without_texts_yet_is_shown_in_english(coordinator: Browser) -> None:
    html = coordinator.get(f"/people/{begun(coordinator, 'so')}/mapping/work").text
    assert 'lang="en"' in html
    assert "What work have you done?" in html


@pytest.mark.parametrize("path", ["work", "summary", "print", "nonsense"])
def test_nobody_is_told_of_a_person_who_is_not_theirs(coordinator: Browser, path: str) -> None:
    stranger = coordinator.register("5056")
    assert coordinator.get(f"/people/{stranger}/mapping/{path}").status_code == 404


def test_what_words_may_mean_is_named_in_both_languages(coordinator: Browser) -> None:
    html = coordinator.get("/words/occupation?title=кухар&beside=uk").text
    assert "kokk" in html
    assert '<bdi lang="uk">' in html


def test_every_question_has_words_and_everything_tapped_a_picture() -> None:
    for texts in (words.ASKED, words.HINTS, words.NAMES, words.PICTURES):
        assert set(texts) == set(Question)
    assert set(words.PICTURES.values()) <= DRAWN.keys()
    for question in Question:
        assert {code for code, _ in cards(question, Pair("uk"))} <= DRAWN.keys()


def test_what_is_the_same_in_both_languages_is_said_once() -> None:
    assert Pair("nb").two("Språk") == "Språk"
    assert Pair("nn").plain("Ja") == "Ja"
    assert Pair("ar").plain("Ja") == "Ja / \u2068نعم\u2069"  # what is typed finds a choice by its first letters
    assert Pair("en").of(lambda: "<i>") == "&lt;i&gt;"


def opened(browser: Browser, person_id: UUID, question: str) -> dict[str, object]:
    """The form of a question as it stands, with what stood in it."""
    path = f"/people/{person_id}/mapping/{question}"
    return dict(form(browser.get(path).text, path).values())


def test_two_answers_of_one_value_are_shown_and_one_is_chosen(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    path = f"/people/{person_id}/mapping/distance"
    late = opened(coordinator, person_id, "distance")
    say(coordinator, person_id, "distance", commute_minutes="40")
    asked = coordinator.post(path, **{**late, "commute_minutes": "25", "move": "later", "back": "summary"})
    assert asked.status_code == 412
    assert "Noen andre lagret før deg" in asked.text
    for told in ("Din tekst", "deg selv, et annet sted", "25</p>", "40</p>"):
        assert told in asked.text
    assert profile(coordinator, person_id).commute_minutes == 40
    choice = form(asked.text, path).values()
    chosen = coordinator.post(path, **{**choice, "keep-1": "mine"})
    assert chosen.headers["location"].endswith("/mapping/summary?notice=saved")
    assert profile(coordinator, person_id).commute_minutes == 25
    assert states(coordinator, person_id)["distance"] == "later"
    theirs = coordinator.post(path, **{**late, "commute_minutes": "90"})
    kept = coordinator.post(path, **{**form(theirs.text, path).values(), "keep-1": "theirs"})
    assert kept.status_code == 303
    assert profile(coordinator, person_id).commute_minutes == 25


def test_what_was_said_to_another_question_meanwhile_is_in_nobodys_way(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    late, pictures = (opened(coordinator, person_id, one) for one in ("more", "shifts"))
    say(coordinator, person_id, "distance", commute_minutes="40")
    say(coordinator, person_id, "shifts", tapped=["day"])
    answer = coordinator.post(f"/people/{person_id}/mapping/more", **{**late, "wishes_as_spoken": "Med folk"})
    assert answer.headers["location"].endswith("/mapping/summary?notice=saved")
    answer = coordinator.post(f"/people/{person_id}/mapping/shifts", **{**pictures, "tapped": ["evening"]})
    assert answer.status_code == 303
    found = profile(coordinator, person_id)
    assert (found.commute_minutes, found.wishes_as_spoken) == (40, "Med folk")
    assert set(found.shifts or ()) == {"day", "evening"}


def test_an_entry_is_added_although_the_profile_went_on_and_once_however_often_it_is_sent(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    path = f"/people/{person_id}/mapping"
    say(coordinator, person_id, "distance", commute_minutes="40")
    for _ in range(2):  # a button that is pressed twice
        answer = coordinator.post(f"{path}/work", version=0, move="later", title="kokk", kind="paid")
        assert answer.headers["location"].partition("?")[0] == f"{path}/skills"
    assert [one.title for one in profile(coordinator, person_id).experiences] == ["kokk"]
    assert states(coordinator, person_id)["work"] == "later"
    assert coordinator.post(f"{path}/skills", version=0, move="next", label="sveising").status_code == 303
    say(coordinator, person_id, "languages", language="nor", listening="A2")
    assert coordinator.post(f"{path}/languages", version=0, move="next", language="lit").status_code == 303
    late = coordinator.post(f"{path}/languages", version=0, move="next", language="nor", listening="B1")
    assert late.status_code == 412
    levels = {one.language: one.listening for one in profile(coordinator, person_id).languages}
    assert levels["nor"] == "A2"
    chosen = coordinator.post(
        f"{path}/languages", **{**form(late.text, f"{path}/languages").values(), "keep-1": "mine"}
    )
    assert chosen.headers["location"] == f"{path}/licences?notice=saved"
    levels = {one.language: one.listening for one in profile(coordinator, person_id).languages}
    assert levels == {"nor": "B1", "lit": None}
    version = profile(coordinator, person_id).version
    say(coordinator, person_id, "distance", commute_minutes="45")
    anew = coordinator.post(f"{path}/languages", version=version, move="next", language="nor", listening="B2")
    assert anew.status_code == 303, "nobody else said anything of it meanwhile"


def work_entry(browser: Browser, person_id: UUID) -> str:
    """A job is written down; the path of its form."""
    say(browser, person_id, "work", title="kokk", kind="paid")
    ((entry_id, _),) = [(one.id, one.title) for one in profile(browser, person_id).experiences]
    return f"work/{entry_id}"


def test_an_entry_is_stated_anew_although_something_else_was_saved_meanwhile(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    entry = work_entry(coordinator, person_id)
    late = opened(coordinator, person_id, entry)
    say(coordinator, person_id, "distance", commute_minutes="40")
    answer = coordinator.post(f"/people/{person_id}/mapping/{entry}", **{**late, "employer": "Hotell Frøya"})
    assert answer.headers["location"].endswith("/mapping/work?notice=saved")
    (job,) = profile(coordinator, person_id).experiences
    assert (job.title, job.employer) == ("kokk", "Hotell Frøya")


def test_two_who_state_an_entry_anew_are_put_together_or_asked(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    entry = work_entry(coordinator, person_id)
    path = f"/people/{person_id}/mapping/{entry}"
    late = opened(coordinator, person_id, entry)
    coordinator.post(path, **{**late, "employer": "Hotell Frøya"})
    assert coordinator.post(path, **{**late, "tasks": "Fisk"}).status_code == 303
    (job,) = profile(coordinator, person_id).experiences
    assert (job.employer, job.tasks) == ("Hotell Frøya", "Fisk")
    asked = coordinator.post(path, **{**late, "employer": "Kysthotellet"})
    assert asked.status_code == 412
    for told in ("Din tekst", "Kysthotellet</p>", "Hotell Frøya</p>"):
        assert told in asked.text
    chosen = coordinator.post(path, **{**form(asked.text, path).values(), "keep-1": "mine"})
    assert chosen.headers["location"].endswith("/mapping/work?notice=saved")
    (job,) = profile(coordinator, person_id).experiences
    assert (job.employer, job.tasks) == ("Kysthotellet", "Fisk")


def test_an_entry_is_taken_out_late_unless_it_was_stated_anew_itself(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    entry = work_entry(coordinator, person_id)
    path = f"/people/{person_id}/mapping/{entry}"
    version = profile(coordinator, person_id).version
    coordinator.post(path, **{**opened(coordinator, person_id, entry), "employer": "Hotell Frøya"})
    assert coordinator.post(f"{path}/remove", version=version).status_code == 412
    version = profile(coordinator, person_id).version
    say(coordinator, person_id, "distance", commute_minutes="40")
    assert coordinator.post(f"{path}/remove", version=version).status_code == 303
    assert not profile(coordinator, person_id).experiences


def test_from_today_meets_another_day(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    path = f"/people/{person_id}/mapping/start"
    late = opened(coordinator, person_id, "start")
    say(coordinator, person_id, "start", available_from="2027-01-04")
    asked = coordinator.post(path, **{**late, "now": "yes"})
    assert asked.status_code == 412
    coordinator.post(path, **{**form(asked.text, path).values(), "keep-1": "mine"})
    assert profile(coordinator, person_id).available_from == clock.today()


def test_a_refused_answer_still_meets_what_was_saved_meanwhile(coordinator: Browser) -> None:
    person_id = begun(coordinator)
    path = f"/people/{person_id}/mapping/distance"
    late = opened(coordinator, person_id, "distance")
    say(coordinator, person_id, "distance", commute_minutes="40")
    refused = coordinator.post(path, **{**late, "commute_minutes": "langt"})
    assert refused.status_code == 422
    mended = {**form(refused.text, path).values(), "commute_minutes": "25"}
    assert coordinator.post(path, **mended).status_code == 412
    assert profile(coordinator, person_id).commute_minutes == 40


@pytest.mark.parametrize("question", ["fields", "willing", "shifts", "extent", "work"])
def test_nothing_is_said_to_be_saved_where_nothing_was_answered(coordinator: Browser, question: str) -> None:
    person_id = begun(coordinator)
    version = profile(coordinator, person_id).version
    answer = coordinator.post(f"/people/{person_id}/mapping/{question}", version=version, move="next")
    assert "notice" not in answer.headers["location"]
