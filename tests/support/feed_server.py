"""The job service's vacancy feed on a port of this machine: answers as theirs does, and fails as we ask it to.

After github.com/navikt/pam-stilling-feed (FeedController, FeedService, TokenController): a page begins at a line and
shows those after it, so the last line of a page is the first of the next; the ETag is the id of the last line; 304
needs `If-None-Match` and `If-Modified-Since` together, and the latter leaves out what is older.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

Answer = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    ad_id: str
    status: str
    title: str
    municipality: str
    at: datetime


@dataclass(slots=True)
class Feed:
    """The feed as it is at this moment. `before` may answer instead of it, and sees every request."""

    url: str = ""
    token: str = "first"
    page_size: int = 4
    lines: list[Line] = field(default_factory=list)
    entries: dict[str, dict[str, object]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    before: Callable[[str, Mapping[str, str]], Answer | None] = lambda path, headers: None

    def publish(self, entry: bytes, at: datetime | None = None) -> None:
        """Publish an entry or change it; its id, status and first place are those of the entry."""
        raw = json.loads(entry)
        moment = at or datetime.fromisoformat(raw["sistEndret"])
        content = raw.get("ad_content") or raw.get("json") or {}
        if raw["status"] == "INACTIVE":
            raw["ad_content"], content = None, {}
        raw["sistEndret"] = moment.isoformat()
        self.entries[raw["uuid"]] = raw
        places = [place.get("municipal") or "?" for place in content.get("workLocations", [])]
        title = content.get("title", "...")
        self.lines.append(Line(str(uuid4()), raw["uuid"], raw["status"], title, places[0] if places else "?", moment))

    def withdraw(self, ad_id: str, at: datetime) -> None:
        """Make an advertisement inactive: its contents are gone, and its line tells nothing."""
        self.publish(json.dumps({"uuid": ad_id, "status": "INACTIVE", "sistEndret": at.isoformat()}).encode())

    def paths(self) -> list[str]:
        """What was asked for, without the addresses' variable parts."""
        return [path for path, _ in self.asked]

    def answer(self, url: str, headers: Mapping[str, str]) -> Answer:
        """What the server says to a GET."""
        parts = urlsplit(url)
        self.asked.append((parts.path, dict(headers)))
        instead = self.before(parts.path, headers)
        if instead is not None:
            return instead
        if parts.path == "/api/publicToken":
            told = f"Current public token for Nav Job Vacancy Feed:\n{self.token}"
            return 200, {"Content-Type": "text/plain"}, told.encode()
        if headers.get("authorization") != f"Bearer {self.token}":
            return 401, {}, b"Unauthorized"
        return self._authorised(parts.path, parts.query, headers)

    def _authorised(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        if path == "/api/v1/feed":
            return self._beginning(parse_qs(query, keep_blank_values=True), headers)
        where, _, name = path.rpartition("/")
        if where == "/api/v1/feed":
            return self._page(name, headers)
        if where == "/api/v1/feedentry" and name in self.entries:
            return _json(self.entries[name])
        return 404, {}, b""

    def _beginning(self, query: Mapping[str, list[str]], headers: Mapping[str, str]) -> Answer:
        since = _since(headers)
        found = self.lines[-1:] if "last" in query else [one for one in self.lines if since is None or one.at > since]
        return self._page(found[0].id, headers) if found else (404, {}, b"")

    def _page(self, line_id: str, headers: Mapping[str, str]) -> Answer:
        begin = next((at for at, line in enumerate(self.lines) if line.id == line_id), None)
        if begin is None:
            return 404, {}, b""
        since = _since(headers)
        later = [one for one in self.lines[begin + 1 :] if since is None or one.at > since][: self.page_size]
        last = later[-1] if later else self.lines[begin]
        shown_last = later[-2] if len(later) > 1 else last
        if since is not None and headers.get("if-none-match") == shown_last.id and shown_last.at < since:
            return 304, {}, b""
        more = shown_last is not last
        shown = [self.lines[begin], *(later[:-1] if more else later)]
        page = {
            "version": "1.0",
            "title": "Stillingsfeeden fra arbeidsplassen.no",
            "feed_url": f"/api/v1/feed/{line_id}",
            "next_url": f"/api/v1/feed/{shown_last.id}" if more else None,
            "id": line_id,
            "next_id": shown_last.id if more else None,
            "items": [_item(line) for line in shown],
        }
        stamp = format_datetime(shown_last.at.astimezone(UTC), usegmt=True)
        return _json(page, {"ETag": shown_last.id, "Last-Modified": stamp})


def _item(line: Line) -> dict[str, object]:
    at = line.at.isoformat()
    shown = {"status": line.status, "title": line.title, "businessName": "", "municipal": line.municipality}
    return {
        "id": line.ad_id,
        "url": f"/api/v1/feedentry/{line.ad_id}",
        "title": line.title,
        "content_text": "Stillingsannonse",
        "date_modified": at,
        "_feed_entry": {"uuid": line.ad_id, "sistEndret": at, **shown},
    }


def _since(headers: Mapping[str, str]) -> datetime | None:
    text = headers.get("if-modified-since")
    return parsedate_to_datetime(text) if text else None


def _json(content: object, headers: Mapping[str, str] | None = None) -> Answer:
    return 200, {"Content-Type": "application/json", **(headers or {})}, json.dumps(content).encode()


@contextmanager
def serve(feed: Feed | None = None, port: int = 0) -> Iterator[Feed]:
    """A feed on a port of this machine, any that is free by default."""
    served = feed or Feed()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            status, headers, body = served.answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # a reader that left

    server = Server(("127.0.0.1", port), Answering)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
