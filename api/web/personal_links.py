"""Letting a newcomer in to her own pages: the link, the code and the sheet to print, shown once; and ending them."""

import secrets
from collections.abc import Iterable
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web import catalogues, link_sending
from api.web.dependencies import FormDep, MayHandOut, WebSessionDep
from api.web.forms import Filled, filled
from api.web.pages import go, page
from api.web.sheets import sheet_of
from kompetanse.messages.service import carriers
from kompetanse.people import service as people
from kompetanse.personal_links import rules, sending, service
from kompetanse.personal_links.rules import LinkState
from kompetanse.personal_links.sending import CHANNEL_OF, Begun, Withheld

router = APIRouter(prefix="/people/{person_id}/link")


@router.get("")
def show(request: Request, person_id: UUID, who: MayHandOut, session: WebSessionDep, state: StateDep) -> Response:
    """Whether a link waits for her, how it was sent, and where she is in."""
    record = people.read(session, who, person_id)
    language = language_of(record.person.contact_languages)
    access = service.access(session, who, person_id, state.settings.personal_device_days)
    return page(
        request,
        "people/link.html",
        person=record.person,
        access=access,
        sent=link_sending.sent(access),
        days=state.settings.personal_link_days,
        form=Filled(filled(language=language)),
        asked=secrets.token_urlsafe(16),
        languages=[(one, _named(one)) for one in catalogues.LANGUAGES],
        states=LinkState,
        sends=bool(carriers(state.settings)),
        offers=link_sending.offers(state, record.contacts),
        shared=link_sending.shared(state, session, who, person_id, record.contacts),
    )


@router.post("")
def make(request: Request, person_id: UUID, form: FormDep, who: MayHandOut, state: StateDep) -> Response:
    """Make a link, and send it when that is asked for.

    It is on this answer and nowhere else, so no address in the browser's history shows it again.

    A page that is loaded anew sends its form once more: it shows the same link, and sends nothing again. The link is
    committed before it is sent, so whatever becomes of the message, it is there.
    """
    chosen = form.raw("language")
    language = chosen if chosen in catalogues.LANGUAGES else catalogues.SOURCE
    days, asked = state.settings.personal_link_days, link_sending.asked_by(form)
    begun: Begun | Withheld | None = None
    with state.database.session(who.municipality_no) as session:
        record = people.read(session, who, person_id)
        try:
            made = service.make(
                session, who, state.sealer, person_id, language=language, days=days, asked=form.text("asked")
            )
        except service.Over:
            return go(f"/people/{person_id}/link", "link-over")
        shared = link_sending.shared(state, session, who, person_id, record.contacts)
        if asked:
            begun = sending.begin(session, who, state.sealer, made, asked)
    sheet, told = sheet_of(request, state, made, language), None
    if asked and begun:
        [result] = link_sending.deliver(state, who, [(begun, sheet)])
        told = link_sending.told(result, CHANNEL_OF[asked.contact.kind])
    return page(
        request,
        "people/link_once.html",
        person=record.person,
        sheet=sheet,
        told=told,
        to=link_sending.shown(asked.contact) if asked else None,
        carried={"language": language, "asked": form.raw("asked"), "attempt": link_sending.attempt_of(form) + 1},
        sends=bool(carriers(state.settings)),
        offers=link_sending.offers(state, record.contacts),
        shared=shared,
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


def language_of(contact_languages: Iterable[str] | None) -> str:
    """The language to meet somebody in, of those that her pages have."""
    spoken = filter(None, map(catalogues.tag_of, contact_languages or ()))
    return rules.met_in(spoken, catalogues.LANGUAGES, catalogues.SOURCE)


def _named(tag: str) -> str:
    return catalogues.own_name(tag)
