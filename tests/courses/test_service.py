from datetime import date, timedelta
from typing import Any, cast

import pytest
from sqlmodel import Session, select

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses import relinking, service
from kompetanse.courses.service import CourseOfferFields, CourseOfferFilter
from kompetanse.courses.tables import CourseOffer
from kompetanse.database import Database
from kompetanse.errors import Forbidden, Invalid, NotFound, Stale
from kompetanse.ids import new_id
from kompetanse.paging import PageRequest
from tests.factories import FROYA, HITRA, actor

OLD, NEW = "http://data.europa.eu/esco/skill/old", "http://data.europa.eu/esco/skill/new"


@pytest.fixture
def who() -> Actor:
    return actor()


def offered(session: Session, who: Actor, **fields: Any) -> CourseOffer:
    stated = {"title": "Truckførerkurs", "kind": CourseOfferKind.LICENCE, "key": "truck:T4", **fields}
    return service.create(session, who, cast(CourseOfferFields, stated))


def titles(session: Session, who: Actor, **wanted: Any) -> list[str]:
    page = service.list_offers(session, who, CourseOfferFilter(**wanted), PageRequest(200))
    assert page.total == len(page.items)
    return [one.title for one in page.items]


def test_an_offer_is_kept_as_stated_and_what_is_not_is_unknown(session: Session, who: Actor) -> None:
    made = offered(session, who, title="  Truck \n T4 ", price_nok=0, weeks=1, place="Sistranda")
    session.expire_all()
    read = service.read(session, who, made.id)
    assert (read.title, read.kind, read.key) == ("Truck T4", CourseOfferKind.LICENCE, "truck:T4")
    assert (read.price_nok, read.weeks, read.place, read.open, read.version) == (0, 1, "Sistranda", True, 1)
    assert (read.starts_on, read.url, read.provider, read.from_level) == (None, None, None, None)


def test_offers_come_by_the_day_that_they_begin_page_by_page(session: Session, who: Actor) -> None:
    for title, day in (("c", None), ("b", date(2100, 9, 1)), ("a", date(2100, 8, 1))):
        offered(session, who, title=title, starts_on=day)
    assert titles(session, who) == ["a", "b", "c"]
    assert [one.title for one in service.offers(session, who)] == ["a", "b", "c"]
    first = service.list_offers(session, who, CourseOfferFilter(), PageRequest(2))
    rest = service.list_offers(session, who, CourseOfferFilter(), PageRequest(2, first.next))
    assert ([one.title for one in rest.items], rest.next) == (["c"], None)
    with pytest.raises(Invalid):
        service.list_offers(session, who, CourseOfferFilter(), PageRequest(2, new_id()))


def test_what_has_begun_is_listed_and_closes_no_gap(session: Session, who: Actor) -> None:
    offered(session, who, title="begun", starts_on=clock.today() - timedelta(days=1))
    offered(session, who, title="today", starts_on=clock.today())
    assert titles(session, who) == ["begun", "today"]
    assert [one.title for one in service.offers(session, who)] == ["today"]


def test_a_list_is_of_one_kind_and_for_one_key(session: Session, who: Actor) -> None:
    offered(session, who)
    offered(session, who, title="Norskprøve", kind=CourseOfferKind.TEST, key="nob", to_level="B2")
    assert titles(session, who, kind=CourseOfferKind.TEST) == ["Norskprøve"]
    assert titles(session, who, key="truck:T4") == ["Truckførerkurs"]
    assert titles(session, who, key="truck:T1") == []


def test_what_is_retired_is_offered_to_nobody_kept_and_opened_again(session: Session, who: Actor) -> None:
    made = offered(session, who)
    service.retire(session, who, made.id, 1)
    assert (titles(session, who), service.offers(session, who)) == ([], [])
    assert titles(session, who, open=False) == ["Truckførerkurs"]
    service.change(session, who, made.id, 2, {"open": True})
    assert [one.version for one in service.offers(session, who)] == [3]


def test_the_second_of_two_changes_is_told_that_it_is_stale(session: Session, who: Actor) -> None:
    made = offered(session, who)
    service.change(session, who, made.id, 1, {"weeks": 2})
    with pytest.raises(Stale):
        service.change(session, who, made.id, 1, {"weeks": 3})
    with pytest.raises(Stale):
        service.retire(session, who, made.id, 1)
    assert service.read(session, who, made.id).weeks == 2


def test_another_municipality_s_offers_are_not_there(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        made = offered(session, who)
    with database.session(HITRA) as session:
        other = actor(municipality_no=HITRA)
        assert service.offers(session, other) == []
        with pytest.raises(NotFound):
            service.read(session, other, made.id)
        with pytest.raises(NotFound):
            service.retire(session, other, made.id, 1)


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.DPO, Role.NEIGHBOUR, Role.JOB_SERVICE])
def test_only_coordinators_and_administrators_read_and_write_them(session: Session, role: Role) -> None:
    made = offered(session, actor(Role.ADMINISTRATOR))
    for refused in (
        lambda: offered(session, actor(role)),
        lambda: service.offers(session, actor(role)),
        lambda: service.retire(session, actor(role), made.id, 1),
    ):
        with pytest.raises(Forbidden):
            refused()


def test_writing_is_in_the_trail(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        made = offered(session, who)
        service.change(session, who, made.id, 1, {"weeks": 2})
        service.retire(session, who, made.id, 2)
    with database.session(FROYA, write=False) as session:
        told = [(one.action, one.fields) for one in session.exec(select(AuditEvent).order_by("seq"))]
    assert told == [("create", ["key", "kind", "title"]), ("change", ["weeks"]), ("close", ["open"])]


def test_a_course_follows_its_skill_to_the_successor(session: Session, who: Actor) -> None:
    made = offered(session, who, kind=CourseOfferKind.SKILL, key="sveising")
    made.key = OLD
    session.flush()
    assert relinking.follow(session, {OLD: NEW}) == 1
    assert (made.key, made.version) == (NEW, 2)
    assert relinking.follow(session, {OLD: NEW}) == 0
