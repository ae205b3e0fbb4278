"""Group commit for the hot reads: events that arrive together are chained and made durable together.

An awaited `write` returns when its event is on disk, never before; what is saved is that eight readers
share one commit instead of queueing for eight.
"""

import asyncio
from dataclasses import dataclass

from kompetanse.audit.rules import Event
from kompetanse.audit.trails import trail_of
from kompetanse.database import Database

_MOST_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class _Waiting:
    event: Event
    done: "asyncio.Future[None]"


class GroupWriter:
    """Writes what the readers of one event loop did: what arrives during a commit is the next one."""

    def __init__(self, database: Database) -> None:
        self._trail = trail_of(database)
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, event: Event) -> None:
        """Return when the event is on disk. Whatever keeps it from that is raised here."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(event, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await done

    def stop(self) -> None:
        """Disconnect. Whoever was acknowledged is written already, so there is nothing to wait for."""
        self._trail.close()

    async def _write_all(self) -> None:
        """Write as long as somebody waits. A task of its own, so that no reader who leaves takes the others along."""
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST_AT_ONCE], self._waiting[_MOST_AT_ONCE:]
            failure: Exception | None = None
            try:
                await self._trail.append([waiting.event for waiting in batch])
            except Exception as error:  # every reader is told, whatever it was
                failure = error
            for waiting in batch:
                _tell(waiting.done, failure)


def _tell(done: "asyncio.Future[None]", failure: Exception | None) -> None:
    if done.done():  # the client went away
        return
    if failure is None:
        done.set_result(None)
    else:
        done.set_exception(failure)
