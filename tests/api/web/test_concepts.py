"""Words that mean something: proposals while one types, choosing, changing, and skills that a job speaks for."""

import re
from urllib.parse import quote

import pytest

from tests import factories
from tests.api.web.conftest import Browser
from tests.support.html_forms import form, forms

NURSE, COOK = factories.occupation("sykepleier"), factories.occupation("kokk")


def proposals(browser: Browser, kind: str, **query: str) -> list[tuple[str, bool]]:
    """The URIs that can be chosen, and whether each is chosen already."""
    asked = "&".join(f"{name}={quote(text)}" for name, text in query.items())
    html = browser.get(f"/words/{kind}?{asked}").text
    return [(uri, "checked" in rest) for uri, rest in re.findall(r'name="concept" value="([^"]+)"([^>]*)>', html)]


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)


def test_what_is_clearly_meant_is_proposed_and_chosen_already(coordinator: Browser) -> None:
    found = proposals(coordinator, "occupation", title="pielęgniarka")
    assert (NURSE.uri, True) in found
    assert [uri for uri, chosen in found if chosen] == [NURSE.uri]
    assert found[-1] == ("none", False)
    html = coordinator.get("/words/occupation?title=piel%C4%99gniarka").text
    assert "sykepleier" in html
    assert "2223" in html
    assert "<html" not in html


def test_a_beginning_proposes_and_chooses_nothing(coordinator: Browser) -> None:
    found = proposals(coordinator, "skill", label="sveis")
    assert len(found) > 2
    assert not any(chosen for _, chosen in found)


def test_nothing_written_proposes_nothing_and_nothing_alike_says_so(coordinator: Browser) -> None:
    assert coordinator.get("/words/skill?label=%20").text.strip() == ""
    html = coordinator.get(f"/words/skill?label={quote('☃☃☃')}").text
    assert "Ingen kjente ord ligner" in html
    assert coordinator.get("/words/everything?label=a").status_code == 404
    assert coordinator.get(f"/words/skill?label={'a' * 201}").status_code == 404
    assert coordinator.get("/words/skill?label=a&prefix=%22%3E").status_code == 404


def test_ids_of_proposals_are_told_apart_by_their_forms(coordinator: Browser) -> None:
    first = ids(coordinator.get("/words/occupation?title=kokk&prefix=experiences").text)
    second = ids(coordinator.get("/words/occupation?title=kokk&prefix=wished-occupations").text)
    assert first
    assert set(first).isdisjoint(second)
    html = coordinator.get(f"/people/{coordinator.register()}").text
    assert re.findall(r'hx-get="(/words/[^"]+)"', html) == [
        "/words/skill?prefix=skills-concept",
        "/words/occupation?prefix=experiences-concept",
        "/words/occupation?prefix=wished-occupations-concept",
    ]
    assert len(ids(html)) == len(set(ids(html)))


@pytest.mark.parametrize("part", ["experiences", "wished-occupations"])
def test_what_was_chosen_counts_whatever_the_words_say(coordinator: Browser, part: str) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/profile/{part}"
    assert coordinator.post(path, version="0", title="pleier", concept=NURSE.uri).status_code == 303
    assert coordinator.post(path, version="1", title="kokk", concept="none").status_code == 303
    html = " ".join(coordinator.get(f"/people/{person_id}").text.split())
    assert "sykepleier <abbr" in html
    assert COOK.uri not in html
    assert ("Ikke koblet" in html) == (part == "experiences")


def test_a_refused_form_keeps_what_was_chosen(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/profile/experiences"
    refused = coordinator.post(path, version="0", title="pleier", concept=NURSE.uri, started="i fjor")
    assert refused.status_code == 422
    again = form(refused.text, path).values()
    assert again["concept"] == [NURSE.uri]
    assert coordinator.post(path, **{**again, "started": "2009"}).status_code == 303
    (entry,) = re.findall(rf'href="({path}/[^"]+)"', coordinator.get(f"/people/{person_id}").text)
    refused = coordinator.post(entry, version="1", title="pleier", concept=COOK.uri, started="i fjor")
    assert refused.status_code == 422
    assert form(refused.text, entry).values()["concept"] == [COOK.uri]
    refused = coordinator.post(entry, version="1", title="pleier", concept="none", started="i fjor")
    assert form(refused.text, entry).values()["concept"] == ["none"]


def test_a_title_that_is_changed_takes_its_new_occupation_and_code(coordinator: Browser) -> None:
    person_id = coordinator.register()
    path = f"/people/{person_id}/profile/experiences"
    coordinator.post(path, version="0", title="kokk")
    (entry,) = re.findall(rf'href="({path}/[^"]+)"', coordinator.get(f"/people/{person_id}").text)
    sent = form(coordinator.get(entry).text, entry).values() | {"title": ["sykepleier"], "concept": [NURSE.uri]}
    assert coordinator.post(entry, **sent).status_code == 303
    html = coordinator.get(f"/people/{person_id}").text
    assert "5120" not in html
    answer = coordinator.post(entry, **{**sent, "version": "2", "styrk": "5120"})
    assert answer.status_code == 422
    assert "Yrket som er valgt, har en annen kode" in answer.text


def test_an_entry_that_is_not_there_is_no_page_to_change(coordinator: Browser) -> None:
    person_id, other = coordinator.register(), coordinator.register()
    coordinator.post(f"/people/{other}/profile/interests", version="0", label="kor")
    (entry,) = re.findall(r'href="(/people/[^"]+/profile/interests/[^"]+)"', coordinator.get(f"/people/{other}").text)
    assert coordinator.get(entry.replace(str(other), str(person_id))).status_code == 404
    assert coordinator.post(entry.replace(str(other), str(person_id)), version="0", label="kor").status_code == 404
    assert coordinator.get(entry.replace("/interests/", "/skills/")).status_code == 404
    assert coordinator.get(entry.replace("/interests/", "/everything/")).status_code == 404
    late = coordinator.post(entry, version="0", label="piano")  # it does not say what stood there
    assert late.status_code == 412
    assert coordinator.post(entry, version="1", label="piano").status_code == 303


def test_each_proposed_skill_is_answered_with_yes_or_no_and_asked_no_more(coordinator: Browser) -> None:
    person_id = coordinator.register()
    coordinator.post(f"/people/{person_id}/profile/experiences", version="0", title="sykepleier")
    path = f"/people/{person_id}/profile/skills"

    def asked() -> list[dict[str, list[str]]]:
        found = forms(coordinator.get(f"/people/{person_id}").text, path)
        return [one.values() for one in found if any(button.get("name") == "holds" for button in one.buttons)]

    first, second, *rest = asked()
    assert coordinator.post(path, **first, holds="yes").status_code == 303
    left = asked()
    assert first["concept"] not in [one["concept"] for one in left]
    no = next(one for one in left if one["concept"] == second["concept"])
    assert coordinator.post(path, **no, holds="no").status_code == 303
    html = " ".join(coordinator.get(f"/people/{person_id}").text.split())
    assert f"Kan ikke: {no['label'][0]}" in html
    assert {first["concept"][0], no["concept"][0]}.isdisjoint(one["concept"][0] for one in asked())
    assert rest


def test_an_archived_person_is_asked_nothing(coordinator: Browser) -> None:
    person_id = coordinator.register()
    coordinator.post(f"/people/{person_id}/profile/experiences", version="0", title="sykepleier")
    assert 'id="proposals"' in coordinator.get(f"/people/{person_id}").text
    assert coordinator.post(f"/people/{person_id}/archive", version="1").status_code == 303
    assert 'id="proposals"' not in coordinator.get(f"/people/{person_id}").text
