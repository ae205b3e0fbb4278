from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.competence import service
from kompetanse.competence.proposals import Proposal, activities, read_proposals
from kompetanse.competence.service import ProfilePart
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from kompetanse.people import service as people
from kompetanse.taxonomy.starter import starter
from tests import factories
from tests.factories import FROYA, HITRA

NURSE, COOK = factories.occupation("sykepleier"), factories.occupation("kokk")
ALL = 200


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def rasa(session: Session, who: Actor) -> UUID:
    """Somebody who was a nurse, and then a cook."""
    person_id = factories.person_id(session, who)
    service.add_experience(session, who, person_id, 0, {"title": "kokk", "started": "2016", "ended": "2020"})
    service.add_experience(session, who, person_id, 1, {"title": "sykepleier", "started": "2009", "ended": "2015"})
    return person_id


def proposed(session: Session, who: Actor, person_id: UUID, limit: int = ALL) -> list[Proposal]:
    return list(read_proposals(session, who, person_id, limit).items)


def uris(session: Session, who: Actor, person_id: UUID) -> list[str]:
    return [one.concept.uri for one in proposed(session, who, person_id)]


def test_what_a_job_cannot_be_done_without_is_asked_first_and_of_the_latest_job(
    session: Session, who: Actor, rasa: UUID
) -> None:
    found = proposed(session, who, rasa)
    essential = [one for one in found if one.essential]
    assert found[: len(essential)] == essential
    assert essential[0].entry_title == "kokk"
    needs = starter().needs
    assert {one.concept.uri for one in essential} == {*needs[NURSE.uri].essential, *needs[COOK.uri].essential}
    assert len({one.concept.uri for one in found}) == len(found)


def test_what_was_told_is_not_asked_and_a_no_is_never_asked_again(session: Session, who: Actor, rasa: UUID) -> None:
    first, second, third = uris(session, who, rasa)[:3]
    service.add_skill(session, who, rasa, 2, {"label": "ja", "concept": first})
    document = service.add_skill(session, who, rasa, 3, {"label": "nei", "concept": second, "holds": False})
    left = uris(session, who, rasa)
    assert left[0] == third
    assert {first, second}.isdisjoint(left)
    no = document.skills[1].id
    service.remove_part(session, who, rasa, 4, ProfilePart.SKILLS, no)  # taken out: unknown again, which is not "no"
    assert second in uris(session, who, rasa)


def test_a_job_that_is_of_no_use_any_more_speaks_for_nothing(session: Session, who: Actor, rasa: UUID) -> None:
    cook = service.read_profile(session, who, rasa).experiences[0].id
    service.change_part(
        session, who, rasa, 2, ProfilePart.EXPERIENCES, cook, {"title": "kokk", "started": "2016", "relevant": False}
    )
    assert {one.entry_title for one in proposed(session, who, rasa)} == {"sykepleier"}


def test_a_job_of_a_code_alone_speaks_where_the_code_means_one_occupation(session: Session, who: Actor) -> None:
    person_id = factories.person_id(session, who)
    service.add_experience(session, who, person_id, 0, {"title": "xyzzy", "styrk": "2411"})
    service.add_experience(session, who, person_id, 1, {"title": "xyzzy"})
    assert {one.entry_title for one in proposed(session, who, person_id)} <= {"xyzzy"}
    assert proposed(session, who, factories.person_id(session, who)) == []


def test_no_more_is_asked_than_wanted_and_it_is_a_reading(session: Session, who: Actor, rasa: UUID) -> None:
    session.info["audit_pending"] = []
    assert len(proposed(session, who, rasa, limit=3)) == 3
    assert [event.action for event in session.info["audit_pending"]] == ["read"]
    assert read_proposals(session, who, rasa).version == 2
    with pytest.raises(NotFound):
        read_proposals(session, factories.actor(municipality_no=HITRA), rasa)
    with pytest.raises(Forbidden):
        read_proposals(session, factories.actor(Role.HR), rasa)


def test_activities_of_the_municipality_are_there_to_choose_from(session: Session, who: Actor, rasa: UUID) -> None:
    service.add_interest(session, who, rasa, 2, {"label": "kor", "activity": "Frøya blandakor"})
    service.add_interest(session, who, rasa, 3, {"label": "sang", "activity": "Frøya blandakor"})
    service.add_interest(session, who, rasa, 4, {"label": "gåtur"})
    assert activities(session, who) == ["Frøya blandakor"]
    people.archive(session, who, rasa, people.get(session, who, rasa).version)
    assert activities(session, who) == []


def test_activities_stay_in_their_municipality(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        person_id = factories.person_id(session, who)
        service.add_interest(session, who, person_id, 0, {"label": "kor", "activity": "Frøya blandakor"})
    with database.session(HITRA) as session:
        assert activities(session, factories.actor(municipality_no=HITRA)) == []


def test_looking_at_what_others_do_is_recorded(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        activities(session, who)
    with database.session(FROYA, write=False) as session:
        event = session.exec(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
    assert event is not None
    assert (event.actor_id, event.action, event.fields) == (who.id, "list", ["interests.activity"])


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.DPO, Role.NEIGHBOUR])
def test_activities_are_for_those_who_read_profiles(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        activities(session, factories.actor(role))
