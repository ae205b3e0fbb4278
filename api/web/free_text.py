"""The page that reads a pasted text or a CV: suggestions to accept or decline. It is sent along and never stored."""

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
from kompetanse.competence.suggesting import Chosen
from kompetanse.errors import Conflict, DomainError, Invalid, Stale
from kompetanse.exchange.cv_files import files
from kompetanse.exchange.cv_files import service as cv_files
from kompetanse.exchange.cv_files.service import Read

router = APIRouter(prefix="/people/{person_id}/text")


@router.get("")
def show(request: Request, person_id: UUID, who: MayMap, session: WebSessionDep) -> Response:
    """The empty page."""
    return _page(request, session, who, person_id, Filled())


@router.post("")
def read(request: Request, person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """What the text or the file says, to be looked through."""
    sent, text = form.files.get("file"), _pasted(form)
    try:
        if sent is not None and sent.filename:
            text = _tidy(files.source_of(sent.file.read(files.MOST_BYTES + 1)))
        read = cv_files.propose(session, who, person_id, text)
    except Invalid as error:
        faults = [fault if fault.pointer == "/file" else replace(fault, pointer="/pasted") for fault in error.faults]
        return _page(request, session, who, person_id, Filled(filled(pasted=_pasted(form)), complaints(faults)))
    return _suggest(request, text, read)


@router.post("/add")
def add(request: Request, person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """Add what is ticked: all of it, or nothing, with the suggestions once more and why."""
    text, keys = _pasted(form), form.all("chosen")
    read = cv_files.propose(session, who, person_id, text)
    chosen = [Chosen(one.part, one.fields) for one in read.found.items if key_of(one) in keys]
    try:
        if len(chosen) < len(set(keys)):
            raise Stale("What the text suggests has changed")
        suggesting.accept(session, who, person_id, form.version(), chosen)
    except (Invalid, Conflict, Stale) as error:
        return _suggest(request, text, read, keys, _complaint(error))
    return go(f"/people/{person_id}", "read-in", "can")


def _pasted(form: Typed) -> str:
    return _tidy(form.raw("pasted"))


def _tidy(text: str) -> str:
    """The text with line ends as they are counted; a browser sends each as two signs."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
    source: str,
    read: Read,
    keys: Sequence[str] | None = None,
    complaint: Complaint | None = None,
) -> Response:
    return page(
        request,
        "people/text.html",
        422 if complaint else 200,
        person=read.found.found.record.person,
        form=Filled(filled(pasted=source if read.text == source else None), [complaint] if complaint else []),
        source=source,
        found=groups(read.text, read.found.items, keys),
        pieces=pieces(read.text, read.found.items),
        version=read.found.version,
    )
