"""Jobs near her on her page: plain and honest, and her interest reaches the coordinator's pages."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from kompetanse.codes.cefr import Cefr
from kompetanse.vacancies.rules import LanguageDemand
from tests import factories
from tests.api.web.conftest import Browser
from tests.api.web.my.conftest import Phone
from tests.factories import FROYA
from tests.support.html_forms import form, forms

SECRET_TEXT = "Ring Per på 900 12 345, vi er underbemannet"


@pytest.fixture
def cook(coordinator: Browser) -> UUID:
    """A vacancy for a cook who has Norwegian B1, with a text that was meant for colleagues."""
    with coordinator.state.database.session(FROYA) as session:
        asked = [LanguageDemand(language="nor", minimum=Cefr.B1, required=True)]
        record = factories.vacancy(
            session, title="Kokk", unit="Sykehjemmet", languages=asked, description=SECRET_TEXT, percentage_min=50
        )
        return record.vacancy.id


@pytest.fixture
def cooking(coordinator: Browser, let_in: Callable[..., Phone]) -> Phone:
    """Olena, who wants to be a cook and has Norwegian A2."""
    olena = let_in(coordinator.register(given_name="Olena", family_name="Shevchenko", may_work=True))
    olena.post("/my/profile/wished-occupations", version="0", title="kokk", strength="prefer")
    level = dict.fromkeys(("listening", "interaction", "production", "reading", "writing"), "A2")
    olena.post("/my/profile/languages", version="1", language="nor", **level)
    return olena


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def test_she_reads_what_she_lacks_in_plain_words(cooking: Phone, cook: UUID) -> None:
    said = text_of(cooking.get("/my/jobs").text)
    assert "Kan passe senere. Noe mangler." in said
    assert "Norsk: Du trenger B1. Du har A2." in said
    assert "Neste steg: " in said
    assert "Du ønsker deg slikt arbeid." in said
    assert "Sykehjemmet" in said
    assert "Per" not in said.split()
    assert str(cook) in cooking.get("/my/jobs").text
    assert "%" not in said.replace("minst 50 %", "")  # no number says how good she is


@pytest.mark.usefixtures("cook")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "Норвезька: потрібно B1. У вас A2."),
        ("ar", "تحتاج إلى B1. لديك A2."),
        ("pl", "potrzebujesz B1. Masz A2."),
        ("lt", "reikia B1. Turite A2."),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_she_reads_it_in_her_language(cooking: Phone, language: str, words: str) -> None:
    html = cooking.get(f"/my/jobs?language={language}").text
    assert words in text_of(html)
    assert '<span lang="nb" dir="ltr">Kokk</span>' in html  # what it is called in Norway is read aloud as Norwegian


def test_her_interest_is_on_the_coordinators_pages_and_she_reads_that_it_was_seen(
    cooking: Phone, cook: UUID, coordinator: Browser
) -> None:
    path = f"/my/jobs/{cook}/interested"
    assert path in cooking.get("/my/jobs").text
    for _ in range(2):  # tapped twice
        assert cooking.post(path).headers["location"] == "/my/jobs?notice=interested"
    assert "Koordinatoren har ikke sett det ennå." in text_of(cooking.get("/my/jobs").text)
    today = coordinator.get("/").text
    assert "Interessert i en stilling (1)" in text_of(today)
    assert "Olena Shevchenko" in today
    assert "Sier selv: interessert i Kokk" in text_of(coordinator.get(f"/people/{cooking.person_id}").text)
    assert "Sier selv at de er interessert" in coordinator.get(f"/vacancies/{cook}").text
    (sent,) = forms(today, "/seen")
    assert coordinator.post(sent.action, **sent.values()).headers["location"] == "/?notice=interest-seen"
    assert "Interessert i en stilling" not in coordinator.get("/").text
    assert "Koordinatoren har sett det." in text_of(cooking.get("/my/jobs").text)


def test_she_takes_it_back(cooking: Phone, cook: UUID, coordinator: Browser) -> None:
    cooking.post(f"/my/jobs/{cook}/interested")
    assert cooking.post(f"/my/jobs/{cook}/not-interested").headers["location"] == "/my/jobs?notice=not-interested"
    assert "Interessert i en stilling" not in coordinator.get("/").text


def test_she_takes_it_back_when_the_job_is_gone(cooking: Phone, cook: UUID, coordinator: Browser) -> None:
    cooking.post(f"/my/jobs/{cook}/interested")
    assert coordinator.post(f"/vacancies/{cook}/end", version="1", status="filled").status_code == 303
    html = cooking.get("/my/jobs").text
    assert "Du har sagt at du er interessert. Denne jobben er ikke ledig lenger." in text_of(html)
    sent = form(html, f"/my/jobs/{cook}/not-interested")
    assert cooking.post(sent.action).headers["location"] == "/my/jobs?notice=not-interested"
    assert "Du har sagt at du er interessert" not in cooking.get("/my/jobs").text


def test_the_coordinator_puts_her_forward_from_the_vacancy(cooking: Phone, cook: UUID, coordinator: Browser) -> None:
    cooking.post(f"/my/jobs/{cook}/interested")
    html = coordinator.get(f"/vacancies/{cook}").text
    sent = next(one for one in forms(html, "/referrals") if "score" not in one.values())
    assert coordinator.post(sent.action, **sent.values()).status_code == 303
    assert "Sier selv at de er interessert" not in coordinator.get(f"/vacancies/{cook}").text


def test_who_told_nothing_learns_what_to_tell(olena: Phone) -> None:
    html = olena.get("/my/jobs").text
    assert "Vi fant ingen jobb som passer nå." in html
    for part in ("experiences", "skills", "languages", "educations", "wished-occupations"):
        assert f'href="/my/profile/{part}"' in html


def test_nobody_is_interested_in_what_is_not_there(olena: Phone) -> None:
    assert olena.post(f"/my/jobs/{olena.person_id}/interested").status_code == 404


def test_she_offers_to_interpret_and_takes_it_back(olena: Phone, coordinator: Browser) -> None:
    for kind in ("mentors", "recruits", "interprets"):
        path = f"/my/helping/{kind}"
        sent = form(olena.get("/my/helping").text, path).values()
        fields = {name: values[0] for name, values in sent.items()}
        assert olena.post(path, **{**fields, "label": "ukrainsk", "answer": "yes"}).status_code == 303
    assert "Vil gjerne tolke: ukrainsk" in text_of(coordinator.get(f"/people/{olena.person_id}").text)
    version = olena.version("/my/helping")
    assert olena.post("/my/helping/interprets", version=version, answer="no").status_code == 303
    assert "Vil gjerne tolke:" not in text_of(coordinator.get(f"/people/{olena.person_id}").text)
    assert olena.post("/my/helping/likes", version=version, answer="yes").status_code == 404
    version = olena.version("/my/helping")
    answer = olena.post("/my/helping/interprets", version=version, answer="yes", label="x" * 300)
    assert answer.status_code == 422
    assert "Teksten er for lang." in answer.text
