import re
from collections.abc import Callable

from kompetanse.actor import Role, system_actor
from kompetanse.matching import following
from tests.api.web.conftest import Browser
from tests.factories import FROYA
from tests.support.html_forms import form

ACCOUNTANT = {
    "title": "Regnskapsmedarbeider",
    "unit": "Økonomi",
    "percentage_min": "80",
    "percentage_max": "100",
    "shifts": ["day"],
    "positions": "1",
    "skills_essential": "regnskap",
    "language_0": "norsk",
    "minimum_0": "B1",
    "required_0": "no",
    "deadline": "2027-01-15",
    "description": "Fører regnskap.\n<script>alert(1)</script>",
}


def made(browser: Browser, **fields: object) -> str:
    answer = browser.post("/vacancies/new", **{**ACCOUNTANT, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def test_a_vacancy_is_written_shown_and_listed(coordinator: Browser) -> None:
    path = made(coordinator)
    html = coordinator.get(path).text
    for shown in ("Regnskapsmedarbeider", "80–100", "15.01.2027", "regnskap", "norsk B1", "(ønske)"):
        assert shown in html, shown
    assert "<script>alert" not in html
    assert path in coordinator.get("/vacancies").text


def test_a_vacancys_form_stands_as_it_was_stored(coordinator: Browser) -> None:
    path = made(coordinator)
    html = coordinator.get(f"{path}/edit").text
    assert 'name="language_0" value="norsk"' in html
    assert re.search(r'name="skills_essential"[^>]*>\s*regnskap</textarea>', html)
    changed = coordinator.post(f"{path}/edit", **{**ACCOUNTANT, "title": "Controller", "version": "1"})
    assert changed.status_code == 303
    assert "Controller" in coordinator.get(path).text
    assert coordinator.post(f"{path}/edit", **{**ACCOUNTANT, "version": "1"}).status_code == 412


def test_an_occupation_that_no_title_tells_is_asked_for_and_stated_by_its_name(coordinator: Browser) -> None:
    path = made(coordinator, title="Ny kollega søkes")
    html = coordinator.get(path).text
    assert "Yrket er ikke kjent. Da passer nesten alle" in html
    assert f'href="{path}/edit#styrk"' in html
    changed = {**ACCOUNTANT, "title": "Ny kollega søkes", "version": "1"}
    refused = coordinator.post(f"{path}/edit", **{**changed, "styrk": "kollega"})
    assert (refused.status_code, "Kjenner ikke yrket" in refused.text) == (422, True)
    assert coordinator.post(f"{path}/edit", **{**changed, "styrk": "Sykepleier"}).status_code == 303
    html = coordinator.get(path).text
    assert "Sykepleiere" in html
    assert "Yrket er ikke kjent" not in html


def test_age_experience_and_places_are_written_shown_and_kept_by_the_form(coordinator: Browser) -> None:
    more = {"minimum_age": "18", "experience_months": "24", "kindergarten_places": "0", "school_places": "4"}
    path = made(coordinator, **more)
    html = coordinator.get(path).text
    for shown in ("Aldersgrense", "18 år", "Ledige barnehageplasser i nærheten", "Ledige skoleplasser i nærheten"):
        assert shown in html, shown
    form = coordinator.get(f"{path}/edit").text
    for name, value in more.items():
        assert f'name="{name}" value="{value}"' in form, name
    assert "barnehageplasser" not in coordinator.get(made(coordinator)).text


def test_faults_of_a_vacancy_are_told_by_field(coordinator: Browser) -> None:
    answer = coordinator.post("/vacancies/new", title="", percentage_min="mange", language_0="norsk", positions="1")
    assert answer.status_code == 422
    assert "Skriv et helt tall" in answer.text
    assert "Velg et nivå" in answer.text


def test_no_language_is_demanded_unless_somebody_says_so(coordinator: Browser) -> None:
    html = coordinator.get("/vacancies/new").text
    assert form(html, "/vacancies/new").values()["required_0"] == [""]
    answer = coordinator.post("/vacancies/new", **{**ACCOUNTANT, "required_0": ""})
    assert answer.status_code == 422
    assert re.search(r"Krav eller ønske[^<]*: Velg et av svarene i listen", answer.text)


def test_candidates_are_ranked_with_reasons_and_referred_with_a_click(coordinator: Browser) -> None:
    rasa = coordinator.register()
    coordinator.post(f"/people/{rasa}/profile/skills", version="0", label="regnskap")
    coordinator.register(given_name="Hemmelig", family_name="Person", protected_address=True)
    path = made(coordinator)
    html = coordinator.get(path).text
    assert "Rasa Kazlauskienė" in html
    assert "Hemmelig" not in html
    assert "Ferdighet: regnskap (fra første dag)" in html
    assert "spør" in html
    assert re.search(r"\d+\xa0%", html)
    score = re.search(r'name="score" value="([0-9.]+)"', html)
    assert score is not None
    answer = coordinator.post(f"{path}/referrals", person_id=str(rasa), score=score[1])
    assert answer.status_code == 303
    assert "Formidlet til stillingen" in coordinator.get(path).text
    assert "Regnskapsmedarbeider" in coordinator.get(f"/people/{rasa}").text
    again = coordinator.post(f"{path}/referrals", person_id=str(rasa))
    assert again.status_code == 409
    assert "foreslått for denne stillingen fra før" in again.text


def test_a_referral_goes_on_step_by_step(coordinator: Browser) -> None:
    rasa = coordinator.register()
    path = made(coordinator)
    coordinator.post(f"{path}/referrals", person_id=str(rasa))
    html = coordinator.get(path).text
    step = re.search(r'action="([^"]+/stage)"', html)
    assert step is not None
    assert coordinator.post(step[1], version="1", stage="accepted_by_person").status_code == 303
    assert "Kandidaten har sagt ja" in coordinator.get(path).text
    assert coordinator.post(step[1], version="1", stage="sent").status_code == 412


def test_the_best_vacancies_stand_on_the_persons_page(coordinator: Browser) -> None:
    rasa = coordinator.register()
    path = made(coordinator)
    html = coordinator.get(f"/people/{rasa}").text
    assert "Beste stillinger" in html
    assert path in html


def test_an_ended_vacancy_has_no_candidates(coordinator: Browser) -> None:
    coordinator.register()
    path = made(coordinator)
    assert coordinator.post(f"{path}/end", version="1", status="filled").status_code == 303
    html = coordinator.get(path).text
    assert "Besatt" in html
    assert "Kandidater" not in html


def test_hr_writes_for_its_own_unit_and_sees_no_candidates(visitor: Callable[..., Browser]) -> None:
    hr = visitor(Role.HR, unit="Økonomi")
    hr.register()
    fields = {name: value for name, value in ACCOUNTANT.items() if name != "unit"}
    answer = hr.post("/vacancies/new", **fields)
    assert answer.status_code == 303
    html = hr.get(answer.headers["location"]).text
    assert "Økonomi" in html
    assert "Kazlauskienė" not in html
    assert "Kandidater" not in html


def test_a_leader_reads_vacancies_and_writes_none(visitor: Callable[..., Browser]) -> None:
    leader = visitor(Role.LEADER)
    html = leader.get("/vacancies").text
    assert "/vacancies/new" not in html
    assert leader.get("/vacancies/new").status_code == 403


def test_the_first_page_greets_and_counts(coordinator: Browser) -> None:
    coordinator.register(needs_interpreter=True)
    html = coordinator.get("/").text
    assert "Hei, Kari" in html
    assert re.findall(r'tile__number">(\d+)<', html) == ["1", "1", "1", "0"]


def test_vacancies_for_which_somebody_new_was_found_are_listed_for_whoever_matches(
    visitor: Callable[..., Browser],
) -> None:
    kari = visitor(Role.COORDINATOR)
    made(kari, title="Renholder")

    def refresh() -> None:
        with kari.state.database.session(FROYA) as session:
            following.refresh(session, system_actor(FROYA))

    refresh()
    assert "Nye kandidater" not in kari.get("/").text
    kari.register(may_work=True)
    refresh()
    for path in ("/", "/vacancies"):
        assert "1 ny kandidat" in kari.get(path).text
    kari.post("/log-out")
    assert "ny kandidat" not in visitor(Role.LEADER, email="leder@froya.example").get("/").text
