"""In which language somebody reads: what was chosen, else what a link or the browser says.

The language of staff who are logged in is their account's (`dependencies.get_visitor`), and goes before all of this.
"""

from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web import catalogues
from api.web.i18n import speaking
from api.web.sessions import Cookies

_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads: which texts, in which languages, and the cookie and the parameter of addresses that hold a choice.

    `by_browser` says whether the browser is asked where nothing was chosen. In the offices of a Norwegian municipality
    many browsers are in English whose users are not.
    """

    domain: str
    languages: tuple[str, ...]
    cookie: str
    parameter: str
    by_browser: bool


NEWCOMERS = Readers(catalogues.NEWCOMER, catalogues.LANGUAGES, "language", "language", by_browser=True)
STAFF = Readers(catalogues.STAFF, catalogues.STAFF_LANGUAGES, "staff_language", "pages_in", by_browser=False)


@dataclass(frozen=True, slots=True)
class Speech:
    """The language that somebody chose, and the one that she is shown until there are texts in hers (BCP 47)."""

    chosen: str

    @property
    def shown(self) -> str:
        """The language of the page."""
        return catalogues.shown_in(self.chosen)

    @property
    def direction(self) -> str:
        """Which way the page is read."""
        return catalogues.direction(self.shown)


def speech_of(request: Request) -> Speech:
    """How whoever asks is spoken to."""
    found: Speech = request.scope["speech"]
    return found


def remember(response: Response, readers: Readers, language: str, cookies: Cookies) -> None:
    """Let a browser keep a language, for the pages that it keeps the cookie of the session or the device for."""
    response.set_cookie(
        readers.cookie, language, max_age=_YEAR, path=cookies.path, secure=cookies.secure, httponly=True, samesite="lax"
    )


class Speaking:
    """ASGI middleware: everything below speaks the reader's language; a choice in the address is kept in a cookie."""

    def __init__(self, app: ASGIApp, cookies: Cookies, readers: Readers) -> None:
        self.app = app
        self.cookies = cookies
        self.readers = readers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        asked = request.query_params.get(self.readers.parameter, "")
        chosen = asked if asked in self.readers.languages else None
        speech = scope["speech"] = Speech(chosen or _remembered(request, self.readers))

        async def with_choice(message: Message) -> None:
            if message["type"] == "http.response.start" and chosen:
                kept = Response()
                remember(kept, self.readers, chosen, self.cookies)
                MutableHeaders(scope=message).append("Set-Cookie", kept.headers["set-cookie"])
            await send(message)

        with speaking(speech.shown, self.readers.domain):
            await self.app(scope, receive, with_choice)


def _remembered(request: Request, readers: Readers) -> str:
    kept = request.cookies.get(readers.cookie, "")
    if kept in readers.languages:
        return kept
    asked = request.headers.get("accept-language", "") if readers.by_browser else ""
    return accepted(asked) or catalogues.SOURCE


def accepted(header: str) -> str | None:
    """The best of our languages for an Accept-Language header (RFC 9110 § 12.5.4); None where none is ours.

    >>> accepted("uk-UA,uk;q=0.9,en;q=0.8"), accepted("no"), accepted("fr")
    ('uk', 'nb', None)
    """
    wanted: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        primary = tag.split("-")[0].lower()
        known = {"no": "nb", "fil": "tl"}.get(primary, primary)
        if known in catalogues.LANGUAGES:
            wanted.append((_weight(weight), known))
    best = max(wanted, key=lambda one: one[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
