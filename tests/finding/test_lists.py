"""Lists of people: what becomes of those on them."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.errors import Forbidden, Invalid, NotFound
from kompetanse.finding import lists
from kompetanse.finding.tables import PeopleListMember
from kompetanse.ids import new_id
from kompetanse.people.merging import merge
from kompetanse.sealing import Sealer
from tests import factories

SEALER = Sealer(b"a secret for tests that opens nothing")


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def list_id(session: Session, who: Actor) -> UUID:
    return lists.create(session, who, "  Norskkurs   høst ").id


def on(session: Session, list_id: UUID) -> set[UUID]:
    rows = select(PeopleListMember).where(
        PeopleListMember.list_id == list_id, col(PeopleListMember.removed_at).is_(None)
    )
    return {one.person_id for one in session.exec(rows)}


def test_a_name_is_tidied_and_a_list_is_seen_by_colleagues(session: Session, list_id: UUID) -> None:
    assert [one.name for one in lists.every_list(session, factories.actor())] == ["Norskkurs høst"]
    with pytest.raises(Forbidden):
        lists.every_list(session, factories.actor(Role.LEADER))


def test_adding_again_changes_nothing_and_is_not_undone_with_it(session: Session, who: Actor, list_id: UUID) -> None:
    one, two = factories.person_id(session), factories.person_id(session)
    assert lists.add(session, who, list_id, [one]).people == 1
    second = lists.add(session, who, list_id, [one, two, two])
    assert second.people == 1
    assert lists.undo(session, who, list_id, second.id) == 1
    assert on(session, list_id) == {one}
    assert lists.undo(session, who, list_id, second.id) == 0


def test_what_was_changed_since_is_not_undone(session: Session, who: Actor, list_id: UUID) -> None:
    one = factories.person_id(session)
    put = lists.add(session, who, list_id, [one])
    off = lists.remove(session, who, list_id, [one])
    lists.add(session, who, list_id, [one])
    assert lists.undo(session, who, list_id, off.id) == lists.undo(session, who, list_id, put.id) == 0
    assert on(session, list_id) == {one}


def test_who_was_taken_off_is_forgotten_after_a_day(session: Session, who: Actor, list_id: UUID) -> None:
    one, two = factories.person_id(session), factories.person_id(session)
    lists.add(session, who, list_id, [one, two])
    lists.remove(session, who, list_id, [one])
    with clock.moved(by=timedelta(days=2)):
        lists.remove(session, who, list_id, [two])
    assert [row.person_id for row in session.exec(select(PeopleListMember))] == [two]


@pytest.mark.parametrize("removed", ["kept", "absorbed"])
def test_merging_leaves_her_on_every_list_that_either_was_on(session: Session, who: Actor, removed: str) -> None:
    kept, absorbed = factories.person(session), factories.person(session)
    both, either = (lists.create(session, who, name).id for name in ("Begge", "En"))
    lists.add(session, who, both, [kept.id, absorbed.id])
    lists.add(session, who, either, [kept.id, absorbed.id])
    lists.remove(session, who, either, [kept.id if removed == "kept" else absorbed.id])
    session.flush()
    merge(session, who, keep_id=kept.id, absorb_id=absorbed.id, version=kept.version, sealer=SEALER)
    assert on(session, both) == on(session, either) == {kept.id}
    assert {one.people for one in lists.every_list(session, who)} == {1}


def test_nobody_is_refused_and_so_is_a_list_of_nobody(session: Session, who: Actor, list_id: UUID) -> None:
    for act in (lists.add, lists.remove):
        with pytest.raises(Invalid):
            act(session, who, list_id, [])
        with pytest.raises(Invalid):
            act(session, who, list_id, [new_id() for _ in range(lists.MOST_AT_ONCE + 1)])
    with pytest.raises(NotFound):
        lists.add(session, who, new_id(), [factories.person_id(session)])


def test_each_change_is_one_event_that_names_whom_it_was_about(session: Session, who: Actor, list_id: UUID) -> None:
    one = factories.person_id(session)
    session.info["audit_pending"] = []
    lists.add(session, who, list_id, [one])
    lists.add(session, who, list_id, [one])
    (event,) = session.info["audit_pending"]
    assert (event.action, event.record_type) == ("add", "people_list")
    assert event.record_ids == (str(list_id), str(one))
