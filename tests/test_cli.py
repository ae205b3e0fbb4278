import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest
import pyzipper
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from kompetanse import clock
from kompetanse.cli import app
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.database import Database
from kompetanse.exchange import whole_files
from kompetanse.identity.tables import ApiClient, StaffAccount
from kompetanse.people import consents
from kompetanse.people.tables import Person
from kompetanse.vacancies.tables import Vacancy
from tests.conftest import SECRET
from tests.exchange.sheets import xlsx
from tests.exchange.sources import advertisement
from tests.factories import FROYA, actor, person
from tests.taxonomy.downloads import folder

Command = Callable[..., Result]
SHEET = "Etternavn;Fornavn;Født;Samtykke NAV\nÅs;Ewa;1985-01-02;ja\nBerg;[Nils];31.02.1990;ja\n"


@pytest.fixture
def kompetanse(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on the fresh database, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", database_url)
    monkeypatch.setenv("KOMPETANSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KOMPETANSE_SECRET_KEY", SECRET)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str | Path, keys: str | None = None) -> Result:
        return CliRunner().invoke(app, list(map(str, arguments)), input=keys)

    return run


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "folk.csv"
    path.write_text(SHEET, "utf-8")
    return path


def count(database: Database, table: type[Person | StaffAccount | ApiClient | Vacancy]) -> int:
    with database.session(FROYA, write=False) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def failure(result: Result) -> str:
    """The one line that a failed command says."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    return lines[0].removeprefix("Error: ")


@pytest.mark.parametrize("group", [(), ("import",), ("export",), ("sharing",), ("user",), ("client",)])
def test_help_teaches(kompetanse: Command, group: tuple[str, ...]) -> None:
    result = kompetanse(*group, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_a_new_database_is_migrated_and_checked(
    kompetanse: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'new.db'}")
    assert kompetanse("migrate").exit_code == 0
    assert kompetanse("migrate").exit_code == 0
    assert kompetanse("migrate", "--check").exit_code == 0
    assert kompetanse("user", "list").exit_code == 0


def test_a_database_that_was_never_migrated_says_what_to_do(
    kompetanse: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    assert "kompetanse migrate" in failure(kompetanse("user", "list"))


def test_demo_data_is_made_once_and_its_log_ins_are_shown(kompetanse: Command, database: Database) -> None:
    first = kompetanse("seed", "--people", "20")
    assert first.exit_code == 0, first.output
    assert "koordinator@froya.example" in first.stdout
    people = count(database, Person)
    assert people >= 20
    assert kompetanse("seed", "--people", "20").exit_code == 0
    assert count(database, Person) == people


def test_staff_accounts_are_made_listed_and_closed(kompetanse: Command, database: Database) -> None:
    password = "en lang nok setning om laks"
    made = kompetanse(
        "user", "add", "kari@example.no", "--name", "Kari", "--role", "coordinator", keys=f"{password}\n{password}\n"
    )
    assert made.exit_code == 0, made.output
    assert password not in made.stdout
    listed = kompetanse("user", "list").stdout
    assert "kari@example.no" in listed
    assert "coordinator" in listed
    assert kompetanse("user", "disable", "Kari@example.no").exit_code == 0
    assert count(database, StaffAccount) == 1
    assert "No such account" in failure(kompetanse("user", "disable", "ola@example.no"))


def test_api_clients_are_made_and_stopped(kompetanse: Command, database: Database) -> None:
    made = kompetanse("client", "add", "NAV", "--role", "job_service")
    assert made.exit_code == 0, made.output
    client_id = made.stdout.split()[1]
    assert "client_secret" in made.stdout
    assert kompetanse("client", "revoke", client_id).exit_code == 0
    assert count(database, ApiClient) == 1
    failure(kompetanse("client", "revoke", "nobody"))


def test_a_neighbour_is_let_in_by_its_organisation_number(
    kompetanse: Command, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = ("client", "add-organisation", "Hitra", "--recipient", "5056", "--organisation")
    made = kompetanse(*add, "938772924")
    assert made.exit_code == 0, made.output
    assert "KOMPETANSE_MASKINPORTEN_SCOPES" in made.stderr
    assert "access already" in failure(kompetanse(*add, "938772924"))
    assert "Not an organisation number" in failure(kompetanse(*add, "938772925"))
    monkeypatch.setenv("KOMPETANSE_MASKINPORTEN_SCOPES", '{"5014": "froya:kompetanse.read"}')
    assert kompetanse("client", "revoke", made.stdout.split()[1]).exit_code == 0
    again = kompetanse(*add, "938772924")
    assert (again.stdout.split()[-1], again.stderr) == ("froya:kompetanse.read", "")
    assert count(database, ApiClient) == 2


def test_a_dry_run_comes_first_and_apply_imports(kompetanse: Command, database: Database, sheet: Path) -> None:
    dry = kompetanse("import", "people", sheet)
    assert dry.exit_code == 0, dry.output
    assert "1 rows would be imported; add --apply to do it. 1 rejected" in dry.stdout
    assert "31.02.1990" in dry.stdout
    assert count(database, Person) == 0
    done = kompetanse("import", "people", sheet, "--apply")
    assert "1 rows imported." in done.stdout
    assert count(database, Person) == 1
    again = kompetanse("import", "people", sheet, "--apply")
    assert "Likely registered already (1)" in again.stdout
    assert "1 skipped" in again.stdout
    assert count(database, Person) == 1
    assert kompetanse("import", "people", sheet, "--apply", "--despite-duplicates").exit_code == 0
    assert count(database, Person) == 2


def test_what_a_workbook_is_not_read_of_is_told_and_that_it_was_read_before(
    kompetanse: Command, database: Database, tmp_path: Path
) -> None:
    book = tmp_path / "folk.xlsx"
    rows = [["Etternavn", "Fornavn", "Adresse"], ["Berg", "Nils", "Storgata 1"]]
    book.write_bytes(xlsx({"2025": rows, "2024": rows, "Gammel": rows}, hidden=["Gammel"]))
    done = kompetanse("import", "people", book, "--apply")
    assert done.exit_code == 0, done.output
    assert "Read from the sheet 2025." in done.stdout
    assert "Not read: 2024. Leses ikke, for et ark før det ble valgt." in done.stdout
    assert "Not read: Gammel. Arket er skjult." in done.stdout
    assert "left_out" in done.stdout
    assert "This very file was imported at" not in done.stdout
    assert "This very file was imported at" in kompetanse("import", "people", book).stdout
    with database.session(FROYA) as session:
        assert session.scalars(select(Person)).one().notes is None


def test_what_columns_mean_is_said_in_a_file(kompetanse: Command, database: Database, tmp_path: Path) -> None:
    sheet, mapping = tmp_path / "rart.csv", tmp_path / "kolonner.json"
    sheet.write_text("Slektsnamn,Fyrenamn,Sko\nBerg,Nils,42\n", "utf-8")
    assert "Arket har ingen kolonne med navn" in failure(kompetanse("import", "people", sheet))
    mapping.write_text('{"Slektsnamn": "family_name", "Fyrenamn": "given_name"}', "utf-8")
    done = kompetanse("import", "people", sheet, "--mapping", mapping, "--apply")
    assert done.exit_code == 0, done.output
    assert "stated" in done.stdout
    with database.session(FROYA) as session:
        assert session.scalars(select(Person)).one().notes == "Sko: 42"
    mapping.write_text('{"Skonummer": "left_out"}', "utf-8")
    assert "The file has no such column" in failure(kompetanse("import", "people", sheet, "--mapping", mapping))


@pytest.mark.parametrize(
    ("command", "content"),
    [("vacancies", "Stilling;Frist\nKokk;31.12.2030\n"), ("courses", "Kurs;Nivå\nNorskkurs;A2-B1\n")],
)
def test_sheets_of_other_kinds_are_imported_and_undone(
    kompetanse: Command, tmp_path: Path, command: str, content: str
) -> None:
    sheet = tmp_path / "ark.csv"
    sheet.write_text(content, "utf-8")
    assert "1 rows would be imported" in kompetanse("import", command, sheet).stdout
    done = kompetanse("import", command, sheet, "--apply")
    assert "1 rows imported" in done.stdout
    import_id = done.stdout.strip().rsplit(" ", 1)[1]
    assert "1 records are gone" in kompetanse("import", "undo", import_id).stdout


def test_a_copy_with_what_is_wrong_is_written(kompetanse: Command, sheet: Path, tmp_path: Path) -> None:
    copy = tmp_path / "rett.csv"
    assert kompetanse("import", "people", sheet, "--report", copy).exit_code == 0
    assert "MÅ RETTES" in copy.read_text("utf-8")


def test_an_import_is_listed_and_undone_unless_it_was_changed(
    kompetanse: Command, database: Database, sheet: Path
) -> None:
    assert "No file was imported yet" in kompetanse("import", "list").stdout
    done = kompetanse("import", "people", sheet, "--apply").stdout
    import_id = done.strip().rsplit(" ", 1)[1]
    with database.session(FROYA) as session:
        someone = session.scalars(select(Person)).one()
        someone.updated_at = clock.now()
    refused = kompetanse("import", "undo", import_id)
    assert "Row 2: changed since (person)" in refused.stdout
    assert "nothing was undone" in failure(refused)
    with database.session(FROYA) as session:
        session.merge(someone).updated_at = someone.created_at
    assert f"{import_id}  " in kompetanse("import", "list").stdout
    assert "1 records are gone" in kompetanse("import", "undo", import_id).stdout
    assert count(database, Person) == 0
    assert "undone already" in failure(kompetanse("import", "undo", import_id))
    assert "people: 1 created, 1 rejected, 0 skipped, undone" in kompetanse("import", "list").stdout


def test_long_lists_are_cut_unless_all_is_asked_for(kompetanse: Command, tmp_path: Path) -> None:
    path = tmp_path / "mange.csv"
    path.write_text("Etternavn;Fornavn;Født\n" + "".join(f"Berg;Nils{n};31.02.1990\n" for n in range(60)), "utf-8")
    assert "… and 10 more; --all shows them" in kompetanse("import", "people", path).stdout
    every = kompetanse("import", "people", path, "--all")
    assert "more; --all" not in every.stdout
    assert every.stdout.count("31.02.1990") == 60


@pytest.mark.parametrize("content", [b"", b"bare tekst", b"%PDF-1.7"])
def test_a_file_that_is_no_table_is_told_in_one_line(kompetanse: Command, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "feil.csv"
    path.write_bytes(content)
    assert failure(kompetanse("import", "people", path))


def test_an_unknown_municipality_is_told_in_one_line(kompetanse: Command, sheet: Path) -> None:
    assert "municipalities" in failure(kompetanse("import", "people", sheet, "-m", "9999"))


def test_vacancies_come_from_entries_of_the_feed(kompetanse: Command, database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "feed" / "entries"
    folder.mkdir(parents=True)
    (folder / "1.json").write_bytes(advertisement())
    (folder.parent / "page.json").write_text(json.dumps({"id": "p", "items": []}), "utf-8")
    first = kompetanse("import", "advertisements", folder.parent)
    assert first.stdout.strip() == "Vacancies: 1 created."
    assert "page.json is a page" in first.stderr
    assert kompetanse("import", "advertisements", folder / "1.json").stdout.strip() == "Vacancies: 1 unchanged."
    assert count(database, Vacancy) == 1


def test_an_entry_that_is_broken_imports_none_of_them(kompetanse: Command, database: Database, tmp_path: Path) -> None:
    good, broken = tmp_path / "1.json", tmp_path / "2.json"
    good.write_bytes(advertisement())
    broken.write_text("{", "utf-8")
    assert failure(kompetanse("import", "advertisements", good, broken))
    assert count(database, Vacancy) == 0


def test_advertisements_among_spreadsheets_are_told_the_right_command(kompetanse: Command, tmp_path: Path) -> None:
    file = tmp_path / "1.json"
    file.write_bytes(advertisement())
    assert "kompetanse import advertisements" in " ".join(kompetanse("import", "vacancies", file).stderr.split())


@pytest.fixture
def consenting(database: Database) -> str:
    """The family name of somebody who consents to the export."""
    with database.session(FROYA) as session:
        registered = person(session, family_name="Ærøy")
        purpose, form = ConsentPurpose.EXPORT_TO_JOB_SERVICE, ConsentForm.WRITTEN
        consents.record_consent(session, actor(), registered.id, purpose=purpose, granted=True, form=form)
    return "Ærøy"


def test_the_export_is_written_with_what_describes_it(kompetanse: Command, consenting: str, tmp_path: Path) -> None:
    assert kompetanse("export", "job-service", "ut.csv").exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*ut.csv*")) == [
        "ut.csv",
        "ut.csv.resource.json",
        "ut.csv.schema.json",
    ]
    assert consenting in (tmp_path / "ut.csv").read_text("utf-8-sig")
    assert (tmp_path / "ut.csv").stat().st_mode & 0o077 == 0
    assert frictionless.validate(tmp_path / "ut.csv.resource.json", type="resource").valid


def test_a_package_is_encrypted_with_a_password_that_is_shown_once(
    kompetanse: Command, consenting: str, tmp_path: Path
) -> None:
    done = kompetanse("export", "job-service", "ut.zip", "--make-password")
    assert done.exit_code == 0
    password = done.stderr.split("shown this once: ")[1].split()[0]
    with pyzipper.AESZipFile(tmp_path / "ut.zip") as package:
        assert consenting in package.read("personer.csv", pwd=password.encode()).decode()
    listed = kompetanse("export", "list")
    assert "package, 1 people, 0 to delete, encrypted, by system" in listed.stdout
    assert re.search("SHA-256 [0-9a-f]{64}", listed.stdout)
    assert password not in listed.stdout


def test_the_analytics_extract_is_written_whole(kompetanse: Command, consenting: str, tmp_path: Path) -> None:
    done = kompetanse("export", "analytics", "analyse.zip")
    assert done.exit_code == 0
    assert (tmp_path / "analyse.zip").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(tmp_path / "analyse.zip") as package:
        assert {"personer.csv", "personer.parquet", "datapackage.json"} <= set(package.namelist())
    assert hashlib.sha256((tmp_path / "analyse.zip").read_bytes()).hexdigest() in done.stdout
    assert kompetanse("export", "analytics", "csv.zip", "--only", "csv").exit_code == 0
    assert "personer.parquet" not in zipfile.ZipFile(tmp_path / "csv.zip").namelist()
    assert kompetanse("export", "analytics", "analyse.csv").exit_code == 2


def test_an_export_of_changes_says_whom_to_delete(kompetanse: Command, consenting: str, tmp_path: Path) -> None:
    assert kompetanse("export", "job-service", "ut.csv", "--since", "2026-01-01T00:00:00").exit_code == 0
    assert consenting in (tmp_path / "ut.csv").read_text("utf-8-sig")
    for wrong in (("ut.xlsx",), ("ut.csv", "--encrypt")):
        assert kompetanse("export", "job-service", *wrong).exit_code == 2


def test_packages_are_dropped_where_that_is_planned(
    kompetanse: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nothing is planned" in failure(kompetanse("export", "drop"))
    (tmp_path / "nav").mkdir()
    monkeypatch.setenv("KOMPETANSE_EXPORT_FOLDER", str(tmp_path / "nav"))
    monkeypatch.setenv("KOMPETANSE_EXPORT_MUNICIPALITIES", '["5014"]')
    assert kompetanse("export", "drop").exit_code == 0
    assert [path.suffix for path in (tmp_path / "nav").iterdir()] == [".zip"]
    assert "nothing is due" in kompetanse("export", "drop").stdout


def test_an_export_that_fails_leaves_the_earlier_file_as_it_was(tmp_path: Path) -> None:
    def broken() -> list[bytes]:
        raise OSError(28, "No space left on device")

    target = tmp_path / "ut.csv"
    target.write_text("before", "utf-8")
    with pytest.raises(OSError, match="space"):
        whole_files.write(target, (chunk for step in (list, broken) for chunk in step()))
    assert [path.name for path in tmp_path.iterdir()] == ["ut.csv"]
    assert target.read_text("utf-8") == "before"


def test_an_export_to_nowhere_is_told_in_one_line(kompetanse: Command) -> None:
    assert "No such file or directory" in failure(kompetanse("export", "job-service", Path("nowhere") / "ut.csv"))


def test_settings_that_are_wrong_are_told_in_one_line(kompetanse: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMPETANSE_PORT", "mange")
    assert "settings" in failure(kompetanse("user", "list"))


def test_several_workers_need_a_server_database(kompetanse: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", "sqlite:///x.db")
    assert kompetanse("serve", "--workers", "2").exit_code == 2


def test_esco_is_imported_and_told_of(kompetanse: Command, tmp_path: Path) -> None:
    done = kompetanse("taxonomy", "import", folder(tmp_path / "ESCO v1.2"))
    assert done.exit_code == 0, done.output
    assert "ESCO 1.2: 6 concepts with 11 names in en, nb. 6 are new" in done.output
    assert "points at a missing concept" in done.output
    assert "nothing was done" in kompetanse("taxonomy", "import", tmp_path / "ESCO v1.2").output
    status = kompetanse("taxonomy", "status").output
    assert "en, nb" in status
    assert "Starter lists" in status


def test_what_is_no_download_of_esco_is_told_in_a_line_and_changes_nothing(kompetanse: Command, tmp_path: Path) -> None:
    (tmp_path / "bilder").mkdir()
    refused = kompetanse("taxonomy", "import", tmp_path / "bilder")
    assert refused.exit_code == 1
    assert "Download ESCO's classification as CSV" in refused.output
    assert "ESCO" not in kompetanse("taxonomy", "status").output
