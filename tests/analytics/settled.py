"""A municipality with people enough for an extract, and what an extract of it holds."""

import csv
import io
import zipfile

from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.analytics.service import Extract, make_extract
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.competence import service as competence
from kompetanse.competence.fields import EducationFields, ExperienceFields, LanguageFields
from kompetanse.database import Database
from kompetanse.exchange.csv_safe import BOM
from kompetanse.people.tables import Person
from tests.factories import actor, person

ANALYST = actor(Role.ANALYST)
Row = dict[str, str]


def cook(session: Session, who: Actor | None = None, **fields: object) -> Person:
    """Somebody whose every value is that of the other cooks; what is hers alone is in texts."""
    who = who or actor()
    stated = {"born": "1990-03-04", "country_of_origin": "PL", "arrived_in_norway": "2020-05", **fields}
    made = person(session, who, **stated)
    entry = iter(range(100))
    job = ExperienceFields(
        title="kokk", styrk="5120", started="2021", ongoing=True, country="NO", employer="Skjærgløtt AS"
    )
    competence.add_experience(session, who, made.id, next(entry), job)
    school = EducationFields(title="fagbrev", level=EducationLevel.UPPER_SECONDARY, field="1013", country="PL")
    competence.add_education(session, who, made.id, next(entry), school)
    spoken = LanguageFields(language="nob", interaction=Cefr.B1, production=Cefr.B1)
    competence.set_language(session, who, made.id, next(entry), spoken)
    return made


def cooks(session: Session, number: int, who: Actor | None = None, **fields: object) -> list[Person]:
    """Several of them, registered one after the other."""
    return [cook(session, who, **fields) for _ in range(number)]


def content(extract: Extract) -> bytes:
    """The whole file."""
    return b"".join(extract.chunks)


def extracted(database: Database, who: Actor = ANALYST, threshold: int = 5) -> zipfile.ZipFile:
    """An extract, made to its end."""
    return zipfile.ZipFile(io.BytesIO(content(make_extract(database, who, threshold=threshold))))


def rows(package: zipfile.ZipFile, table: str) -> list[Row]:
    """The rows of a table, as its CSV has them."""
    file = package.read(f"{table}.csv")
    assert file.startswith(BOM)
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";"))


def values(found: list[Row]) -> list[tuple[str, ...]]:
    """The values of rows without their keys, in order."""
    return sorted(tuple(value for name, value in row.items() if name != "nokkel") for row in found)
