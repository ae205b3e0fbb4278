"""`kompetanse feed …`"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kompetanse.cli import app
from kompetanse.database import Database
from tests.conftest import SECRET
from tests.exchange.sources import advertisement
from tests.feeds.ads import titles
from tests.support.feed_server import Feed, serve

Command = Callable[..., Result]


@pytest.fixture
def feed() -> Iterator[Feed]:
    with serve() as served:
        entry = {**json.loads(advertisement()), "uuid": "a"}
        served.publish(json.dumps(entry).encode(), at=datetime.now(UTC) - timedelta(hours=1))
        yield served


@pytest.fixture
def kompetanse(database_url: str, tmp_path: Path, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on a database that follows a feed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", database_url)
    monkeypatch.setenv("KOMPETANSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KOMPETANSE_SECRET_KEY", SECRET)
    monkeypatch.setenv("KOMPETANSE_FEED_URL", feed.url)
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, ["feed", *arguments])


def test_the_feed_is_read_and_its_readings_are_shown(kompetanse: Command, database: Database) -> None:
    first = kompetanse("sync")
    assert (first.exit_code, first.stdout.strip()) == (
        0,
        "1 pages, 1 lines: 1 came, 0 changed, 0 went, 0 could not be read.",
    )
    assert titles(database) == ["Kokk søkes"]
    assert "0 came" in kompetanse("sync").stdout
    assert kompetanse("status").stdout.count("the feed") == 2


def test_a_feed_that_is_not_read_to_the_end_says_why_and_ends_with_1(
    kompetanse: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMPETANSE_FEED_TOKEN", "of our own, and wrong")
    done = kompetanse("sync")
    assert done.exit_code == 1
    assert "refused. The feed takes no such token: mend KOMPETANSE_FEED_TOKEN" in " ".join(done.stderr.split())


def test_without_a_feed_there_is_nothing_to_read(kompetanse: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMPETANSE_FEED_URL", "")
    done = kompetanse("sync")
    assert done.exit_code != 0
    assert "KOMPETANSE_FEED_URL" in done.stderr


@pytest.mark.parametrize("url", ["http://nav.example", "ftp://nav.example", "nav.example"])
def test_an_address_that_others_can_listen_to_is_refused(
    kompetanse: Command, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("KOMPETANSE_FEED_URL", url)
    assert kompetanse("sync").exit_code == 1
