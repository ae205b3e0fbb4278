"""From a CV's source to suggestions for somebody's profile, linked, and less what it says already."""

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.competence import suggesting
from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.suggesting import Chosen
from kompetanse.database import Database
from kompetanse.errors import Forbidden, Invalid
from kompetanse.exchange.cv_files import service
from kompetanse.exchange.cv_files.files import source_of
from tests.exchange.cv_files.cvs import EUROPASS, JSON_RESUME
from tests.factories import FROYA, actor, person_id


@pytest.mark.parametrize("source", [source_of(EUROPASS.encode()), JSON_RESUME])
def test_what_stands_in_fields_is_linked_and_added_as_it_is(session: Session, source: str) -> None:
    who, newcomer = actor(), person_id(session)
    read = service.propose(session, who, newcomer, source)
    jobs = [one for one in read.found.items if one.part is ProfilePart.EXPERIENCES]
    assert jobs[0].name == "regnskapsfører"
    assert read.text[jobs[0].start : jobs[0].end].startswith("2012-03–")
    chosen = [Chosen(one.part, one.fields) for one in read.found.items]
    profile = suggesting.accept(session, who, newcomer, read.found.version, chosen)
    assert profile.part(ProfilePart.EXPERIENCES)[0].styrk == "3313"  # type: ignore[union-attr]
    again = service.propose(session, who, newcomer, source)
    assert again.found.items == (), "what the profile says already is left out"


def test_prose_between_the_fields_is_read_too_and_a_degree_says_its_level(session: Session) -> None:
    found = service.propose(session, actor(), person_id(session), JSON_RESUME).found.items
    (school,) = (one for one in found if one.part is ProfilePart.EDUCATIONS)
    assert school.fields.get("level") == "6"
    skills = {one.name for one in found if one.part is ProfilePart.SKILLS}
    assert {"regnskap", "lønn"} <= skills, "payroll stands in the summary of a job"


def test_plain_text_is_read_as_before(session: Session) -> None:
    read = service.propose(session, actor(), person_id(session), "księgowa 10 lat, norweski B1")
    assert read.text == "księgowa 10 lat, norweski B1"
    assert [one.part for one in read.found.items] == [ProfilePart.EXPERIENCES, ProfilePart.LANGUAGES]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("", "Nothing is written"),
        ("x" * 50_001, "Too long"),
        ('{"work": [' + '"x",' * 20_000 + '"x"]}', "Too long"),
        ("<SkillsPassport xmlns='x'></SkillPassport>", "broken Europass"),
        ("<Candidate xmlns='x'>", "broken Europass"),
    ],
)
def test_what_cannot_be_read_is_told(session: Session, source: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        service.propose(session, actor(), person_id(session), source)


def test_who_does_not_map_reads_no_cv_and_reading_is_on_record(database: Database) -> None:
    with database.session(FROYA) as session:
        newcomer = person_id(session)
        with pytest.raises(Forbidden):
            service.propose(session, actor(Role.LEADER), newcomer, JSON_RESUME)
        service.propose(session, actor(), newcomer, JSON_RESUME)
    with database.session(FROYA) as session:
        told = session.scalars(select(AuditEvent).where(col(AuditEvent.action) == "extract")).all()
        assert [one.record_ids for one in told] == [[str(newcomer)]]
