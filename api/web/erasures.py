"""Newcomers who ask to be erased, and the coordinator's answer."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.dependencies import FormDep, MayReadPeople, MayRegister, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go, page
from kompetanse.actor import Actor
from kompetanse.errors import Invalid
from kompetanse.people import erasures

router = APIRouter(prefix="/erasures")


@router.get("")
def show(request: Request, who: MayReadPeople, session: WebSessionDep) -> Response:
    """Who waits for an answer."""
    return _page(request, session, who)


@router.post("/{request_id}")
def answer(request: Request, request_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Keep what the person is told."""
    try:
        erasures.answer(session, who, request_id, form.raw("answer"))
    except Invalid as error:
        return _page(request, session, who, Filled(form, complaints(error.faults), str(request_id)))
    return go("/erasures", "erasure-answered")


def _page(request: Request, session: Session, who: Actor, refused: Filled | None = None) -> Response:
    asked = erasures.waiting(session, who)
    forms = {str(one.id): Filled(prefix=str(one.id)) for one, _ in asked}
    if refused is not None:
        forms[refused.prefix] = refused
    return page(request, "people/erasures.html", 422 if refused else 200, asked=asked, forms=forms)
