from collections.abc import Iterator
from datetime import timedelta

import pytest

from kompetanse import clock
from kompetanse.database import Database
from kompetanse.feeds import queries
from kompetanse.feeds.rules import ChangeKind, IntakeStatus
from kompetanse.feeds.tables import Intake
from tests.factories import FROYA, actor
from tests.feeds.ads import HERE, NOW, THERE, ad, sync, titles
from tests.support.feed_server import Feed, serve


@pytest.fixture(autouse=True)
def _in_february() -> Iterator[None]:
    with clock.moved(to=NOW):
        yield


@pytest.fixture
def feed() -> Iterator[Feed]:
    with serve() as served:
        yield served


def changes(database: Database, intake: Intake) -> list[tuple[ChangeKind, str | None]]:
    with database.session(FROYA, write=False) as session:
        found = session.exec(queries.changes(actor(), intake.id, 100, None)).all()
        return [(one.kind, one.title) for one in found]


def test_the_whole_feed_is_read_and_only_work_here_is_kept(database: Database, feed: Feed) -> None:
    for number in range(11):
        feed.publish(ad(f"a{number:02}", number, workLocations=[HERE if number % 3 == 0 else THERE]))
    done = sync(database, feed)
    assert (done.status, done.fault, done.came) == (IntakeStatus.DONE, None, 4)
    assert titles(database) == ["Kokk a00", "Kokk a03", "Kokk a06", "Kokk a09"]
    assert [kind for kind, _ in changes(database, done)] == [ChangeKind.CAME] * 4


def test_what_is_new_comes_and_the_rest_is_not_read_again(database: Database, feed: Feed) -> None:
    for number in range(9):
        feed.publish(ad(f"a{number}", number))
    sync(database, feed)
    feed.asked.clear()
    feed.publish(ad("b", 20))
    with clock.moved(to=NOW + timedelta(minutes=30)):
        done = sync(database, feed)
    assert (done.came, done.changed, done.went) == (1, 0, 0)
    assert len([path for path in feed.paths() if "feedentry" in path]) < 4


def test_nothing_new_is_one_conditional_request_and_a_304(database: Database, feed: Feed) -> None:
    feed.publish(ad("a", 0))
    sync(database, feed)
    feed.asked.clear()
    done = sync(database, feed)
    page = next(headers for path, headers in feed.asked if path.startswith("/api/v1/feed/"))
    assert page["if-none-match"] == feed.lines[0].id
    assert page["if-modified-since"] == "Tue, 10 Feb 2026 08:00:00 GMT"
    assert done.status is IntakeStatus.DONE
