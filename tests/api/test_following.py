"""The server reads the feed by itself, when it is due and when somebody asks, and stops when it is stopped."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api import following
from api.app import create_app
from kompetanse.actor import system_actor
from kompetanse.database import Database
from kompetanse.feeds import service
from kompetanse.settings import Settings
from tests.exchange.sources import advertisement
from tests.factories import FROYA
from tests.feeds.ads import titles
from tests.support.feed_server import Answer, Feed, serve


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    monkeypatch.setattr(following, "EVERY", 0.05)
    with serve() as served:
        yield served


def publish(feed: Feed, name: str) -> None:
    entry = {**json.loads(advertisement(title=f"Kokk {name}")), "uuid": name}
    feed.publish(json.dumps(entry).encode(), at=datetime.now(UTC) - timedelta(hours=1))


def comes(condition: Callable[[], bool]) -> bool:
    """Whether something is so within some seconds."""
    until = time.monotonic() + 20
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


def test_a_server_that_follows_reads_at_once_and_when_it_is_asked(
    settings: Settings, feed: Feed, database: Database
) -> None:
    publish(feed, "a")
    following_it = settings.model_copy(update={"feed_url": feed.url, "feed_municipalities": {FROYA: [FROYA]}})
    with TestClient(create_app(following_it)):
        assert comes(lambda: titles(database) == ["Kokk a"])
        publish(feed, "b")
        time.sleep(0.3)
        assert titles(database) == ["Kokk a"]  # it is not due yet
        with database.session(FROYA) as session:
            service.ask(session, system_actor(FROYA))
        assert comes(lambda: titles(database) == ["Kokk a", "Kokk b"])


@pytest.mark.parametrize("chosen", [{}, {"feed_municipalities": {FROYA: [FROYA]}}])
def test_a_server_without_a_feed_asks_nobody(settings: Settings, feed: Feed, chosen: dict[str, object]) -> None:
    with TestClient(create_app(settings.model_copy(update=chosen))):
        time.sleep(0.3)
    assert feed.asked == []


def test_a_server_that_is_stopped_in_the_middle_goes_on_at_once(
    settings: Settings, feed: Feed, database: Database
) -> None:
    for number in range(12):
        publish(feed, f"a{number:02}")
    later: Answer = (503, {"Retry-After": "60"}, b"")
    feed.before = lambda path, _: later if path.endswith("/a08") else None
    following_it = settings.model_copy(update={"feed_url": feed.url, "feed_municipalities": {FROYA: [FROYA]}})
    began = time.monotonic()
    with TestClient(create_app(following_it)):
        assert comes(lambda: "/api/v1/feedentry/a08" in feed.paths())
    assert time.monotonic() - began < 40  # it did not sit the minute out
    assert 0 < len(titles(database)) < 12
    feed.before = lambda path, headers: None
    with TestClient(create_app(following_it)):
        assert comes(lambda: len(titles(database)) == 12)
