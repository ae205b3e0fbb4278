"""A recognised education that its owner changed counts as not recognised until somebody has looked."""

from datetime import date
from typing import cast
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import RecognitionStatus
from kompetanse.competence import history, service
from kompetanse.competence.fields import EducationFields
from kompetanse.competence.service import ProfilePart
from kompetanse.errors import Forbidden
from kompetanse.matching.service import one_person
from tests.factories import actor, person_id
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
