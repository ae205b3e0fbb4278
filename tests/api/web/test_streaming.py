"""Work that goes on while its page is sent: given up with the visitor, and never broken off in silence."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from api.web.streaming import NobodyWaits, StreamedPage, Work
from tests.api.web.conftest import Browser
from tests.api.web.test_exchange import LARGE_SHEET, number, proofs


def test_work_is_given_up_with_the_visitor_however_long_her_page_is_kept() -> None:
    ended: list[str] = []

    def do(told: Callable[[int, float], None]) -> None:
        try:
            for row in range(500):
                told(row, 0.0)
                time.sleep(0.01)
            ended.append("done")
        except NobodyWaits:
            ended.append("given up")
            raise

    work = Work(do, instead=lambda: None)
    kept = work.progress()  # as a template that nobody has collected yet
    sent = asyncio.Event()

    async def send(message: dict[str, Any]) -> None:
        if message.get("body"):
            sent.set()

    async def receive() -> dict[str, str]:
        await sent.wait()
        return {"type": "http.disconnect"}

    asyncio.run(StreamedPage((f"{rows}" for rows, _ in kept), work)({"type": "http"}, receive, send))  # type: ignore[arg-type]
    until = time.monotonic() + 10
    while not ended and time.monotonic() < until:
        time.sleep(0.01)
    assert ended == ["given up"]


def test_what_breaks_while_a_page_is_sent_is_told_on_it(coordinator: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = proofs(coordinator.upload("stor.csv", LARGE_SHEET).text)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Nils1 Berg1")

    with monkeypatch.context() as patched:
        patched.setattr("kompetanse.exchange.service.import_file", broken)
        page = coordinator.upload("stor.csv", LARGE_SHEET, apply="yes", **tried)
    assert "ingenting av filen er lagret" in page.text
    assert page.text.rstrip().endswith("</html>")
    assert number(coordinator.upload("stor.csv", LARGE_SHEET, apply="yes", **tried).text, "Registrert") == 2000
