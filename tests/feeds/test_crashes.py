"""Whoever reads the feed may die at any moment: nothing is lost, nothing comes twice, and the next one goes on."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.database import Database
from kompetanse.feeds import following
from kompetanse.feeds.client import FeedClient
from kompetanse.feeds.following import follow
from kompetanse.feeds.rules import IntakeStatus
from tests.factories import FROYA
from tests.feeds.ads import HERE, NOW, THERE, ad, stored, sync, titles
from tests.support.feed_server import Answer, Feed, serve

ADS = st.sampled_from("abcdef")
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), ADS, st.booleans()),
        st.tuples(st.just("withdraw"), ADS, st.just(True)),
        st.tuples(st.just("dies at request"), st.integers(1, 12), st.just(True)),
        st.tuples(st.just("dies at commit"), st.integers(1, 4), st.just(True)),
    ),
    max_size=24,
)


@pytest.fixture(autouse=True)
def _far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries are asked for several at a time, also of the server on this machine."""
    monkeypatch.setattr(following, "_AT_ONCE_AFTER", timedelta(0))


class _Died(BaseException):
    """As if the process had been killed: nobody tidies up."""


@contextmanager
def fresh(template: Path) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(template, f"{folder}/k.db")
        database = Database(f"sqlite:///{folder}/k.db")
        audit.install(database)
        yield database
        database.dispose()


def reads_and_dies(database: Database, feed: Feed, *, request: int = 0, commit: int = 0) -> None:
    """Read until so many requests are made or commits are due, and then be gone."""
    asked, committed = 0, 0

    def pause(_: float) -> bool:
        nonlocal asked
        asked += 1
        if asked == request:
            raise _Died
        return False

    def before_commit(_: Session) -> None:
        nonlocal committed
        committed += 1
        if committed == commit:
            raise _Died

    database.before_commit.append(before_commit)
    with pytest.MonkeyPatch.context() as patch:
        usual = following._end

        def end(*stated: object) -> object:
            if isinstance(sys.exc_info()[1], _Died):
                return None  # the dead say nothing
            return usual(*stated)  # type: ignore[arg-type]

        patch.setattr(following, "_end", end)
        try:
            with FeedClient(feed.url, pause=pause) as client:
                follow(database, client, FROYA, take_over=True)
        except _Died:
            pass
        finally:
            database.before_commit.remove(before_commit)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, page_size=st.integers(2, 5))
def test_wherever_readers_die_the_end_is_the_same(
    sqlite_template: Path, events: list[tuple[str, str | int, bool]], page_size: int
) -> None:
    expected: dict[str, str] = {}
    with clock.moved(to=NOW), fresh(sqlite_template) as database, serve(Feed(page_size=page_size)) as feed:
        for number, (what, which, here) in enumerate(events):
            at = NOW - timedelta(hours=3) + timedelta(minutes=number)
            match what:
                case "publish":
                    places = [HERE] if here else [THERE]
                    feed.publish(ad(str(which), title=f"Kokk {which}{number:02}", workLocations=places), at=at)
                    expected.pop(str(which), None)
                    if here:
                        expected[str(which)] = f"Kokk {which}{number:02}"
                case "withdraw":
                    feed.withdraw(str(which), at)
                    expected.pop(str(which), None)
                case "dies at request":
                    reads_and_dies(database, feed, request=int(which))
                case _:
                    reads_and_dies(database, feed, commit=int(which))
        with FeedClient(feed.url, pause=lambda _: False) as client:
            done = follow(database, client, FROYA, take_over=True)
        if feed.lines:
            assert done.status is IntakeStatus.DONE
        assert titles(database) == sorted(expected.values())
        with database.session(FROYA, write=False) as session:
            there = [one for one in stored(session) if one.status.value == "open"]
            assert sorted(str(one.external_id) for one in there) == sorted(expected)
            assert all(one.description is None for one in stored(session) if one.status.value == "closed")


def test_a_killed_process_is_followed_by_one_that_goes_on(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def hang_at_the_third_page(path: str, _: object) -> Answer | None:
        if path == "/api/v1/feedentry/a08":
            reached.set()
            go_on.wait(30)
        return None

    with serve() as feed:
        for number in range(12):
            feed.publish(ad(f"a{number:02}"), at=datetime.now(UTC) - timedelta(hours=1, minutes=-number))
        feed.before = hang_at_the_third_page
        environment = {
            **os.environ,
            "KOMPETANSE_DATABASE_URL": database_url,
            "KOMPETANSE_DATA_DIR": str(tmp_path),
            "KOMPETANSE_SECRET_KEY": "x" * 40,
            "KOMPETANSE_FEED_URL": feed.url,
        }
        reader = subprocess.Popen([sys.executable, "-m", "kompetanse", "feed", "sync"], env=environment)
        assert reached.wait(60)
        reader.send_signal(signal.SIGKILL)
        reader.wait()
        go_on.set()
        before = titles(database)
        assert 0 < len(before) < 12
        feed.before = lambda path, headers: None
        feed.asked.clear()
        with FeedClient(feed.url, pause=lambda _: False) as client:
            assert follow(database, client, FROYA, take_over=True).status is IntakeStatus.DONE
        assert "/api/v1/feedentry/a00" not in feed.paths()  # it began where the dead one had come to
        assert titles(database) == [f"Kokk a{number:02}" for number in range(12)]
        assert sync(database, feed).came == 0
