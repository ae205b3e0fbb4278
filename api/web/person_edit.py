"""A registered person's own form: opened on a page of its own, or in its place on the person's page."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import conflict_page, profile_page
from api.web.conflict_page import Origin, Saved, Standing, harmless, met, refused
from api.web.conflicts import stood_in
from api.web.dependencies import FormDep, MayRegister, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed
from api.web.names import name_lists
from api.web.pages import page
from api.web.person_forms import person_fields, person_form
from api.web.profile_page import FACTS, saved
from kompetanse.actor import Actor
from kompetanse.audit import lookups
from kompetanse.errors import Invalid, Stale
from kompetanse.people import service as people

router = APIRouter(prefix="/people/{person_id}/edit")

PLACE = f"place-{FACTS}"


@router.get("")
def editing(request: Request, person_id: UUID, who: MayRegister, session: WebSessionDep) -> Response:
    """The form of a registered person."""
    record = people.read(session, who, person_id)
    return _editing(request, person_id, Filled(person_form(record)))


@router.post("")
def change(request: Request, person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Store what the form says."""
    try:
        people.change(session, who, person_id, form.version(), person_fields(form))
    except Invalid as error:
        return _editing(request, person_id, Filled(form, complaints(error.faults)))
    except Stale:
        return _put_together(request, session, who, person_id, form)
    return _changed(request, session, who, person_id, form)


def _changed(request: Request, session: Session, who: Actor, person_id: UUID, form: Typed) -> Response:
    """Tell that it is saved. In its place the way back is offered: what stood in the form before."""
    stood = stood_in(form)
    if "hx-request" in request.headers and stood is not None:
        return profile_page.show(request, session, who, person_id, was=Typed(stood))
    return saved(person_id, FACTS, "saved")


def _put_together(request: Request, session: Session, who: Actor, person_id: UUID, form: Typed) -> Response:
    """Save the form together with what somebody else saved meanwhile, or ask which stands."""
    record = people.read(session, who, person_id)
    person = record.person
    last = lookups.last_change(session, who, "person", person_id, person.updated_at)
    now = Standing(person_form(record), person.version, Saved(*(last or (None, person.updated_at))))
    merged = met(form, now)
    if not harmless(form, merged):
        return conflict_page.show(request, session, who, merged, now, Origin(f"/people/{person_id}", FACTS, PLACE))
    try:
        people.change(session, who, person_id, now.version, person_fields(merged.typed))
    except Invalid as error:
        return _editing(request, person_id, Filled(refused(merged, now), complaints(error.faults)))
    return saved(person_id, FACTS, "merged-with")


def _editing(request: Request, person_id: UUID, form: Filled) -> Response:
    inline = "hx-request" in request.headers
    status = 422 if form.complaints else 200
    answer = page(request, "people/edit.html", status, form=form, person_id=person_id, inline=inline, **name_lists())
    if inline and form.complaints:
        answer.headers["HX-Retarget"] = f"#{PLACE}"
        answer.headers["HX-Reswap"] = "innerHTML"
        answer.headers["HX-Reselect"] = ".entry-form"
    return answer
