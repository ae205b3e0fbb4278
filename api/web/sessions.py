"""The cookies of sessions and devices, and proof that a form was ours (CSRF)."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from uuid import UUID

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from api.web.i18n import mark as _
from kompetanse.actor import Actor
from kompetanse.errors import Forbidden
from kompetanse.sealing import derive_key
from kompetanse.settings import Settings

CSRF_FIELD = "csrf_token"

_KEPT_LONGEST_DAYS = 400


class ForgedForm(Forbidden):
    """A form that did not come from a page of ours, or from a session that has ended."""

    code = "forged-form"

    def __init__(self) -> None:
        super().__init__(_("Skjemaet kom ikke fra denne siden, eller det er for gammelt"))


def masked(secret: str) -> str:
    """A secret (hexadecimal) as a page may carry it: another text each time, so that compression betrays nothing of it.

    A pad, and the secret combined with it (BREACH, Gluck, Harris and Prado 2013, section 3.4).
    """
    pad = secrets.token_bytes(len(secret) // 2)
    return pad.hex() + _combined(pad, bytes.fromhex(secret)).hex()


def unmasked(text: str) -> str:
    """The secret behind a masked text. Raises ValueError when it is none."""
    both = bytes.fromhex(text)
    middle = len(both) // 2
    return _combined(both[:middle], both[middle:]).hex()


def _combined(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page, what to call her, and what her forms must carry."""

    actor: Actor
    name: str
    csrf_token: str


@dataclass(frozen=True, slots=True)
class Cookies:
    """How the session's cookie is written and read, and the key that its forms are signed with.

    Over HTTPS the name begins with `__Host-`, or `__Secure-` where it is for one path, so that no other host can set it
    (RFC 6265bis § 4.1.3).
    """

    secure: bool
    hours: int
    csrf_key: bytes
    public_url: str
    label: str = "session"
    path: str = "/"

    @classmethod
    def of(cls, settings: Settings) -> "Cookies":
        """The cookies of a server with these settings."""
        return cls(
            secure=settings.cookie_secure,
            hours=settings.session_hours,
            csrf_key=derive_key(settings.secret(), "csrf"),
            public_url=settings.public_url,
        )

    @classmethod
    def of_devices(cls, settings: Settings, path: str) -> "Cookies":
        """The cookies of newcomers' devices, which are sent to their own pages alone.

        They are kept as long as browsers keep any (RFC 6265bis § 5.5): a device that lies unused is out by the
        database, and one that is used stays in.
        """
        return replace(cls.of(settings), hours=_KEPT_LONGEST_DAYS * 24, label="device", path=path)

    def of_openings(self) -> "Cookies":
        """The cookie by which a browser may spend a link once more, when the answer was lost on the way."""
        return replace(self, hours=1, label="opening")

    @property
    def name(self) -> str:
        """The cookie's name."""
        if not self.secure:
            return self.label
        return f"__Host-{self.label}" if self.path == "/" else f"__Secure-{self.label}"

    def read(self, request: Request) -> str | None:
        """The session's token, if the browser has one."""
        return request.cookies.get(self.name)

    def write(self, response: Response, token: str, *, lasting: bool = True) -> None:
        """Give the browser the session's token; one that does not last is gone when the browser is closed."""
        response.set_cookie(
            self.name,
            token,
            max_age=self.hours * 3600 if lasting else None,
            path=self.path,
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def clear(self, response: Response) -> None:
        """Take the token from the browser."""
        response.delete_cookie(self.name, path=self.path, secure=self.secure, httponly=True, samesite="lax")

    def csrf_token(self, session_token: str) -> str:
        """What every form of a session carries: an HMAC of its token, so that nothing is stored for it."""
        return hmac.new(self.csrf_key, session_token.encode(), hashlib.sha256).hexdigest()

    def draft_key(self, account_id: UUID) -> str:
        """The key (AES-256) that somebody's browser seals her unsaved words with; it is the same in every session."""
        return hmac.new(self.csrf_key, f"drafts of {account_id}".encode(), hashlib.sha256).hexdigest()

    def check_csrf(self, visitor: Visitor, sent: str | None) -> None:
        """Raise ForgedForm unless the form carries its session's token."""
        try:
            found = unmasked(sent or "")
        except ValueError:
            raise ForgedForm from None
        if not hmac.compare_digest(visitor.csrf_token, found):
            raise ForgedForm

    def check_origin(self, headers: Headers) -> None:
        """Raise ForgedForm unless the browser says that the form is from a page of this very site.

        Sec-Fetch-Site says it over HTTPS and on localhost; Origin is sent by every browser with every POST.
        """
        site = headers.get("sec-fetch-site")
        if site is not None:
            if site not in ("same-origin", "none"):
                raise ForgedForm
            return
        home = urlsplit(self.public_url).netloc or headers.get("host", "")
        origin = headers.get("origin")
        if origin is None or urlsplit(origin).netloc != home:
            raise ForgedForm
