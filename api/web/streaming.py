"""A page that is sent while its work goes on: whoever waits sees how far it is, also without scripts."""

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, Generic, TypeAlias, TypeVar, cast

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.web.pages import chrome, environment

Result = TypeVar("Result")

Told: TypeAlias = Callable[[int, float], None]
"""Hears how many rows are done, and which share of all that is."""

_PIECE = 16 * 1024
_ALIVE_S = 5.0
"""How long nothing may come: a proxy takes a connection that is silent for dead."""


class NobodyWaits(Exception):
    """The visitor went away: what was begun is given up, and nothing of it remains."""


class Work(Generic[Result]):
    """Something that takes a while, in a thread of its own."""

    def __init__(self, do: Callable[[Told], Result]) -> None:
        self._do = do
        self._news = SimpleQueue[tuple[int, float] | None]()
        self._given_up = Event()
        self._result: Result | None = None
        self._error: BaseException | None = None

    def progress(self) -> Iterator[tuple[int, float]]:
        """Begin, and tell how far it is until it is over. When nobody listens any more it is given up."""
        Thread(target=self._run, daemon=True).start()
        at = (0, 0.0)
        try:
            while (news := self._newest(at)) is not None:
                at = news
                yield at
        finally:
            self._given_up.set()

    def result(self) -> Result:
        """What came of it, once it is over. Raises what it raised."""
        if self._error is not None:
            raise self._error
        return cast("Result", self._result)

    def _run(self) -> None:
        try:
            self._result = self._do(self._told)
        except BaseException as error:
            self._error = error
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


def streamed(request: Request, template: str, work: Work[Any], **context: Any) -> Response:  # noqa: ANN401 - what templates take
    """A page whose template tells each of `progress`, and then what `outcome()` returns."""
    made = environment().get_template(template)
    pieces = made.generate(**chrome(request), progress=work.progress(), outcome=work.result, **context)
    # Compression would hold back what is told until there is more of it.
    return StreamingResponse(_gathered(pieces), media_type="text/html", headers={"Content-Encoding": "identity"})


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
