"""An extract as its reader gets it, on both databases."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.analytics import making, reading
from kompetanse.analytics.dictionary import FILES, TABLES
from kompetanse.analytics.rules import batch
from kompetanse.analytics.service import make_extract, read_extract
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.exports import AnalyticsFormat
from kompetanse.codes.residence import ContactKind, HouseholdRole
from kompetanse.competence import service as competence
from kompetanse.competence.fields import LanguageFields
from kompetanse.database import Database
from kompetanse.errors import Forbidden, Invalid, NotFound
from kompetanse.people import households, merging
from kompetanse.people import service as people
from kompetanse.people.rules import Contact, PersonFields
from kompetanse.people.tables import Person
from kompetanse.placements import service as placements
from kompetanse.sealing import Sealer
from tests.analytics.settled import ANALYST, content, cook, cooks, extracted, rows, values
from tests.factories import FROYA, HITRA, actor, vacancy

SEALER = Sealer(b"a secret for tests that opens nothing")


@pytest.fixture(autouse=True)
def _a_day_in_autumn() -> Iterator[None]:
    """Ages, durations and quarters stand still."""
    with clock.moved(to=datetime(2026, 11, 26, 10, tzinfo=UTC)):
        yield


def test_people_who_are_alike_are_told_as_they_are(database: Database) -> None:
    with database.session(FROYA) as session:
        cooks(session, batch(5))
    package = extracted(database)
    assert values(rows(package, "personer")) == [("35–39", "eea", "2019–2021", "working")] * 10
    assert values(rows(package, "kompetanse")) == [("5120", "B1", "4", "working")] * 10
    assert values(rows(package, "erfaring")) == [("5120", "norway", "5–9 years")] * 10
    assert values(rows(package, "utdanning")) == [("4", "10", "nordic or eea", "not stated")] * 10
    assert values(rows(package, "sprak")) == [("nor", "B1")] * 10
    assert rows(package, "formidlinger") == []


def test_somebody_who_is_alone_is_not_told_of(database: Database) -> None:
    with database.session(FROYA) as session:
        cooks(session, 14)
        cooks(session, 5, country_of_origin="SY")
        cook(session, country_of_origin="TO", born="1961", arrived_in_norway="1999")
    package = extracted(database)
    told = [("35–39", "eea", "2019–2021", "working")] * 14
    assert values(rows(package, "personer")) == [*told, *[("withheld",) * 4] * 6]  # the fewest go with her
    assert values(rows(package, "kompetanse")) == [("5120", "B1", "4", "working")] * 20  # where nothing sets her apart


def test_a_few_who_differ_are_told_of_as_far_as_they_are_alike(database: Database) -> None:
    with database.session(FROYA) as session:
        cooks(session, 15)
        for country, year in (("TO", "1961"), ("SY", "2001"), ("BR", "1970"), ("SO", "1999"), ("UA", "1955")):
            cook(session, country_of_origin=country, born=year)
    package = extracted(database)
    few = set(values(rows(package, "personer"))) - {("35–39", "eea", "2019–2021", "working")}
    assert few == {("withheld", "elsewhere", "2019–2021", "working")}


def test_a_file_says_the_same_as_csv_and_as_parquet(database: Database) -> None:
    with database.session(FROYA) as session:
        populated(session)
    package = extracted(database)
    for name, (_, fields) in FILES.items():
        read = pd.read_parquet(io.BytesIO(package.read(f"{name}.parquet")), dtype_backend="numpy_nullable")
        assert list(read.columns) == [one.name for one in fields]
        records = read.to_dict("records")
        said = [{key: "" if pd.isna(value) else str(value) for key, value in row.items()} for row in records]
        assert said == rows(package, name), name


def populated(session: Session) -> None:
    """Cooks who were referred, some of whom are of a family, and a vacancy."""
    registered = cooks(session, 20)
    members = [(one.id, HouseholdRole.ADULT) for one in registered[:3]]
    households.form_household(session, actor(), name="Nordmann", members=members)
    job = vacancy(session, title="Kokk på Kroa", styrk="5120", unit="Kjøkkenet")
    for one in registered[:12]:
        placements.refer(session, actor(), vacancy_id=job.vacancy.id, person_id=one.id, note="Ring søsteren")


def test_referrals_and_vacancies_are_told_by_codes(database: Database) -> None:
    with database.session(FROYA) as session:
        populated(session)
    package = extracted(database)
    assert values(rows(package, "formidlinger")) == [("5120", "B1", "proposed", "2026-Q4")] * 12
    (one,) = rows(package, "stillinger")
    assert (one["styrk08"], one["status"], one["kilde"], one["kvartal"]) == ("5120", "open", "typed", "2026-Q4")
    counted = {
        (row["radverdi"], row["kolonneverdi"]): row["antall"]
        for row in rows(package, "antall")
        if (row["tabell"], row["rad"]) == ("formidlinger", "stilling_styrk08")
    }
    assert counted == {("5", "under way"): "12", ("5", "all"): "12", ("all", "under way"): "12", ("all", "all"): "12"}


def test_how_norwegian_moves_is_told_by_levels_and_quarters(database: Database) -> None:
    with database.session(FROYA) as session:
        registered = cooks(session, 20)
        for one in registered[:7]:
            say(session, one, interaction=Cefr.B2, production=Cefr.B1)  # as before: work needs both
            say(session, one, interaction=Cefr.B2, production=Cefr.B2, listening=Cefr.C1)
        for one in registered[7:12]:
            say(session, one, interaction=Cefr.C1, production=Cefr.C1)
        for one in registered[12:14]:
            say(session, one, interaction=Cefr.A1, production=Cefr.A1)
    package = extracted(database)
    told, withheld = [("B1", "B2", "2026-Q4")] * 7, [("withheld",) * 3] * 7
    assert values(rows(package, "norskendringer")) == [*told, *withheld]
    assert ("fra", "B", "til", "B", "7") in {tuple(row.values())[1:] for row in rows(package, "antall")}


def say(session: Session, who: Person, **levels: Cefr) -> None:
    """State anew what somebody speaks of Norwegian."""
    version = competence.read_profile(session, actor(), who.id).version
    competence.set_language(session, actor(), who.id, version, LanguageFields(language="nob", **levels))  # type: ignore[typeddict-item]


def test_frictionless_finds_the_package_valid(database: Database, tmp_path: Path) -> None:
    with database.session(FROYA) as session:
        populated(session)
    package = extracted(database)
    package.extractall(tmp_path)
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    described = json.loads(package.read("datapackage.json"))
    assert described["threshold"] == 5
    for one in described["resources"]:
        file = package.read(one["path"])
        digest = one.get("sha256") or one["hash"].removeprefix("sha256:")
        assert (one.get("size") or one["bytes"], digest) == (len(file), hashlib.sha256(file).hexdigest())


@pytest.mark.parametrize("form", AnalyticsFormat)
def test_a_format_alone(database: Database, form: AnalyticsFormat) -> None:
    with database.session(FROYA) as session:
        cooks(session, 10)
    file = content(make_extract(database, ANALYST, threshold=5, formats=[form]))
    names = zipfile.ZipFile(io.BytesIO(file)).namelist()
    assert names == [*(f"{name}.{form}" for name in FILES), "les-meg.txt", "datapackage.json"]


KEY = re.compile(r"\b[0-9a-f]{32,}\b")
"""A row's key, or a file's digest."""

SECRETS: dict[str, Any] = {
    "given_name": "Dobromira",
    "family_name": "Żółkiewska",
    "born": "1990-03-04",
    "notes": "Helsa er hemmelig",
    "citizenships": ["PL"],
    "contacts": [Contact(ContactKind.PHONE, "+4790012345"), Contact(ContactKind.EMAIL, "dobromira@example.no")],
    "postal_code": "7260",
}


def test_nothing_that_points_at_somebody_is_in_any_file(database: Database) -> None:
    with database.session(FROYA) as session:
        registered = cooks(session, 20, **SECRETS)
        member = (registered[0].id, HouseholdRole.ADULT)
        household = households.form_household(session, actor(), name="Familien Żółkiewska", members=[member])
        job = vacancy(session, title="Kokk på Skjærgløtt", unit="Kjøkkenet", employer_name="Skjærgløtt AS")
        for one in registered:
            placements.refer(session, actor(), vacancy_id=job.vacancy.id, person_id=one.id, note="Ring søsteren")
        ids = [one.hex for one in (*(one.id for one in registered), household.id, job.vacancy.id)]
        ids += [str(one.id) for one in registered]
    words = [
        "Dobromira",
        "Żółkiewska",
        "1990-03",
        "Helsa",
        "90012345",
        "@",
        "7260",
        "Skjærgløtt",
        "søsteren",
        "fagbrev",
    ]
    package = extracted(database)
    for name in package.namelist():
        file = package.read(name)
        told = pd.read_parquet(io.BytesIO(file)).to_csv() if name.endswith(".parquet") else file.decode()
        beside_keys = KEY.sub("", told)  # which are drawn, and hold any four digits now and then
        found = [one for one in words if one.casefold() in beside_keys.casefold()]
        assert not found, (name, found)
        assert not [one for one in ids if one in told.casefold()], name


def test_the_texts_of_tables_are_codes_of_the_lists(database: Database) -> None:
    with database.session(FROYA) as session:
        populated(session)
        cooks(session, 10, country_of_origin="SY", born="1975")
    package = extracted(database)
    codes: dict[str, set[str]] = {}
    for row in rows(package, "kodeverk"):
        codes.setdefault(row["kodeverk"], set()).add(row["kode"])
    for table in TABLES:
        for row in rows(package, table.name):
            assert all(row[one.column] in codes[one.codes] for one in table.attributes), table.name
            assert len(row["nokkel"]) == 32


def test_who_must_not_be_seen_is_not_read(database: Database) -> None:
    with database.session(FROYA) as session:
        registered = cooks(session, 20)
        hidden, archived, absorbed, remains = registered[:4]
        people.change(session, actor(), hidden.id, hidden.version, PersonFields(protected_address=True))
        people.archive(session, actor(), archived.id, archived.version)
        merging.merge(
            session, actor(), keep_id=remains.id, absorb_id=absorbed.id, version=remains.version, sealer=SEALER
        )
    with database.session(HITRA) as session:
        cooks(session, 20, actor(municipality_no=HITRA))
    extract = make_extract(database, ANALYST, threshold=5)
    package = zipfile.ZipFile(io.BytesIO(content(extract)))
    assert len(rows(package, "personer")) == len(rows(package, "kompetanse")) == 17
    with database.session(FROYA) as session:
        assert read_extract(session, ANALYST, extract.id).people == 17


def test_two_extracts_have_no_key_in_common_and_neither_do_two_tables(database: Database) -> None:
    with database.session(FROYA) as session:
        populated(session)
    keys = [
        {row["nokkel"] for row in rows(package, table.name)}
        for package in (extracted(database), extracted(database))
        for table in TABLES
    ]
    assert sum(map(len, keys)) == len(set().union(*keys)) == 2 * (5 * 20 + 12)


def test_the_order_of_rows_tells_nothing(database: Database) -> None:
    with database.session(FROYA) as session:
        cooks(session, 15)
        cooks(session, 15, country_of_origin="SY")
    orders = {tuple(row["opphavsregion"] for row in rows(extracted(database), "personer")) for _ in range(4)}
    assert len(orders) > 1
    found = [row["nokkel"] for row in rows(extracted(database), "personer")]
    assert found == sorted(found)


def test_newcomers_come_into_extracts_many_at_a_time(database: Database) -> None:
    with database.session(FROYA) as session:
        cooks(session, 19)
    seen = []
    for _ in range(3):
        extract = make_extract(database, ANALYST, threshold=5)
        package = zipfile.ZipFile(io.BytesIO(content(extract)))
        with database.session(FROYA) as session:
            seen.append((len(rows(package, "personer")), read_extract(session, ANALYST, extract.id).waiting))
            cook(session)
    assert seen == [(10, 9), (20, 0), (20, 1)]


def test_an_extract_of_nobody_has_its_headers(database: Database) -> None:
    package = extracted(database)
    for table in TABLES:
        assert rows(package, table.name) == []
        assert package.read(f"{table.name}.csv").decode("utf-8-sig").startswith("nokkel;")
        assert len(pd.read_parquet(io.BytesIO(package.read(f"{table.name}.parquet")))) == 0
    assert {row["antall"] for row in rows(package, "antall")} <= {"0"}


def test_the_trail_tells_whose_data_were_read_and_for_what(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 8)
    with database.session(FROYA) as session:
        registered = [str(one.id) for one in cooks(session, 20)]
    extract = make_extract(database, ANALYST, threshold=5)
    first = next(extract.chunks)
    told = events(database)
    assert [one.action for one in told] == ["begin_export", "export", "export", "export"]
    assert [i for one in told[1:] for i in one.record_ids] == registered  # before a byte left
    assert {(one.actor_id, one.purpose) for one in told} == {(ANALYST.id, "report")}
    assert "opphavsregion" in told[1].fields
    rest = first + b"".join(extract.chunks)
    last = events(database)[-1]
    assert (last.action, last.record_type, last.record_ids) == (
        "complete_export",
        "analytics_extract",
        [str(extract.id)],
    )
    assert last.fields == ["20 people", "100 rows", "5 households at least"]
    with database.session(FROYA) as session:
        run = read_extract(session, ANALYST, extract.id)
    assert (run.sha256, run.size) == (hashlib.sha256(rest).hexdigest(), len(rest))
    assert (run.people, run.row_count, run.threshold, run.formats) == (20, 100, 5, ["csv", "parquet"])
    assert (run.made_by, run.purpose) == (ANALYST.id, "report")


def events(database: Database) -> list[AuditEvent]:
    with database.session(FROYA) as session:
        found = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq)))
        return [one for one in found if one.purpose == "report"]


def test_an_extract_that_breaks_is_never_recorded_as_whole(database: Database) -> None:
    with database.session(FROYA) as session:
        cooks(session, 10)
    extract = make_extract(database, ANALYST, threshold=5)
    next(extract.chunks)
    extract.chunks.close()  # type: ignore[attr-defined]
    with database.session(FROYA) as session:
        run = read_extract(session, ANALYST, extract.id)
    assert (run.sha256, run.finished_at) == (None, None)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.ANALYST, Role.SYSTEM}])
def test_others_are_refused_before_the_first_byte(role: Role) -> None:
    database = Database("sqlite://")
    with pytest.raises(Forbidden):
        make_extract(database, actor(role), threshold=5)
    database.dispose()


def test_what_cannot_be_made_is_refused_at_once(database: Database) -> None:
    with pytest.raises(Invalid):
        make_extract(database, ANALYST, threshold=4)
    with pytest.raises(Invalid):
        make_extract(database, ANALYST, threshold=5, formats=[])
    with database.session(FROYA) as session, pytest.raises(NotFound):
        read_extract(session, ANALYST, actor().id)
    assert events(database) == []


def test_another_municipalitys_extract_is_not_there(database: Database) -> None:
    extract = make_extract(database, ANALYST, threshold=5)
    with database.session(HITRA) as session, pytest.raises(NotFound):
        read_extract(session, actor(Role.ANALYST, municipality_no=HITRA), extract.id)


def test_a_large_table_is_written_in_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "BATCH_ROWS", 7)
    with database.session(FROYA) as session:
        populated(session)
    package = extracted(database)
    assert len(rows(package, "sprak")) == 20
    assert len(pd.read_parquet(io.BytesIO(package.read("sprak.parquet")))) == 20
