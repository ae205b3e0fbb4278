"""The conversation keeps where it stands, and what is said in it is in the profile alone."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.work import Strength, WishKind
from kompetanse.competence import history
from kompetanse.competence import service as competence
from kompetanse.competence.service import ExperienceFields, OtherWishFields, ProfilePart, SkillFields, WishFields
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, NotFound, Stale
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import Question, QuestionState
from kompetanse.mapping.service import Said
from kompetanse.own_data import service as own_data
from kompetanse.paging import PageRequest
from kompetanse.people import service as people
from kompetanse.people.merging import merge
from tests.factories import FROYA, HITRA, actor, person, person_id
from tests.personal_links.people import SEALER, herself


def begun(session: Session, whose: UUID, language: str = "uk") -> None:
    mapping.begin(session, actor(), whose, language=language, interpreter=True)


def leave(session: Session, whose: UUID, question: Question, *, later: bool = False) -> QuestionState:
    document = competence.read_profile(session, actor(), whose)
    return mapping.leave(session, actor(), whose, question, document, later=later)


def test_a_conversation_is_gone_on_with_until_it_is_ended(session: Session) -> None:
    olena, kari = person_id(session), actor()
    first = mapping.begin(session, kari, olena, language="uk", interpreter=True)
    again = mapping.begin(session, actor(), olena, language="en", interpreter=False)
    assert (again.id, again.language, again.interpreter, again.version) == (first.id, "en", False, 2)
    mapping.end(session, kari, olena, 0)
    assert mapping.begin(session, kari, olena, language="uk", interpreter=None).id != first.id


def test_what_is_said_is_an_entry_of_the_profile_with_its_history(session: Session) -> None:
    olena = person_id(session)
    begun(session, olena)
    job = (ProfilePart.EXPERIENCES, ExperienceFields(title="медсестра", started="2009"))
    document = mapping.write(session, actor(), olena, 0, Said(added=[job]))
    assert document.experiences[0].styrk == "2223"
    changes = history.read_history(session, actor(), olena, PageRequest(5)).items
    assert [one.part for one in changes] == ["experiences"]
    assert leave(session, olena, Question.WORK) is QuestionState.ANSWERED
    assert leave(session, olena, Question.SKILLS) is QuestionState.SKIPPED
    assert leave(session, olena, Question.START, later=True) is QuestionState.LATER
    found = mapping.latest(session, actor(), olena)
    assert found is not None
    assert found.states == {"work": "answered", "skills": "skipped", "start": "later"}


def test_what_is_tapped_no_more_is_taken_out_as_one_adds_another(session: Session) -> None:
    olena = person_id(session)
    fish = OtherWishFields(kind=WishKind.SECTOR, value="fish", strength=Strength.PREFER)
    never = OtherWishFields(kind=WishKind.SECTOR, value="it", strength=Strength.NEVER)
    care = OtherWishFields(kind=WishKind.SECTOR, value="care", strength=Strength.PREFER)
    wishes = ProfilePart.WISHES
    document = mapping.write(session, actor(), olena, 0, Said(added=[(wishes, fish), (wishes, never)]))
    held = mapping.held_wishes(Question.FIELDS, document)
    assert set(held) == {"fish"}
    removed = [(wishes, row.id) for row in held["fish"]]
    document = mapping.write(session, actor(), olena, document.version, Said([(wishes, care)], removed))
    assert {one.value for one in document.wishes} == {"care", "it"}


def test_a_stale_form_writes_nothing(session: Session) -> None:
    olena = person_id(session)
    competence.add_skill(session, actor(), olena, 0, SkillFields(label="sveising"))
    with pytest.raises(Stale):
        mapping.write(session, actor(), olena, 0, Said(wishes=WishFields(commute_minutes=30)))


def test_the_end_is_the_day_of_mapping_and_what_is_to_be_asked_later_stays(session: Session) -> None:
    olena = person_id(session)
    begun(session, olena)
    leave(session, olena, Question.LICENCES, later=True)
    ended = mapping.end(session, actor(), olena, 0)
    profile = competence.read_profile(session, actor(), olena)
    assert (profile.mapped_on, profile.confirmed_on) == (clock.today(), clock.today())
    assert ended.states == {"licences": "later"}
    with pytest.raises(Conflict):
        mapping.end(session, actor(), olena, profile.version)
    competence.set_licence(session, actor(), olena, profile.version, {"licence": "driving:B", "holds": True})
    assert leave(session, olena, Question.LICENCES) is QuestionState.ANSWERED  # a day later, by telephone


def test_ones_own_newest_change_can_be_taken_back_and_nobody_elses(session: Session) -> None:
    olena, kari = person_id(session), actor()
    job = (ProfilePart.EXPERIENCES, ExperienceFields(title="kokk"))
    document = mapping.write(session, kari, olena, 0, Said(added=[job]))
    with pytest.raises(Conflict):
        mapping.undo(session, actor(), olena, document.version)
    assert mapping.undo(session, kari, olena, document.version).experiences == ()


def test_nobody_archived_is_mapped(session: Session) -> None:
    olena = person(session)
    people.archive(session, actor(), olena.id, olena.version)
    with pytest.raises(Conflict):
        begun(session, olena.id)


def test_a_conversation_is_of_its_municipality_and_led_by_who_maps(session: Session) -> None:
    olena = person_id(session)
    begun(session, olena)
    with pytest.raises(NotFound):
        mapping.latest(session, actor(municipality_no=HITRA), olena)
    for who in (actor(Role.LEADER), actor(Role.DPO), herself(session, olena)):
        with pytest.raises(Forbidden):
            mapping.begin(session, who, olena, language="uk", interpreter=None)
    with pytest.raises(NotFound):
        leave(session, person_id(session), Question.WORK)


def test_each_step_is_in_the_trail_without_what_was_said(database: Database) -> None:
    with database.session(FROYA) as session:
        olena = person_id(session)
        begun(session, olena)
        leave(session, olena, Question.WORK, later=True)
        mapping.end(session, actor(), olena, 0)
    with database.session(FROYA, write=False) as session:
        told = session.exec(select(AuditEvent).where(AuditEvent.record_type == "mapping_conversation")).all()
        assert {(one.action, *(one.fields or ())) for one in told} == {("create",), ("change", "work"), ("close",)}
        assert all(str(olena) in one.record_ids for one in told)


def test_of_two_records_of_one_person_one_conversation_goes_on(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    begun(session, kept.id, "uk")
    begun(session, absorbed.id, "pl")
    merge(session, actor(), keep_id=kept.id, absorb_id=absorbed.id, version=kept.version, sealer=SEALER)
    told = own_data.everything(session, actor(), kept.id)["mapping_conversation"]
    assert {(one["language"], one["ended_at"] is None) for one in told} == {("uk", True), ("pl", False)}
