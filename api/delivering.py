"""A thread beside the requests that sends neighbours' webhooks."""

import structlog

from api.looking import Looker
from kompetanse.contacts.delivering import EVERY, deliver_due
from kompetanse.database import Database
from kompetanse.sealing import Sealer

log = structlog.get_logger("kompetanse.webhooks")


class WebhookSender(Looker):
    """Looks into the outbox every few seconds. Stopping lets go out what is being sent: some ten seconds at most."""

    def __init__(self, database: Database, sealer: Sealer, *, local: bool) -> None:
        def look() -> None:
            tally = deliver_due(database, sealer, local=local)
            if tally.again or tally.given_up:
                log.warning("webhooks.unanswered", again=tally.again, given_up=tally.given_up)

        super().__init__("webhooks", EVERY, look)
