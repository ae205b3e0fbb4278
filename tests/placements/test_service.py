from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.codes.work import ReferralStage
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from kompetanse.ids import new_id
from kompetanse.people.tables import Person
from kompetanse.placements import service
from kompetanse.placements.tables import Referral
from kompetanse.vacancies import service as vacancies
from tests import factories
from tests.factories import FROYA
from tests.personal_links.people import later

HOME, SCHOOL = "Hjemmetjenesten", "Sistranda skole"
TO_SENT = (ReferralStage.ACCEPTED_BY_PERSON, ReferralStage.SENT)


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def hr() -> Actor:
    return factories.actor(Role.HR, unit=HOME)


@pytest.fixture
def rasa(session: Session) -> UUID:
    return factories.person_id(session, given_name="Rasa", family_name="Kazlauskienė")


@pytest.fixture
def vacancy(session: Session) -> UUID:
    return factories.vacancy(session, title="Regnskapsfører", unit=HOME).vacancy.id


def sent(session: Session, who: Actor, vacancy_id: UUID, person_id: UUID) -> Referral:
    referral = service.refer(session, who, vacancy_id=vacancy_id, person_id=person_id)
    for stage in TO_SENT:
        referral = service.advance(session, who, referral.id, referral.version, stage)
    return referral


def change_person(session: Session, person_id: UUID, **values: object) -> None:
    person = session.get(Person, (FROYA, person_id))
    assert person is not None
    for name, value in values.items():
        setattr(person, name, value)
    session.flush()


def test_a_referral_begins_as_proposed_with_the_matchs_score(
    session: Session, who: Actor, rasa: UUID, vacancy: UUID
) -> None:
    referral = service.refer(session, who, vacancy_id=vacancy, person_id=rasa, note="kan begynne nå", score=0.82)
    assert (referral.stage, referral.version, referral.score) == (ReferralStage.PROPOSED, 1, 0.82)
    assert referral.referred_by == who.id
    assert service.refer(session, who, vacancy_id=vacancy, person_id=factories.person_id(session)).score is None


def test_nobody_is_referred_twice_to_one_vacancy(session: Session, who: Actor, rasa: UUID, vacancy: UUID) -> None:
    service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    with pytest.raises(Conflict, match="already"):
        service.refer(session, who, vacancy_id=vacancy, person_id=rasa)


@pytest.mark.parametrize("hidden", [{"protected_address": True}, {"archived_at": clock.now()}])
def test_protected_and_archived_people_cannot_be_referred_or_go_further(
    session: Session, who: Actor, rasa: UUID, vacancy: UUID, hidden: dict[str, object]
) -> None:
    referral = service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    change_person(session, rasa, **hidden)
    other = factories.vacancy(session).vacancy.id
    with pytest.raises(Conflict, match="protected"):
        service.refer(session, who, vacancy_id=other, person_id=rasa)
    with pytest.raises(Conflict, match="protected"):
        service.advance(session, who, referral.id, 1, ReferralStage.ACCEPTED_BY_PERSON)
    assert service.advance(session, who, referral.id, 1, ReferralStage.WITHDRAWN).version == 2


def test_a_referral_that_was_made_by_mistake_is_taken_back_and_can_be_made_anew(
    session: Session, who: Actor, rasa: UUID, vacancy: UUID
) -> None:
    referral = service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    with pytest.raises(NotFound):
        service.undo(session, factories.actor(municipality_no=factories.HITRA), referral.id, 1)
    with pytest.raises(Stale):
        service.undo(session, who, referral.id, 2)
    service.undo(session, who, referral.id, 1)
    assert service.referrals_of(session, who, rasa) == []
    assert service.refer(session, who, vacancy_id=vacancy, person_id=rasa).version == 1


def test_what_something_came_of_is_not_taken_back(session: Session, who: Actor, rasa: UUID, vacancy: UUID) -> None:
    referral = service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    service.advance(session, who, referral.id, 1, ReferralStage.ACCEPTED_BY_PERSON)
    with pytest.raises(Conflict, match="withdraw"):
        service.undo(session, who, referral.id, 2)


def test_what_was_made_long_ago_is_withdrawn_and_not_taken_back(
    session: Session, who: Actor, rasa: UUID, vacancy: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    referral = service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    later(monkeypatch, days=1, minutes=1)
    with pytest.raises(Conflict, match="more than a day"):
        service.undo(session, who, referral.id, 1)
    assert service.advance(session, who, referral.id, 1, ReferralStage.WITHDRAWN).version == 2


def test_whoever_became_protected_can_still_be_taken_back(
    session: Session, who: Actor, rasa: UUID, vacancy: UUID
) -> None:
    referral = service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    change_person(session, rasa, protected_address=True)
    service.undo(session, who, referral.id, 1)
    assert service.referrals_of(session, who, rasa) == []


def test_only_the_pairs_that_are_asked_for_are_found(session: Session, who: Actor, rasa: UUID, vacancy: UUID) -> None:
    other_vacancy, other = factories.vacancy(session).vacancy.id, factories.person_id(session)
    made = service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    service.refer(session, who, vacancy_id=other_vacancy, person_id=other)
    asked = {(vacancy, rasa), (other_vacancy, rasa), (vacancy, other)}
    assert service.referrals_among(session, who, asked) == {(vacancy, rasa): made}
    assert service.referrals_among(session, who, set()) == {}
    assert service.referrals_among(session, factories.actor(municipality_no=factories.HITRA), asked) == {}


def test_nobody_is_referred_to_a_vacancy_that_has_ended(
    session: Session, who: Actor, rasa: UUID, vacancy: UUID
) -> None:
    vacancies.close(session, who, vacancy, 1)
    with pytest.raises(Conflict, match="ended"):
        service.refer(session, who, vacancy_id=vacancy, person_id=rasa)


def test_what_is_not_there_is_not_found(session: Session, who: Actor, rasa: UUID, vacancy: UUID) -> None:
    with pytest.raises(NotFound, match="vacancy"):
        service.refer(session, who, vacancy_id=new_id(), person_id=rasa)
    with pytest.raises(NotFound, match="person"):
        service.refer(session, who, vacancy_id=vacancy, person_id=new_id())
    with pytest.raises(NotFound, match="referral"):
        service.advance(session, who, new_id(), 1, ReferralStage.SENT)
    with pytest.raises(NotFound, match="person"):
        service.referrals_of(session, who, new_id())
    with pytest.raises(NotFound, match="vacancy"):
        service.referrals_for(session, who, new_id())


def test_a_score_and_a_note_have_bounds(session: Session, who: Actor, rasa: UUID, vacancy: UUID) -> None:
    with pytest.raises(Invalid) as raised:
        service.refer(session, who, vacancy_id=vacancy, person_id=rasa, score=1.1, note="x" * 2001)
    assert {fault.pointer for fault in raised.value.faults} == {"/score", "/note"}


def test_stages_follow_the_rule_and_the_version(session: Session, who: Actor, rasa: UUID, vacancy: UUID) -> None:
    referral = service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    with pytest.raises(Conflict):
        service.advance(session, who, referral.id, 1, ReferralStage.SENT)
    service.advance(session, who, referral.id, 1, ReferralStage.ACCEPTED_BY_PERSON)
    with pytest.raises(Stale):
        service.advance(session, who, referral.id, 1, ReferralStage.SENT)
    assert service.advance(session, who, referral.id, 2, ReferralStage.SENT).version == 3


def test_hr_sees_names_from_the_stage_sent_on_and_only_of_its_own_unit(
    session: Session, who: Actor, hr: Actor, rasa: UUID, vacancy: UUID
) -> None:
    service.refer(session, who, vacancy_id=vacancy, person_id=factories.person_id(session))
    referral = sent(session, who, vacancy, rasa)
    elsewhere = factories.vacancy(session, unit=SCHOOL).vacancy.id
    other = sent(session, who, elsewhere, rasa)
    views = service.referrals_for(session, hr, vacancy)
    assert [(view.given_name, view.family_name) for view in views] == [("Rasa", "Kazlauskienė")]
    assert [view.referral.id for view in service.referrals_of(session, hr, rasa)] == [referral.id]
    assert service.read(session, hr, referral.id).id == referral.id
    with pytest.raises(NotFound):
        service.referrals_for(session, hr, elsewhere)
    with pytest.raises(NotFound):
        service.read(session, hr, other.id)
    assert len(service.referrals_for(session, who, vacancy)) == 2
    assert [view.title for view in service.referrals_of(session, who, rasa)] == ["Regnskapsfører", "Medarbeider"]


def test_hr_no_longer_sees_whoever_is_withdrawn_or_became_protected(
    session: Session, who: Actor, hr: Actor, rasa: UUID, vacancy: UUID
) -> None:
    other = factories.person_id(session)
    referral = sent(session, who, vacancy, rasa)
    sent(session, who, vacancy, other)
    service.advance(session, who, referral.id, referral.version, ReferralStage.WITHDRAWN)
    assert [view.referral.person_id for view in service.referrals_for(session, hr, vacancy)] == [other]
    change_person(session, other, protected_address=True)
    assert service.referrals_for(session, hr, vacancy) == []
    with pytest.raises(NotFound):
        service.referrals_of(session, hr, other)


def test_a_protected_person_is_on_no_vacancys_list_and_keeps_her_own(
    session: Session, who: Actor, rasa: UUID, vacancy: UUID
) -> None:
    sent(session, who, vacancy, rasa)
    change_person(session, rasa, protected_address=True)
    assert service.referrals_for(session, who, vacancy) == []
    assert len(service.referrals_of(session, who, rasa)) == 1


def test_somebody_without_referrals_has_an_empty_list(session: Session, who: Actor, rasa: UUID) -> None:
    assert service.referrals_of(session, who, rasa) == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.SYSTEM}))
def test_nobody_but_the_coordinator_refers(session: Session, rasa: UUID, vacancy: UUID, role: Role) -> None:
    with pytest.raises(Forbidden):
        service.refer(session, factories.actor(role, unit=HOME), vacancy_id=vacancy, person_id=rasa)


def test_every_step_leaves_an_event_that_names_the_person(
    session: Session, who: Actor, rasa: UUID, vacancy: UUID
) -> None:
    session.info["audit_pending"] = []
    referral = service.refer(session, who, vacancy_id=vacancy, person_id=rasa)
    service.advance(session, who, referral.id, 1, ReferralStage.ACCEPTED_BY_PERSON)
    service.referrals_for(session, who, vacancy)
    service.referrals_of(session, who, rasa)
    seen = session.info["audit_pending"]
    assert [(e.action, e.purpose) for e in seen] == [
        ("refer", "refer"),
        ("advance", "refer"),
        ("list_referrals", "refer"),
        ("list_referrals", "refer"),
    ]
    assert all(str(rasa) in e.record_ids for e in seen)
