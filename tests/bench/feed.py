"""Reading a whole feed: sixty thousand entries from a server on this machine, beside a client that only fetches."""

import json
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx2

from kompetanse import audit, clock, migrations
from kompetanse.database import Database
from kompetanse.feeds.client import AT_ONCE, FeedClient
from kompetanse.feeds.following import follow
from kompetanse.taxonomy import current
from tests.bench.feed_app import ADS, ONE_IN
from tests.bench.results import Results, Row
from tests.bench.servers import serving, uvicorn
from tests.bench.timing import Took, took
from tests.factories import FROYA

TARGET = 1.25
"""At most so many times as long as a client that fetches the same and does nothing with it: the server is the bound."""

_FEBRUARY = datetime(2026, 2, 10, tzinfo=UTC)


def run() -> Sequence[Results]:
    """Fetch and keep; fetch one by one; fetch as many at once as ours does."""
    with serving(uvicorn("tests.bench.feed_app:app")) as port:
        address = f"http://127.0.0.1:{port}"
        current.linker(None)  # a server has made it when it began
        ours = took(lambda: _followed(address))
        alone = took(lambda: _fetched(address, 1))
        together = took(lambda: _fetched(address, AT_ONCE))
    rows = [
        _row("follow: fetched, read, kept", ours, alone, met=ours.wall <= alone.wall * TARGET),
        _row("bare httpx loop", alone, alone),
        _row(f"bare httpx, {AT_ONCE} at once", together, alone),
    ]
    return [Results(f"{ADS} entries, one in {ONE_IN} kept (SQLite)", ("", "s", "entries/s", "to the loop"), rows)]


def _row(name: str, found: Took, yardstick: Took, met: bool | None = None) -> Row:
    return Row((name, f"{found.wall:.1f}", f"{ADS / found.wall:.0f}", f"{found.wall / yardstick.wall:.2f}"), met)


def _followed(address: str) -> None:
    with tempfile.TemporaryDirectory() as folder, clock.moved(to=_FEBRUARY):
        url = f"sqlite:///{folder}/k.db"
        migrations.upgrade(url)
        database = Database(url)
        audit.install(database)
        with FeedClient(address, "of our own") as client:
            done = follow(database, client, FROYA)
        assert (done.came, done.lines, done.fault) == (ADS // ONE_IN, ADS, None)
        database.dispose()


def _fetched(address: str, at_once: int) -> None:
    """Every page and entry, which are thrown away."""
    with httpx2.Client(base_url=address) as client, ThreadPoolExecutor(at_once) as pool:
        url: str | None = "/api/v1/feed"
        while url is not None:
            page = json.loads(client.get(url).content)
            for content in pool.map(lambda one: client.get(one["url"]).content, page["items"]):
                assert content
            url = page["next_url"]
