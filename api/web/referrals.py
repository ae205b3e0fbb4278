"""Putting people forward for vacancies, and following what comes of it."""

import re
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.web.dependencies import FormDep, MayRefer, WebSessionDep
from api.web.forms import Typed
from api.web.pages import go, local
from kompetanse.codes.work import ReferralStage
from kompetanse.errors import FieldFault, Invalid
from kompetanse.placements import service as placements

router = APIRouter()

_PART = re.compile(r"[a-z0-9-]{1,60}")


@router.post("/vacancies/{vacancy_id}/referrals")
def refer(vacancy_id: UUID, form: FormDep, who: MayRefer, session: WebSessionDep) -> Response:
    """Put a candidate forward; her match's score at this moment is kept with it."""
    try:
        person_id = UUID(form.raw("person_id"))
        score = float(form.raw("score")) if form.text("score") else None
    except ValueError:
        raise Invalid(FieldFault("/person_id", "Nobody is chosen", "Choose somebody in the list")) from None
    referral = placements.refer(
        session, who, vacancy_id=vacancy_id, person_id=person_id, note=form.text("note"), score=score
    )
    return _back(form, vacancy_id, "referred", undo=referral.id)


@router.post("/vacancies/{vacancy_id}/referrals/{referral_id}/stage")
def advance(vacancy_id: UUID, referral_id: UUID, form: FormDep, who: MayRefer, session: WebSessionDep) -> Response:
    """Take a referral a step further, or end it."""
    stage = form.raw("stage")
    if stage not in set(ReferralStage):
        raise Invalid(FieldFault("/stage", "Not a choice of the list"))
    placements.advance(session, who, referral_id, form.version(), ReferralStage(stage))
    if stage == ReferralStage.ACCEPTED_BY_PERSON:
        return _back(form, vacancy_id, "accepted", undo=vacancy_id)
    return _back(form, vacancy_id, "advanced")


@router.post("/referrals/{referral_id}/undo")
def undo(referral_id: UUID, form: FormDep, who: MayRefer, session: WebSessionDep) -> Response:
    """Take back a referral that was made by mistake."""
    referral = placements.undo(session, who, referral_id, form.version())
    return _back(form, referral.vacancy_id, "referral-undone")


def _back(form: Typed, vacancy_id: UUID, notice: str, undo: UUID | None = None) -> Response:
    """To the page and part that the form was on: the vacancy's where it says none."""
    part = form.raw("part")
    back = local(form.raw("back"), "")
    if not back:
        return go(f"/vacancies/{vacancy_id}", notice, "referrals", undo)
    return go(back, notice, part if _PART.fullmatch(part) else "", undo)
