"""A recognised education that its owner changed counts as not recognised until somebody has looked."""

import io
import zipfile
from datetime import date
from typing import cast
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.exports import ExportShape
from kompetanse.codes.work import RecognitionStatus
from kompetanse.competence import history, service
from kompetanse.competence.fields import EducationFields
from kompetanse.competence.service import ProfilePart
from kompetanse.database import Database
from kompetanse.errors import Forbidden
from kompetanse.exchange.job_service import Wanted, export_job_service
from kompetanse.matching.service import one_person
from kompetanse.own_data import service as own_data
from tests.exchange.consenting import NAV, accountant, content, exported, read_back
from tests.factories import FROYA, actor, person_id
from tests.personal_links.people import herself

RECOGNISED: EducationFields = {
    "title": "bachelor i sykepleie",
    "level": EducationLevel.BACHELOR,
    "country": "LT",
    "recognition": RecognitionStatus.RECOGNISED,
}
PART = ProfilePart.EDUCATIONS


@pytest.fixture
def who() -> Actor:
    return actor()


@pytest.fixture
def rasa(session: Session) -> UUID:
    return person_id(session)


@pytest.fixture
def degree(session: Session, who: Actor, rasa: UUID) -> UUID:
    return service.add_part(session, who, rasa, 0, PART, RECOGNISED)[1]


def change(session: Session, by: Actor, rasa: UUID, degree: UUID, **fields: object) -> None:
    version = service.read_profile(session, by, rasa).version
    stated = cast(EducationFields, {**RECOGNISED, **fields})
    service.change_part(session, by, rasa, version, PART, degree, stated)


def waiting(session: Session, who: Actor, rasa: UUID) -> set[UUID]:
    return set(history.unconfirmed_of(session, who, rasa))


def counted(session: Session, who: Actor, rasa: UUID) -> RecognitionStatus | None:
    (held,) = one_person(session, who, rasa, date(2026, 11, 26)).education
    return held.recognition


def test_what_its_owner_changes_awaits_a_look_and_does_not_count(
    session: Session, who: Actor, rasa: UUID, degree: UUID
) -> None:
    assert (waiting(session, who, rasa), counted(session, who, rasa)) == (set(), RecognitionStatus.RECOGNISED)
    change(session, herself(session, rasa), rasa, degree, title="master i sykepleie", level=EducationLevel.MASTER)
    assert (waiting(session, who, rasa), counted(session, who, rasa)) == ({degree}, None)
    version = service.read_profile(session, who, rasa).version
    service.confirm_part(session, who, rasa, version, PART, degree)
    assert (waiting(session, who, rasa), counted(session, who, rasa)) == (set(), RecognitionStatus.RECOGNISED)


def test_nobody_else_is_told_of_a_decision_that_awaits_a_look(database: Database) -> None:
    who = actor()
    with database.session(FROYA) as session:
        made = accountant(session)
        (degree,) = [one for one in service.read_profile(session, who, made.id).educations if one.recognition]
        her = herself(session, made.id)
        stated = {name: getattr(degree, name) for name in ("title", "level", "field", "recognition")}
        decided = {"recognition_decided_on": date(2026, 1, 5)}
        version = service.read_profile(session, who, made.id).version
        service.change_part(
            session, who, made.id, version, PART, degree.id, cast(EducationFields, {**stated, **decided})
        )
        version = service.read_profile(session, who, made.id).version
        hers = cast(EducationFields, {**stated, **decided, "title": "master", "level": EducationLevel.MASTER})
        service.change_part(session, her, made.id, version, PART, degree.id, hers)
    assert told_of(database, made.id) == ("7", "", "", "", False)
    with database.session(FROYA) as session:
        version = service.read_profile(session, who, made.id).version
        service.confirm_part(session, who, made.id, version, PART, degree.id)
    assert told_of(database, made.id) == ("7", "recognised", "recognised", "2026-01-05", True)


def told_of(database: Database, rasa: UUID) -> tuple[str, str, str, str, bool]:
    """Level and recognition in the job service's line, recognition and decision in its package; and whether a CV tells.

    What a neighbour is told is in `tests/contacts/test_handover.py`.
    """
    (line,) = exported(database)
    with zipfile.ZipFile(io.BytesIO(content(export_job_service(database, NAV, Wanted(ExportShape.PACKAGE))))) as file:
        rows = read_back(file.read("utdanning.csv"))
    (row,) = [one for one in rows if one["nus2000_niva"] == "7"]
    with database.session(FROYA) as session:
        pdf = PdfReader(io.BytesIO(own_data.curriculum(session, actor(), rasa, "eng")))
        text = " ".join(page.extract_text() for page in pdf.pages).replace("\u2069", "")
        in_cv = "recognised in Norway" in text
    return (
        line["utdanningsniva_nus2000"], line["utdanning_godkjenning"], row["godkjenning"], row["vedtak"], in_cv,
    )  # fmt: skip


def test_moving_it_to_norway_makes_it_no_norwegian_one(session: Session, who: Actor, rasa: UUID, degree: UUID) -> None:
    change(session, herself(session, rasa), rasa, degree, country="NO")
    assert counted(session, who, rasa) is None


def test_an_employee_who_changes_something_else_has_not_confirmed_it(
    session: Session, who: Actor, rasa: UUID, degree: UUID
) -> None:
    her = herself(session, rasa)
    change(session, her, rasa, degree, title="master")
    change(session, who, rasa, degree, title="master", recognition_documents=["diploma"])
    assert waiting(session, who, rasa) == {degree}
    change(session, who, rasa, degree, title="master", recognition_decided_on=date(2026, 5, 1))
    assert waiting(session, who, rasa) == set()


def test_what_is_again_as_it_was_needs_no_look(session: Session, who: Actor, rasa: UUID, degree: UUID) -> None:
    her = herself(session, rasa)
    change(session, her, rasa, degree, title="master")
    change(session, her, rasa, degree)
    assert waiting(session, who, rasa) == set()


def test_an_employees_own_correction_is_no_matter(session: Session, who: Actor, rasa: UUID, degree: UUID) -> None:
    change(session, who, rasa, degree, title="Bachelor i sykepleie")
    assert waiting(session, who, rasa) == set()


def test_nobody_confirms_her_own(session: Session, who: Actor, rasa: UUID, degree: UUID) -> None:
    change(session, herself(session, rasa), rasa, degree, title="master")
    with pytest.raises(Forbidden):
        service.confirm_part(session, herself(session, rasa), rasa, 2, PART, degree)
    assert waiting(session, who, rasa) == {degree}
