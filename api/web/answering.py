"""The page that a person answers on, by a link of her own: in her language, on an old phone, without an account.

The link's secret is in the address and nowhere else of the page, and proves the form too: nobody else can send it.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import StateDep
from api.web.dependencies import OpenFormDep
from api.web.forms import Typed
from api.web.pages import environment
from kompetanse.actor import Actor
from kompetanse.codes.consent import ConsentForm, ShareSection
from kompetanse.codes.municipalities import municipality
from kompetanse.contacts import links, service, wording
from kompetanse.contacts.links import Asked
from kompetanse.errors import Conflict, Stale

router = APIRouter()


@router.get("/answer/{token}")
def show(
    request: Request, token: str, state: StateDep, language: Annotated[str | None, Query(max_length=3)] = None
) -> Response:
    """The question, or what was answered."""
    who, ask_id = links.holder(state.database, token, request.scope.get("request_id", ""))
    chosen = language if language in wording.LANGUAGES else None
    with state.database.session(who.municipality_no, write=False) as session:
        return _page(links.read(session, who, ask_id, chosen), chosen)


@router.post("/answer/{token}")
def answer(request: Request, token: str, form: OpenFormDep, state: StateDep) -> Response:
    """Keep a yes, a no, or that a yes is taken back; whatever was done meanwhile is shown and not overwritten."""
    who, ask_id = links.holder(state.database, token, request.scope.get("request_id", ""))
    chosen = form.text("language") if form.text("language") in wording.LANGUAGES else None
    try:
        with state.database.session(who.municipality_no) as session:
            _keep(session, who, ask_id, form, chosen)
    except (Stale, Conflict):
        pass  # answered on another device, or too late: the page says how it stands
    return RedirectResponse(f"/answer/{token}{f'?language={chosen}' if chosen else ''}", 303)


def _keep(session: Session, who: Actor, ask_id: UUID, form: Typed, language: str | None) -> None:
    said = form.raw("answer")
    if said == "withdraw":
        service.withdraw(session, who, ask_id, form.version())
    elif said in ("yes", "no"):
        sections = [ShareSection(one) for one in form.all("sections") if one in set(ShareSection)]
        service.answer(
            session,
            who,
            ask_id,
            form.version(),
            yes=said == "yes",
            form=ConsentForm.DIGITAL,
            sections=sections,
            language=language,
        )


def _page(asked: Asked, chosen: str | None) -> HTMLResponse:
    language = chosen or asked.ask.language
    html = (
        environment()
        .get_template("answer.html")
        .render(
            asked=asked,
            question=asked.question,
            said=wording.texts(language),
            language=language,
            languages=[(one, wording.texts(one).name) for one in wording.LANGUAGES],
            sections=[(one, wording.section_name(language, ShareSection(one))) for one in asked.ask.sections],
            who=municipality(asked.request.recipient_no).name,
        )
    )
    return HTMLResponse(html, headers={"X-Robots-Tag": "noindex"})
