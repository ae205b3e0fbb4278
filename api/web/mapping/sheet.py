"""The conversation on paper: the same questions in two languages, with room for answers, and a code that leads back."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web.dependencies import MayMap, WebSessionDep
from api.web.i18n import mark as _
from api.web.mapping.pair import Pair
from api.web.mapping.rendering import cards, conversation_page, shown_beside
from api.web.qr import qr_code
from kompetanse.competence import service as competence
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import Question

router = APIRouter(prefix="/people/{person_id}/mapping")

COLUMNS: Mapping[Question, tuple[str, ...]] = MappingProxyType(
    {
        Question.WORK: (
            _("Hva arbeidet du som?"), _("Hvor? Navnet på stedet"), _("Når begynte du?"), _("Når sluttet du?"),
        ),
        Question.SKILLS: (_("Hva kan du?"), _("Hvor godt?")),
        Question.EDUCATION: (_("Hva lærte du?"), _("Navnet på stedet"), _("Land"), _("Året du ble ferdig")),
        Question.COURSES: (_("Hva het kurset?"), _("Når tok du det?")),
        Question.LANGUAGES: (_("Hvilket språk?"), _("Snakke med andre"), _("Lese"), _("Skrive")),
        Question.LICENCES: (_("Førerkort eller bevis"), _("Hvilket land er det fra?"), _("Gjelder til")),
        Question.OCCUPATIONS: (_("Hva vil du arbeide som?"), _("Hvor viktig er det?")),
        Question.EXTENT: (_("Minst så mange prosent"), _("Høyst så mange prosent")),
    }
)  # fmt: skip
"""What is written in a table on the sheet; other questions have a line, or boxes."""

ROWS = 3


@router.get("/print")
def show(request: Request, person_id: UUID, who: MayMap, session: WebSessionDep, state: StateDep) -> Response:
    """The sheet. It names nobody; the code on it opens for whoever is logged in and may see the person."""
    found = competence.read_person_profile(session, who, person_id)
    conversation = mapping.latest(session, who, person_id)
    pair = Pair(shown_beside(conversation, found))
    base = (state.settings.public_url or str(request.base_url)).rstrip("/")
    link = f"{base}/people/{person_id}/mapping"
    return conversation_page(
        request,
        "mapping/sheet.html",
        found,
        conversation,
        qr=qr_code(link),
        columns=COLUMNS,
        rows=ROWS,
        boxes=lambda question: cards(question, pair),
    )
