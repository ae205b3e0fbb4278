"""What the coordinator decides about one candidate for one vacancy: pinned, set aside, a note, and all of it undone."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import vacancy_page
from api.web.dependencies import FormDep, MayMatch, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed
from api.web.pages import go
from api.web.rankings import ShownDep
from api.web.reading import Reader
from kompetanse.actor import Actor
from kompetanse.codes.work import PairMark, SetAsideReason
from kompetanse.errors import Invalid, NotFound, Stale
from kompetanse.matching import marks

router = APIRouter(prefix="/vacancies/{vacancy_id}/candidates/{person_id}")

ASIDE, NOTE = "aside", "note"
"""The two forms of a candidate that can be refused, by the prefix of their fields' ids."""

_NOTICES = {PairMark.PINNED: "pinned", PairMark.SET_ASIDE: "set-aside", None: "mark-saved"}


@router.post("/mark")
def mark(
    request: Request,
    vacancy_id: UUID,
    person_id: UUID,
    form: FormDep,
    who: MayMatch,
    session: WebSessionDep,
    shown: ShownDep,
) -> Response:
    """Let the form stand in place of what stood of the pair; an empty one takes it away."""
    try:
        decided = _store(session, who, vacancy_id, person_id, form)
    except Invalid as error:
        name = ASIDE if form.raw("mark") == PairMark.SET_ASIDE else NOTE
        refused = Filled(form, complaints(error.faults), f"{name}-{person_id}")
        return vacancy_page.show(request, session, who, vacancy_id, shown, refused)
    place = "set-aside" if decided is PairMark.SET_ASIDE else f"candidate-{person_id}"
    return go(f"/vacancies/{vacancy_id}{shown.query}", _NOTICES[decided], place)


def _store(session: Session, who: Actor, vacancy_id: UUID, person_id: UUID, form: Typed) -> PairMark | None:
    reader = Reader(form)
    decided, reason = reader.choice("mark", PairMark), reader.choice("reason", SetAsideReason)
    reader.refuse()
    version, note = form.version(), form.text("note")
    try:
        if decided or note:
            marks.mark(session, who, vacancy_id, person_id, version or None, mark=decided, reason=reason, note=note)
        elif version:
            marks.clear(session, who, vacancy_id, person_id, version)
    except NotFound as error:
        if error.what == "mark":
            raise Stale("The candidate was marked since you read it; read it again") from None
        raise
    return decided
