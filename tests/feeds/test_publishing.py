import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session
from typer.testing import CliRunner

from kompetanse.actor import Role
from kompetanse.cli import app
from kompetanse.codes.work import Duration, Shift, VacancyStatus
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from kompetanse.feeds import publishing
from kompetanse.feeds.nav_import import NavImport
from kompetanse.feeds.rules import ReceiptStatus
from kompetanse.feeds.transfer import Transferred, sent_in
from kompetanse.feeds.writing import advertisement
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy
from tests.conftest import SECRET
from tests.factories import FROYA, HITRA, actor, vacancy
from tests.support.import_server import Import, serve

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
STATED = {
    "title": "Kokk",
    "description": "Vi søker kokk.\nVelkommen!",
    "unit": "Kjøkkenet",
    "deadline": date(2026, 12, 31),
    "postal_code": "7260",
    "place": "Sistranda",
}


@pytest.fixture
def nav() -> Iterator[Import]:
    with serve() as served:
        yield served


@pytest.fixture
def client(nav: Import) -> Iterator[NavImport]:
    with NavImport(nav.url, "10000", nav.token) as opened:
        yield opened


def made(database: Database, **changes: object) -> UUID:
    with database.session(FROYA) as session:
        return vacancy(session, None, **{**STATED, **changes}).vacancy.id


@pytest.mark.usefixtures("dead_proxy")
def test_a_receiver_on_this_machine_is_asked_past_every_proxy(database: Database, nav: Import) -> None:
    with NavImport(nav.url, "10000", nav.token) as client:
        [told] = publishing.publish(database, client, actor(), [made(database)])
    assert told.receipt.status is ReceiptStatus.RECEIVED


def test_a_vacancy_is_sent_skipped_changed_and_taken_down(database: Database, nav: Import, client: NavImport) -> None:
    one = made(database)
    [told] = publishing.publish(database, client, actor(), [one])
    assert (told.title, told.receipt.status) == ("Kokk", ReceiptStatus.RECEIVED)
    sent = nav.ads[str(one)]
    assert (sent["employer"]["businessName"], sent["expires"]) == ("Frøya kommune, Kjøkkenet", "2026-12-31T23:59:00")
    assert sent["adText"] == "<p>Vi søker kokk.</p><p>Velkommen!</p>"
    with database.session(FROYA) as session:
        assert publishing.outdated(session, actor()) == ([], [])
        vacancies.change(session, actor(), one, 1, {"positions": 3})
    with database.session(FROYA) as session:
        assert publishing.outdated(session, actor()) == ([one], [])
    publishing.publish(database, client, actor(), [one])
    assert nav.ads[str(one)]["positions"] == 3
    with database.session(FROYA) as session:
        vacancies.close(session, actor(), one, 2, VacancyStatus.FILLED)
    with database.session(FROYA) as session:
        assert publishing.outdated(session, actor()) == ([], [one])
    assert publishing.stop(database, client, actor(), one).receipt.message == "STOPPED"
    assert (nav.ads, nav.stopped) == ({}, [str(one)])
    with database.session(FROYA) as session:
        assert publishing.outdated(session, actor()) == ([], [])


def test_what_nav_demands_and_the_vacancy_lacks_is_told_field_by_field(database: Database, client: NavImport) -> None:
    lacking = made(database, description=None, deadline=None, postal_code=None, unit=None, employer_name=None)
    with pytest.raises(Invalid) as refused:
        publishing.publish(database, client, actor(), [lacking])
    assert [fault.pointer for fault in refused.value.faults] == [
        "/description", "/deadline", "/postal_code", "/employer_name",
    ]  # fmt: skip


def test_a_receipt_of_error_is_kept_and_the_vacancy_is_not_counted_as_shown(
    database: Database, nav: Import, client: NavImport
) -> None:
    one = made(database)
    nav.complaint = "Missing parameter: title"
    [told] = publishing.publish(database, client, actor(), [one])
    assert (told.receipt.status, told.receipt.message) == (ReceiptStatus.ERROR, "Missing parameter: title")
    with database.session(FROYA) as session:
        assert publishing.outdated(session, actor()) == ([], [])


@pytest.mark.parametrize(
    ("status", "token", "silent"), [(500, None, False), (200, "another", False), (200, None, True)]
)
def test_without_a_receipt_for_each_nothing_is_kept(
    database: Database, nav: Import, client: NavImport, status: int, token: str | None, silent: bool
) -> None:
    one = made(database)
    nav.status, nav.token, nav.silent = status, token or nav.token, silent
    with pytest.raises(Unavailable):
        publishing.publish(database, client, actor(), [one])
    with pytest.raises(Conflict):
        publishing.stop(database, client, actor(), one)


def test_only_own_open_vacancies_of_ones_own_municipality_are_sent(database: Database, client: NavImport) -> None:
    ended = made(database)
    with database.session(FROYA) as session:
        vacancies.close(session, actor(), ended, 1)
    with pytest.raises(Conflict):
        publishing.publish(database, client, actor(), [ended])
    with pytest.raises(NotFound):
        publishing.publish(database, client, actor(municipality_no=HITRA), [made(database)])
    with pytest.raises(Forbidden):
        publishing.publish(database, client, actor(Role.LEADER), [made(database)])


def test_the_command_shows_sends_and_keeps_up(
    database: Database, database_url: str, nav: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DATABASE_URL": database_url, "DATA_DIR": str(tmp_path), "SECRET_KEY": SECRET,
        "NAV_IMPORT_URL": nav.url, "NAV_IMPORT_PROVIDER": "10000", "NAV_IMPORT_TOKEN": nav.token,
    }.items():  # fmt: skip
        monkeypatch.setenv(f"KOMPETANSE_{name}", value)
    one = made(database)
    run = CliRunner().invoke
    shown = run(app, ["feed", "publish", str(one), "--dry-run"])
    assert (json.loads(shown.stdout)["title"], nav.ads) == ("Kokk", {})
    lacking = made(database, deadline=None)
    refused = run(app, ["feed", "publish", str(one), str(lacking)])
    assert (refused.exit_code, nav.ads) == (1, {})
    assert f"{lacking} lacks deadline, which NAV demands" in refused.stderr
    assert "Kokk: RECEIVED" in run(app, ["feed", "publish", str(one)]).stdout
    assert "NAV shows all as it is" in run(app, ["feed", "publish"]).stdout
    with database.session(FROYA) as session:
        vacancies.close(session, actor(), one, 1)
    assert f"{one} would be taken down" in run(app, ["feed", "publish", "--dry-run"]).stderr
    assert "Kokk: RECEIVED STOPPED" in run(app, ["feed", "publish"]).stdout
    assert nav.ads == {}


WORDS = st.text("abcæøå ÅKN-", min_size=1, max_size=40).map(lambda text: " ".join(text.split()) or "Kokk")


@given(
    title=WORDS,
    styrk=st.sampled_from([None, "5120", "2223"]),
    percent=st.tuples(st.integers(1, 100), st.integers(1, 100)).map(sorted),
    duration=st.sampled_from([None, *Duration]),
    shifts=st.lists(st.sampled_from(Shift), unique=True, max_size=3),
    positions=st.integers(1, 1000),
    starts=st.dates(date(2026, 3, 1), date(2030, 1, 1)),
)
def test_what_is_written_is_read_back(  # the format has a place for all of this
    title: str, styrk: str | None, percent: list[int], duration: Duration | None, shifts: list[Shift],
    positions: int, starts: date,
) -> None:  # fmt: skip
    written = Vacancy(
        municipality_no=FROYA, title=title, styrk=styrk, percentage_min=percent[0], percentage_max=percent[1],
        duration=duration, shifts=shifts, positions=positions, starts_on=starts, deadline=date(2026, 12, 31),
        description="<p>Vi søker</p>", employer_name="Utvær kommune", employer_org_no="974760673", postal_code="7260",
        workplace_no=FROYA, place="Sistranda",
    )  # fmt: skip
    [found] = sent_in(json.loads(json.dumps(advertisement(written, NOW))), NOW)
    assert isinstance(found, Transferred)
    read = found.entry
    assert (read.title, read.styrk, read.positions, read.duration) == (title, styrk, positions, duration)
    assert [read.percentage_min, read.percentage_max] == percent
    assert (list(read.shifts), read.starts_on, read.deadline) == (shifts, starts, date(2026, 12, 31))
    assert (read.workplace.postal_code, read.workplace.municipality_no) == ("7260", FROYA)
    assert (read.employer_name, read.employer_org_no) == ("Utvær kommune", "974760673")


def test_a_draft_changes_nothing(session: Session) -> None:
    found = vacancy(session, None, **STATED).vacancy
    [draft] = publishing.drafts(session, actor(), [found.id])
    assert (draft["reference"], found.version) == (str(found.id), 1)
