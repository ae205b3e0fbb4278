"""Messages to a real receiver: signed, repeated with patience, given up at last, and never sent twice at once."""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from kompetanse import clock
from kompetanse.audit.tables import AuditEvent
from kompetanse.contacts import delivering
from kompetanse.contacts.delivering import CLAIM, KEPT, Tally, deliver_due
from kompetanse.contacts.signing import JITTER, WAITS
from kompetanse.contacts.tables import Webhook
from kompetanse.database import EVERYWHERE, Database
from kompetanse.sealing import Sealer
from tests.contacts.registry import SEALER, agree, deliveries, publish, publish_answer, stored, subscribe
from tests.factories import FROYA
from tests.support.receiver import Receiver, serve

GUIDE = Path(__file__).parents[2] / "docs" / "neighbour.md"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with serve() as served:
        yield served


@pytest.fixture
def hitra(database: Database, receiver: Receiver) -> str:
    """Hitra, subscribed. Its secret."""
    agree(database)
    return subscribe(database, f"{receiver.url}hook?from=froya")[1]


def deliver(database: Database) -> Tally:
    return deliver_due(database, SEALER, local=True)


def later(wait: timedelta) -> Any:
    return clock.moved(by=wait)


def test_a_message_arrives_once_signed_as_the_specification_says(
    database: Database, receiver: Receiver, hitra: str
) -> None:
    publish(database, period=8107)
    assert deliver(database) == Tally(delivered=1)
    assert deliver(database) == Tally()
    (message,) = receiver.received
    assert message.path == "/hook?from=froya"
    assert message.headers["content-type"] == "application/json"
    assert message.headers["host"] == receiver.url.split("/")[2]
    assert message.is_signed_with(hitra)
    assert not message.is_signed_with("whsec_" + "A" * 44)
    assert message.content["data"] == {"municipality_no": FROYA, "period": 8107}
    (kept,) = deliveries(database)
    assert (str(kept.id), kept.attempts, kept.last_status) == (message.id, 1, 200)
    assert kept.delivered_at is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_guides_example_verifies_what_is_sent(database: Database, receiver: Receiver, hitra: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    (example,) = [block for block in blocks if "def verify" in block]
    guide: dict[str, Any] = {}
    exec(example, guide)  # noqa: S102 - our own guide
    publish(database, period=8107)
    deliver(database)
    (message,) = receiver.received
    assert guide["verify"](hitra, message.headers, message.body) == message.content
    with pytest.raises(ValueError, match="signature"):
        guide["verify"](hitra, message.headers, message.body + b" ")
    with pytest.raises(ValueError, match="signature"):
        guide["verify"](hitra, {**message.headers, "webhook-id": "another"}, message.body)
    old = {**message.headers, "webhook-timestamp": str(int(message.headers["webhook-timestamp"]) - 600)}
    with pytest.raises(ValueError, match="old"):
        guide["verify"](hitra, old, message.body)


def test_after_an_error_the_same_message_is_sent_again_with_patience(
    database: Database, receiver: Receiver, hitra: str
) -> None:
    receiver.status = 500
    publish_answer(database)
    assert deliver(database) == Tally(again=1)
    with later(WAITS[0] - timedelta(seconds=1)):
        assert deliver(database) == Tally()
    with later(WAITS[0] * (1 + JITTER)):
        assert deliver(database) == Tally(again=1)
    receiver.status = 200
    with later(WAITS[0] + WAITS[1] - timedelta(seconds=1)):
        assert deliver(database) == Tally()
    with later((WAITS[0] + WAITS[1]) * (1 + JITTER)):
        assert deliver(database) == Tally(delivered=1)
    assert len({(message.id, message.body) for message in receiver.received}) == 1
    assert len({message.headers["webhook-timestamp"] for message in receiver.received}) == 3
    assert all(message.is_signed_with(hitra) for message in receiver.received)


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_message_is_given_up_after_some_three_days(database: Database, receiver: Receiver) -> None:
    receiver.status = 503
    publish_answer(database)
    passed = timedelta()
    for wait in (timedelta(), *WAITS):
        passed += wait * (1 + JITTER)
        with later(passed):
            tally = deliver(database)
    assert tally == Tally(given_up=1)
    with later(timedelta(days=20)):
        assert deliver(database) == Tally()
    (kept,) = deliveries(database)
    assert (kept.attempts, kept.last_status, kept.given_up_at is not None) == (10, 503, True)
    assert stored(database)[0].revoked_at is None


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("drips", [False, True])
def test_who_does_not_answer_in_time_is_left(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, drips: bool
) -> None:
    monkeypatch.setattr("kompetanse.contacts.posting.SECONDS", 0.3)
    receiver.silence()
    receiver.drips = drips
    publish_answer(database)
    begun = time.monotonic()
    assert deliver(database) == Tally(again=1)
    assert time.monotonic() - begun < 3
    assert deliveries(database)[0].last_status is None
    receiver.drips = False
    receiver.go_on.set()
    with later(WAITS[0] * 2):
        assert deliver(database) == Tally(delivered=1)


@pytest.mark.usefixtures("hitra")
def test_gone_stops_the_webhook(database: Database, receiver: Receiver) -> None:
    receiver.status = 410
    publish_answer(database)
    publish_answer(database)
    assert deliver(database) == Tally(given_up=1)
    publish_answer(database)
    assert deliver(database) == Tally()
    assert stored(database)[0].revoked_at is not None
    assert [one.given_up_at is not None for one in deliveries(database)] == [True, True]
    with database.session(EVERYWHERE, write=False) as session:
        revoked = session.exec(select(AuditEvent).where(AuditEvent.action == "revoke")).one()
    assert (revoked.actor_kind, revoked.record_type) == ("system", "webhook")


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_redirect_is_not_followed(database: Database, receiver: Receiver) -> None:
    receiver.status, receiver.headers = 307, {"Location": f"{receiver.url}elsewhere"}
    publish_answer(database)
    assert deliver(database) == Tally(again=1)
    assert len(receiver.received) == 1


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_address_inside_is_refused_when_sending_too(database: Database, receiver: Receiver) -> None:
    """What was allowed once, or led elsewhere when it was subscribed."""
    publish_answer(database)
    assert deliver_due(database, SEALER) == Tally(again=1)
    with database.session(FROYA) as session:
        session.exec(select(Webhook)).one().url = receiver.url.replace("http:", "https:")
    with later(WAITS[0] * 2):
        assert deliver_due(database, SEALER) == Tally(again=1)
    assert receiver.received == []


@pytest.mark.usefixtures("hitra")
def test_while_one_sends_the_other_does_not(database: Database, receiver: Receiver) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    receiver.silence()
    publish_answer(database)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(deliver, database)
        assert receiver.arrived.wait(10)
        assert deliver(other) == Tally()
        receiver.go_on.set()
        assert first.result() == Tally(delivered=1)
    other.dispose()
    assert len(receiver.received) == 1


def test_several_workers_at_once_send_everything_once(database: Database, receiver: Receiver) -> None:
    agree(database)
    for number in range(5):
        subscribe(database, f"{receiver.url}{number}")
    for period in range(6):
        publish(database, period=period)
    workers = [Database(database.url.render_as_string(hide_password=False)) for _ in range(3)]
    begin = threading.Barrier(len(workers))

    def work(worker: Database) -> Tally:
        begin.wait(10)
        total = Tally()
        while any(one.delivered_at is None for one in deliveries(worker)):
            done = deliver(worker)
            total = Tally(total.delivered + done.delivered, total.again + done.again, total.given_up + done.given_up)
        return total

    with ThreadPoolExecutor(len(workers)) as pool:
        tallies = list(pool.map(work, workers))
    for worker in workers:
        worker.dispose()
    assert Counter(message.id for message in receiver.received) == {str(one.id): 1 for one in deliveries(database)}
    assert len(receiver.received) == sum(tally.delivered for tally in tallies) == 30


@pytest.mark.usefixtures("hitra")
def test_what_a_worker_that_died_was_sending_is_sent_by_another(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any, **__: Any) -> None:
        raise RuntimeError

    publish_answer(database)
    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(delivering, "post", die)
        deliver(database)
    assert deliver(database) == Tally()
    with later(CLAIM + timedelta(seconds=1)):
        assert deliver(database) == Tally(delivered=1)
    assert deliveries(database)[0].attempts == 2
    assert len(receiver.received) == 1


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_worker_that_took_too_long_does_not_overwrite_what_another_achieved(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, end = threading.Event(), threading.Event()

    def answer(*_: Any, **__: Any) -> int:
        if begun.is_set():
            return 200
        begun.set()
        assert end.wait(10)
        return 500

    monkeypatch.setattr(delivering, "post", answer)
    publish_answer(database)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(deliver, database)
        assert begun.wait(10)
        with later(CLAIM + timedelta(seconds=1)):
            assert deliver(database) == Tally(delivered=1)
        end.set()
        slow.result()
    (kept,) = deliveries(database)
    assert (kept.attempts, kept.last_status, kept.delivered_at is not None) == (2, 200, True)


@pytest.mark.usefixtures("hitra")
def test_what_was_written_while_a_webhook_was_stopped_is_not_sent(database: Database, receiver: Receiver) -> None:
    publish_answer(database)
    with database.session(FROYA) as session:
        session.exec(select(Webhook)).one().revoked_at = clock.now()
    assert deliver(database) == Tally()
    assert deliveries(database)[0].given_up_at is not None
    assert receiver.received == []


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_receiver_that_fails_keeps_no_other_waiting(database: Database, receiver: Receiver) -> None:
    with serve() as broken:
        broken.status = 500
        subscribe(database, broken.url)
        for _ in range(3):
            publish_answer(database)
        assert deliver(database) == Tally(delivered=3, again=3)
    assert len(receiver.received) == 3


@pytest.mark.usefixtures("hitra")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_with_another_key_of_the_deployment_nothing_is_sent(database: Database, receiver: Receiver) -> None:
    publish_answer(database)
    assert deliver_due(database, Sealer(b"another secret of the deployment"), local=True) == Tally(again=1)
    assert receiver.received == []


@pytest.mark.usefixtures("hitra", "receiver")
def test_what_became_of_a_message_is_forgotten_after_a_month(database: Database) -> None:
    publish_answer(database)
    deliver(database)
    with later(KEPT + timedelta(hours=1)):
        publish_answer(database)
        deliver(database)
    assert len(deliveries(database)) == 1
