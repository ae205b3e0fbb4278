"""`kompetanse sharing …`"""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert, select
from sqlmodel import col
from typer.testing import CliRunner, Result

from kompetanse import clock
from kompetanse.actor import SYSTEM_ID, Role
from kompetanse.cli import app
from kompetanse.cli_base import out
from kompetanse.database import Database
from kompetanse.demo.generator import Maker
from kompetanse.people.tables import Person
from kompetanse.sharing import agreements, classes, pools, towns
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.periods import begins_on, period_name, period_of
from kompetanse.sharing.tables import LedgerRecord
from tests.conftest import SECRET
from tests.factories import FROYA, HITRA, actor, agreement
from tests.sharing.pooled_towns import later

Command = Callable[..., Result]
QUARTER = period_name(period_of(clock.today()))
NEXT = period_name(period_of(clock.today()) + 1)
ADMINISTRATOR = actor(Role.ADMINISTRATOR)


@pytest.fixture
def kompetanse(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on the fresh database, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", database_url)
    monkeypatch.setenv("KOMPETANSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KOMPETANSE_SECRET_KEY", SECRET)
    monkeypatch.setattr(out, "width", 300)
    return lambda *arguments: CliRunner().invoke(app, ["sharing", *map(str, arguments)])


@pytest.fixture
def town(database: Database) -> Database:
    """Frøya with three hundred invented people and an agreement."""
    with database.session(FROYA) as session:
        for batch in Maker(Random(7), FROYA, SYSTEM_ID, clock.today()).batches(300):
            for table, rows in batch.rows.items():
                session.connection().execute(insert(table), rows)
        agreement(session, k=5)
    return database


def told(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def failure(result: Result) -> str:
    """The one line that a failed command says."""
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    return line.removeprefix("Error: ")


def test_every_municipality_with_an_agreement_releases_once_a_quarter(kompetanse: Command, town: Database) -> None:
    assert told(kompetanse("release", "-m", FROYA)).startswith(f"{FROYA}: {QUARTER} released with k 5: ")
    with town.session(HITRA) as session:
        agreement(session, recipient_no=FROYA, k=7, who=actor(Role.ADMINISTRATOR, municipality_no=HITRA))
    done, fresh = told(kompetanse("release")).splitlines()
    assert done.startswith(f"{FROYA}: The release of {QUARTER} has been made; ")
    assert fresh == f"{HITRA}: {QUARTER} released with k 7: 0 classes; 0 of 0 people described."
    assert failure(kompetanse("release", "-m", HITRA)).startswith(f"The release of {QUARTER} has been made")


def test_nobody_releases_without_an_agreement_that_stands(kompetanse: Command, database: Database) -> None:
    with database.session(FROYA) as session:
        agreement(session, starts_on=clock.today() + timedelta(days=1))
    assert told(kompetanse("release")) == ""


def test_a_release_that_is_refused_is_told_in_one_line_and_reported_as_such(
    kompetanse: Command, town: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(kompetanse("release"))
    occupation, *others = classes.hierarchies()
    fewer = Hierarchy(occupation.name, occupation.levels, tuple(path for path in occupation.paths if path[0] != "8160"))
    monkeypatch.setattr(towns, "hierarchies", lambda *_, **__: (fewer, *others))
    with clock.moved(to=later(1)):
        assert failure(kompetanse("release")).startswith(f"{FROYA}: The hierarchies have changed")
        assert "would be refused: The hierarchies have changed" in told(kompetanse("risk", "--html", "risk.html"))
    assert "Utgivelsen ville blitt nektet nå: The hierarchies" in Path("risk.html").read_text("utf-8")


def test_the_risk_report_is_written_signed_and_checked(kompetanse: Command, town: Database) -> None:
    told(kompetanse("release"))
    shown = told(kompetanse("risk", "--json", "risk.json", "--html", "risk.html"))
    assert [QUARTER in shown, "as signed" in shown, shown.splitlines()[-2:]] == [True, True, ["risk.json", "risk.html"]]
    said = json.loads(Path("risk.json").read_text("utf-8"))
    assert (said["next"]["period"], said["ledger"]) == (NEXT, {"releases": 1, "intact": True, "broken": []})
    assert said["releases"][0]["report"]["candidates_reached"] >= 5
    assert told(kompetanse("check", "risk.json")) == "The report is as it was written.\n"
    said["next"]["report"]["prosecutor_risk"] = 0.0001
    Path("risk.json").write_text(json.dumps(said), "utf-8")
    assert failure(kompetanse("check", "risk.json")) == "The report is not as it was written here"


def test_the_page_says_what_the_report_does_and_stands_alone(kompetanse: Command, town: Database) -> None:
    told(kompetanse("release"))
    told(kompetanse("risk", "--json", "risk.json", "--html", "risk.html"))
    html, said = Path("risk.html").read_text("utf-8"), json.loads(Path("risk.json").read_text("utf-8"))
    assert '<html lang="nb">' in html
    assert not re.search(r"<script|<link|<img|\son\w+=|url\(|https?:", html)
    report = said["next"]["report"]
    for value in (report["k_reached"], report["people"], report["undescribed"]["waiting"], said["signature"]):
        assert f">{value}<" in html
    assert f"(1 av {report['candidates_reached']})" in html
    assert f"{report['loss']['occupation'] * 100:.1f} %".replace(".", ",") in html
    with town.session(FROYA, write=False) as session:
        names = set(session.scalars(select(col(Person.family_name))))
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", html)]


def test_a_record_that_was_changed_shows(kompetanse: Command, town: Database) -> None:
    told(kompetanse("release"))
    with town.session(FROYA) as session:
        record = session.scalars(select(LedgerRecord)).one()
        record.report = {**record.report, "candidates_reached": 50}
    changed = kompetanse("risk", "--html", "risk.html")
    assert failure(changed) == f"Releases were changed after they were signed: {QUARTER}"
    assert "CHANGED" in changed.stdout
    html = Path("risk.html").read_text("utf-8")
    assert f"Endret etter at de ble signert: {QUARTER}." in html
    assert "Stemmer ikke" in html


def test_another_k_is_tried_and_none_below_the_least(kompetanse: Command, town: Database) -> None:
    told(kompetanse("risk", "--k", 12, "--json", "risk.json"))
    assert json.loads(Path("risk.json").read_text("utf-8"))["next"]["report"]["k_reached"] >= 12
    assert kompetanse("risk", "--k", 4).exit_code == 2


def test_a_municipality_that_never_shared_has_a_report_too(kompetanse: Command, database: Database) -> None:
    told(kompetanse("risk", "-m", HITRA, "--html", "risk.html"))
    html = Path("risk.html").read_text("utf-8")
    assert "Hitra kommune (5056)" in html
    assert "Ingen er laget ennå." in html
    assert "ingenting å angripe" in html


def test_agreements_are_listed_with_whether_they_stand(kompetanse: Command, database: Database) -> None:
    today = clock.today()
    with database.session(FROYA) as session:
        agreement(session, recipient_no="5059", starts_on=today + timedelta(days=1))
        agreement(session, recipient_no="5055", ends_on=today - timedelta(days=1))
        agreement(session, recipient_no=HITRA, k=12, budget=3)
        revoked = agreement(session, recipient_no="5001")
        agreements.revoke(session, ADMINISTRATOR, revoked.id, revoked.version)
    rows = {line.split()[1]: line for line in told(kompetanse("agreements")).splitlines() if line.startswith("│")}
    states = {number: row.rstrip("│ ").rpartition("│")[2].strip() for number, row in rows.items()}
    assert states == {"5001": "revoked", "5055": "ended", HITRA: "stands", "5059": "to come"}
    assert {"Hitra", "12", "3"} <= set(rows[HITRA].split())


def test_a_release_on_the_first_day_of_the_next_quarter_follows(kompetanse: Command, town: Database) -> None:
    told(kompetanse("release"))
    first_day = begins_on(period_of(clock.today()) + 1)
    with clock.moved(to=clock.now().replace(year=first_day.year, month=first_day.month, day=1)):
        assert f"{FROYA}: {NEXT} released" in told(kompetanse("release"))
        assert told(kompetanse("risk")).count("as signed") == 2


def test_pooling_agreements_are_listed_with_who_is_missing(kompetanse: Command, town: Database) -> None:
    with town.session(FROYA) as session:
        pools.enter(session, ADMINISTRATOR, others=[HITRA], fields={"starts_on": date(2020, 1, 1)})
    listed = told(kompetanse("pooling"))
    assert re.search(r"5014 Frøya, 5056 Hitra.*2020-01-01.*5056 Hitra.*does not stand", listed)
