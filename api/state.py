"""What a running server holds: made once at start-up, found by every request."""

import asyncio
from dataclasses import dataclass
from typing import cast

from starlette.requests import HTTPConnection

from api.authentication import Bearers
from api.delivering import WebhookSender
from api.dropping import ExportDropper
from api.following import FeedFollower
from kompetanse import audit
from kompetanse.audit.writer import GroupWriter
from kompetanse.database import Database
from kompetanse.hotreads import HotReader
from kompetanse.identity.maskinporten import Maskinporten, open_maskinporten
from kompetanse.identity.tokens import Tokens
from kompetanse.sealing import Sealer
from kompetanse.settings import Settings


@dataclass(frozen=True, slots=True)
class State:
    """The parts that requests share."""

    settings: Settings
    database: Database
    sealer: Sealer
    tokens: Tokens
    maskinporten: Maskinporten | None
    bearers: Bearers
    hot: HotReader
    audit_writer: GroupWriter
    webhook_sender: WebhookSender
    feed_follower: FeedFollower
    export_dropper: ExportDropper

    @classmethod
    def of(cls, connection: HTTPConnection) -> "State":
        """The state of the server that answers this request."""
        return cast("State", connection.app.state.kompetanse)

    async def open(self) -> None:
        """Connect what lives in the event loop, and begin to send what waits and to read what others publish."""
        await self.hot.open()
        self.webhook_sender.start()
        self.feed_follower.start()
        self.export_dropper.start()

    async def close(self) -> None:
        """Let go of everything; what was acknowledged is written."""
        await asyncio.to_thread(self.feed_follower.stop)
        await asyncio.to_thread(self.webhook_sender.stop)
        await asyncio.to_thread(self.export_dropper.stop)
        await self.hot.close()
        self.audit_writer.stop()
        self.database.dispose()


def open_state(settings: Settings) -> State:
    """Open the database and prepare keys."""
    secret = settings.secret()
    database = Database(settings.database_url, settings.derived_dir, semantic=settings.semantic)
    audit.install(database)
    tokens = Tokens(secret, settings.token_minutes)
    maskinporten = open_maskinporten(settings)
    sealer = Sealer(secret)
    return State(
        settings=settings,
        database=database,
        sealer=sealer,
        tokens=tokens,
        maskinporten=maskinporten,
        bearers=Bearers(database, tokens, maskinporten),
        hot=HotReader(database),
        audit_writer=GroupWriter(database),
        webhook_sender=WebhookSender(database, sealer, local=settings.webhook_allow_local),
        feed_follower=FeedFollower(database, settings),
        export_dropper=ExportDropper(database, settings),
    )
