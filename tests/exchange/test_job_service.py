import csv
import io
import json
import shutil
import subprocess
from datetime import date
from itertools import chain
from pathlib import Path

import frictionless
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlmodel import Session, col

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ContactKind
from kompetanse.codes.work import RecognitionStatus, Shift, Strength
from kompetanse.competence import service as competence
from kompetanse.competence.fields import (
    EducationFields,
    ExperienceFields,
    LanguageFields,
    LicenceFields,
    WishedOccupationFields,
    WishFields,
)
from kompetanse.database import Database
from kompetanse.errors import Forbidden
from kompetanse.exchange import job_service
from kompetanse.exchange.csv_safe import BOM, restore, write_csv
from kompetanse.exchange.job_seekers import COLUMNS, JobSeeker
from kompetanse.exchange.job_service import export_job_service, resource, schema
from kompetanse.people import consents
from kompetanse.people import service as people
from kompetanse.people.rules import Contact
from kompetanse.people.tables import Person
from tests.factories import FROYA, HITRA, actor, person

NAV = actor(Role.JOB_SERVICE)


def consent(session: Session, who: Person, *, granted: bool = True, **more: object) -> None:
    consents.record_consent(
        session,
        actor(municipality_no=who.municipality_no),
        who.id,
        purpose=ConsentPurpose.EXPORT_TO_JOB_SERVICE,
        granted=granted,
        form=ConsentForm.WRITTEN,
        **more,  # type: ignore[arg-type]
    )


def consenting(session: Session, **fields: object) -> Person:
    registered = person(session, None, **fields)
    consent(session, registered)
    return registered


def exported(database: Database) -> list[dict[str, str]]:
    return read_back(b"".join(export_job_service(database, NAV)))


def read_back(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(BOM)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def families(database: Database) -> list[str]:
    return [row["etternavn"] for row in exported(database)]


def accountant(session: Session) -> Person:
    """Rasa, who says everything that a line can hold, and some that it must not."""
    rasa = person(
        session,
        family_name="Žukauskienė",
        given_name="Rasa",
        born="1986-10",
        needs_interpreter=False,
        contacts=[Contact(ContactKind.EMAIL, "rasa@example.no"), Contact(ContactKind.PHONE, "90012345")],
        citizenships=["LT"],
        notes="Skal ikke ut av huset",
    )
    consent(session, rasa, given_on=date(2026, 1, 15))
    who, profile = actor(), iter(range(100))
    competence.add_experience(
        session, who, rasa.id, next(profile), ExperienceFields(title="buhalterė", started="2009", ended="2015")
    )
    competence.add_experience(session, who, rasa.id, next(profile), ExperienceFields(title="kokk", months=3))
    recognised = EducationFields(
        title="bachelor", level=EducationLevel.BACHELOR, field="0411", recognition=RecognitionStatus.RECOGNISED
    )
    competence.add_education(session, who, rasa.id, next(profile), EducationFields(title="kurs"))
    competence.add_education(session, who, rasa.id, next(profile), recognised)
    spoken = LanguageFields(language="nob", interaction=Cefr.B2, production=Cefr.B1, reading=Cefr.B1, writing=Cefr.A2)
    competence.set_language(session, who, rasa.id, next(profile), spoken)
    competence.set_language(session, who, rasa.id, next(profile), LanguageFields(language="lit", mother_tongue=True))
    competence.set_language(session, who, rasa.id, next(profile), LanguageFields(language="rus"))
    for licence in (
        LicenceFields(licence="driving:B"),
        LicenceFields(licence="truck:T1", valid_until=date(2020, 1, 1)),
        LicenceFields(licence="hotwork", holds=False),
    ):
        competence.set_licence(session, who, rasa.id, next(profile), licence)
    for title, styrk, strength in (("regnskap", "3313", Strength.MUST), ("fisk", "8160", Strength.NEVER)):
        wish = WishedOccupationFields(title=title, styrk=styrk, strength=strength)
        competence.add_wished_occupation(session, who, rasa.id, next(profile), wish)
    wishes = WishFields(
        percentage_min=50,
        percentage_max=80,
        shifts=[Shift.DAY, Shift.EVENING],
        available_from=date(2026, 3, 1),
        wishes_as_spoken="vil ut av fisken",
    )
    competence.change_wishes(session, who, rasa.id, next(profile), wishes)
    return rasa


def test_a_line_holds_what_the_job_service_needs(database: Database) -> None:
    with database.session(FROYA) as session:
        accountant(session)
    (row,) = exported(database)
    assert row == {
        "kommunenummer": "5014",
        "etternavn": "Žukauskienė",
        "fornavn": "Rasa",
        "fodt": "1986-10",
        "telefon": "'+4790012345",
        "epost": "rasa@example.no",
        "trenger_tolk": "nei",
        "hovedyrke_styrk08": "3313",
        "hovedyrke": "Regnskapsførere",
        "hovedyrke_som_oppgitt": "buhalterė",
        "erfaring_aar": "6,00",
        "utdanningsniva_nus2000": "6",
        "utdanningsfelt_isced_f": "0411",
        "utdanning_godkjenning": "recognised",
        "norsk_muntlig": "B1",
        "norsk_skriftlig": "A2",
        "andre_sprak": "lit C2, rus",
        "forerkort_og_sertifikater": "driving:B",
        "onskede_yrker_styrk08": "3313",
        "stillingsprosent_min": "50",
        "stillingsprosent_maks": "80",
        "arbeidstid": "day, evening",
        "ledig_fra": "2026-03-01",
        "samtykke_dato": "2026-01-15",
    }


def test_what_is_not_stated_is_empty_and_never_no(database: Database) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name="Bar")
    (row,) = exported(database)
    stated = {name for name, value in row.items() if value}
    assert stated == {"kommunenummer", "etternavn", "fornavn", "samtykke_dato"}


def test_nobody_leaves_without_a_consent_that_stands(database: Database) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name="Ja")
        person(session, family_name="Uspurt")
        consent(session, person(session, family_name="Nei"), granted=False)
        shared = person(session, family_name="Nabo")
        consents.record_consent(
            session, actor(), shared.id,
            purpose=ConsentPurpose.SHARE_WITH_NEIGHBOURS, granted=True, form=ConsentForm.ORAL,
        )  # fmt: skip
        consenting(session, family_name="Skjult", protected_address=True)
        archived = consenting(session, family_name="Arkivert")
        people.archive(session, actor(), archived.id, archived.version)
    with database.session(HITRA) as session:
        hitra = actor(municipality_no=HITRA)
        consent(session, person(session, hitra, family_name="Hitra"))
    assert families(database) == ["Ja"]


def test_who_withdraws_between_two_exports_is_gone(database: Database) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name="Blir")
        leaves = consenting(session, family_name="Går")
    assert families(database) == ["Blir", "Går"]
    with database.session(FROYA) as session:
        consent(session, leaves, granted=False)
    assert families(database) == ["Blir"]


def test_who_withdraws_during_an_export_is_not_in_what_is_still_to_come(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_service, "PAGE", 2)
    monkeypatch.setattr(job_service, "write_csv", lambda columns, records: write_csv(columns, records, chunk_bytes=1))
    with database.session(FROYA) as session:
        registered = [consenting(session, family_name=f"P{number}") for number in range(6)]
    chunks = export_job_service(database, NAV)
    first = next(chunks)
    with database.session(FROYA) as session:
        consent(session, registered[4], granted=False)
    content = b"".join(chain([first], chunks))
    assert [row["etternavn"] for row in read_back(content)] == ["P0", "P1", "P2", "P3", "P5"]


def test_the_audit_trail_knows_who_left_even_when_the_reader_hangs_up(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_service, "PAGE", 2)
    monkeypatch.setattr(job_service, "write_csv", lambda columns, records: write_csv(columns, records, chunk_bytes=1))
    with database.session(FROYA) as session:
        registered = [str(consenting(session).id) for _ in range(5)]
    chunks = export_job_service(database, NAV)
    next(chunks)
    assert events(database) == [("begin_export", []), ("export", registered[:2])]
    chunks.close()  # type: ignore[attr-defined]
    assert events(database) == [("begin_export", []), ("export", registered[:2])]
    exported(database)
    assert [action for action, _ in events(database)][2:] == [
        "begin_export",
        "export",
        "export",
        "export",
        "complete_export",
    ]
    with database.session(FROYA) as session:
        last = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert last is not None
        assert (last.fields, last.actor_id, last.purpose) == (["5 rows"], NAV.id, "export")


def events(database: Database) -> list[tuple[str, list[str]]]:
    with database.session(FROYA) as session:
        found = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq)))
        return [(one.action, one.record_ids) for one in found if one.purpose == "export"]


def test_a_registry_of_nobody_gives_a_header(database: Database) -> None:
    content = b"".join(export_job_service(database, NAV))
    assert content.decode("utf-8-sig") == ";".join(column.name for column in COLUMNS) + "\r\n"


def test_a_formula_in_a_name_is_only_text(database: Database) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name='=HYPERLINK("http://x.example";"se")', given_name="@SUM(A1)")
    (row,) = exported(database)
    assert (row["etternavn"][:2], row["fornavn"]) == ("'=", "'@SUM(A1)")
    assert restore(row["fornavn"]) == "@SUM(A1)"


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.COORDINATOR, Role.JOB_SERVICE, Role.SYSTEM}]
)
def test_others_are_refused_before_the_first_byte(role: Role) -> None:
    database = Database("sqlite://")
    with pytest.raises(Forbidden):
        export_job_service(database, actor(role))
    database.dispose()


def test_a_coordinator_gets_the_same_file(database: Database) -> None:
    with database.session(FROYA) as session:
        accountant(session)
    assert b"".join(export_job_service(database, actor())) == b"".join(export_job_service(database, NAV))


def test_the_file_is_valid_by_its_published_schema(database: Database, tmp_path: Path) -> None:
    with database.session(FROYA) as session:
        accountant(session)
        consenting(session, family_name='Øst; "Åse"\r\n', given_name="")
        consenting(session, family_name="=1+1", born="1984", needs_interpreter=True)
    (tmp_path / "jobbsokere.csv").write_bytes(b"".join(export_job_service(database, NAV)))
    (tmp_path / "jobbsokere.csv.schema.json").write_text(json.dumps(schema()), "utf-8")
    columns = frictionless.Schema(str(tmp_path / "jobbsokere.csv.schema.json"))
    assert columns.field_names == [column.name for column in COLUMNS]
    descriptor = tmp_path / "jobbsokere.csv.resource.json"
    descriptor.write_text(json.dumps(resource("jobbsokere.csv")), "utf-8")
    report = frictionless.validate(descriptor, type="resource")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.stats["errors"] == 0
    assert report.tasks[0].stats["rows"] == 3
    with frictionless.Resource(str(descriptor)) as opened:
        rasa = next(iter(opened.row_stream)).to_dict()
    assert (float(rasa["erfaring_aar"]), rasa["ledig_fra"], rasa["trenger_tolk"]) == (6.0, date(2026, 3, 1), False)
    assert rasa["stillingsprosent_maks"] == 80


def test_every_column_says_in_both_languages_what_it_is() -> None:
    fields = schema()["fields"]
    assert all(field["descriptions"]["nb"] and field["descriptions"]["en"] for field in fields)
    forbidden = {"notat", "notes", "id", "fodselsnummer", "statsborgerskap", "husstand", "interesser", "onsker"}
    assert not forbidden & {field["name"] for field in fields}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SEEKERS = st.builds(
    JobSeeker,
    municipality_no=st.just("5014"),
    family_name=TEXT,
    given_name=TEXT,
    occupation_as_spoken=st.none() | TEXT,
    months=st.none() | st.integers(0, 1200),
    other_languages=st.lists(st.sampled_from(["pol C2", "eng"])).map(tuple),
    licences=st.just(()),
    wanted_occupations=st.just(()),
    shifts=st.lists(st.sampled_from(Shift)).map(tuple),
)


@given(st.lists(SEEKERS, max_size=5))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_parses_back(seekers: list[JobSeeker]) -> None:
    rows = read_back(b"".join(write_csv(COLUMNS, seekers)))
    assert [(restore(row["etternavn"]), restore(row["fornavn"])) for row in rows] == [
        (one.family_name, one.given_name) for one in seekers
    ]
    for row, one in zip(rows, seekers, strict=True):
        assert (row["erfaring_aar"] == "") == (one.months is None)
        assert one.months is None or round(float(row["erfaring_aar"].replace(",", ".")) * 12) == one.months
        assert date.fromisoformat(row["samtykke_dato"]) == one.consent_on


@pytest.fixture
def office(tmp_path: Path) -> list[str]:
    """LibreOffice without a window, or the reader that `make test` always has."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    return [program, "--headless", "--norestore", profile] if program else []


def test_a_spreadsheet_program_opens_it_with_letters_and_dates_right(
    database: Database, tmp_path: Path, office: list[str]
) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name="Ærøy Ødegård", given_name="=1+1", born="1986-10-28")
    file = tmp_path / "ut.csv"
    file.write_bytes(b"".join(export_job_service(database, NAV)))
    if office:
        # 59: semicolon, 34: quote, 76: UTF-8; what the program itself proposes for a file with a byte order mark
        convert = [
            "--infilter=Text - txt - csv (StarCalc):59,34,76,1",
            "--convert-to",
            "ods",
            "--outdir",
            str(tmp_path),
        ]
        subprocess.run([*office, *convert, str(file)], check=True, capture_output=True, timeout=120)
        header, row = CalamineWorkbook.from_path(tmp_path / "ut.ods").get_sheet_by_index(0).to_python()
        found = dict(zip(map(str, header), row, strict=True))
        assert found["fodt"] == date(1986, 10, 28)
    else:
        found = dict(read_back(file.read_bytes())[0])
    assert found["etternavn"] == "Ærøy Ødegård"
    assert found["fornavn"] == "'=1+1"
