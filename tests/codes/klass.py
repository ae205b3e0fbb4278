"""Statistics Norway's Klass API in small, on this machine: answers in its format, and remembers what was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from kompetanse.codes import lists


def answer(codes: dict[str, str]) -> bytes:
    """Codes and names as `codesAt` answers them: levels are strings, and there is more than we read."""
    return json.dumps({"codes": [_code(code, name) for code, name in codes.items()]}).encode()


def changes(*them: tuple[str, str, str]) -> bytes:
    """What became what and when, as `changes` answers it."""
    keys = ("oldCode", "newCode", "changeOccurred")
    return json.dumps({"codeChanges": [dict(zip(keys, one, strict=True)) for one in them]}).encode()


def shipped(name: str, code: int = 0, label: int = 1) -> dict[str, str]:
    """The codes and names of a shipped list."""
    return {row[code]: row[label] for row in lists.rows(lists.shipped_text(name))}


def _code(code: str, name: str) -> dict[str, Any]:
    return {
        "code": code,
        "parentCode": code[:-1] or None,
        "level": str(len(code)),
        "name": name,
        "shortName": "",
        "presentationName": "",
        "validFrom": None,
        "validTo": None,
    }


@dataclass
class Klass:
    """What the server answers by path (bytes, or a status), and the paths, queries and headers it was asked with."""

    answers: dict[str, bytes | int] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    url: str = ""

    def set(self, number: int, content: bytes | int, kind: str = "codesAt") -> None:
        """Answer so for a classification."""
        self.answers[f"/api/klass/v1/classifications/{number}/{kind}"] = content


@contextmanager
def serving() -> Iterator[Klass]:
    """A server on a free port of 127.0.0.1, for as long as the block."""
    klass = Klass()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            klass.asked.append((parts.path, parts.query, self.headers["Accept"]))
            found = klass.answers.get(parts.path, 404)
            self.send_response(200 if isinstance(found, bytes) else found)
            self.end_headers()
            if isinstance(found, bytes):
                self.wfile.write(found)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    klass.url = f"http://127.0.0.1:{server.server_port}/api/klass/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield klass
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
