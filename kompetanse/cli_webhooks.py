"""`kompetanse webhooks …`: telling neighbours what happened."""

import time
from typing import Annotated

import typer

from kompetanse import audit
from kompetanse.cli_base import out
from kompetanse.database import Database
from kompetanse.settings import Settings

webhooks = typer.Typer(help="Messages to neighbours' webhooks.", no_args_is_help=True)


@webhooks.callback()
def _group() -> None:
    """Keep `deliver` a command of its own while it is the only one."""


@webhooks.command("deliver")
def deliver(
    watch: Annotated[bool, typer.Option("--watch", help="Go on, looking every five seconds, until stopped.")] = False,
) -> None:
    """Send what is due, in every municipality. A running server does so by itself."""
    from kompetanse.contacts.delivering import EVERY, deliver_due
    from kompetanse.sealing import Sealer

    settings = Settings()
    database = Database(settings.database_url)
    audit.install(database)
    sealer = Sealer(settings.secret())
    try:
        while True:
            tally = deliver_due(database, sealer, local=settings.webhook_allow_local)
            if tally.attempts or not watch:
                told = f"{tally.delivered} delivered, {tally.again} to be sent again, {tally.given_up} given up."
                out.print(told, highlight=False)
            if not watch:
                return
            time.sleep(EVERY)
    except KeyboardInterrupt:
        return
    finally:
        database.dispose()
