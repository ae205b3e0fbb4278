"""The coordinator's pages over HTTP on the demonstration's municipality: time to the first byte, and weight.

Held against `/password`, a page that reads nothing but the session, in the same run.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from statistics import median, quantiles

import httpx2

from kompetanse.demo.service import PASSWORD
from tests.bench.registry import SECRET
from tests.bench.results import Results, Row
from tests.bench.servers import serving, uvicorn
from tests.support import postgres

ROUNDS = 20
YARDSTICK = "/password"
MOST_MS, MOST_NEXT, MOST_FIRST = 150.0, 30_000, 150_000
"""Issue of the web client: milliseconds to the first byte (p95), bytes of a page and of a first visit, compressed."""

_LEFT_OUT = re.compile(r"^/(my|static|open|log-out)|csv|\.(pdf|zip|json|xlsx|svg)$|format=|download")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class _Links(HTMLParser):
    """The addresses that a page leads to, and the files that it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pages: list[str] = []
        self.files: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag asks for."""
        given = dict(attrs)
        address = given.get("href") or given.get("src") or ""
        if tag == "a" and address.startswith("/"):
            self.pages.append(address.partition("#")[0])
        elif tag in ("script", "link") and address.startswith("/static"):
            self.files.append(address)


@dataclass(slots=True)
class Page:
    """What was measured of one kind of page: milliseconds to the first byte, and bytes as they were sent."""

    path: str
    taken: list[float] = field(default_factory=list)
    weight: int = 0
    files: int = 0

    @property
    def p95(self) -> float:
        """Milliseconds to the first byte that nineteen of twenty visits stay under."""
        return quantiles(self.taken, n=20)[-1]


def run() -> list[Results]:
    """Every kind of page that links lead the coordinator to, on SQLite and on a durable PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        found = [_results("SQLite", _measured(f"sqlite:///{Path(folder) / 'demo.db'}", folder))]
    with postgres.start(durable=True) as cluster, tempfile.TemporaryDirectory() as folder:
        cluster.create_database("demo")
        found.append(_results("PostgreSQL", _measured(cluster.url("demo"), folder)))
    return found


def _measured(url: str, folder: str) -> list[Page]:
    environment = {
        "KOMPETANSE_DATABASE_URL": url,
        "KOMPETANSE_DATA_DIR": folder,
        "KOMPETANSE_SECRET_KEY": SECRET,
        "KOMPETANSE_COOKIE_SECURE": "false",
        "KOMPETANSE_LOG_LEVEL": "ERROR",
    }
    for command in ("migrate", "seed"):
        program = [sys.executable, "-m", "kompetanse", command]
        subprocess.run(program, env=os.environ | environment, check=True, capture_output=True)
    with (
        serving(uvicorn("api.app:create_app", "--factory"), environment) as port,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
    ):
        _log_in(client)
        pages = _kinds(client)
        for _ in range(ROUNDS):
            for one in pages:
                one.taken.append(_first_byte(client, one.path))
    return pages


def _log_in(client: httpx2.Client) -> None:
    form = {"email": "koordinator@froya.example", "password": PASSWORD}
    answer = client.post("/log-in", data=form, headers={"Origin": str(client.base_url).rstrip("/")})
    if answer.status_code != httpx2.codes.SEE_OTHER:
        raise RuntimeError(f"Logging in answered {answer.status_code}")


def _kinds(client: httpx2.Client) -> list[Page]:
    """One page of each kind, found by following links from the first; each is made once, which compiles statements."""
    waiting, kinds, found = ["/", YARDSTICK, "/figures", "/map"], set(), []
    weights: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        kind = _ID.sub("*", re.sub(r"=[^&]*", "=", path))
        if kind in kinds or _LEFT_OUT.search(path):
            continue
        kinds.add(kind)
        with client.stream("GET", path) as answer:
            html = answer.read().decode()
            weight = answer.num_bytes_downloaded
        if answer.status_code != httpx2.codes.OK or "html" not in answer.headers["content-type"]:
            continue
        links = _Links(html)
        weights |= {one: _weight(client, one) for one in links.files if one not in weights}
        found.append(Page(path, weight=weight, files=sum(weights[one] for one in links.files)))
        waiting += links.pages
    return found


def _weight(client: httpx2.Client, path: str) -> int:
    with client.stream("GET", path) as answer:
        answer.read()
        return answer.num_bytes_downloaded


def _first_byte(client: httpx2.Client, path: str) -> float:
    begun = time.perf_counter()
    with client.stream("GET", path) as answer:
        next(answer.iter_raw())
        taken = (time.perf_counter() - begun) * 1000
        answer.read() if not answer.is_stream_consumed else None
    return taken


def _results(label: str, pages: Sequence[Page]) -> Results:
    bare = median(next(one for one in pages if one.path == YARDSTICK).taken)
    slowest = sorted(pages, key=lambda one: -one.p95)[:12]
    heaviest = max(pages, key=lambda one: one.weight)
    first = max(pages, key=lambda one: one.weight + one.files)
    every = Page(f"all {len(pages)} kinds of page", [taken for one in pages for taken in one.taken])
    rows = [
        *(_timed(one, bare) for one in (every, *slowest)),
        _weighed("heaviest page", heaviest, heaviest.weight, MOST_NEXT),
        _weighed("heaviest first visit", first, first.weight + first.files, MOST_FIRST),
    ]
    return Results(f"{label}: pages of 850 people", ("", "p50 ms", "p95 ms", f"to {YARDSTICK}", "kB"), rows)


def _timed(one: Page, bare: float) -> Row:
    p50, weight = median(one.taken), f"{one.weight / 1000:.0f}" if one.weight else ""
    return Row(
        (_ID.sub("…", one.path)[:60], f"{p50:.0f}", f"{one.p95:.0f}", f"{p50 / bare:.1f}", weight), one.p95 <= MOST_MS
    )


def _weighed(what: str, one: Page, weight: int, most: int) -> Row:
    return Row((f"{what}: {_ID.sub('…', one.path)[:50]}", "", "", "", f"{weight / 1000:.0f}"), weight <= most)
