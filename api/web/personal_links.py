"""Letting a newcomer in to her own pages: the link, the code and the sheet to print, shown once; and ending them."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web import catalogues
from api.web.dependencies import FormDep, MayHandOut, WebSessionDep
from api.web.forms import Filled, filled
from api.web.my.pages import HOME
from api.web.pages import go, page
from api.web.qr import qr_code
from kompetanse.people import service as people
from kompetanse.personal_links import rules, service
from kompetanse.personal_links.rules import LinkState
from kompetanse.personal_links.service import Made

router = APIRouter(prefix="/people/{person_id}/link")


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


@router.get("")
def show(request: Request, person_id: UUID, who: MayHandOut, session: WebSessionDep, state: StateDep) -> Response:
    """Whether a link waits for her, and where she is in."""
    person = people.read(session, who, person_id).person
    language = language_of(person.contact_languages)
    return page(
        request,
        "people/link.html",
        person=person,
        access=service.access(session, who, person_id, state.settings.personal_device_days),
        days=state.settings.personal_link_days,
        form=Filled(filled(language=language)),
        asked=secrets.token_urlsafe(16),
        languages=[(one, _named(one)) for one in catalogues.LANGUAGES],
        states=LinkState,
    )


@router.post("")
def make(
    request: Request, person_id: UUID, form: FormDep, who: MayHandOut, session: WebSessionDep, state: StateDep
) -> Response:
    """Make a link. It is on this answer and nowhere else, so no address in the browser's history shows it again.

    A page that is loaded anew sends its form once more, and shows the same link.
    """
    chosen = form.raw("language")
    language = chosen if chosen in catalogues.LANGUAGES else catalogues.SOURCE
    days = state.settings.personal_link_days
    asked = form.text("asked")
    try:
        made = service.make(session, who, state.sealer, person_id, language=language, days=days, asked=asked)
    except service.Over:
        return go(f"/people/{person_id}/link", "link-over")
    return page(request, "people/link_once.html", person_id=person_id, sheet=sheet_of(request, state, made, language))


@router.post("/revoke")
def revoke(person_id: UUID, _form: FormDep, who: MayHandOut, session: WebSessionDep) -> Response:
    """Stop a link that waits."""
    service.revoke(session, who, person_id)
    return go(f"/people/{person_id}/link", "link-stopped")


@router.post("/end")
def end_devices(person_id: UUID, _form: FormDep, who: MayHandOut, session: WebSessionDep) -> Response:
    """Let her out of all her devices."""
    service.end_devices(session, who, person_id)
    return go(f"/people/{person_id}/link", "devices-ended")


def language_of(contact_languages: Iterable[str] | None) -> str:
    """The language to meet somebody in, of those that her pages have."""
    spoken = filter(None, map(catalogues.tag_of, contact_languages or ()))
    return rules.met_in(spoken, catalogues.LANGUAGES, catalogues.SOURCE)


def sheet_of(request: Request, state: State, made: Made, language: str) -> Sheet:
    """What is printed of a link that was made just now."""
    base = (state.settings.public_url or str(request.base_url)).rstrip("/")
    link = f"{base}{HOME}/open/{made.secret}"
    shown_in = catalogues.shown_in(language)
    direction = catalogues.direction(shown_in)
    code, expires_at = str(made.code), made.link.expires_at
    return Sheet(link, f"{base}{HOME}/enter", qr_code(link), code, expires_at, shown_in, direction)


def _named(tag: str) -> str:
    return catalogues.own_name(tag)
