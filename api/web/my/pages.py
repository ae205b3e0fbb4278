"""Rendering of a newcomer's pages: the same templates' environment, with what her layout needs."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.web import catalogues
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.pages import environment
from api.web.sessions import Cookies, Visitor, masked
from api.web.speech import NEWCOMERS, speech_of

HOME = "/my"
"""Where her pages are mounted; her cookies are sent to them alone."""

FRONT = f"{HOME}/"

SHARED = "shared"
"""The cookie of a browser that she said is not hers: nothing is kept in it."""

NOTICES: Mapping[str, str] = {
    "saved": _("Lagret."),
    "removed": _("Tatt bort."),
    "undone": _("Angret. Det er som før."),
    "confirmed": _("Takk. Nå vet vi at alt stemmer."),
    "yes": _("Du har sagt ja."),
    "no": _("Du har sagt nei. Det gjelder fra nå."),
    "answered": _("Takk for svaret."),
    "taken-back": _("Du har trukket det tilbake."),
    "asked": _("Vi har fått ønsket ditt. Kommunen svarer deg her."),
    "stays": _("Du er fortsatt registrert her. Ønsket om å bli slettet er tatt bort."),
    "interested": _("Takk. Koordinatoren får vite at du er interessert."),
    "not-interested": _("Greit. Koordinatoren får vite at du ikke er interessert lenger."),
    "helps": _("Takk. Kommunen spør deg når noen trenger hjelp."),
    "help-taken-back": _("Tatt bort. Kommunen spør deg ikke om dette."),
    "out": _("Du er logget ut."),
    "out-everywhere": _("Du er logget ut på alle telefoner og datamaskiner."),
}
"""What a page says after something was done; the URL carries the key, never the text."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of her menu."""

    text: str
    path: str


MENU = (
    Tab(_("Hjem"), FRONT),
    Tab(_("Jobber"), f"{HOME}/jobs"),
    Tab(_("Profil"), f"{HOME}/profile"),
    Tab(_("Samtykker"), f"{HOME}/consents"),
    Tab(_("Spørsmål til deg"), f"{HOME}/questions"),
    Tab(_("Hjelpe andre"), f"{HOME}/helping"),
    Tab(_("Hvem har sett"), f"{HOME}/seen"),
    Tab(_("Dine data"), f"{HOME}/data"),
    Tab(_("Logg ut"), f"{HOME}/leaving"),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language that can be chosen."""

    tag: str
    name: str
    direction: str


def own_page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401 - what templates take
    """A page of hers, found by no search engine."""
    html = environment().get_template(f"my/{template}").render(**_frame(request), **context)
    return HTMLResponse(html, status, headers={"X-Robots-Tag": "noindex"})


def _frame(request: Request) -> dict[str, object]:
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    speech = speech_of(request)
    notice = NOTICES.get(request.query_params.get("notice", ""))
    return {
        "visitor": visitor,
        "csrf_token": masked(visitor.csrf_token) if visitor else "",
        "owner": _owner(visitor) if visitor else "",
        "menu": MENU if visitor else (),
        "here": request.url.path,
        "keep": SHARED not in request.cookies,
        "notice": gettext(notice) if notice else None,
        "speech": speech,
        "chosen_name": catalogues.own_name(speech.chosen),
        "languages": [Spoken(one, catalogues.own_name(one), catalogues.direction(one)) for one in catalogues.LANGUAGES],
        "language_parameter": NEWCOMERS.parameter,
    }


def _owner(visitor: Visitor) -> str:
    """The name under which a browser keeps what she has typed: the same on every page, and no secret."""
    return hashlib.sha256(visitor.csrf_token.encode()).hexdigest()[:16]


def note_whose(answer: Response, cookies: Cookies, *, shared: bool) -> None:
    """Let a browser remember, until it is closed, that it is not hers; or forget it."""
    if shared:
        answer.set_cookie(SHARED, "yes", path=cookies.path, secure=cookies.secure, httponly=True, samesite="lax")
    else:
        answer.delete_cookie(SHARED, path=cookies.path, secure=cookies.secure, httponly=True, samesite="lax")


def go(path: str, notice: str | None = None) -> Response:
    """Send the browser to a page after something was done (303, so that a reload repeats nothing)."""
    return RedirectResponse(f"{path}?notice={notice}" if notice else path, 303)
