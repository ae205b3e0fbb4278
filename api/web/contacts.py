"""Requests for contact from neighbours, as the coordinator works with them: whom to ask, and what they answered."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web.dependencies import FormDep, MayHandleContacts, WebSessionDep
from api.web.forms import Filled, filled
from api.web.pages import go, page
from api.web.reading import Reader
from api.web.words import word
from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.consent import ConsentForm, ShareSection
from kompetanse.codes.contact import RequestStage
from kompetanse.contacts import service, wording
from kompetanse.contacts.service import Candidate

router = APIRouter(prefix="/sharing/requests")


@router.get("")
def inbox(request: Request, who: MayHandleContacts, session: WebSessionDep) -> Response:
    """What neighbours ask for, newest first."""
    return page(request, "sharing/requests.html", requests=service.inbox(session, who), on=clock.today())


@router.get("/{request_id}")
def show(
    request: Request, request_id: UUID, who: MayHandleContacts, session: WebSessionDep, state: StateDep
) -> Response:
    """One request: whom it could be about, and what became of asking each."""
    return _page(request, session, who, state, request_id)


@router.post("/{request_id}/ask")
def ask(
    request: Request,
    request_id: UUID,
    form: FormDep,
    who: MayHandleContacts,
    session: WebSessionDep,
    state: StateDep,
) -> Response:
    """Ask a person. Her link is shown on the page that answers, and nowhere after."""
    reader = Reader(form)
    person_id, language = reader.id("person_id"), form.text("language")
    reader.refuse()
    chosen = language if language in wording.LANGUAGES else None
    asked, token = service.ask(session, who, request_id, person_id or UUID(int=0), chosen)
    return _page(request, session, who, state, request_id, (asked.person_id, token))


@router.post("/{request_id}/answer")
def answer(request_id: UUID, form: FormDep, who: MayHandleContacts, session: WebSessionDep) -> Response:
    """Keep what she answered in conversation."""
    reader = Reader(form)
    ask_id = reader.id("ask_id") or UUID(int=0)
    reader.refuse()
    sections = [one for one in ShareSection if one.value in form.all("sections")]
    yes = form.raw("yes") == "yes"
    service.answer(session, who, ask_id, form.version(), yes=yes, form=ConsentForm.ORAL, sections=sections)
    return go(f"/sharing/requests/{request_id}", "answered")


@router.post("/{request_id}/withdraw")
def withdraw(request_id: UUID, form: FormDep, who: MayHandleContacts, session: WebSessionDep) -> Response:
    """Take back a yes, or a question."""
    reader = Reader(form)
    ask_id = reader.id("ask_id") or UUID(int=0)
    reader.refuse()
    service.withdraw(session, who, ask_id, form.version())
    return go(f"/sharing/requests/{request_id}", "taken-back")


@router.post("/{request_id}/close")
def close(request_id: UUID, form: FormDep, who: MayHandleContacts, session: WebSessionDep) -> Response:
    """Ask nobody more."""
    service.close(session, who, request_id, form.version())
    return go("/sharing/requests", "closed")


def _page(
    request: Request,
    session: Session,
    who: Actor,
    state: State,
    request_id: UUID,
    asked: tuple[UUID, str] | None = None,
) -> Response:
    found = service.read_request(session, who, request_id)
    candidates = service.candidates(session, who, request_id)
    names = {one.person.id: f"{one.person.given_name} {one.person.family_name}" for one in candidates}
    base = state.settings.public_url or str(request.base_url)
    return page(
        request,
        "sharing/request.html",
        found=found,
        sections=[ShareSection(one) for one in found.sections],
        candidates=candidates,
        open_now=clock.today() <= found.answer_by and found.stage is not RequestStage.CLOSED,
        languages=[(one, wording.texts(one).name) for one in wording.LANGUAGES],
        language_form=_language_form,
        sections_form=_sections_form,
        section_choices=_section_choices,
        link=f"{base.rstrip('/')}/answer/{asked[1]}" if asked else None,
        asked_name=names.get(asked[0]) if asked else None,
    )


def _language_form(one: Candidate) -> Filled:
    own = one.ask.language if one.ask else wording.language_for(one.person.contact_languages)
    return Filled(filled(language=own), prefix=f"ask-{one.person.id}")


def _sections_form(one: Candidate) -> Filled:
    chosen = [section.value for section in one.sections]
    return Filled(filled(sections=chosen), prefix=f"answer-{one.person.id}")


def _section_choices(one: Candidate) -> list[tuple[str, str]]:
    return [(section.value, word(section) or section.value) for section in one.sections]
