"""A page that is sent while its work goes on: whoever waits sees how far it is, also without scripts."""

from collections.abc import Callable, Iterator
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, Generic, TypeAlias, TypeVar, cast

import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.requests import frames
from api.web.pages import chrome, environment

log = structlog.get_logger("kompetanse.request")

Result = TypeVar("Result")

Told: TypeAlias = Callable[[int, float], None]
"""Hears how many rows are done, and which share of all that is."""

_PIECE = 16 * 1024
_ALIVE_S = 5.0
"""How long nothing may come: a proxy takes a connection that is silent for dead."""


class NobodyWaits(Exception):
    """The visitor went away: what was begun is given up, and nothing of it remains."""


class Work(Generic[Result]):
    """Something that takes a while, in a thread of its own.

    `instead` makes a result of what nobody foresaw: the page is on its way, and no other can be shown.
    """

    def __init__(self, do: Callable[[Told], Result], instead: Callable[[], Result], request_id: str = "") -> None:
        self._do, self._instead, self._request_id = do, instead, request_id
        self._news = SimpleQueue[tuple[int, float] | None]()
        self._given_up = Event()
        self._result: Result | None = None

    def progress(self) -> Iterator[tuple[int, float]]:
        """Begin, and tell how far it is until it is over."""
        spoken = copy_context()  # a thread begins without the language of the page
        Thread(target=spoken.run, args=(self._run,), daemon=True).start()
        at = (0, 0.0)
        while (news := self._newest(at)) is not None:
            at = news
            yield at

    def result(self) -> Result:
        """What came of it, once it is over."""
        return cast("Result", self._result)

    def give_up(self) -> None:
        """Nobody listens any more. What is over stays as it is."""
        self._given_up.set()

    def _run(self) -> None:
        try:
            self._result = self._do(self._told)
        except NobodyWaits:
            pass
        except Exception as error:  # as in `api.requests`: the log gets the place and no values
            log.error("failed", request_id=self._request_id, error=type(error).__name__, at=frames(error))
            self._result = self._instead()
        finally:
            self._news.put(None)

    def _told(self, done: int, share: float) -> None:
        if self._given_up.is_set():
            raise NobodyWaits
        self._news.put((done, share))

    def _newest(self, at: tuple[int, float]) -> tuple[int, float] | None:
        """The newest that was told, None when it is over; the same as before when nothing came for a while."""
        try:
            news = self._news.get(timeout=_ALIVE_S)
        except Empty:
            return at
        while news is not None and not self._news.empty():
            news = self._news.get()
        return news


class StreamedPage(StreamingResponse):
    """Gives the work up when the visitor goes away: the template's own generators end whenever they are collected."""

    def __init__(self, pieces: Iterator[str], work: Work[Any]) -> None:
        # Compression would hold back what is told until there is more of it.
        super().__init__(pieces, media_type="text/html", headers={"Content-Encoding": "identity"})
        self._work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; whatever ends that ends the work."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._work.give_up()


def streamed(
    request: Request,
    template: str,
    do: Callable[[Told], Result],
    instead: Callable[[], Result],
    **context: Any,  # noqa: ANN401 - what templates take
) -> Response:
    """A page whose template tells each of `progress`, and then what `outcome()` returns; see `Work`."""
    work = Work(do, instead, str(request.scope.get("request_id", "")))
    made = environment().get_template(template)
    pieces = made.generate(**chrome(request), progress=work.progress(), outcome=work.result, **context)
    return StreamedPage(_gathered(pieces), work)


def _gathered(pieces: Iterator[str]) -> Iterator[str]:
    """A template's hundreds of pieces as few; what tells progress is sent at once."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _PIECE or "</progress>" in piece:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)
