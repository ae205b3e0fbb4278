"""The sheet that a person is given: her way in, as a link, a picture of it, and a code to type."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from markupsafe import Markup

from api.state import State
from api.web import catalogues
from api.web.my.pages import HOME
from api.web.qr import qr_code
from kompetanse.personal_links.service import Made


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed for one person: her way in, as a link, a picture of it, and a code to type at `enter`."""

    link: str
    enter: str
    qr: Markup
    code: str
    expires_at: datetime
    language: str
    direction: str


def sheet_of(request: Request, state: State, made: Made, language: str) -> Sheet:
    """What is printed of a link that was made just now."""
    base = (state.settings.public_url or str(request.base_url)).rstrip("/")
    link = f"{base}{HOME}/open/{made.secret}"
    shown_in = catalogues.shown_in(language)
    direction = catalogues.direction(shown_in)
    code, expires_at = str(made.code), made.link.expires_at
    return Sheet(link, f"{base}{HOME}/enter", qr_code(link), code, expires_at, shown_in, direction)
