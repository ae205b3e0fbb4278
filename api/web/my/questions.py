"""What neighbours ask her: would she talk with them about a job? Her yes, her no, and taking a yes back."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web import catalogues
from api.web.i18n import language
from api.web.my.dependencies import MayAnswerOwn, OwnFormDep, OwnSessionDep
from api.web.my.pages import HOME, go, own_page
from kompetanse.codes.consent import ShareSection
from kompetanse.contacts import wording
from kompetanse.self_service import service

router = APIRouter(prefix="/questions")


@router.get("")
def show(request: Request, who: MayAnswerOwn, session: OwnSessionDep) -> Response:
    """Every question, newest first, with what it would show."""
    tag = language()
    return own_page(
        request,
        "questions.html",
        asked=service.read_questions(session, who, tag),
        said=wording.texts(tag),
        language=tag,
        section_names={one: wording.section_name(tag, one) for one in ShareSection},
    )


@router.post("/{ask_id}")
def answer(ask_id: UUID, form: OwnFormDep, who: MayAnswerOwn, session: OwnSessionDep) -> Response:
    """Keep her answer. Raises NotFound, also for somebody else's question; Stale, Conflict."""
    if form.raw("answer") == "withdraw":
        service.take_back_answer(session, who, ask_id, form.version())
        return go(f"{HOME}/questions", "taken-back")
    sections = [ShareSection(one) for one in form.all("sections") if one in set(ShareSection)]
    yes = form.raw("answer") == "yes"
    seen_in = form.raw("language")  # the page's that she answered on: she may have chosen another since
    tag = seen_in if seen_in in catalogues.COMPLETE else language()
    service.answer_question(session, who, ask_id, form.version(), yes=yes, sections=sections, language=tag)
    return go(f"{HOME}/questions", "answered")
