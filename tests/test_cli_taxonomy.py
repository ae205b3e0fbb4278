from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, col, select
from typer.testing import CliRunner, Result

from kompetanse.cli import app
from kompetanse.competence import service
from kompetanse.competence.tables import Skill
from kompetanse.database import Database
from kompetanse.taxonomy import starter
from kompetanse.vacancies.tables import VacancySkill
from tests import factories
from tests.conftest import SECRET
from tests.factories import FROYA, HITRA
from tests.taxonomy.downloads import BAKER, COOK, FILES, OCCUPATIONS_EN, folder, occupation

Command = Callable[..., Result]
REPLACED = sorted(starter.starter().replaced.items())
SKILLS = [(old, new) for old, new in REPLACED if ":skill:" in old]


@pytest.fixture
def kompetanse(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on the fresh database; its index holds no name of the starter lists, so it is built quickly."""
    empty = starter.Starter({}, (), {}, starter.starter().replaced)
    monkeypatch.setattr(starter, "starter", lambda: empty)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", database_url)
    monkeypatch.setenv("KOMPETANSE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("KOMPETANSE_SECRET_KEY", SECRET)
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))


def linked_long_ago(session: Session, municipality_no: str, *keys: str) -> None:
    """Somebody with skills that an older version of the program linked."""
    who = factories.actor(municipality_no=municipality_no)
    person_id = factories.person_id(session, who)
    service.change_wishes(session, who, person_id, 0, {"percentage_min": 50})
    rows = [Skill(municipality_no=municipality_no, person_id=person_id, key=key, label="som sagt") for key in keys]
    session.add_all(rows)


def keys(database: Database, municipality_no: str) -> set[str]:
    with database.session(municipality_no, write=False) as session:
        return set(session.exec(select(Skill.key).where(col(Skill.municipality_no) == municipality_no)))


def test_migrating_lets_people_and_vacancies_follow_the_starter_lists_keys(
    kompetanse: Command, database: Database
) -> None:
    (old, new), (other, later) = SKILLS[:2]
    with database.session(FROYA) as session:
        linked_long_ago(session, FROYA, old, "text:annet")
        asking = factories.vacancy(session).vacancy
        session.add(VacancySkill(municipality_no=FROYA, vacancy_id=asking.id, key=old, label="krav"))
    with database.session(HITRA) as session:
        linked_long_ago(session, HITRA, other)
    assert "3 links of people, vacancies and courses follow" in kompetanse("migrate").stdout
    assert keys(database, FROYA) == {new, "text:annet"}
    assert keys(database, HITRA) == {later}
    with database.session(FROYA, write=False) as session:
        assert session.exec(select(VacancySkill.key)).one() == new
    again = kompetanse("migrate")
    assert (again.exit_code, "links" in again.stdout) == (0, False)


def test_no_successor_of_the_lists_is_replaced_itself() -> None:
    replaced = dict(REPLACED)
    assert REPLACED
    assert set(replaced.values()).isdisjoint(replaced)
    known = starter.starter().concepts
    assert all(new in known for new in replaced.values())
    assert set(replaced).isdisjoint(known)


def test_an_import_makes_its_index_and_a_newer_one_lets_links_follow(
    kompetanse: Command, database: Database, tmp_path: Path
) -> None:
    assert kompetanse("taxonomy", "import", folder(tmp_path / "v1.0")).exit_code == 0
    pointer = tmp_path / "var" / "derived" / "linker" / "current"
    first = pointer.read_text("utf-8")
    with database.session(FROYA) as session:
        who = factories.actor()
        person_id = factories.person_id(session, who)
        service.add_experience(session, who, person_id, 0, {"title": "som sagt", "concept": COOK})
    newer = {"occupations_en": (OCCUPATIONS_EN[0], occupation(BAKER, "7512", "baker"))}
    kept = {name: rows for name, rows in FILES.items() if name != "occupations_no.csv"}
    gone = ({"conceptUri": COOK, "replacedBy": BAKER},)
    done = kompetanse("taxonomy", "import", folder(tmp_path / "v1.1", kept, **newer, replacements=gone))
    assert "1 retired, of which 1 have a successor; 1 links of people, vacancies and courses follow them" in done.output
    assert pointer.read_text("utf-8") != first
    with database.session(FROYA) as session:
        job = service.read_profile(session, factories.actor(), person_id).experiences[0]
    assert (job.concept, job.title, job.styrk) == (BAKER, "som sagt", "7512")
    status = kompetanse("taxonomy", "status").stdout
    assert "1 concepts are retired" in status
    latest, first_one = [line for line in status.splitlines() if "ESCO" in line]
    assert "1.1" in latest
    assert "1.0" in first_one


def test_an_index_that_is_not_there_is_made_on_request(kompetanse: Command, tmp_path: Path) -> None:
    assert kompetanse("taxonomy", "index").exit_code == 0
    kompetanse("taxonomy", "import", folder(tmp_path / "v1.0"))
    pointer = tmp_path / "var" / "derived" / "linker" / "current"
    pointer.unlink()
    done = kompetanse("taxonomy", "index")
    assert "The index of names is there" in done.stdout
    assert pointer.exists()


def test_a_word_is_linked_once_and_for_all_in_every_municipality(
    kompetanse: Command, database: Database, tmp_path: Path
) -> None:
    kompetanse("taxonomy", "import", folder(tmp_path / "v1.0"))
    for municipality_no in (FROYA, HITRA):
        who = factories.actor(municipality_no=municipality_no)
        with database.session(municipality_no) as session:
            person_id = factories.person_id(session, who)
            service.add_experience(session, who, person_id, 0, {"title": "plughist"})
    assert "plughist" in kompetanse("taxonomy", "unlinked").stdout
    done = kompetanse("taxonomy", "link", "plughist", COOK)
    assert f"{FROYA}, {HITRA}" in done.stdout
    assert "plughist" not in kompetanse("taxonomy", "unlinked", "--municipality", HITRA).stdout
    refused = kompetanse("taxonomy", "link", "plughist", "urn:nothing")
    assert refused.exit_code == 1
    assert "Not a concept of this kind" in refused.output
