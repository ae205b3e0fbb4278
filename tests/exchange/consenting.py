"""People who consent to the job service's export, and what is exported of them."""

import csv
import io
from datetime import date

from sqlmodel import Session

from kompetanse.actor import Role
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
from kompetanse.exchange.csv_safe import BOM
from kompetanse.exchange.job_service import EVERYBODY, Export, Wanted, export_job_service
from kompetanse.people import consents
from kompetanse.people.rules import Contact
from kompetanse.people.tables import Person
from tests.factories import actor, person

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


def exported(database: Database, wanted: Wanted = EVERYBODY) -> list[dict[str, str]]:
    return read_back(content(export_job_service(database, NAV, wanted)))


def content(export: Export) -> bytes:
    return b"".join(export.chunks)


def read_back(file: bytes) -> list[dict[str, str]]:
    assert file.startswith(BOM)
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";"))


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
