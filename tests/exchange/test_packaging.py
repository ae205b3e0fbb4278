"""The package: one CSV a part, described, counted, and encrypted when that is asked for."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import frictionless
import pytest
import pyzipper

from kompetanse import clock
from kompetanse.codes.exports import ExportShape
from kompetanse.competence import service as competence
from kompetanse.competence.fields import SkillFields
from kompetanse.database import Database
from kompetanse.errors import Invalid
from kompetanse.exchange.csv_safe import restore
from kompetanse.exchange.job_seekers import PARTS
from kompetanse.exchange.job_service import Wanted, export_job_service
from tests.exchange.consenting import NAV, accountant, consent, consenting, content, exported, read_back
from tests.factories import FROYA, actor

PACKAGE = Wanted(ExportShape.PACKAGE)
PASSWORD = "laks & lefse, 2026"


def packed(database: Database, wanted: Wanted = PACKAGE) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content(export_job_service(database, NAV, wanted))))


def rows(package: zipfile.ZipFile, part: str) -> list[dict[str, str]]:
    return read_back(package.read(f"{part}.csv"))


def test_every_part_of_a_profile_is_a_file(database: Database) -> None:
    with database.session(FROYA) as session:
        accountant(session)
    package = packed(database)
    assert package.namelist() == [*(f"{name}.csv" for name in PARTS), "datapackage.json"]
    (person,) = rows(package, "personer")
    assert (person["etternavn"], person["telefon"], person["arbeidstid"]) == (
        "Žukauskienė", "'+4790012345", "day, evening",
    )  # fmt: skip
    assert {row["referanse"] for part in PARTS for row in rows(package, part)} == {person["referanse"]}
    assert person["referanse"] == exported(database)[0]["referanse"]
    assert [(row["styrk08"], row["yrke_som_oppgitt"], row["maaneder"]) for row in rows(package, "erfaring")] == [
        ("3313", "buhalterė", "72"), ("5120", "kokk", "3"),
    ]  # fmt: skip
    assert [(row["nus2000_niva"], row["godkjenning"]) for row in rows(package, "utdanning")] == [
        ("", ""), ("6", "recognised"),
    ]  # fmt: skip
    assert [(row["sprak"], row["samtale"], row["muntlig_trinn"]) for row in rows(package, "sprak")] == [
        ("nor", "B2", "good"), ("lit", "", "mother_tongue"), ("rus", "", ""),
    ]  # fmt: skip
    assert [row["kode"] for row in rows(package, "forerkort")] == ["driving:B"]
    assert [(row["styrk08"], row["styrke"]) for row in rows(package, "onskede_yrker")] == [("3313", "must")]


def test_frictionless_finds_the_package_valid(database: Database, tmp_path: Path) -> None:
    with database.session(FROYA) as session:
        accountant(session)
        consenting(session, family_name='Øst; "Åse"\r\n', given_name="=1+1")
    packed(database).extractall(tmp_path)
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert [task.stats["rows"] for task in report.tasks] == [2, 2, 2, 3, 1, 1]
    (tmp_path / "sprak.csv").write_bytes((tmp_path / "sprak.csv").read_bytes()[:-60])
    assert not frictionless.validate(tmp_path / "datapackage.json").valid


def test_the_descriptor_proves_that_each_file_is_whole(database: Database) -> None:
    with database.session(FROYA) as session:
        accountant(session)
    package = packed(database)
    described = json.loads(package.read("datapackage.json"))
    assert (described["version"], "since" in described) == ("2", False)
    for one in described["resources"]:
        file = package.read(one["path"])
        assert (one["bytes"], one["hash"]) == (len(file), f"sha256:{hashlib.sha256(file).hexdigest()}")
        assert one["rows"] == len(read_back(file))


def test_a_package_of_changes_names_those_to_delete(database: Database) -> None:
    with database.session(FROYA) as session:
        stays, goes = (consenting(session, family_name=name) for name in ("Endres", "Går"))
        consenting(session, family_name="Uendret")
    begun = clock.now() + timedelta(hours=1)
    with clock.moved(by=timedelta(hours=2)), database.session(FROYA) as session:
        competence.add_skill(session, actor(), stays.id, 0, SkillFields(label="sveising"))
        consent(session, goes, granted=False)
    with clock.moved(by=timedelta(hours=3)):
        package = packed(database, Wanted(ExportShape.PACKAGE, since=begun))
    assert [(row["etternavn"], row["status"]) for row in rows(package, "personer")] == [
        ("Endres", "active"), ("", "ended"),
    ]  # fmt: skip
    assert json.loads(package.read("datapackage.json"))["since"] == begun.isoformat(timespec="seconds")


def test_an_encrypted_package_opens_with_its_password_alone(database: Database) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name="Hemmelig")
    file = content(export_job_service(database, NAV, Wanted(ExportShape.PACKAGE, password=PASSWORD)))
    assert b"Hemmelig" not in file
    with pyzipper.AESZipFile(io.BytesIO(file)) as package:
        with pytest.raises(RuntimeError, match="password"):
            package.read("personer.csv")
        with pytest.raises(RuntimeError, match="password"):
            package.read("personer.csv", pwd=b"noe annet enn det")
        assert read_back(package.read("personer.csv", pwd=PASSWORD.encode()))[0]["etternavn"] == "Hemmelig"
        assert all(one.flag_bits & 1 for one in package.infolist())


@pytest.mark.parametrize("password", ["kort", "laks og lefse på Frøya", "laks og\nlefse og"])
def test_a_password_that_does_not_serve_is_refused(database: Database, password: str) -> None:
    with pytest.raises(Invalid):
        export_job_service(database, NAV, Wanted(ExportShape.PACKAGE, password=password))


def test_formulas_are_disarmed_in_every_part(database: Database) -> None:
    with database.session(FROYA) as session:
        consenting(session, family_name="@SUM(A1)")
    (row,) = rows(packed(database), "personer")
    assert restore(row["etternavn"]) == row["etternavn"][1:] == "@SUM(A1)"
