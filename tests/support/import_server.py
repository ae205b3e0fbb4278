"""NAV's import interface on a port of this machine: takes advertisements as theirs does, and answers with its receipts.

After github.com/navikt/pam-import-api (TransferController, TransferDTO); knows nothing of ours.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Import:
    """What NAV has, and how it is at this moment."""

    url: str = ""
    token: str = "the token"
    status: int = 200
    silent: bool = False
    complaint: str = ""
    ads: dict[str, dict[str, Any]] = field(default_factory=dict)
    digests: set[str] = field(default_factory=set)
    stopped: list[str] = field(default_factory=list)

    def take(self, body: str) -> str:
        """Every advertisement of a stream; the receipts stand side by side, as Jackson writes them."""
        decoder, at, receipts = json.JSONDecoder(), 0, []
        while at < len(body):
            ad, at = decoder.raw_decode(body, at)
            receipts.append(self._receive(ad))
            at += len(body[at:]) - len(body[at:].lstrip())
        return "" if self.silent else "".join(json.dumps(one, indent=2) for one in receipts)

    def _receive(self, ad: dict[str, Any]) -> dict[str, Any]:
        wrong = self.complaint or _wrong(ad)
        if wrong:
            return self.receipt("ERROR", wrong)
        digest = hashlib.md5(json.dumps(ad).encode(), usedforsecurity=False).hexdigest()
        if digest in self.digests:
            return self.receipt("SKIPPED", "Content already exist, skipping")
        self.digests.add(digest)
        self.ads[ad["reference"]] = ad
        return self.receipt("RECEIVED", None)

    @staticmethod
    def receipt(status: str, message: str | None) -> dict[str, Any]:
        """A TransferLog as JSON."""
        moment = "2026-02-10T09:47:58.52183"
        return {"versionId": 1, "status": status, "message": message, "md5": "", "created": moment, "updated": moment}


def _wrong(ad: dict[str, Any]) -> str:
    """What is wrong with an advertisement; "" for nothing."""
    for name in ("reference", "title", "adText", "published", "expires"):
        if not ad.get(name):
            return f"Missing parameter: {name}"
    if datetime.fromisoformat(ad["expires"]).tzinfo is not None:
        return f"Invalid value: {ad['expires']} at expires"  # theirs is a LocalDateTime
    if any(not isinstance(value, str) for value in ad["properties"].values()):
        return "Invalid value: at properties"
    if not ad["employer"]["businessName"].strip() or not ad["employer"]["location"]["postalCode"]:
        return "Missing parameter: employer"
    return ""


@contextmanager
def serve() -> Iterator[Import]:
    """NAV's import on a port of this machine, for provider 10000."""
    nav = Import()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if self._may("/api/v1/transfers/10000"):
                self._say(200, nav.take(body))

        def do_DELETE(self) -> None:
            reference = self.path.rsplit("/", 1)[-1]
            if self._may(f"/api/v1/transfers/10000/{reference}"):
                known = nav.ads.pop(reference, None)
                nav.stopped.append(reference)
                self._say(200 if known else 404, json.dumps(nav.receipt("RECEIVED", "STOPPED")))

        def _may(self, path: str) -> bool:
            if nav.status == 200 and self.path == path and self.headers["Authorization"] == f"Bearer {nav.token}":
                return True
            self._say(nav.status if nav.status != 200 else 401, "")
            return False

        def _say(self, status: int, body: str) -> None:
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-json-stream")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    nav.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield nav
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
