"""What the data-protection officer answers with who asks who has seen her data."""

import ast
import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

import kompetanse
from api.web import trail
from kompetanse.actor import Role, system_actor
from kompetanse.audit.kinds import ACTIONS
from kompetanse.people import merging
from kompetanse.people import service as people
from kompetanse.personal_links import door
from kompetanse.personal_links import service as links
from tests.api.web.conftest import Browser
from tests.factories import FROYA, HITRA

Visitors = Callable[..., Browser]


@pytest.fixture
def officer(visitor: Visitors) -> Browser:
    return visitor(Role.DPO, email="ombud@froya.example")


def look(browser: Browser, person_id: UUID) -> None:
    with browser.state.database.session(FROYA, write=False) as session:
        people.read(session, system_actor(FROYA), person_id)


def test_the_officer_finds_a_person_by_name_and_no_address_holds_it(officer: Browser) -> None:
    rasa = officer.register()
    officer.register(given_name="Olena", family_name="Shevchenko")
    answer = officer.post("/audit/people", text="kazlausk ras")
    assert answer.status_code == 200
    assert f'href="/audit/people/{rasa}"' in answer.text
    assert "Shevchenko" not in answer.text
    assert re.findall(r"<title>[^<]*Rasa|href=\"[^\"]*Kazlausk", answer.text) == []
    assert "Ingen har et slikt navn" in officer.post("/audit/people", text="Ingensteds").text
    assert "Skriv et navn" in officer.post("/audit/people", text="  ").text


def test_a_persons_trail_says_who_when_what_why_and_from_where(officer: Browser) -> None:
    rasa = officer.register()
    look(officer, rasa)
    html = officer.get(f"/audit/people/{rasa}").text
    assert "Rasa Kazlauskienė" in html
    for told in ("Så: person", "Opprettet: person", "Registrere", "Systemet", "Hvem det er gjort av"):
        assert told in html, told
    officer.post("/audit/people", text="Rasa")
    assert "Så personen i en liste" in officer.get(f"/audit/people/{rasa}").text  # the officer's own look shows too


def test_a_trail_is_narrowed_to_a_kind_somebody_or_a_time(officer: Browser) -> None:
    rasa = officer.register()
    look(officer, rasa)
    looked = officer.get(f"/audit/people/{rasa}?kind=looked").text
    assert "Så: person" in looked
    assert "Opprettet: person" not in looked
    assert "Ingen hendelser passer" in officer.get(f"/audit/people/{rasa}?until=2001-01-01").text
    assert "Ingen hendelser passer" in officer.get(f"/audit/people/{rasa}?by={UUID(int=7)}").text
    assert "Opprettet: person" in officer.get(f"/audit/people/{rasa}?since=01.01.0001").text
    for wrong in ("since=i+går", "kind=stolen", "by=Kari"):
        assert officer.get(f"/audit/people/{rasa}?{wrong}").status_code == 422, wrong


def test_what_was_done_before_records_were_merged_is_told_too(officer: Browser) -> None:
    rasa, again = officer.register(), officer.register(given_name="Rasa", family_name="Kazlauskiene")
    look(officer, again)
    with officer.state.database.session(FROYA) as session:
        version = people.read(session, system_actor(FROYA), rasa).person.version
        merging.merge(
            session,
            system_actor(FROYA),
            keep_id=rasa,
            absorb_id=again,
            version=version,
            sealer=officer.state.sealer,
        )
    assert officer.get(f"/audit/people/{rasa}").text.count("Så: person") >= 2
    assert officer.get(f"/audit/people/{again}").status_code == 200
    assert again.hex not in officer.post("/audit/people", text="Kazlauskien").text


def test_it_tells_when_staff_made_a_link_and_when_she_came_in_by_it(officer: Browser) -> None:
    rasa = officer.register()
    with officer.state.database.session(FROYA) as session:
        made = links.make(session, system_actor(FROYA), officer.state.sealer, rasa, language="pl", days=7)
    with officer.state.database.session(FROYA) as session:
        door.open_by_link(session, made.secret, "test")
    html = officer.get(f"/audit/people/{rasa}").text
    for told in ("Laget lenke til egne sider", "Logget inn på egne sider med lenke", "Personen selv", "Egne sider"):
        assert told in html, told
    came_in = officer.get(f"/audit/people/{rasa}?kind=entered").text
    assert "Laget lenke til egne sider" not in came_in


def test_the_file_holds_all_of_it_in_words(officer: Browser) -> None:
    rasa = officer.register()
    for _ in range(120):  # more than a page
        look(officer, rasa)
    answer = officer.get(f"/audit/people/{rasa}/trail.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 121
    assert rows[-1]["hva"] == "Opprettet: person"
    assert "Kazlausk" not in answer.headers["content-disposition"]
    assert "Hentet loggen som fil" in officer.get(f"/audit/people/{rasa}").text
    assert officer.get(f"/audit/people/{rasa}/trail.csv?since=x").status_code == 422


def test_nobody_else_and_no_other_municipality_reads_it(officer: Browser, visitor: Visitors) -> None:
    rasa = officer.register()
    theirs = officer.register(HITRA)
    assert officer.get(f"/audit/people/{theirs}").status_code == 404
    coordinator = visitor(Role.COORDINATOR, email="hitra@hitra.example", municipality_no=HITRA)
    assert coordinator.get(f"/audit/people/{rasa}").status_code == 403
    assert coordinator.post("/audit/people", text="Rasa").status_code == 403


def test_every_action_is_of_one_kind() -> None:
    kinds = [action for actions in ACTIONS.values() for action in actions]
    assert sorted(kinds) == sorted(trail.ACTIONS)


def test_whatever_the_registry_records_has_words() -> None:
    """Read off the calls of `audit.record`, so that a deed that no test does is found too."""
    told = [
        tuple(one.value if isinstance(one, ast.Constant) else None for one in call.args[2:4])
        for path in Path(kompetanse.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.record"
    ]
    assert len(told) > 100
    assert {action for action, _ in told if action} <= trail.ACTIONS.keys()
    assert {record for _, record in told if record} <= trail.RECORDS.keys()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("share_with_neighbours", "Telles med i gruppene nabokommuner ser"),
        ("skills.level", "ferdighet: Nivå"),
        ("experiences.concept", "arbeid: standardbegrep"),
        ("paper", "på papir"),
        ("2026-Q4", "2026-Q4"),
    ],
)
def test_what_an_event_was_about_is_told_in_words(name: str, said: str) -> None:
    assert trail.field_told(name) == said
