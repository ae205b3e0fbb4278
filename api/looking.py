"""A thread beside the requests that looks for work every so often; every process of the server has its own."""

import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger("kompetanse.looking")


class Looker:
    """Calls `look` every so many seconds from `start` to `stop`. Whatever goes wrong is logged by its kind alone."""

    def __init__(self, name: str, every: float, look: Callable[[], None]) -> None:
        self._name, self._every, self._look = name, every, look
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, once what is being done is done. Harmless when it never began."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(self._every):
            try:
                self._look()
            except Exception as error:  # whatever it was, the next look may go well; values stay out of the log
                log.warning(f"{self._name}.failed", error=type(error).__name__)
