"""The page that reads a pasted text: suggestions to accept or decline. The text is sent along and never stored."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.dependencies import FormDep, MayMap, WebSessionDep
from api.web.faults import CONFLICTS, Complaint, complaints
from api.web.forms import Filled, Typed, filled
from api.web.i18n import gettext as _
from api.web.pages import go, page
from api.web.suggested import groups, key_of, pieces
from kompetanse.actor import Actor
from kompetanse.competence import service as competence
from kompetanse.competence import suggesting
from kompetanse.competence.suggesting import Chosen, Suggestions
from kompetanse.errors import Conflict, DomainError, Invalid, Stale

router = APIRouter(prefix="/people/{person_id}/text")


@router.get("")
def show(request: Request, person_id: UUID, who: MayMap, session: WebSessionDep) -> Response:
    """The empty page."""
    return _page(request, session, who, person_id, Filled())


@router.post("")
def read(request: Request, person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """What the text says, to be looked through."""
    text = _pasted(form)
    try:
        found = suggesting.propose_from_text(session, who, person_id, text)
    except Invalid as error:
        faults = [replace(fault, pointer="/pasted") for fault in error.faults]
        return _page(request, session, who, person_id, Filled(filled(pasted=text), complaints(faults)))
    return _suggest(request, text, found)


@router.post("/add")
def add(request: Request, person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """Add what is ticked: all of it, or nothing, with the suggestions once more and why."""
    text, keys = _pasted(form), form.all("chosen")
    found = suggesting.propose_from_text(session, who, person_id, text)
    chosen = [Chosen(one.part, one.fields) for one in found.items if key_of(one) in keys]
    try:
        if len(chosen) < len(set(keys)):
            raise Stale("What the text suggests has changed")
        suggesting.accept(session, who, person_id, form.version(), chosen)
    except (Invalid, Conflict, Stale) as error:
        return _suggest(request, text, found, keys, _complaint(error))
    return go(f"/people/{person_id}", "read-in", "can")


def _pasted(form: Typed) -> str:
    """The text with line ends as they are counted; a browser sends each as two signs."""
    return form.raw("pasted").replace("\r\n", "\n").replace("\r", "\n")


def _complaint(error: DomainError) -> Complaint:
    match error:
        case Stale():
            text = _("Profilen er endret siden du leste teksten. Se gjennom forslagene på nytt")
        case Invalid() if error.faults:
            text = complaints([replace(error.faults[0], pointer="/chosen")])[0].text
        case _:
            text = _(CONFLICTS.get(str(error), "Det passer ikke med det som står i profilen"))
    return Complaint("chosen", text)


def _page(request: Request, session: Session, who: Actor, person_id: UUID, form: Filled) -> Response:
    found = competence.read_person_profile(session, who, person_id)
    status = 422 if form.complaints else 200
    return page(request, "people/text.html", status, person=found.record.person, form=form, found=None)


def _suggest(
    request: Request,
    text: str,
    found: Suggestions,
    keys: Sequence[str] | None = None,
    complaint: Complaint | None = None,
) -> Response:
    return page(
        request,
        "people/text.html",
        422 if complaint else 200,
        person=found.found.record.person,
        form=Filled(filled(pasted=text), [complaint] if complaint else []),
        found=groups(text, found.items, keys),
        pieces=pieces(text, found.items),
        version=found.version,
    )
