"""A thread beside the requests that sends neighbours' webhooks; every process of the server has one."""

import threading

import structlog

from kompetanse.contacts.delivering import EVERY, deliver_due
from kompetanse.database import Database
from kompetanse.sealing import Sealer

log = structlog.get_logger("kompetanse.webhooks")


class WebhookSender:
    """Looks into the outbox every few seconds from `start` to `stop`."""

    def __init__(self, database: Database, sealer: Sealer, *, local: bool) -> None:
        self._database, self._sealer, self._local = database, sealer, local
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhook-sender", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, once what is being sent is sent: some ten seconds at most. Harmless when it never began."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(EVERY):
            try:
                tally = deliver_due(self._database, self._sealer, local=self._local)
            except Exception as error:  # whatever it was, the next look may go well; values stay out of the log
                log.warning("webhooks.failed", error=type(error).__name__)
            else:
                if tally.again or tally.given_up:
                    log.warning("webhooks.unanswered", again=tally.again, given_up=tally.given_up)
