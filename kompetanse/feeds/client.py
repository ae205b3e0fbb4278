"""Fetches pages and entries of the job service's feed over HTTP: authorised, conditional, patient, from one place only.

Interface: github.com/navikt/pam-stilling-feed (`/api/v1/feed`, `/api/v1/feedentry/{id}`, `/api/publicToken`).
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from secrets import SystemRandom

import httpx2

from kompetanse import __version__, clock
from kompetanse.errors import Unavailable
from kompetanse.feeds import rules
from kompetanse.feeds.rules import IntakeFault

BEGINNING = "/api/v1/feed"
AT_ONCE = 8
"""Requests under way at a time."""

_ATTEMPTS = 5
_SECONDS = 20.0
_LONGEST_VALIDATOR = 100
_LARGEST = 16 * 1024 * 1024
_PUBLIC_TOKEN = "/api/publicToken"  # noqa: S105 - where it is, and not what it is
_AGAIN = frozenset({429, 500, 502, 503, 504})
_FAULTS: Mapping[int, IntakeFault] = {401: IntakeFault.REFUSED, 403: IntakeFault.REFUSED, 404: IntakeFault.MISSING}
_chance = SystemRandom()


class FeedUnavailable(Unavailable):
    """The feed could not be read to its end; `fault` says why. What was read stays, and the next sync goes on there."""

    def __init__(self, fault: IntakeFault) -> None:
        super().__init__(f"The vacancy feed could not be read ({fault.value})")
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, with the validators to ask for it again by (RFC 9110 § 8.8)."""

    content: bytes
    etag: str | None
    last_modified: str | None


class FeedClient:
    """One feed. Safe to ask from several threads.

    Args:
        address: where the feed is, without `/api/v1/feed`.
        token: a consumer's own; without one the public token is fetched, and fetched anew when it is refused.
        pause: waits so many seconds, and tells whether to stop (`Event.wait`).
    """

    def __init__(self, address: str, token: str | None = None, *, pause: Callable[[float], bool] | None = None) -> None:
        self.address = address.rstrip("/")
        self._own = token is not None
        self._token = token
        self._pause = pause or threading.Event().wait
        self._renewing = threading.Lock()
        self.quickest = timedelta.max
        """The least time that an answer took so far: how far away the feed is."""
        self._http = httpx2.Client(
            headers={"Accept": "application/json", "User-Agent": f"Kompetanse/{__version__}"},
            timeout=_SECONDS,
            limits=httpx2.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE),
            follow_redirects=False,  # the token is for this address and no other
            trust_env=self.address.startswith("https:"),  # without TLS it is on this machine: no proxy reads it
        )

    def __enter__(self) -> "FeedClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def page(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched | None:
        """A page, or None when it has not changed since it had these validators (304).

        Raises:
            FeedUnavailable: it could not be fetched, after several attempts where that may help.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        answer = self._get(url, {name: value for name, value in conditions.items() if value})
        if answer.status_code == HTTPStatus.NOT_MODIFIED:
            return None
        if answer.status_code != HTTPStatus.OK:
            raise FeedUnavailable(_fault(answer.status_code))
        return Fetched(answer.content, _short(answer.headers.get("ETag")), _short(answer.headers.get("Last-Modified")))

    def entry(self, url: str) -> bytes | None:
        """An entry, or None when there is none any more (404, 410).

        Raises:
            FeedUnavailable: it could not be fetched, after several attempts where that may help.
        """
        answer = self._get(url, {})
        if answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            return None
        if answer.status_code != HTTPStatus.OK:
            raise FeedUnavailable(_fault(answer.status_code))
        return answer.content

    def _get(self, url: str, headers: Mapping[str, str]) -> httpx2.Response:
        """The first answer that is final; a token that is refused is renewed once."""
        where = self._within(url)
        token = self._token or self._renewed(None)
        answer = self._patiently(where, {**headers, "Authorization": f"Bearer {token}"})
        if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} and not self._own:
            token = self._renewed(token)
            answer = self._patiently(where, {**headers, "Authorization": f"Bearer {token}"})
        return answer

    def _renewed(self, refused: str | None) -> str:
        """The public token: the last line of a text. Threads that were refused together fetch it once."""
        with self._renewing:
            if self._token is None or self._token == refused:
                answer = self._patiently(self._within(_PUBLIC_TOKEN), {"Accept": "text/plain"})
                lines = answer.text.split() if answer.status_code == HTTPStatus.OK else []
                if not lines or not lines[-1].isascii():
                    raise FeedUnavailable(_fault(answer.status_code) if not lines else IntakeFault.REFUSED)
                self._token = lines[-1]
            return self._token

    def _patiently(self, url: str, headers: Mapping[str, str]) -> httpx2.Response:
        fault = IntakeFault.UNREACHABLE
        for attempt in range(1, _ATTEMPTS + 1):
            asked = None
            self._stop_or_wait(0)
            try:
                answer = self._once(url, headers)
            except httpx2.TransportError:
                fault = IntakeFault.UNREACHABLE
            except httpx2.HTTPError:
                raise FeedUnavailable(IntakeFault.BROKEN) from None
            else:
                if answer.status_code not in _AGAIN:
                    return answer
                fault = _fault(answer.status_code)
                asked = rules.retry_after(answer.headers.get("Retry-After"), clock.now())
            seconds = rules.wait(attempt, asked, _chance.random())
            if seconds is None or attempt == _ATTEMPTS:
                break
            self._stop_or_wait(seconds)
        raise FeedUnavailable(fault)

    def _stop_or_wait(self, seconds: float) -> None:
        if self._pause(seconds):
            raise FeedUnavailable(IntakeFault.STOPPED)

    def _once(self, url: str, headers: Mapping[str, str]) -> httpx2.Response:
        answer = self._http.get(url, headers=dict(headers))
        self.quickest = min(self.quickest, answer.elapsed)
        if len(answer.content) > _LARGEST:
            raise FeedUnavailable(IntakeFault.NOT_A_FEED)
        return answer

    def _within(self, url: str) -> str:
        """An address of the feed in full. One that leads elsewhere is refused: it would get the token."""
        if url.startswith("/") and not url.startswith("//"):
            return self.address + url
        if url.startswith(self.address + "/"):
            return url
        raise FeedUnavailable(IntakeFault.NOT_A_FEED)


def _short(validator: str | None) -> str | None:
    """A validator that can be kept; without it the page is read once more than need be."""
    return validator if validator and len(validator) <= _LONGEST_VALIDATOR else None


def _fault(status: int) -> IntakeFault:
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return IntakeFault.BUSY
    known = _FAULTS.get(status)
    return known or (IntakeFault.BROKEN if status >= HTTPStatus.INTERNAL_SERVER_ERROR else IntakeFault.NOT_A_FEED)
