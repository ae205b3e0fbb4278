"""Group commit: acknowledged is on disk, and the chain is one whole chain whoever else writes."""

import asyncio
import threading

import pytest
from sqlmodel import select

from kompetanse import audit
from kompetanse.actor import system_actor
from kompetanse.audit import event_of
from kompetanse.audit.rules import GENESIS
from kompetanse.audit.tables import AuditEvent
from kompetanse.audit.writer import GroupWriter
from kompetanse.database import EVERYWHERE, Database
from tests.factories import FROYA, HITRA
from tests.support import loops


def numbers(database: Database, municipality_no: str) -> list[AuditEvent]:
    with database.session(EVERYWHERE, write=False) as session:
        own = select(AuditEvent).where(AuditEvent.municipality_no == municipality_no)
        return list(session.exec(own.order_by(AuditEvent.seq)))  # type: ignore[arg-type]


def assert_one_whole_chain(events: list[AuditEvent]) -> None:
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.previous_hash for event in events] == [GENESIS, *(event.hash for event in events)][: len(events)]


async def write(writer: GroupWriter, municipality_no: str, count: int) -> None:
    actor = system_actor(municipality_no)
    await asyncio.gather(*(writer.write(event_of(actor, "read", "profile", (str(n),))) for n in range(count)))


def test_what_was_acknowledged_is_there_in_one_chain_a_municipality(database: Database) -> None:
    writer = GroupWriter(database)

    async def both() -> None:
        await asyncio.gather(write(writer, FROYA, 30), write(writer, HITRA, 20))

    loops.run(both())
    for municipality_no, count in ((FROYA, 30), (HITRA, 20)):
        events = numbers(database, municipality_no)
        assert {event.record_ids[0] for event in events} == {str(n) for n in range(count)}
        assert_one_whole_chain(events)
    writer.stop()


def test_readers_and_ordinary_transactions_share_one_chain(database: Database) -> None:
    writer = GroupWriter(database)

    def ordinary() -> None:
        for _ in range(15):
            with database.session(FROYA) as session:
                audit.record(session, system_actor(FROYA), "change", "person", ["x"])

    threads = [threading.Thread(target=ordinary) for _ in range(3)]
    for thread in threads:
        thread.start()
    loops.run(write(writer, FROYA, 60))
    for thread in threads:
        thread.join()
    writer.stop()
    events = numbers(database, FROYA)
    assert len(events) == 60 + 45
    assert_one_whole_chain(events)


def test_two_processes_worth_of_writers_share_one_chain(database: Database) -> None:
    writers = [GroupWriter(database), GroupWriter(database)]

    async def both() -> None:
        await asyncio.gather(*(write(writer, FROYA, 25) for writer in writers))

    loops.run(both())
    for writer in writers:
        writer.stop()
    assert_one_whole_chain(numbers(database, FROYA))


def test_a_reader_is_told_when_nothing_could_be_written_and_the_next_one_can(database: Database) -> None:
    writer = GroupWriter(database)
    broken = event_of(system_actor("no such municipality, and far too long for its column"), "read", "profile")
    if database.is_sqlite:  # SQLite takes any length, so the event itself is spoilt
        object.__setattr__(broken, "action", object())
    with pytest.raises(Exception, match=r".+"):
        loops.run(writer.write(broken))
    loops.run(write(writer, FROYA, 1))
    assert len(numbers(database, FROYA)) == 1
    writer.stop()
