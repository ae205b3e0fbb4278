"""Several people who do something at the same moment."""

import threading
from collections.abc import Callable, Sequence

from sqlmodel import Session

from kompetanse.database import Database
from tests.factories import FROYA


def at_once(database: Database, works: Sequence[Callable[[Session], object]]) -> list[BaseException]:
    """Do it all at once in Frøya, each in a transaction of its own; what went wrong."""
    failed: list[BaseException] = []
    ready = threading.Barrier(len(works))

    def run(work: Callable[[Session], object]) -> None:
        ready.wait()
        try:
            with database.session(FROYA) as session:
                work(session)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed
