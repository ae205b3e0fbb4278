"""What a newcomer sees and does on her pages, in her language."""

import json
import re
from collections.abc import Callable

import pytest

from api.state import State
from api.web import catalogues
from api.web.sessions import unmasked
from kompetanse.actor import Role
from tests.api.web.conftest import Browser
from tests.api.web.my.conftest import Phone
from tests.contacts import town
from tests.factories import FROYA, agreement
from tests.support.html_forms import form


def entry(html: str, part: str) -> str:
    """The address of the first entry of a part."""
    found = re.search(rf'href="(/my/profile/{part}/[0-9a-f-]{{36}})"', html)
    assert found, part
    return found[1]


def test_she_comes_in_by_the_sheet_that_the_coordinator_prints(
    coordinator: Browser, let_in: Callable[..., Phone]
) -> None:
    person_id = coordinator.register(given_name="Olena", contact_languages=["rus", "ukr"])
    html = coordinator.get(f"/people/{person_id}/link").text
    assert "Aldri laget" in html
    assert '<option value="uk" selected>Українська</option>' in html
    sheet = coordinator.post(f"/people/{person_id}/link", language="uk").text
    assert "Тут ви можете побачити, що муніципалітет про вас знає" in sheet
    assert "<svg" in sheet
    assert "Olena" not in sheet  # whoever finds the sheet learns no name
    link = re.search(r'value="http://testserver(/my/open/[^"]+)"', sheet)
    code = re.search(rf"{FROYA}( \d{{4}}){{3}}", sheet)
    assert link
    assert code
    assert "Venter på å bli brukt" in coordinator.get(f"/people/{person_id}/link").text
    coordinator.post(f"/people/{person_id}/link/revoke")
    assert "Stoppet" in coordinator.get(f"/people/{person_id}/link").text
    let_in(person_id)
    html = coordinator.get(f"/people/{person_id}/link").text
    assert "Brukt" in html
    assert "sist brukt" in html
    coordinator.post(f"/people/{person_id}/link/end")
    assert "Ingen steder" in coordinator.get(f"/people/{person_id}/link").text


def test_a_phone_keeps_her_words_under_one_name_on_every_page_and_no_other_phone_has_it(
    olena: Phone, let_in: Callable[..., Phone]
) -> None:
    def owner(phone: Phone, path: str) -> str:
        found = re.search(r'data-owner="(\w+)"', phone.get(path).text)
        assert found
        return found[1]

    assert owner(olena, "/my/") == owner(olena, "/my/profile")
    assert owner(olena, "/my/") not in unmasked(olena.token())  # it opens nothing
    assert owner(olena, "/my/") != owner(let_in(olena.person_id), "/my/")


def test_only_a_coordinator_makes_links(visitor: Callable[..., Browser]) -> None:
    browser = visitor(Role.DPO)
    person_id = browser.register()
    assert browser.get(f"/people/{person_id}/link").status_code == 403
    assert browser.post(f"/people/{person_id}/link", language="nb").status_code == 403


def test_an_archived_person_gets_no_link(coordinator: Browser) -> None:
    person_id = coordinator.register()
    coordinator.post(f"/people/{person_id}/archive", version="1")
    assert "har ingen egne sider" in coordinator.get(f"/people/{person_id}/link").text
    assert "har ingen egne sider" in coordinator.post(f"/people/{person_id}/link", language="nb").text


def test_her_profile_says_what_is_known_and_what_is_not(olena: Phone) -> None:
    html = olena.get("/my/profile").text
    assert "Olena Shevchenko" in html
    assert "ukrainsk" in html
    assert "Her står det ikke noe ennå." in html
    assert "Ikke oppgitt" in html


@pytest.mark.parametrize(
    ("part", "fields", "shown"),
    [
        ("experiences", {"title": "зварювальник", "country": "UA", "started": "2009", "kind": "paid"}, "2009"),
        ("skills", {"label": "sveising", "holds": "yes", "level": "advanced"}, "sveising"),
        ("educations", {"title": "Економіка", "level": "6", "completed": "yes", "completed_year": "2008"}, "bachelor"),
        ("languages", {"language": "nor", "interaction": "B1"}, "klarer meg i hverdag og arbeid"),
        ("licences", {"licence": "driving:B", "holds": "yes", "country": "UA"}, "Førerkort klasse B"),
        ("courses", {"title": "HMS", "completed": "2024"}, "HMS"),
        ("wished-occupations", {"title": "regnskapsfører", "strength": "prefer"}, "regnskapsfører"),
        ("wishes", {"kind": "sector", "sector": "sea", "strength": "never"}, "Skip og havn"),
        ("interests", {"label": "musikk", "kind": "teaches"}, "musikk"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_part_can_be_added_changed_and_taken_out(
    olena: Phone, part: str, fields: dict[str, str], shown: str
) -> None:
    assert olena.get(f"/my/profile/{part}").status_code == 200
    answer = olena.post(f"/my/profile/{part}", version="0", **fields)
    assert (answer.status_code, answer.headers.get("location")) == (303, "/my/profile?notice=saved"), answer.text
    html = olena.get("/my/profile").text
    assert shown in html
    path = entry(html, part)
    sent = form(olena.get(path).text, path).values()
    for name, value in fields.items():
        assert sent[name] == [value], name
    assert olena.post(path, **{name: values[0] for name, values in sent.items()}).status_code == 303
    assert shown in olena.get("/my/profile").text
    assert olena.post(f"{path}/remove", version=olena.version()).status_code == 303
    assert f"/my/profile/{part}/" not in olena.get("/my/profile").text
    assert olena.post("/my/profile/undo", version=olena.version()).status_code == 303
    assert shown in olena.get("/my/profile").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_her_form_does_not_ask_stays(olena: Phone, coordinator: Browser) -> None:
    theirs = f"/people/{olena.person_id}/profile"
    coordinator.post(
        f"{theirs}/educations", version="0", title="Економіка", level="6", recognition="applied", field="0411",
        recognition_scheme="general", recognition_documents=["diploma"],
    )  # fmt: skip
    coordinator.post(f"{theirs}/experiences", version="1", title="buhalterė", kind="paid", months="40", percentage="80")
    coordinator.post(f"{theirs}/skills", version="2", label="regnskap", holds="yes", evidence="documented")
    html = olena.get("/my/profile").text
    for part, changes in (
        ("educations", {"institution": "KNEU"}),
        ("experiences", {"employer": "Banken"}),
        ("skills", {"level": "advanced"}),
    ):
        path = entry(html, part)
        sent = {name: values[0] for name, values in form(olena.get(path).text, path).values().items()}
        assert olena.post(path, **{**sent, **changes}).status_code == 303
    profile = coordinator.client.get(f"/people/{olena.person_id}/history")
    assert profile.status_code == 200
    resume = json.loads(olena.post("/my/data/everything").text)
    (education,), (job,), (skill,) = resume["education"], resume["experience"], resume["skill"]
    assert (education["recognition"], education["field"], education["institution"]) == ("applied", "0411", "KNEU")
    assert education["recognition_documents"] == ["diploma"]
    assert (job["months"], job["percentage"], job["employer"]) == (40, 80, "Banken")
    assert job["styrk"] is not None
    assert (skill["evidence"], skill["level"]) == ("documented", "advanced")
    assert skill["key"].startswith("http")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_other_words_are_understood_anew(olena: Phone) -> None:
    olena.post("/my/profile/wished-occupations", version="0", title="kokk", strength="prefer")
    html = olena.get("/my/profile").text
    path = entry(html, "wished-occupations")
    olena.post(path, version=olena.version(), title="sykepleier", strength="must")
    wished = json.loads(olena.post("/my/data/everything").text)["wished_occupation"]
    assert [(one["title"], one["strength"], one["styrk"]) for one in wished] == [("sykepleier", "must", "2223")]


def test_a_form_that_is_wrong_says_so_plainly_and_keeps_what_was_written(
    coordinator: Browser, let_in: Callable[..., Phone]
) -> None:
    olena = let_in(coordinator.register(), "uk")
    answer = olena.post("/my/profile/experiences", version="0", title="зварювальник", started="колись", kind="paid")
    assert answer.status_code == 422
    assert "Напишіть рік або місяць і рік" in answer.text
    assert 'value="колись"' in answer.text
    assert 'value="зварювальник"' in answer.text
    answer = olena.post("/my/reach", version="1", contacts="ні", needs_interpreter="")
    assert answer.status_code == 422
    assert "Напишіть номер телефону" in answer.text


def test_two_who_change_at_once_lose_nothing_unseen(olena: Phone, coordinator: Browser) -> None:
    version = olena.version()
    coordinator.post(f"/people/{olena.person_id}/profile/skills", version="0", label="regnskap")
    answer = olena.post("/my/profile/skills", version=version, label="sveising")
    assert answer.status_code == 412
    assert "Profilen din er endret etter at du åpnet siden" in answer.text
    assert "sveising" in answer.text  # what she wrote is shown


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_how_to_reach_her_and_when_she_wants_to_work(olena: Phone) -> None:
    olena.post("/my/reach", version=olena.version("/my/reach"), contacts="900 00 123\nolena@example.no",
               contact_language="eng", needs_interpreter="no")  # fmt: skip
    html = olena.get("/my/profile").text
    assert "+4790000123" in html
    assert "engelsk, ukrainsk" in html
    terms = {"percentage_min": "50", "percentage_max": "100", "shifts": ["day", "weekend"], "commute_minutes": "30"}
    assert olena.post("/my/terms", version=olena.version("/my/terms"), **terms).status_code == 303
    html = olena.get("/my/profile").text
    assert "50–100" in html
    assert "Dag, Helg" in html
    sent = form(olena.get("/my/terms").text, "/my/terms").values()
    assert sent["shifts"] == ["day", "weekend"]
    assert olena.post("/my/profile/confirm", version=olena.version()).headers["location"].endswith("confirmed")
    assert "Du sa sist at alt stemmer" in olena.get("/my/profile").text


def test_consents_are_given_and_withdrawn_by_one_tap(olena: Phone, coordinator: Browser) -> None:
    with coordinator.state.database.session(FROYA) as session:
        agreement(session)
    html = olena.get("/my/consents").text
    assert "Ikke svart" in html
    assert "Hitra kommune" not in html
    olena.post("/my/consents/share_with_neighbours", granted="yes")
    html = olena.get("/my/consents").text
    assert "Du sier ja" in html
    assert "Hitra kommune" in html
    olena.post("/my/consents/share_with_neighbours", granted="no", recipient_no="5056")
    olena.post("/my/consents/share_with_neighbours", granted="yes", section="background")
    assert "Nei" in coordinator.get(f"/people/{olena.person_id}").text
    assert olena.post("/my/consents/share_with_neighbours", granted="no").headers["location"].endswith("notice=no")
    assert "Du sier nei" in olena.get("/my/consents").text
    assert olena.post("/my/consents/share_with_neighbours", granted="maybe").status_code == 422
    assert olena.post("/my/consents/ambassador", granted="yes", recipient_no="1103").status_code == 404
    assert olena.post("/my/consents/share_with_neighbours", granted="no", section="soul").status_code == 404
    assert olena.post("/my/consents/everything", granted="yes").status_code == 404


def test_what_the_job_service_is_sent_of_her_is_said_before_she_says_yes(
    coordinator: Browser, let_in: Callable[..., Phone]
) -> None:
    olena = let_in(coordinator.register(born="1987-05", needs_interpreter="yes"))
    told = olena.get("/my/consents").text.split('id="export_to_job_service"')[1].split("</section>")[0]
    assert "mai 1987" in told
    assert "Du trenger tolk" in told


def test_she_reads_who_has_seen_what(olena: Phone, coordinator: Browser) -> None:
    assert "Ingen andre har sett noe om deg ennå." not in olena.get("/my/seen").text  # a link was made for her
    coordinator.get(f"/people/{olena.person_id}")
    html = olena.get("/my/seen").text
    assert "Koordinatoren i Frøya" in html
    assert "Så på: profilen din" in html
    assert "for å vite hva du kan og ønsker" in html
    assert "Kari" not in html
    olena.get("/my/?language=uk")
    assert "щоб знати, що ви вмієте і чого хочете" in olena.get("/my/seen").text


def test_a_long_trail_is_read_page_by_page(olena: Phone, coordinator: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.web.my.trail.PAGE_LENGTH", 1)
    coordinator.get(f"/people/{olena.person_id}")
    older = re.search(r'href="(/my/seen\?cursor=[^"]+)"', olena.get("/my/seen").text)
    assert older
    assert olena.get(older[1]).status_code == 200


def test_she_takes_her_data_with_her(olena: Phone) -> None:
    cv = olena.post("/my/data/cv", language="ukr")
    assert cv.content.startswith(b"%PDF")
    assert cv.headers["content-disposition"] == 'attachment; filename="cv.pdf"'
    assert olena.post("/my/data/cv", language="xxx").content.startswith(b"%PDF")
    assert json.loads(olena.post("/my/data/resume").text)["basics"]["name"] == "Olena Shevchenko"
    assert json.loads(olena.post("/my/data/everything").text)["person"]["given_name"] == "Olena"
    assert olena.post("/my/data/other").status_code == 404


def test_she_asks_to_be_erased_and_reads_the_answer(olena: Phone, coordinator: Browser) -> None:
    assert "arkivlova" in olena.get("/my/leaving").text
    olena.post("/my/leaving/erase")
    assert "Kommunen svarer deg her" in olena.get("/my/leaving").text
    assert "venter på svar om å bli slettet" in coordinator.get("/").text
    html = coordinator.get("/erasures").text
    assert "Olena" in html
    path = re.search(r'action="(/erasures/[0-9a-f-]+)"', html)
    assert path
    assert coordinator.post(path[1], answer=" ").status_code == 422
    coordinator.post(path[1], answer="Profilen er slettet. Samtykkene er beholdt.")
    assert "Ingen venter på svar" in coordinator.get("/erasures").text
    assert "Profilen er slettet. Samtykkene er beholdt." in olena.get("/my/leaving").text
    olena.post("/my/leaving/erase")
    assert olena.post("/my/leaving/stay").headers["location"].endswith("stays")
    assert "Ingen venter på svar" in coordinator.get("/erasures").text


def test_the_language_is_her_links_then_her_choice_and_it_is_kept(
    coordinator: Browser, let_in: Callable[..., Phone]
) -> None:
    olena = let_in(coordinator.register(), "uk")
    assert '<html lang="uk" dir="ltr"' in olena.get().text
    assert '<html lang="ar" dir="rtl"' in olena.get("/my/?language=ar").text
    assert '<html lang="ar" dir="rtl"' in olena.get("/my/profile").text
    assert '<html lang="ar" dir="rtl"' in olena.get("/my/?language=nonsense").text


def test_a_browser_says_its_language_before_anybody_chose(olena: Phone) -> None:
    olena.client.cookies.delete("language")
    headers = {"Accept-Language": "pl-PL,pl;q=0.9"}
    assert '<html lang="pl"' in olena.client.get("/my/enter", headers=headers).text


@pytest.mark.parametrize("language", catalogues.PREPARED)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_language_that_is_not_translated_falls_back_and_says_so(olena: Phone, language: str) -> None:
    html = olena.get(f"/my/?language={language}").text
    assert '<html lang="en" dir="ltr"' in html
    assert f'not in <span lang="{language}" dir="auto">' in html


def test_names_of_concepts_are_in_her_language(coordinator: Browser, let_in: Callable[..., Phone]) -> None:
    olena = let_in(coordinator.register(), "uk")
    olena.post("/my/profile/experiences", version="0", title="buhalterė", kind="paid", country="LT")
    html = olena.get("/my/profile").text
    assert "бухгалтер" in html.lower()
    assert "Литва" in html


def test_she_answers_a_neighbour_and_takes_it_back(
    coordinator: Browser, state: State, let_in: Callable[..., Phone]
) -> None:
    with state.database.session(FROYA) as session:
        town.accountants(session, sealer=state.sealer)
        rasa = town.rasa(session)
        ask = town.asked(session, town.requested(session), rasa)
        other = town.accountant(session)
    phone, stranger = let_in(rasa.id, "lt"), let_in(other.id, "lt")
    assert "1 klausimas laukia Jūsų atsakymo." in phone.get().text
    html = phone.get("/my/questions").text
    assert "Regnskapsfører" in html
    assert "Regnskapsfører" not in stranger.get("/my/questions").text
    path = f"/my/questions/{ask.id}"
    sent = form(html, path)
    assert stranger.post(path, version="1", answer="yes").status_code == 404
    version = sent.values()["version"][0]
    answer = phone.post(path, version=version, answer="yes", sections=["skills"])
    assert answer.headers["location"] == "/my/questions?notice=answered"
    assert "laukia Jūsų atsakymo" not in phone.get().text
    assert phone.post(path, version=version, answer="no").status_code == 412
    version = form(phone.get("/my/questions").text, path).values()["version"][0]
    assert phone.post(path, version=version, answer="withdraw").headers["location"].endswith("taken-back")
    assert path not in phone.get("/my/questions").text


def test_a_sheet_that_is_loaded_anew_is_the_same_sheet(coordinator: Browser, let_in: Callable[..., Phone]) -> None:
    person_id = coordinator.register(given_name="Olena")
    path = f"/people/{person_id}/link"
    asked = form(coordinator.get(path).text, path).values()["asked"][0]
    sheets = [coordinator.post(path, language="uk", asked=asked).text for _ in range(2)]
    link, again = (re.search(r"/my/open/(\w+)", sheet) for sheet in sheets)
    assert link
    assert again
    assert link[1] == again[1]
    let_in(person_id)  # by another link, which ends that one
    answer = coordinator.post(path, language="uk", asked=asked)
    assert answer.headers["location"] == f"{path}?notice=link-over"
    assert "Lag en ny" in coordinator.get(answer.headers["location"]).text


def test_she_sees_each_time_that_somebody_came_in(coordinator: Browser, let_in: Callable[..., Phone]) -> None:
    person_id = coordinator.register(given_name="Olena")
    stranger, olena = let_in(person_id), let_in(person_id)
    html = olena.get("/my/seen").text
    assert html.count("Sist brukt") == 2
    assert html.count("Åpnet sidene dine på en ny telefon") >= 1
    assert "Ga deg: lenken til sidene dine" in html
    assert olena.post("/my/leaving/everywhere").headers["location"] == "/my/enter?notice=out-everywhere"
    assert stranger.client.get("/my/", follow_redirects=False).headers["location"] == "/my/enter"


def test_her_consent_is_kept_in_the_language_that_she_read_it_in(olena: Phone) -> None:
    olena.get("/my/?language=uk")
    path = "/my/consents/ambassador"
    sent = {name: values[0] for name, values in form(olena.get("/my/consents").text, path).values().items()}
    olena.get("/my/?language=ar")  # in another window
    olena.post(path, **{**sent, "granted": "yes"})
    (answer,) = json.loads(olena.post("/my/data/everything").text)["consent"]
    assert answer["language"] == "ukr"
    assert answer["wording"].startswith("Інші новоприбулі")
