"""What a newcomer does in her own matters: it is kept as hers, and what she did not touch stays."""

import json

import pytest
from sqlmodel import Session, select

from kompetanse import clock
from kompetanse.actor import Actor, ActorKind, Purpose, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes import consent_texts
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ConsentForm, ConsentPurpose, OwnSection, ShareSection
from kompetanse.codes.contact import AskStage
from kompetanse.codes.residence import ContactKind
from kompetanse.competence import service as competence
from kompetanse.competence.service import LanguageFields, ProfilePart, SkillFields, WishFields
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, NotFound, Stale
from kompetanse.own_data import service as own_data
from kompetanse.paging import PageRequest
from kompetanse.people import consents
from kompetanse.people import service as people
from kompetanse.people.rules import Contact, PersonFields
from kompetanse.self_service import service
from tests.contacts import town
from tests.factories import FROYA, HITRA, actor, agreement, person_id
from tests.personal_links.people import herself

SHARE = ConsentPurpose.SHARE_WITH_NEIGHBOURS
PAGE = PageRequest(100)


@pytest.fixture
def her(session: Session) -> Actor:
    """Olena, on her own pages."""
    return herself(session, person_id(session, given_name="Olena", notes="Snakket med Per om saken"))


def test_she_completes_and_corrects_her_profile(session: Session, her: Actor) -> None:
    service.add_part(session, her, 0, ProfilePart.SKILLS, SkillFields(label="sveising"))
    profile = service.read(session, her).profile
    (skill,) = profile.skills
    changed = service.change_part(session, her, 1, ProfilePart.SKILLS, skill.id, SkillFields(label="baking"))
    assert [one.label for one in changed.skills] == ["baking"]
    assert service.change_wishes(session, her, 2, WishFields(percentage_min=50)).percentage_min == 50
    assert service.remove_part(session, her, 3, ProfilePart.SKILLS, skill.id).skills == ()
    with pytest.raises(Stale):
        service.add_part(session, her, 3, ProfilePart.SKILLS, SkillFields(label="sveising"))


def test_what_she_did_last_can_be_undone_until_somebody_else_does_something(session: Session, her: Actor) -> None:
    with pytest.raises(Conflict):
        service.undo(session, her, 0)
    profile = service.add_part(session, her, 0, ProfilePart.LANGUAGES, LanguageFields(language="ukr"))
    profile = service.remove_part(session, her, 1, ProfilePart.LANGUAGES, profile.languages[0].id)
    assert [one.language for one in service.undo(session, her, 2).languages] == ["ukr"]
    competence.set_language(session, actor(), her.id, 3, LanguageFields(language="nor", interaction=Cefr.A2))
    assert service.last_change(session, her) is None


def test_she_says_how_she_is_reached_and_changes_nothing_else_of_her_record(session: Session, her: Actor) -> None:
    fields = PersonFields(contacts=[Contact(ContactKind.PHONE, "90000123")], needs_interpreter=True)
    service.change_reach(session, her, 1, fields)
    record = service.read(session, her).record
    assert [one.value for one in record.contacts] == ["+4790000123"]
    refused = (
        PersonFields(may_work=True), PersonFields(protected_address=False), PersonFields(given_name="Olga"),
        PersonFields(notes=""), PersonFields(born="1990"), PersonFields(contacts=[], postal_code="7260"),
    )  # fmt: skip
    for more in refused:
        with pytest.raises(Forbidden):
            service.change_reach(session, her, 2, more)
    assert people.read(session, actor(), her.id).person.notes == "Snakket med Per om saken"


def test_her_consent_is_kept_with_the_words_that_she_saw(session: Session, her: Actor) -> None:
    answer = service.answer_consent(session, her, purpose=SHARE, granted=True, language="ukr")
    assert (answer.form, answer.language, answer.recorded_by) == (ConsentForm.DIGITAL, "ukr", her.id)
    assert answer.given_on == clock.today()
    assert answer.wording is not None
    assert answer.wording.startswith("Муніципалітет")
    agreement(session)
    found = service.read_consents(session, her)
    assert (found.stands(SHARE), found.neighbours) == (True, [HITRA])
    service.answer_consent(session, her, purpose=SHARE, granted=False, language="ukr", recipient_no=HITRA)
    service.answer_consent(session, her, purpose=SHARE, granted=True, language="ukr", section=OwnSection.BACKGROUND)
    found = service.read_consents(session, her)
    assert found.stands(SHARE, HITRA) is False
    assert found.stands(SHARE, "", OwnSection.BACKGROUND) is True
    service.answer_consent(session, her, purpose=SHARE, granted=False, language="ukr")
    found = service.read_consents(session, her)
    assert (found.stands(SHARE), found.stands(SHARE, "", OwnSection.BACKGROUND)) == (False, None)


def test_every_purpose_is_asked_in_every_language() -> None:
    for purpose in ConsentPurpose:
        assert consent_texts.texts(purpose).keys() == consent_texts.LANGUAGES.keys(), purpose


def test_she_answers_a_neighbours_question_and_takes_it_back(session: Session) -> None:
    town.accountants(session)
    rasa = town.rasa(session)
    ask = town.asked(session, town.requested(session), rasa)
    her = herself(session, rasa.id)
    assert service.count_questions(session, her) == 1
    (asked,) = service.read_questions(session, her, "lt")
    assert asked.open
    assert "Regnskapsfører" in asked.question.paragraphs[0]
    said = service.answer_question(
        session, her, ask.id, ask.version, yes=True, sections=[ShareSection.SKILLS], language="lt"
    )
    assert (said.stage, said.sections, said.answered_by) == (AskStage.YES, ["skills"], ConsentForm.DIGITAL)
    assert service.count_questions(session, her) == 0
    other = herself(session, person_id(session))
    assert service.read_questions(session, other, "nb") == []
    with pytest.raises(NotFound):
        service.take_back_answer(session, other, ask.id, said.version)
    assert service.take_back_answer(session, her, ask.id, said.version).stage is AskStage.WITHDRAWN


def test_she_sees_who_saw_what_and_why_but_no_names_and_not_herself(database: Database) -> None:
    coordinator = actor()
    with database.session(FROYA) as session:
        olena = person_id(session, coordinator)
        her = herself(session, olena)
        competence.read_profile(session, coordinator, olena)
        competence.read_profile(session, coordinator, person_id(session, coordinator))
        service.read(session, her)
    with database.session(FROYA) as session:
        seen = service.read_trail(session, her, PAGE).events.items
    came = [one for one in seen if one.actor_kind is not ActorKind.STAFF]
    assert [(one.action, one.record_type) for one in came] == [("open", "personal_link")]  # it may have been another
    told = [(one.action, one.record_type, one.purpose) for one in seen]
    assert told.count(("read", "profile", Purpose.MAP_COMPETENCE)) == 1
    assert all(str(olena) in one.record_ids for one in seen)


def test_nobody_else_reads_the_trail_as_she_does(session: Session) -> None:
    for role in (Role.COORDINATOR, Role.DPO, Role.SYSTEM):
        with pytest.raises(Forbidden):
            service.read_trail(session, actor(role), PAGE)


def test_her_file_holds_everything_but_what_employees_noted(session: Session, her: Actor) -> None:
    consents.record_consent(session, actor(), her.id, purpose=SHARE, granted=True, form=ConsentForm.ORAL)
    service.add_part(session, her, 0, ProfilePart.SKILLS, SkillFields(label="sveising"))
    told = json.dumps(service.everything(session, her), ensure_ascii=False)
    assert "sveising" in told
    assert "Snakket med Per" not in told
    assert "token_hash" not in told
    assert "code_hash" not in told
    assert '"left_out": ["note", "notes", "snapshot"]' in told
    assert "personal_device" in told
    assert service.curriculum(session, her, "ukr").startswith(b"%PDF")
    assert service.json_resume(session, her)["skills"]


def test_the_coordinator_still_hands_out_the_notes(session: Session, her: Actor) -> None:
    told = own_data.everything(session, actor(), her.id)
    assert told["person"]["notes"] == "Snakket med Per om saken"
    assert told["left_out"] == []


def test_all_of_it_is_told_as_hers(database: Database) -> None:
    with database.session(FROYA) as session:
        her = herself(session, person_id(session))
    with database.session(FROYA) as session:
        service.add_part(session, her, 0, ProfilePart.SKILLS, SkillFields(label="sveising"))
        service.answer_consent(session, her, purpose=SHARE, granted=True, language="nob")
        service.sign_out_everywhere(session, her)
        assert service.devices(session, her, 90) == ()
    with database.session(FROYA, write=False) as session:
        events = session.exec(select(AuditEvent).where(AuditEvent.actor_id == her.id)).all()
    assert {one.purpose for one in events} == {Purpose.SELF_SERVICE}
    assert {one.actor_kind for one in events} == {ActorKind.NEWCOMER}
