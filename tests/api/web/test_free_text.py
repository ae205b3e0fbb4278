import html as markup
from collections.abc import Callable
from uuid import UUID

from httpx2 import Response

from kompetanse.actor import Role
from tests.api.web.conftest import ORIGIN, Browser
from tests.exchange.cv_files.cvs import EUROPASS, pdf
from tests.support.html_forms import HtmlForm, forms

TEXT = "Księgowa 10 lat, norweski B1.\r\nPrawo jazdy kat. B\r\nPå kveldene drev hun med sveising av gjerder."


def read(browser: Browser, person_id: UUID, text: str = TEXT) -> Response:
    return browser.post(f"/people/{person_id}/text", pasted=text)


def suggestions(answer: Response) -> HtmlForm:
    (found,) = forms(answer.text, "/text/add")
    return found


def send(browser: Browser, answer: Response, **other: object) -> Response:
    form = suggestions(answer)
    return browser.post(form.action, **{**form.values(), **other}, csrf=form.values()["csrf_token"][0])


def test_the_persons_page_leads_to_the_form(coordinator: Browser) -> None:
    person_id = coordinator.register()
    assert f'href="/people/{person_id}/text"' in coordinator.get(f"/people/{person_id}").text
    page = coordinator.get(f"/people/{person_id}/text").text
    assert "Lim inn en CV" in page
    assert "Teksten lagres ikke" in page


def test_what_is_read_is_shown_in_bokmal_beside_the_words_and_marked_in_the_text(coordinator: Browser) -> None:
    answer = read(coordinator, coordinator.register())
    page = markup.unescape(" ".join(answer.text.split())).replace("\u00a0", " ")
    assert answer.status_code == 200
    for heading in ("Arbeidserfaring", "Språk", "Førerkort, bevis og autorisasjoner", "Ferdigheter"):
        assert f'<legend class="ds-label">{heading}</legend>' in page
    assert "<q><bdi>Księgowa 10 lat</bdi></q>" in page
    assert "regnskapsfører · 10 år" in page
    assert "norsk · B1" in page
    assert "<mark>Księgowa 10 lat</mark>, <mark>norweski B1</mark>. <mark>Prawo jazdy kat. B</mark>" in page


def test_the_sure_ones_are_ticked_and_added_and_the_unsure_are_left(coordinator: Browser) -> None:
    person_id = coordinator.register()
    answer = read(coordinator, person_id)
    assert len(suggestions(answer).values()["chosen"]) == 3
    assert answer.text.partition("</main>")[0].count('type="checkbox"') == 4
    added = send(coordinator, answer)
    assert (added.status_code, added.headers["location"]) == (303, f"/people/{person_id}?notice=read-in#can")
    page = coordinator.get(added.headers["location"].split("#")[0]).text
    assert "Teksten er ikke lagret" in page
    assert "Księgowa" in page
    assert "sveising" not in page
    assert "gjerder" not in page


def test_only_what_is_ticked_is_added(coordinator: Browser) -> None:
    person_id = coordinator.register()
    answer = read(coordinator, person_id)
    licence = next(key for key in suggestions(answer).values()["chosen"] if key.startswith("licences"))
    assert send(coordinator, answer, chosen=[licence]).status_code == 303
    again = read(coordinator, person_id)
    assert "<bdi>Prawo jazdy" not in again.text
    assert "<bdi>Księgowa" in again.text


def test_an_empty_choice_a_changed_profile_and_a_made_up_box_add_nothing(coordinator: Browser) -> None:
    person_id = coordinator.register()
    answer = read(coordinator, person_id)
    empty = send(coordinator, answer, chosen="")
    assert empty.status_code == 422
    assert "Kryss av for minst ett forslag" in empty.text
    assert "<bdi>Księgowa" in empty.text
    made_up = send(coordinator, answer, chosen=["licences.0.4.driving:D"])
    assert made_up.status_code == 422
    coordinator.post(f"/people/{person_id}/profile/interests", version="0", label="kor")
    stale = send(coordinator, answer)
    assert stale.status_code == 422
    assert "Profilen er endret siden" in stale.text
    assert 'name="version" value="1"' in stale.text
    assert send(coordinator, stale).status_code == 303


def test_no_text_too_much_and_nothing_found_are_told(coordinator: Browser) -> None:
    person_id = coordinator.register()
    nothing = read(coordinator, person_id, " ")
    assert nothing.status_code == 422
    assert "Skriv noe her" in nothing.text
    much = read(coordinator, person_id, "x" * 50_001)
    assert much.status_code == 422
    assert "Teksten er for lang" in much.text
    assert "Ingen nye forslag i teksten" in read(coordinator, person_id, "Hei og hå").text


def test_what_is_pasted_is_text_and_never_markup(coordinator: Browser) -> None:
    answer = read(coordinator, coordinator.register(), "<script>alert(1)</script> kokk 5 år <b>norsk B1</b>")
    assert "<script>alert" not in answer.text
    assert "<mark>kokk 5 år</mark> &lt;b&gt;<mark>norsk B1</mark>" in answer.text


def test_a_leader_may_not_read_texts(visitor: Callable[..., Browser]) -> None:
    leader = visitor(Role.LEADER)
    person_id = leader.register()
    assert leader.get(f"/people/{person_id}/text").status_code == 403
    assert read(leader, person_id).status_code == 403


def send_file(browser: Browser, person_id: UUID, content: bytes) -> Response:
    form = {"csrf_token": browser.token(), "pasted": ""}
    return browser.client.post(f"/people/{person_id}/text", data=form, files={"file": ("cv", content)}, headers=ORIGIN)


def test_a_europass_is_read_from_a_file_and_added(coordinator: Browser) -> None:
    person_id = coordinator.register()
    answer = send_file(coordinator, person_id, pdf({"attachment.xml": EUROPASS.encode()}))
    page = markup.unescape(answer.text)
    assert answer.status_code == 200
    assert "<q><bdi>2012-03–2019-08: księgowa, Biuro Bałtyk, Gdynia</bdi></q>" in page
    assert "regnskapsfører" in page
    assert "Beata" not in suggestions(answer).values().get("chosen", [])
    added = send(coordinator, answer)
    assert added.status_code == 303, added.text
    assert "Biuro Bałtyk" in coordinator.get(f"/people/{person_id}").text


def test_a_file_that_is_no_cv_is_told_at_its_field(coordinator: Browser) -> None:
    answer = send_file(coordinator, coordinator.register(), b"\x89PNG\x00\x00")
    assert answer.status_code == 422
    assert 'id="file-error">Denne filen kan ikke leses' in answer.text
    assert 'aria-invalid="true"' in answer.text
