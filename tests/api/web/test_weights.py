import re
from collections.abc import Callable
from dataclasses import asdict

import pytest

from api.web.labels import FIELDS
from api.web.weight_words import MEANINGS
from kompetanse.actor import Role
from kompetanse.matching.weights import DEFAULT, VERSION
from tests.api.web.conftest import Browser

PATH = "/matching/weights"
NAMES = [name for name in asdict(DEFAULT) if name != "version"]


@pytest.fixture(params=[Role.COORDINATOR, Role.ADMINISTRATOR])
def tuner(visitor: Callable[..., Browser], request: pytest.FixtureRequest) -> Browser:
    return visitor(request.param)


def form(**changed: str) -> dict[str, str]:
    stand = {f"weight_{name}": f"{getattr(DEFAULT, name):g}" for name in NAMES}
    return {"version": "0", "do": "save", **stand, **{f"weight_{name}": text for name, text in changed.items()}}


def test_every_weight_has_its_words() -> None:
    assert list(MEANINGS) == [name for name in MEANINGS if name in NAMES]
    assert set(MEANINGS) == set(NAMES)
    assert {f"weight_{name}" for name in NAMES} <= FIELDS.keys()


def test_every_weight_is_shown_with_what_it_means_its_default_and_bounds(tuner: Browser) -> None:
    html = tuner.get(PATH).text
    for name, meaning in MEANINGS.items():
        assert f'name="weight_{name}" value="{f"{getattr(DEFAULT, name):g}".replace(".", ",")}"' in html
        assert meaning in html
    assert "15–60" in html
    assert f"Nå gjelder versjon {VERSION}" in html
    assert 'href="/matching/weights"' in tuner.get("/").text


def test_a_choice_is_looked_at_first_and_changes_nothing(tuner: Browser) -> None:
    html = tuner.post(PATH, **{**form(wish="9,5"), "do": "preview"}).text
    assert "Virkningen, før noe er lagret" in html
    assert re.search(r"<del>6</del> → <ins>9,5</ins>", html)
    assert re.search(rf"Versjon {re.escape(VERSION)}\+[0-9a-f]{{8}}", html)
    assert 'name="weight_wish" value="9,5"' in html
    assert 'name="weight_wish" value="6"' in tuner.get(PATH).text


def test_what_is_saved_stands_with_who_and_why_and_can_be_set_back(tuner: Browser) -> None:
    assert tuner.post(PATH, **form(wish="9"), note="Folk blir når de trives").status_code == 303
    html = tuner.get(PATH).text
    assert 'name="weight_wish" value="9"' in html
    history = html.partition('id="history"')[2]
    for said in ("Folk blir når de trives", "deg", "<del>6</del> → <ins>9</ins>"):
        assert said in history
    assert tuner.post(PATH, **form()).status_code == 412
    assert tuner.post(PATH, **{**form(), "version": "1"}).status_code == 303
    assert f"Nå gjelder versjon {VERSION}<" in tuner.get(PATH).text


@pytest.mark.parametrize(("text", "told"), [("100", "utenfor grensene"), ("mye", "Skriv et tall")])
def test_what_is_no_weight_is_told_by_field(tuner: Browser, text: str, told: str) -> None:
    answer = tuner.post(PATH, **form(occupation=text))
    assert answer.status_code == 422
    assert re.search(rf'id="weight_occupation-error">[^<]*{told}', answer.text)
    assert f'value="{text}"' in answer.text


def test_weights_count_at_once_and_their_version_stands_with_every_match(coordinator: Browser) -> None:
    coordinator.register(may_work=True)
    answer = coordinator.post("/vacancies/new", title="Regnskapsfører", positions="1")
    path = answer.headers["location"].partition("?")[0]
    assert f"Vekter {VERSION}," in coordinator.get(path).text
    coordinator.post(PATH, **form(wish="9"))
    assert f"Vekter {VERSION}+" in coordinator.get(path).text


def test_a_coordinator_sees_which_colleague_chose_and_an_administrator_that_it_was_another(
    visitor: Callable[..., Browser],
) -> None:
    kari = visitor(Role.COORDINATOR)
    kari.post(PATH, **form(wish="9"))
    kari.post("/log-out")
    lars = visitor(Role.COORDINATOR, email="lars@froya.example")
    assert "Kari Koordinator" in lars.get(PATH).text.partition('id="history"')[2]
    lars.post("/log-out")
    admin = visitor(Role.ADMINISTRATOR, email="admin@froya.example")
    assert "en annen i kommunen" in admin.get(PATH).text


def test_a_leader_does_not_tune(visitor: Callable[..., Browser]) -> None:
    leader = visitor(Role.LEADER)
    assert leader.get(PATH).status_code == 403
    assert leader.post(PATH, **form()).status_code == 403
