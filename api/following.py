"""A thread beside the requests that reads the job service's vacancy feed; every process of the server has one."""

import threading
from datetime import timedelta

import structlog

from kompetanse.database import Database
from kompetanse.errors import Conflict
from kompetanse.feeds.client import FeedClient
from kompetanse.feeds.following import follow
from kompetanse.feeds.service import due
from kompetanse.settings import Settings

log = structlog.get_logger("kompetanse.feed")

EVERY = 5.0
"""Seconds between two looks at whether a reading is due: so long waits who asks for one."""


class FeedFollower:
    """Reads the feed for each municipality whose time has come, from `start` to `stop`; nothing without a feed."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="feed-follower", daemon=True)

    def start(self) -> None:
        """Begin, if there is a feed to follow and somebody to follow it for."""
        if self._settings.feed_url and self._settings.feed_municipalities:
            self._thread.start()

    def stop(self) -> None:
        """End, once the requests under way are answered. The next reading goes on from there."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        token = self._settings.feed_token
        secret = token.get_secret_value() if token else None
        with FeedClient(self._settings.feed_url, secret, pause=self._stopped.wait) as client:
            while not self._stopped.wait(EVERY):
                try:
                    self._look(client)
                except Exception as error:  # whatever it was, the next look may go well; values stay out of the log
                    log.warning("feed.failed", error=type(error).__name__)

    def _look(self, client: FeedClient) -> None:
        every = timedelta(minutes=self._settings.feed_minutes)
        for number in due(self._database, self._settings.feed_municipalities):
            try:
                done = follow(self._database, client, number, self._settings.feed_municipalities[number], every=every)
            except Conflict:
                continue  # another process was quicker
            if done.fault is not None:
                log.warning("feed.unread", municipality_no=number, fault=done.fault.value)
