"""A newcomer says that she is interested: the coordinator sees it, and nothing else happens."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.work import VacancyStatus
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, NotFound
from kompetanse.ids import new_id
from kompetanse.people.merging import merge
from kompetanse.placements import interest, service
from kompetanse.placements.tables import JobInterest, Referral
from kompetanse.today import service as today
from kompetanse.today.rules import Kind
from kompetanse.vacancies import service as vacancies
from tests import factories
from tests.factories import FROYA, HITRA, actor
from tests.personal_links.people import SEALER, herself, later


def waiting(session: Session) -> list[str | None]:
    found = today.gather(session, actor(), {Kind.JOB_INTEREST})
    return [item.title for block in found.blocks for item in block.items]


def test_what_she_says_is_seen_on_her_page_on_the_vacancys_and_today(session: Session) -> None:
    olena = factories.person_id(session, given_name="Olena")
    baker = factories.vacancy(session, title="Baker").vacancy
    her = herself(session, olena)
    said = interest.say(session, her, baker.id)
    assert interest.say(session, her, baker.id).id == said.id  # a button tapped twice
    assert [one.title for one in interest.interests_of(session, actor(), olena)] == ["Baker"]
    assert [one.given_name for one in interest.interested_in(session, actor(), baker.id)] == ["Olena"]
    assert waiting(session) == ["Baker"]
    assert session.exec(select(Referral)).all() == []  # it is no application


def test_it_waits_until_the_coordinator_has_seen_it_and_she_reads_so(session: Session) -> None:
    olena, baker = factories.person_id(session), factories.vacancy(session).vacancy
    her = herself(session, olena)
    said = interest.say(session, her, baker.id)
    interest.seen(session, actor(), said.id)
    interest.seen(session, actor(), said.id)
    assert waiting(session) == []
    (one,) = interest.interests_of(session, her, olena)
    assert one.interest.seen_at is not None


def test_who_is_put_forward_waits_no_more(session: Session) -> None:
    olena, baker = factories.person_id(session), factories.vacancy(session).vacancy
    interest.say(session, herself(session, olena), baker.id)
    service.refer(session, actor(), vacancy_id=baker.id, person_id=olena)
    assert waiting(session) == []
    assert interest.interested_in(session, actor(), baker.id) == []


def test_she_takes_it_back(session: Session) -> None:
    olena, baker = factories.person_id(session), factories.vacancy(session).vacancy
    her = herself(session, olena)
    interest.say(session, her, baker.id)
    interest.take_back(session, her, baker.id)
    interest.take_back(session, her, baker.id)
    assert session.exec(select(JobInterest)).all() == []
    assert waiting(session) == []


def test_she_sees_and_takes_back_what_she_said_of_a_vacancy_that_has_ended(session: Session) -> None:
    olena, baker = factories.person_id(session), factories.vacancy(session, title="Baker").vacancy
    her, other = herself(session, olena), herself(session, factories.person_id(session))
    interest.say(session, her, baker.id)
    vacancies.close(session, actor(), baker.id, baker.version, VacancyStatus.FILLED)
    assert [(one.title, one.open) for one in interest.interests_of(session, her, olena)] == [("Baker", False)]
    assert interest.interests_of(session, actor(), olena) == []
    interest.take_back(session, other, baker.id)
    assert len(session.exec(select(JobInterest)).all()) == 1
    interest.take_back(session, her, baker.id)
    assert session.exec(select(JobInterest)).all() == []


def test_nobody_is_interested_in_what_cannot_be_had(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    her = herself(session, factories.person_id(session))
    filled = factories.vacancy(session).vacancy
    vacancies.close(session, actor(), filled.id, filled.version, VacancyStatus.FILLED)
    for one in (filled.id, new_id()):
        with pytest.raises(NotFound):
            interest.say(session, her, one)
    late = factories.vacancy(session, deadline=clock.today() + timedelta(days=1)).vacancy
    later(monkeypatch, days=3)
    with pytest.raises(Conflict):
        interest.say(session, her, late.id)


def test_a_vacancys_page_never_names_who_has_a_protected_address(session: Session) -> None:
    olena, baker = factories.person_id(session, protected_address=True), factories.vacancy(session).vacancy
    interest.say(session, herself(session, olena), baker.id)
    assert interest.interested_in(session, actor(), baker.id) == []
    assert len(interest.interests_of(session, actor(), olena)) == 1


def test_only_the_coordinator_reads_it(session: Session) -> None:
    olena, rasa = factories.person_id(session), factories.person_id(session)
    baker = factories.vacancy(session, unit="Bakeriet").vacancy
    said = interest.say(session, herself(session, olena), baker.id)
    other, hr = herself(session, rasa), actor(Role.HR, unit="Bakeriet")
    with pytest.raises(NotFound):
        interest.interests_of(session, other, olena)
    for somebody in (other, hr, actor(Role.DPO)):
        with pytest.raises(Forbidden):
            interest.interested_in(session, somebody, baker.id)
        with pytest.raises(Forbidden):
            interest.seen(session, somebody, said.id)
    with pytest.raises(NotFound):
        interest.seen(session, actor(municipality_no=HITRA), said.id)
    for somebody in (actor(), hr, actor(Role.SYSTEM)):
        with pytest.raises(Forbidden):
            interest.say(session, somebody, baker.id)


def test_it_goes_with_her_when_two_records_become_one(session: Session) -> None:
    kept, absorbed = factories.person(session), factories.person(session)
    baker, cook = factories.vacancy(session).vacancy, factories.vacancy(session).vacancy
    for person_id, vacancy_id in ((kept.id, baker.id), (absorbed.id, baker.id), (absorbed.id, cook.id)):
        interest.say(session, herself(session, person_id), vacancy_id)
    merge(session, actor(), keep_id=kept.id, absorb_id=absorbed.id, version=kept.version, sealer=SEALER)
    found = interest.interests_of(session, actor(), kept.id)
    assert {one.interest.vacancy_id for one in found} == {baker.id, cook.id}
    assert len(found) == 2


def test_the_trail_tells_of_it(database: Database) -> None:
    with database.session(FROYA) as session:
        olena, baker = factories.person_id(session), factories.vacancy(session).vacancy
        her = herself(session, olena)
    with database.session(FROYA) as session:
        said = interest.say(session, her, baker.id)
        interest.seen(session, actor(), said.id)
        interest.take_back(session, her, baker.id)
    with database.session(FROYA, write=False) as session:
        told = [one.action for one in session.exec(select(AuditEvent)) if one.record_type == "job_interest"]
    assert told == ["create", "follow_up", "withdraw"]
