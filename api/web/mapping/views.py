"""The conversation page by page: beginning it, a question at a time, and reading it all aloud at the end."""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import catalogues, conflict_page
from api.web.conflict_page import Origin
from api.web.dependencies import FormDep, MayMap, MayReadProfiles, WebSessionDep
from api.web.faults import CONFLICTS, Complaint, complaints
from api.web.forms import Filled, Typed, filled
from api.web.i18n import gettext
from api.web.mapping import forms, late
from api.web.mapping.late import Late
from api.web.mapping.rendering import answers, conversation_page, hers, question_page
from api.web.pages import go
from api.web.profile_conflicts import remove_entry
from api.web.profile_page import concept_names
from kompetanse.actor import Actor
from kompetanse.competence import service as competence
from kompetanse.competence.parts import Row
from kompetanse.competence.service import PersonProfile
from kompetanse.errors import Conflict, Invalid, NotFound, Stale
from kompetanse.mapping import rules
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import Question

router = APIRouter(prefix="/people/{person_id}/mapping")

SUMMARY = "summary"


def address(person_id: UUID, *below: object) -> str:
    """The address of a page of somebody's conversation."""
    return "/".join((f"/people/{person_id}/mapping", *map(str, below)))


@router.get("")
def show(request: Request, person_id: UUID, who: MayMap, session: WebSessionDep) -> Response:
    """Where the conversation stands, and in which language it is led."""
    found = competence.read_person_profile(session, who, person_id)
    conversation = mapping.latest(session, who, person_id)
    going = conversation is not None and conversation.ended_at is None
    standing = filled(
        language=conversation.language if conversation and going else hers(found),
        interpreter=conversation.interpreter if conversation and going else found.record.person.needs_interpreter,
    )
    return conversation_page(
        request,
        "mapping/begin.html",
        found,
        conversation,
        form=Filled(standing),
        going=going,
        languages=[(one, catalogues.own_name(one)) for one in catalogues.LANGUAGES],
    )


@router.post("")
def begin(person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """Begin the conversation, or go on with it where it stopped."""
    chosen = form.raw("language")
    language = chosen if chosen in catalogues.LANGUAGES else catalogues.SOURCE
    begun = mapping.begin(session, who, person_id, language=language, interpreter=form.answer("interpreter"))
    return go(address(person_id, rules.resumed_at(begun.states) or SUMMARY))


@router.get("/summary")
def summary(request: Request, person_id: UUID, who: MayReadProfiles, session: WebSessionDep) -> Response:
    """All that is written, in both languages, to read aloud and to confirm."""
    found = competence.read_person_profile(session, who, person_id)
    conversation = mapping.latest(session, who, person_id)
    if conversation is None:
        return go(address(person_id))
    concepts = concept_names(session, found.profile)
    return conversation_page(
        request,
        "mapping/summary.html",
        found,
        conversation,
        answers=answers(found, conversation, concepts),
    )


@router.post("/end")
def end(person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """She says that it holds, and the conversation is over."""
    mapping.end(session, who, person_id, form.version())
    return go(f"/people/{person_id}", "mapped")


@router.post("/undo")
def undo(person_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """Take back what was written last."""
    mapping.undo(session, who, person_id, form.version())
    asked = form.raw("question")
    return go(address(person_id, asked if asked in set(Question) else SUMMARY), "undone")


@router.get("/{question}")
def ask(request: Request, person_id: UUID, question: Question, who: MayMap, session: WebSessionDep) -> Response:
    """One question, with what the profile says to it already."""
    found = competence.read_person_profile(session, who, person_id)
    return question_page(request, session, who, found, question, forms.standing_form(question, found.profile))


@router.post("/{question}")
def answer(
    request: Request, person_id: UUID, question: Question, form: FormDep, who: MayMap, session: WebSessionDep
) -> Response:
    """Write down what was said, and go on: to the next question, or to one more answer. Whatever was typed is kept."""
    found = competence.read_person_profile(session, who, person_id)
    concepts = concept_names(session, found.profile)
    try:
        said = forms.said(question, form, found.profile, concepts)
        document = mapping.write(session, who, person_id, form.version(), said)
    except Stale:
        if form.version() == found.profile.version:
            raise
        if late.is_asked_about(question):
            both = late.put_together(session, who, found, question, form)
        else:
            (entry,) = said.added
            both = late.added(session, who, found, question, form, entry)
        back = address(person_id, question)
        return _together(
            request, session, who, both, back, lambda form: answer(request, person_id, question, form, who, session)
        )
    except Invalid as error:
        return question_page(request, session, who, found, question, Filled(form, complaints(error.faults)))
    except Conflict as error:
        return question_page(request, session, who, found, question, _there_already(form, error))
    if form.raw("move") == "more":
        return go(address(person_id, question), "added" if said.added else None)
    mapping.leave(session, who, person_id, question, document, later=form.raw("move") == "later")
    onward = SUMMARY if form.raw("back") == SUMMARY else rules.following(question) or SUMMARY
    return go(address(person_id, onward), "saved" if said.anything else None)


@router.get("/{question}/{entry_id}")
def changing(
    request: Request, person_id: UUID, question: Question, entry_id: UUID, who: MayMap, session: WebSessionDep
) -> Response:
    """The form of one entry, as it stands."""
    found = competence.read_person_profile(session, who, person_id)
    concepts = concept_names(session, found.profile)
    form = forms.changing_form(question, _entry(found, question, entry_id), concepts)
    return question_page(request, session, who, found, question, form, entry_id)


@router.post("/{question}/{entry_id}")
def change(
    request: Request,
    person_id: UUID,
    question: Question,
    entry_id: UUID,
    form: FormDep,
    who: MayMap,
    session: WebSessionDep,
) -> Response:
    """State an entry anew; what is not asked here stays as it is."""
    found = competence.read_person_profile(session, who, person_id)
    row = _entry(found, question, entry_id)
    try:
        fields = forms.changed(question, form, row, concept_names(session, found.profile))
        competence.change_part(session, who, person_id, form.version(), rules.PARTS[question], entry_id, fields)
    except Stale:
        if form.version() == found.profile.version:
            raise
        both = late.put_together(session, who, found, question, form, row)
        back = address(person_id, question)
        return _together(
            request,
            session,
            who,
            both,
            back,
            lambda form: change(request, person_id, question, entry_id, form, who, session),
        )
    except Invalid as error:
        refused = Filled(form, complaints(error.faults))
        return question_page(request, session, who, found, question, refused, entry_id)
    return go(address(person_id, question), "saved")


@router.post("/{question}/{entry_id}/remove")
def remove(
    person_id: UUID, question: Question, entry_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep
) -> Response:
    """Take an entry out, if it is as it was when it was read; it can be undone."""
    if question not in rules.PARTS:
        raise NotFound("entry")
    remove_entry(session, who, person_id, rules.PARTS[question], entry_id, form)
    return go(address(person_id, question), "removed")


def _together(
    request: Request, session: Session, who: Actor, both: Late, back: str, write: Callable[[Typed], Response]
) -> Response:
    """Write an answer together with what was saved meanwhile, or ask which of the two stands."""
    if both.asked:
        return conflict_page.show(request, session, who, both.merged, both.now, Origin(back))
    return write(both.form)


def _entry(found: PersonProfile, question: Question, entry_id: UUID) -> Row:
    rows = () if question in rules.TAPPED else mapping.entries(question, found.profile)
    row = next((one for one in rows if one.id == entry_id), None)
    if row is None:
        raise NotFound("entry")
    return row


def _there_already(form: Typed, error: Conflict) -> Filled:
    text = CONFLICTS.get(str(error))
    if text is None:
        raise error
    return Filled(form, [Complaint("label", gettext(text))])
