"""The trail as it is written, read and proven, on both databases."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, Role
from kompetanse.audit import oversight
from kompetanse.audit.oversight import EventFilter
from kompetanse.audit.service import event_of
from kompetanse.audit.tables import AuditEvent, AuditHead
from kompetanse.audit.writer import GroupWriter
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Forbidden
from kompetanse.ids import new_id
from kompetanse.paging import PageRequest
from kompetanse.people import service as people
from tests.factories import FROYA, HITRA, actor, person
from tests.support import loops

PAGE = PageRequest()


def note(database: Database, who: Actor, *actions: str, record_id: UUID | None = None, write: bool = True) -> None:
    with database.session(who.municipality_no, write=write) as session:
        for action in actions:
            audit.record(session, who, action, "person", [record_id or new_id()], ["born"])


def count(database: Database, municipality_no: str = FROYA) -> int:
    with database.session(municipality_no, write=False) as session:
        found = select(func.count()).where(col(AuditEvent.municipality_no) == municipality_no)
        return int(session.scalar(found.select_from(AuditEvent)) or 0)


def verify(database: Database, municipality_no: str = FROYA) -> int | None:
    with database.session(municipality_no, write=False) as session:
        return oversight.verify(session, actor(Role.DPO, municipality_no=municipality_no))


def tamper(database: Database, act: Callable[[Session], object]) -> None:
    with database.session(EVERYWHERE) as session:
        act(session)


def test_an_untouched_trail_is_whole(database: Database) -> None:
    assert verify(database) is None  # the check is an event itself
    note(database, actor(), "read", "change")
    note(database, actor(), "read")
    assert verify(database) is None
    assert count(database) == 5


def test_an_event_says_who_did_what_to_which_record_when_and_why(database: Database) -> None:
    who = actor()
    with database.session(FROYA) as session:
        made = person(session, who, born="1987")
    with database.session(FROYA, write=False) as session:
        people.read(session, who, made.id)
    with database.session(FROYA, write=False) as session:
        read, created = oversight.events(session, actor(Role.DPO), PAGE, EventFilter(record_id=made.id)).items
        assert (read.seq, read.action, read.record_type, read.record_ids) == (2, "read", "person", [str(made.id)])
        assert (read.actor_id, read.actor_kind, read.purpose, read.request_id) == (who.id, "staff", "register", "test")
        assert (created.action, created.fields) == ("create", ["born", "family_name", "given_name"])
        assert abs(clock.now() - read.occurred_at) < timedelta(minutes=5)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "list"},
        {"record_ids": ["somebody else"]},
        {"fields": []},
        {"actor_id": UUID(int=7)},
        {"purpose": "match"},
        {"request_id": "other"},
        {"record_ids": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_event_shows(database: Database, change: dict[str, object]) -> None:
    note(database, actor(), "read", "read", "read")
    second = update(AuditEvent).where(col(AuditEvent.seq) == 2)
    tamper(database, lambda session: session.execute(second.values(change)))
    assert verify(database) == 2


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_a_deleted_event_shows_also_at_either_end(database: Database, gone: int) -> None:
    note(database, actor(), "read", "read", "read")
    tamper(database, lambda session: session.execute(delete(AuditEvent).where(col(AuditEvent.seq) == gone)))
    assert verify(database) == gone


def test_deleting_everything_shows(database: Database) -> None:
    note(database, actor(), "read", "read")
    tamper(database, lambda session: session.execute(delete(AuditEvent)))
    assert verify(database) == 1


def test_each_municipality_has_its_own_chain(database: Database) -> None:
    hitra = actor(municipality_no=HITRA)
    note(database, actor(), "read")
    note(database, hitra, "read", "read")
    note(database, actor(), "read")
    assert (count(database, FROYA), count(database, HITRA)) == (2, 2)
    where = (col(AuditEvent.municipality_no) == HITRA) & (col(AuditEvent.seq) == 1)
    tamper(database, lambda session: session.execute(update(AuditEvent).where(where).values(action="x")))
    assert (verify(database, FROYA), verify(database, HITRA)) == (None, 1)


def test_reading_counts(database: Database) -> None:
    note(database, actor(), "read", write=False)
    assert count(database) == 1
    assert verify(database) is None


def test_work_that_is_undone_leaves_no_event(database: Database) -> None:
    with pytest.raises(RuntimeError, match="broke"), database.session(FROYA) as session:
        person(session)
        raise RuntimeError("it broke")
    with pytest.raises(RuntimeError, match="broke"), database.session(FROYA, write=False) as session:
        audit.record(session, actor(), "read", "person")
        raise RuntimeError("it broke")
    assert count(database) == 0
    note(database, actor(), "read")
    assert count(database) == 1


def test_work_that_the_database_refuses_leaves_no_event(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)constraint"), database.session(FROYA) as session:
        made = person(session)
        made.version = 0
        audit.record(session, actor(), "change", "person", [made.id])
    assert count(database) == 0


def at_once(works: list[Callable[[], None]]) -> None:
    failed: list[BaseException] = []
    ready = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        try:
            ready.wait()
            work()
        except BaseException as error:  # a thread's failure must fail the test
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed


def test_many_at_once_keep_one_chain(database: Database) -> None:
    """The first of all: nobody has begun the chain, and readers and writers of two municipalities come together."""

    def work(number: int) -> Callable[[], None]:
        who = actor(municipality_no=HITRA if number % 3 == 0 else FROYA)

        def run() -> None:
            for _ in range(5):
                note(database, who, "read", "change", write=number % 2 == 0)

        return run

    at_once([work(number) for number in range(6)])
    assert (count(database, FROYA), count(database, HITRA)) == (40, 20)
    assert (verify(database, FROYA), verify(database, HITRA)) == (None, None)


def test_the_group_writer_and_transactions_keep_one_chain(database: Database) -> None:
    writer = GroupWriter(database)

    def hot_reads() -> None:
        async def several() -> None:
            await asyncio.gather(*(writer.write(event_of(actor(), "read", "profile", [new_id()])) for _ in range(20)))

        loops.run(several())

    def transactions() -> None:
        for _ in range(10):
            note(database, actor(), "change")

    at_once([hot_reads, transactions])
    writer.stop()
    assert count(database) == 30
    assert verify(database) is None


def test_a_work_over_several_municipalities_is_chained_in_each(database: Database) -> None:
    with database.session(EVERYWHERE) as session:
        for municipality_no in (HITRA, FROYA, HITRA):
            audit.record(session, actor(municipality_no=municipality_no), "seed", "person")
    assert (count(database, FROYA), count(database, HITRA)) == (1, 2)
    assert (verify(database, FROYA), verify(database, HITRA)) == (None, None)


def test_the_end_of_the_chain_is_noted_with_the_last_event(database: Database) -> None:
    note(database, actor(), "read", "change")
    with database.session(FROYA) as session:
        head = session.get(AuditHead, FROYA)
        last = session.get(AuditEvent, (FROYA, 2))
        assert head is not None
        assert last is not None
        assert (head.seq, head.hash) == (2, last.hash)


def test_events_are_found_by_record_by_actor_and_from_a_moment_on(database: Database) -> None:
    rasa, who, other = new_id(), actor(), actor()
    with clock.moved(by=timedelta(hours=-2)):
        note(database, who, "old", record_id=rasa)
    note(database, who, "mine", record_id=rasa)
    note(database, other, "theirs", record_id=rasa)
    note(database, other, "elsewhere")
    officer = actor(Role.DPO)

    def found(**wanted: object) -> list[str]:
        with database.session(FROYA, write=False) as session:
            page = oversight.events(session, officer, PAGE, EventFilter(**wanted))  # type: ignore[arg-type]
            return [event.action for event in page.items if event.actor_id != officer.id]

    assert found(record_id=rasa) == ["theirs", "mine", "old"]
    assert found(record_id=rasa, actor_id=who.id) == ["mine", "old"]
    assert found(actor_id=other.id) == ["elsewhere", "theirs"]
    assert found(record_id=rasa, since=clock.now() - timedelta(hours=1)) == ["theirs", "mine"]
    assert found(record_id=new_id()) == []


def test_looking_at_the_trail_is_in_the_trail(database: Database) -> None:
    officer, rasa = actor(Role.DPO), new_id()
    with database.session(FROYA, write=False) as session:
        oversight.events(session, officer, PAGE, EventFilter(record_id=rasa))
    with database.session(FROYA, write=False) as session:
        (looked,) = oversight.events(session, officer, PAGE, EventFilter(actor_id=officer.id)).items
        assert (looked.action, looked.record_type, looked.record_ids) == ("read", "audit_event", [str(rasa)])
        assert (looked.purpose, looked.fields) == ("oversight", ["record_id"])


def test_the_trail_is_followed_page_by_page(database: Database) -> None:
    note(database, actor(), *(f"a{number}" for number in range(5)))
    seen, page = [], PageRequest(limit=2)
    while True:
        with database.session(FROYA, write=False) as session:
            found = oversight.events(session, actor(Role.DPO), page)
            seen += [event.action for event in found.items]
        if found.next is None:
            break
        page = PageRequest(2, found.next)
    assert seen == ["a4", "a3", "a2", "a1", "a0"]


def test_a_cursor_beyond_any_event_is_the_newest_page(database: Database) -> None:
    note(database, actor(), "read")
    with database.session(FROYA, write=False) as session:
        found = oversight.events(session, actor(Role.DPO), PageRequest(2, UUID(int=2**128 - 1)))
        assert [event.seq for event in found.items] == [1]


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.DPO, Role.SYSTEM}])
def test_only_the_protection_officer_oversees(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        oversight.events(session, actor(role), PAGE)
    with pytest.raises(Forbidden):
        oversight.verify(session, actor(role))


def test_the_protection_officer_oversees_her_own_municipality(database: Database) -> None:
    note(database, actor(municipality_no=HITRA), "read")
    with database.session(FROYA, write=False) as session:
        assert oversight.events(session, actor(Role.DPO), PAGE).items == []


def test_events_are_found_by_action_and_type_of_record(database: Database) -> None:
    note(database, actor(), "read", "change")
    officer = actor(Role.DPO)
    with database.session(officer.municipality_no) as session:
        changes = oversight.events(session, officer, PAGE, EventFilter(action="change", record_type="person"))
        vacancies = oversight.events(session, officer, PAGE, EventFilter(record_type="vacancy"))
    assert [one.action for one in changes.items] == ["change"]
    assert list(vacancies.items) == []
