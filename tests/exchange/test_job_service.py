import json
from datetime import date
from pathlib import Path

import frictionless
import pytest

from kompetanse.actor import Role
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.database import Database
from kompetanse.errors import Forbidden
from kompetanse.exchange.csv_safe import restore
from kompetanse.exchange.job_seekers import WIDE, resource, schema
from kompetanse.exchange.job_service import export_job_service
from kompetanse.people import consents
from kompetanse.people import service as people
from tests.exchange.consenting import NAV, accountant, consent, consenting, content, exported, families
from tests.factories import FROYA, HITRA, actor, person


def test_a_line_holds_what_the_job_service_needs(database: Database) -> None:
    with database.session(FROYA) as session:
        accountant(session)
    (row,) = exported(database)
    assert len(row.pop("referanse")) == 32
    assert row == {
        "status": "active",
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
        "erfaring_styrk08_maaneder": "3313 72, 5120 3",
        "utdanningsniva_nus2000": "6",
        "utdanningsfelt_isced_f": "0411",
        "utdanning_godkjenning": "recognised",
        "norsk_muntlig": "B1",
        "norsk_muntlig_trinn": "good",
        "norsk_skriftlig": "A2",
        "norsk_skriftlig_trinn": "basic",
        "andre_sprak": "lit C2 mother_tongue, rus",
        "forerkort_og_sertifikater": "driving:B",
        "onskede_yrker_styrk08": "3313",
        "ansettelsesform": "part_time",
        "stillingsprosent_min": "50",
        "stillingsprosent_maks": "80",
        "arbeidstid": "day, evening",
        "ledig_fra": "2026-03-01",
        "samtykke_dato": "2026-01-15",
        "samtykke_til": "2027-01-15",
    }


def test_what_is_not_stated_is_empty_and_never_no(database: Database) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name="Bar")
    (row,) = exported(database)
    stated = {name for name, value in row.items() if value}
    assert stated == {
        "referanse", "status", "kommunenummer", "etternavn", "fornavn", "samtykke_dato", "samtykke_til",
    }  # fmt: skip


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


def test_a_registry_of_nobody_gives_a_header(database: Database) -> None:
    file = content(export_job_service(database, NAV))
    assert file.decode("utf-8-sig") == ";".join(column.name for column in WIDE) + "\r\n"


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
    assert content(export_job_service(database, actor())) == content(export_job_service(database, NAV))


def test_the_file_is_valid_by_its_published_schema(database: Database, tmp_path: Path) -> None:
    with database.session(FROYA) as session:
        accountant(session)
        consenting(session, family_name='Øst; "Åse"\r\n', given_name="")
        consenting(session, family_name="=1+1", born="1984", needs_interpreter=True)
    (tmp_path / "jobbsokere.csv").write_bytes(content(export_job_service(database, NAV)))
    (tmp_path / "jobbsokere.csv.schema.json").write_text(json.dumps(schema()), "utf-8")
    columns = frictionless.Schema(str(tmp_path / "jobbsokere.csv.schema.json"))
    assert columns.field_names == [column.name for column in WIDE]
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
