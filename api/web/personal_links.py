"""Letting a newcomer in to her own pages: the link, the code and the sheet to print, shown once; and ending them."""

import secrets
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web import catalogues
from api.web.dependencies import FormDep, MayHandOut, WebSessionDep
from api.web.forms import Filled, filled
from api.web.my.pages import HOME
from api.web.pages import go, page
from api.web.qr import qr_code
from kompetanse.people import service as people
from kompetanse.personal_links import rules, service
from kompetanse.personal_links.rules import LinkState

router = APIRouter(prefix="/people/{person_id}/link")


@router.get("")
def show(request: Request, person_id: UUID, who: MayHandOut, session: WebSessionDep, state: StateDep) -> Response:
    """Whether a link waits for her, and where she is in."""
    person = people.read(session, who, person_id).person
    spoken = filter(None, map(catalogues.tag_of, person.contact_languages or ()))
    language = rules.met_in(spoken, catalogues.LANGUAGES, catalogues.SOURCE)
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
    base = (state.settings.public_url or str(request.base_url)).rstrip("/")
    link = f"{base}{HOME}/open/{made.secret}"
    return page(
        request,
        "people/link_once.html",
        person_id=person_id,
        made=made,
        link=link,
        enter=f"{base}{HOME}/enter",
        qr=qr_code(link),
        language=catalogues.shown_in(language),
        direction=catalogues.direction(catalogues.shown_in(language)),
        municipality_no=who.municipality_no,
    )


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


def _named(tag: str) -> str:
    return catalogues.own_name(tag)
