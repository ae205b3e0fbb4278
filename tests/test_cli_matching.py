"""`kompetanse match …`"""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from kompetanse.cli import app
from kompetanse.cli_base import out
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses import service as courses
from kompetanse.database import Database
from kompetanse.ids import new_id
from tests.conftest import SECRET
from tests.factories import FROYA, HITRA, actor, agreement
from tests.matching.registry import accountant, household, opening

Command = Callable[..., Result]
ON_HITRA = actor(municipality_no=HITRA)


@pytest.fixture
def kompetanse(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on the fresh database."""
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", database_url)
    monkeypatch.setenv("KOMPETANSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KOMPETANSE_SECRET_KEY", SECRET)
    monkeypatch.setattr(out, "width", 300)
    return lambda *arguments: CliRunner().invoke(app, ["match", *map(str, arguments)])


@pytest.fixture
def crowd(database: Database) -> list[UUID]:
    """Two who fit, the better first, and one who lacks a level of Norwegian."""
    with database.session(FROYA) as session:
        levels = (Cefr.C1, Cefr.B1, Cefr.A2)
        return [accountant(session, level, family_name="Hemmeligsen").id for level in levels]


@pytest.fixture
def vacancy(database: Database) -> UUID:
    with database.session(FROYA) as session:
        fields = {"title": "Norsk", "kind": CourseOfferKind.LANGUAGE, "key": "nor", "to_level": "B1"}
        courses.create(session, actor(), fields)  # type: ignore[arg-type]
        return opening(session, title="Regnskapsfører [vikar]", styrk="3313").vacancy.id


def told(result: Result) -> str:
    assert result.exit_code == 0, result.output
    assert "Hemmeligsen" not in result.output, "people are shown by id alone"
    return result.stdout


def test_candidates_are_ranked_with_their_reasons(kompetanse: Command, crowd: list[UUID], vacancy: UUID) -> None:
    shown = told(kompetanse("candidates", vacancy))
    assert shown.index(str(crowd[0])) < shown.index(str(crowd[1]))
    assert str(crowd[2]) not in shown
    assert "3 considered: 1 fails" in shown
    assert "occupation" in shown
    assert "start" not in shown
    assert "start" in told(kompetanse("candidates", vacancy, "--explain", "full"))
    failing = told(kompetanse("candidates", vacancy, "--gates", "fails"))
    assert str(crowd[2]) in failing
    assert "language nor: partly" in failing
    assert str(crowd[1]) not in told(kompetanse("candidates", vacancy, "--limit", 1))


def test_opportunities_steps_and_relaxations_are_told(kompetanse: Command, crowd: list[UUID], vacancy: UUID) -> None:
    assert "Regnskapsfører [vikar]" in told(kompetanse("opportunities", crowd[0]))
    steps = told(kompetanse("steps", crowd[2]))
    assert "language_course" in steps
    assert "Regnskapsfører [vikar]" in steps
    assert "Norsk" in steps
    eased = told(kompetanse("relax", vacancy))
    assert "language" in eased
    assert "2 of 3 candidates are within reach now." in eased


def test_a_household_is_placed_also_with_neighbours(kompetanse: Command, database: Database) -> None:
    with database.session(HITRA) as session:
        theirs = opening(session, who=ON_HITRA).vacancy
    with database.session(FROYA) as session:
        agreement(session)
        home = household(session, accountant(session, family_name="Hemmeligsen"))
    assert str(theirs.id) in told(kompetanse("household", home))
    assert str(theirs.id) not in told(kompetanse("household", home, "--no-elsewhere"))


def test_the_plan_is_told_with_how_good_it_is(kompetanse: Command, crowd: list[UUID], vacancy: UUID) -> None:
    shown = told(kompetanse("plan"))
    assert str(vacancy) in shown
    assert "1 of 3 who seek, in 1 positions" in shown
    assert "no plan is better" in shown
    assert "0 of 0 who seek" in told(kompetanse("plan", "-m", HITRA))


def test_every_municipality_is_refreshed_or_only_the_one_that_is_named(
    kompetanse: Command, database: Database, crowd: list[UUID], vacancy: UUID
) -> None:
    with database.session(HITRA) as session:
        accountant(session, who=ON_HITRA)
        opening(session, who=ON_HITRA)
    own = told(kompetanse("refresh", "--municipality", FROYA))
    assert own.splitlines() == ["5014: 3 people and 1 vacancies matched again, 2 new among the best."]
    every = told(kompetanse("refresh"))
    assert every.splitlines() == [
        "5014: 0 people and 0 vacancies matched again, 0 new among the best.",
        "5056: 1 people and 1 vacancies matched again, 1 new among the best.",
    ]


@pytest.mark.parametrize("command", ["candidates", "opportunities", "household", "steps", "relax"])
def test_what_is_not_there_is_told_in_one_line(kompetanse: Command, command: str) -> None:
    result = kompetanse(command, new_id())
    assert result.exit_code == 1
    assert [line.startswith("Error: No such") for line in result.stderr.splitlines()] == [True]


def test_a_municipality_that_there_is_not_is_told_in_one_line(kompetanse: Command) -> None:
    result = kompetanse("refresh", "-m", "9999")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
