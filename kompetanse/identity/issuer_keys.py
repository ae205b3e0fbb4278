"""The public keys of an issuer of tokens: fetched over HTTP, kept for a while, asked for again with restraint."""

import http.client
import json
import re
import threading
import urllib.error
import urllib.request
from types import MappingProxyType
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.util import urlsafe_b64decode

from kompetanse import clock
from kompetanse.errors import InvalidToken, Unavailable

KEPT = range(60, 3600 + 1)
"""Seconds that keys are kept, whatever the issuer's `max-age`: a withdrawn key is out within the hour."""

USUAL = 600
"""Seconds that keys are kept where the issuer does not say."""

STALE = 6 * 3600
"""Seconds more that keys are used while the issuer does not answer."""

PAUSE = 30
"""Seconds between two requests, whatever tokens come: nobody makes us hammer the issuer with invented key ids."""

_SECONDS = 5
_LARGEST = 256 * 1024
_LEAST_BYTES = 256  # RSA of 2048 bits (RFC 7518 § 3.3)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=\"?([0-9]{1,9})")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Keys come from the address that the operator chose, and no other."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - as urllib has it
        """Follow nothing: the answer is an error."""


_opener = urllib.request.build_opener(_NoRedirect)


class IssuerKeys:
    """The signing keys behind one address. One for a process; safe to ask from several threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: MappingProxyType[str, RSAKey] = MappingProxyType({})
        self._fresh_until = self._asked_at = float("-inf")
        self._answered = True
        self._asking = threading.Lock()

    def find(self, kid: str) -> RSAKey:
        """The key with an id. Asks the issuer when what is known is old, or when it does not know the id.

        Raises:
            InvalidToken: the issuer has no such key.
            Unavailable: the issuer does not answer, and what it said before is too old or lacks the key.
        """
        now = clock.now().timestamp()
        key = self._keys.get(kid)
        if key is not None and now < self._fresh_until:
            return key
        # One thread asks; the others wait only while nothing is known yet, so a slow issuer does not stop the server.
        if self._asking.acquire(blocking=not self._keys):
            try:
                if now - self._asked_at >= PAUSE:
                    self._ask(now)
            finally:
                self._asking.release()
            key = self._keys.get(kid)
        if key is not None and now < self._fresh_until + STALE:
            return key
        if self._answered and not self._asking.locked():
            raise InvalidToken("The token is not valid; ask for a new one")
        raise Unavailable("The keys of the token's issuer could not be fetched; try again in a moment")

    def _ask(self, now: float) -> None:
        self._asked_at = now
        try:
            self._keys, kept = fetch(self._url)
        except (OSError, http.client.HTTPException, ValueError):
            self._answered = False
        else:
            self._answered, self._fresh_until = True, now + kept


def fetch(url: str) -> tuple[MappingProxyType[str, RSAKey], int]:
    """The keys behind an address, by id, and for how many seconds they may be kept.

    Raises:
        OSError, HTTPException: it does not answer, or with an error or a redirection.
        ValueError: with something else than a set of keys.
    """
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - settings checked it
    try:
        with _opener.open(request, timeout=_SECONDS) as answer:
            content: bytes = answer.read(_LARGEST + 1)
            said = _MAX_AGE.search((answer.headers.get("Cache-Control") or "").lower())
    except urllib.error.HTTPError as error:
        error.close()  # it holds the connection
        raise
    if len(content) > _LARGEST:
        raise ValueError("More than a set of keys")
    seconds = int(said[1]) if said else USUAL
    return usable_keys(content), min(max(seconds, KEPT.start), KEPT.stop - 1)


def usable_keys(document: bytes) -> MappingProxyType[str, RSAKey]:
    """The keys of a JWK Set (RFC 7517 § 5) that may sign with RS256, by id; the others are left out.

    Raises:
        ValueError: it is no JWK Set, or has no such key.
    """
    entries = json.loads(document)
    listed = entries.get("keys") if isinstance(entries, dict) else None
    found = ((one.get("kid"), _signing_key(one)) for one in listed or () if isinstance(one, dict))
    usable = {kid: key for kid, key in found if isinstance(kid, str) and key is not None}
    if not usable:
        raise ValueError("No key that signs with RS256")
    return MappingProxyType(usable)


def _signing_key(entry: dict[str, Any]) -> RSAKey | None:
    """The public parts of an entry, and nothing else that it says of itself; None when it is not for RS256."""
    if (entry.get("kty"), entry.get("use", "sig"), entry.get("alg", "RS256")) != ("RSA", "sig", "RS256"):
        return None
    try:
        if len(urlsafe_b64decode(entry["n"].encode())) < _LEAST_BYTES:
            return None
        return RSAKey.import_key({name: entry[name] for name in ("kty", "n", "e")})
    except (JoseError, ValueError, KeyError, AttributeError):
        return None
