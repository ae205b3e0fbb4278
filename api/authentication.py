"""Who holds a bearer token."""

import time
from dataclasses import dataclass, field

from kompetanse.actor import Actor
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import InvalidToken, Unauthenticated
from kompetanse.identity import organisations
from kompetanse.identity import service as identity
from kompetanse.identity.maskinporten import Maskinporten
from kompetanse.identity.tokens import Tokens

_TRUSTED_SECONDS = 5.0
_MOST_TOKENS = 4096


@dataclass(slots=True)
class Bearers:
    """Tokens, ours and Maskinporten's, and those that were checked a moment ago.

    A revoked client is out within five seconds, in every process.
    """

    database: Database
    tokens: Tokens
    maskinporten: Maskinporten | None = None
    _known: dict[str, tuple[Actor, float]] = field(default_factory=dict)

    def known(self, token: str) -> Actor | None:
        """The actor behind a token that was checked a moment ago; waits for nothing."""
        found = self._known.get(token)
        return found[0] if found is not None and found[1] > time.time() else None

    def check(self, token: str) -> Actor:
        """The actor behind a token, from its signature and the database.

        Raises:
            InvalidToken: it opens nothing.
            Forbidden, Unavailable: it is Maskinporten's, and opens nothing here, or cannot be checked now.
        """
        try:
            client_id, ends = self.tokens.client_id(token)
        except InvalidToken:
            if self.maskinporten is None:
                raise
            actor, ends = self._consumer(self.maskinporten, token)
        else:
            with self.database.session(EVERYWHERE, write=False) as session:
                actor = identity.standing_client(session, client_id)
        if len(self._known) >= _MOST_TOKENS:
            self._known.clear()
        self._known[token] = (actor, min(time.time() + _TRUSTED_SECONDS, ends))
        return actor

    def _consumer(self, maskinporten: Maskinporten, token: str) -> tuple[Actor, float]:
        """The actor for whom a token of Maskinporten speaks, and when it ends; its supplier is noted the first time."""
        consumer = maskinporten.read(token)
        with self.database.session(EVERYWHERE, write=False) as session:
            actor = organisations.consumer_actor(session, consumer)
            if token not in self._known:
                organisations.note_supplier(session, actor, consumer)
        return actor, consumer.ends


def bearer_token(header: str | None) -> str:
    """The token of an `Authorization: Bearer` header (RFC 6750). Raises Unauthenticated."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("Send a bearer token; get one from /api/v1/oauth/token")
    return token.strip()
