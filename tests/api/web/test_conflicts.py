"""Two coordinators who save the same form: nobody's words are lost, and nobody's are overwritten unseen."""

import re
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from api.web.conflicts import merge, settle
from api.web.forms import STOOD, Typed
from tests.api.web.conftest import Browser
from tests.support.html_forms import HtmlForm, form, forms

FIELDS = ("given_name", "notes", "shifts")


def typed(**values: str) -> Typed:
    return Typed({name: value.split(",") for name, value in values.items()})


def test_what_one_side_changed_is_taken_from_that_side() -> None:
    stood = typed(given_name="Rasa", family_name="K", notes="gammelt").texts
    mine = typed(given_name="Rasa", family_name="Kazlauskienė", notes="gammelt")
    theirs = typed(given_name="Rasa Marija", family_name="K", notes="gammelt")
    merged = merge(stood, mine, theirs)
    assert merged.clashes == ()
    assert {name: list(values) for name, values in merged.texts.items()} == {
        "given_name": ["Rasa Marija"], "family_name": ["Kazlauskienė"], "notes": ["gammelt"],
    }  # fmt: skip
    assert merged.from_theirs == ("given_name",)


def test_what_both_changed_is_a_clash_unless_they_say_the_same() -> None:
    stood = typed(notes="a", given_name="A").texts
    merged = merge(stood, typed(notes="b", given_name="C"), typed(notes="c", given_name="C"))
    (clash,) = merged.clashes
    assert (clash.mine["notes"], clash.theirs["notes"], clash.both) == (["b"], ["c"], "c\nb")


def test_halves_of_two_answers_are_no_answer() -> None:
    stood = typed(may_work="yes", may_work_until="2026-01-01").texts
    mine, theirs = typed(may_work="yes", may_work_until="2027-01-01"), typed(may_work="no", may_work_until="")
    (clash,) = merge(stood, mine, theirs).clashes
    assert clash.names == ("may_work", "may_work_until")


def test_a_set_is_put_together_member_by_member() -> None:
    stood = Typed({"shifts": ["day", "night"]}).texts
    merged = merge(stood, Typed({"shifts": ["day", "evening"]}), Typed({"shifts": ["day", "night", "weekend"]}))
    assert set(merged.texts["shifts"]) == {"day", "evening", "weekend"}


def test_a_box_that_is_not_ticked_is_not_sent_and_counts_all_the_same() -> None:
    stood = typed(notes="", protected_address="yes").texts
    merged = merge(stood, typed(notes="x"), typed(notes="", protected_address="yes"))
    assert merged.texts["protected_address"] == []


def test_rows_that_name_no_language_are_no_rows() -> None:
    stood = typed(language_0="norsk", minimum_0="B1", required_0="yes").texts
    mine = typed(language_0="norsk", minimum_0="B1", required_0="yes", language_1="", minimum_1="", required_1="yes")
    theirs = typed(language_0="norsk", minimum_0="B2", required_0="yes")
    assert merge(stood, mine, theirs).clashes == ()


TEXTS = st.sampled_from(["", "a", "b", "c"])
FORM = st.fixed_dictionaries({"given_name": TEXTS, "notes": TEXTS, "shifts": TEXTS})


@settings(deadline=None)
@given(FORM, FORM, FORM)
def test_whoever_comes_second_loses_nothing(stood: dict[str, str], one: dict[str, str], other: dict[str, str]) -> None:
    base, mine, theirs = typed(**stood), typed(**one), typed(**other)
    merged = merge(base.texts, mine, theirs)
    again = merge(base.texts, theirs, mine)
    asked = {name for clash in merged.clashes for name in clash.names}
    assert asked == {name for clash in again.clashes for name in clash.names}
    for name in set(FIELDS) - asked:
        assert set(merged.texts[name]) == set(again.texts[name])
        if base.all(name) == theirs.all(name):
            assert list(merged.texts[name]) == mine.all(name)
    for name in asked:
        assert base.all(name) != mine.all(name) != theirs.all(name) != base.all(name)


def test_a_choice_between_two_texts_is_read_as_if_it_was_typed() -> None:
    sent = Typed({"clash-1": ["notes"], "keep-1": ["both"], "mine-notes": ["b"], "theirs-notes": ["c"],
                  "both-notes": ["c\nb"], "given_name": ["A"]})  # fmt: skip
    assert settle(sent).texts == {"given_name": ["A"], "notes": ["c\nb"]}


def opened(browser: Browser, path: str, action: str) -> HtmlForm:
    return form(browser.get(path).text, action)


def sent(one: HtmlForm, **typed_in: object) -> dict[str, object]:
    return {**one.values(), **typed_in}


def names(browser: Browser, person_id: UUID) -> str:
    return " ".join(re.findall(r"<h1[^>]*>([^<]*)", browser.get(f"/people/{person_id}").text))


def test_two_who_change_different_things_of_a_person_both_keep_theirs(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/edit"
    first, second = opened(coordinator, path, path), opened(coordinator, path, path)
    assert coordinator.post(path, **sent(first, given_name="Rasa Marija")).status_code == 303
    late = coordinator.post(path, **sent(second, notes="Ringer tirsdag"))
    assert late.headers["location"] == f"/people/{person_id}?at=facts&notice=merged-with#part-facts"
    html = coordinator.get(f"/people/{person_id}").text
    assert "Rasa Marija" in html
    assert "Ringer tirsdag" in html


def test_two_who_change_the_same_are_asked_and_can_keep_either_or_both(coordinator: Browser) -> None:
    for side, kept in (("mine", ["tirsdag"]), ("theirs", ["mandag"]), ("both", ["mandag", "tirsdag"])):
        person_id = coordinator.register()
        path = f"/people/{person_id}/edit"
        first, second = opened(coordinator, path, path), opened(coordinator, path, path)
        coordinator.post(path, **sent(first, notes="mandag", born="1987"))
        late = coordinator.post(path, **sent(second, notes="tirsdag", given_name="Rasa Marija"))
        assert late.status_code == 412
        assert "Din tekst" in late.text
        assert "Lagret av deg selv, et annet sted" in late.text
        assert names(coordinator, person_id).startswith("Rasa Kazl")
        question = form(late.text, path)
        answer = coordinator.post(path, **question.values(), **{"keep-1": side})
        assert answer.status_code == 303, answer.text
        html = coordinator.get(f"/people/{person_id}").text
        assert [one for one in ("mandag", "tirsdag") if one in html] == kept
        assert "1987" in html
        assert "Rasa Marija" in html


def test_a_third_who_saves_while_one_chooses_is_not_overwritten_either(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/edit"
    first, second, third = (opened(coordinator, path, path) for _ in range(3))
    coordinator.post(path, **sent(first, notes="en"))
    question = form(coordinator.post(path, **sent(second, notes="to")).text, path)
    coordinator.post(path, **{**opened(coordinator, path, path).values(), "notes": "tre"})
    again = coordinator.post(path, **question.values(), **{"keep-1": "mine"})
    assert again.status_code == 412
    assert "tre" in again.text
    assert third.values()[STOOD] == second.values()[STOOD]


def test_an_entry_that_two_change_is_asked_about_and_one_beside_it_is_not(coordinator: Browser) -> None:
    person_id = coordinator.register()
    parts = f"/people/{person_id}/profile/experiences"
    coordinator.post(parts, version="0", title="kokk", started="2009")
    coordinator.post(parts, version="1", title="vaktmester")
    cook, keeper = dict.fromkeys(re.findall(rf'href="({parts}/[^"]+)"', coordinator.get(f"/people/{person_id}").text))
    first, second, beside = (opened(coordinator, one, one) for one in (cook, cook, keeper))
    assert coordinator.post(cook, **sent(first, employer="Kysthotellet", ended="2012")).status_code == 303
    assert coordinator.post(keeper, **sent(beside, employer="Skolen")).status_code == 303
    late = coordinator.post(cook, **sent(second, employer="Hotellet", tasks="Laget mat"))
    assert late.status_code == 412
    assert "Kysthotellet" in late.text
    assert "Laget mat" in late.text
    answer = coordinator.post(cook, **form(late.text, cook).values(), **{"keep-1": "mine"})
    assert answer.headers["location"] == f"/people/{person_id}?at=experiences&notice=saved#part-experiences"
    html = coordinator.get(f"/people/{person_id}").text
    assert all(said in html for said in ("Hotellet", "Laget mat", "2012", "Skolen"))
    assert "Kysthotellet" not in html


def test_a_language_that_two_state_at_once_is_asked_about(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/profile/languages"
    coordinator.post(path, version="0", language="norsk", interaction="A2")
    late = coordinator.post(path, version="0", language="norsk", interaction="B1", writing="A1")
    assert late.status_code == 412
    answer = coordinator.post(path, **form(late.text, path).values(), **{"keep-1": "mine"})
    assert answer.status_code == 303
    html = coordinator.get(f"/people/{person_id}").text
    assert "<dd>B1</dd>" in html
    assert "<dd>A2</dd>" not in html


def test_an_entry_that_somebody_changed_is_not_removed_unseen(coordinator: Browser) -> None:
    person_id = coordinator.register()
    parts = f"/people/{person_id}/profile/interests"
    coordinator.post(parts, version="0", label="kor")
    (removing,) = forms(coordinator.get(f"/people/{person_id}").text, "/remove")
    entry = removing.action.removesuffix("/remove")
    coordinator.post(parts, version="1", label="fotball")
    change = opened(coordinator, entry, entry)
    coordinator.post(entry, **sent(change, activity="Frøya mannskor"))
    assert coordinator.post(removing.action, **removing.values()).status_code == 412
    assert coordinator.post(removing.action, **{**removing.values(), "version": "3"}).status_code == 303


def test_what_was_done_is_told_in_its_place_and_can_be_undone_there(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/profile/interests"
    answer = coordinator.post(path, version="0", label="kor")
    html = coordinator.get(answer.headers["location"]).text
    (undoing,) = forms(html, "/restore")
    assert html.index('id="part-interests"') < html.index("Lagt til.") < html.index(undoing.action)
    undone = coordinator.post(undoing.action, **undoing.values())
    assert undone.headers["location"] == f"/people/{person_id}?at=interests&notice=undone#part-interests"
    html = coordinator.get(undone.headers["location"]).text
    assert "kor</span>" not in html
    assert forms(html, "/restore") == []


def test_two_who_change_a_vacancy_are_put_together_too(coordinator: Browser) -> None:
    written = {"title": "Kokk", "positions": "1", "shifts": ["day"]}
    written |= {"language_0": "norsk", "minimum_0": "B1", "required_0": "yes"}
    path = coordinator.post("/vacancies/new", **written).headers["location"].partition("?")[0] + "/edit"
    first, second, third = (opened(coordinator, path, path) for _ in range(3))
    assert coordinator.post(path, **sent(first, shifts=["day", "night"], deadline="2027-01-15")).status_code == 303
    late = coordinator.post(path, **sent(second, shifts=["day", "evening"], place="Sistranda"))
    assert late.headers["location"].endswith("?notice=merged-with")
    values = opened(coordinator, path, path).values()
    assert (set(values["shifts"]), values["deadline"]) == ({"day", "evening", "night"}, ["2027-01-15"])
    assert (values["place"], values["language_0"], values["minimum_0"]) == (["Sistranda"], ["norsk"], ["B1"])
    asked = coordinator.post(path, **sent(third, deadline="2027-02-01"))
    assert asked.status_code == 412
    assert "15.01.2027" in asked.text
    assert coordinator.post(path, **form(asked.text, path).values(), **{"keep-1": "theirs"}).status_code == 303
    assert opened(coordinator, path, path).values()["deadline"] == ["2027-01-15"]


def test_two_who_change_a_course_are_put_together_too(coordinator: Browser) -> None:
    written = {"title": "Norsk", "key": "norsk", "from_level": "A2", "to_level": "B1"}
    assert coordinator.post("/courses/new/language", **written).status_code == 303
    (path,) = dict.fromkeys(re.findall(r'href="(/courses/[0-9a-f-]{36})"', coordinator.get("/courses").text))
    first, second, third = (opened(coordinator, path, path) for _ in range(3))
    assert coordinator.post(path, **sent(first, weeks="20")).status_code == 303
    assert coordinator.post(path, **sent(second, place="Sistranda")).headers["location"].endswith("merged-with")
    assert coordinator.post(path, **sent(third, weeks="10")).status_code == 412
    values = opened(coordinator, path, path).values()
    assert (values["weeks"], values["place"]) == (["20"], ["Sistranda"])
