"""A thread beside the requests that drops the scheduled exports into their folder."""

import structlog

from api.looking import Looker
from kompetanse.database import Database
from kompetanse.exchange.drops import EVERY, drop_due, plan_of
from kompetanse.settings import Settings

log = structlog.get_logger("kompetanse.exports")


class ExportDropper(Looker):
    """Looks every minute whether a municipality's package is due. Begins only where the operator planned any."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._plan = plan_of(settings)

        def look() -> None:
            if self._plan is None:
                return
            for municipality_no in self._plan.municipalities:
                if drop_due(database, self._plan, municipality_no) is not None:
                    log.info("exports.dropped", municipality_no=municipality_no)

        super().__init__("exports", EVERY, look)

    def start(self) -> None:
        """Begin, if anything is planned."""
        if self._plan is not None:
            super().start()
