"""The shortlist: who is on the paper, who is not and why, and what the trail says."""

from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.work import ReferralStage
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from kompetanse.matching.explanation import RequirementKind
from kompetanse.people.tables import Person
from kompetanse.placements import service
from kompetanse.placements.leader import WITHHELD
from kompetanse.placements.shortlist import Absent, Listed, shortlist
from tests import factories
from tests.factories import FROYA, HITRA


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def vacancy(session: Session) -> UUID:
    return factories.vacancy(session, title="Regnskapsfører", unit="Økonomi").vacancy.id


def referred(session: Session, who: Actor, vacancy_id: UUID, *stages: ReferralStage, **person: object) -> UUID:
    person_id = factories.person_id(session, None, **person)
    referral = service.refer(session, who, vacancy_id=vacancy_id, person_id=person_id)
    for stage in stages:
        referral = service.advance(session, who, referral.id, referral.version, stage)
    return person_id


def test_where_nobody_is_chosen_those_who_are_referred_are_on_it_once_they_have_said_yes(
    session: Session, who: Actor, vacancy: UUID
) -> None:
    yes = ReferralStage.ACCEPTED_BY_PERSON
    referred(session, who, vacancy, yes, given_name="Rasa", family_name="Ås")
    referred(session, who, vacancy, yes, ReferralStage.SENT, given_name="Jonas", family_name="Berg")
    asked = referred(session, who, vacancy)
    referred(session, who, vacancy, ReferralStage.DECLINED)
    found = shortlist(session, who, vacancy)
    assert [(one.given_name, one.family_name) for one in found.listed] == [("Jonas", "Berg"), ("Rasa", "Ås")]
    assert [(one.person_id, one.why) for one in found.left_out] == [(asked, Absent.NOT_ASKED)]
    assert [one.stage for one in found.to_send] == [yes]


def test_who_is_chosen_and_not_referred_or_whose_referral_ended_is_left_out_with_the_reason(
    session: Session, who: Actor, vacancy: UUID
) -> None:
    stranger = factories.person_id(session, may_work=False)
    declined = referred(session, who, vacancy, ReferralStage.DECLINED)
    said_yes = referred(session, who, vacancy, ReferralStage.ACCEPTED_BY_PERSON)
    found = shortlist(session, who, vacancy, [stranger, declined])
    assert {one.person_id: (one.why, one.excluded) for one in found.left_out} == {
        stranger: (Absent.NOT_REFERRED, True),
        declined: (Absent.ENDED, False),
    }
    assert found.listed == []
    assert len(shortlist(session, who, vacancy, [said_yes]).listed) == 1


def test_nothing_that_a_leader_need_not_know_is_told(session: Session, who: Actor, vacancy: UUID) -> None:
    private = {"born": "1987-05-17", "postal_code": "7260", "notes": "Ring søsteren"}
    referred(session, who, vacancy, ReferralStage.ACCEPTED_BY_PERSON, **private)
    (one,) = shortlist(session, who, vacancy).listed
    assert not {reason.kind for reason in one.reasons} & WITHHELD
    assert RequirementKind.WORK_PERMISSION in {reason.kind for reason in one.reasons}
    assert not set(Listed.__slots__) & {"born", "postal_code", "contacts", "notes", "person_id", "score"}
    for value in private.values():
        assert value not in repr(one)


def test_nobody_protected_archived_or_of_another_municipality_is_on_it(
    session: Session, who: Actor, vacancy: UUID
) -> None:
    rasa = referred(session, who, vacancy, ReferralStage.ACCEPTED_BY_PERSON)
    person = session.get(Person, (FROYA, rasa))
    assert person is not None
    person.protected_address = True
    session.flush()
    assert shortlist(session, who, vacancy).listed == []
    with pytest.raises(NotFound):
        shortlist(session, who, vacancy, [rasa])
    with pytest.raises(NotFound):
        shortlist(session, factories.actor(municipality_no=HITRA), vacancy)
    for role in (Role.HR, Role.LEADER, Role.DPO):
        with pytest.raises(Forbidden):
            shortlist(session, factories.actor(role, unit="Økonomi"), vacancy)


def test_each_who_is_on_the_paper_is_in_the_trail(database: Database) -> None:
    who = factories.actor()
    with database.session(FROYA) as session:
        vacancy_id = factories.vacancy(session).vacancy.id
        rasa = referred(session, who, vacancy_id, ReferralStage.ACCEPTED_BY_PERSON)
        asked = referred(session, who, vacancy_id)
    with database.session(FROYA, write=False) as session:
        shortlist(session, who, vacancy_id)
    with database.session(FROYA, write=False) as session:
        newest = session.exec(select(AuditEvent).order_by(col(AuditEvent.seq).desc()).limit(2)).all()
        told = {event.action: (event.purpose.value, set(event.record_ids)) for event in newest}
    assert told == {
        "shortlist": ("refer", {str(vacancy_id), str(rasa)}),
        "list_referrals": ("refer", {str(asked)}),
    }
