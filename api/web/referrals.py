"""Putting people forward for vacancies, and following what comes of it."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.web.dependencies import FormDep, MayRefer, WebSessionDep
from api.web.pages import go
from kompetanse.codes.work import ReferralStage
from kompetanse.errors import FieldFault, Invalid
from kompetanse.placements import service as placements

router = APIRouter()


@router.post("/vacancies/{vacancy_id}/referrals")
def refer(vacancy_id: UUID, form: FormDep, who: MayRefer, session: WebSessionDep) -> Response:
    """Put a candidate forward; her match's score at this moment is kept with it."""
    try:
        person_id = UUID(form.raw("person_id"))
        score = float(form.raw("score")) if form.text("score") else None
    except ValueError:
        raise Invalid(FieldFault("/person_id", "Nobody is chosen", "Choose somebody in the list")) from None
    placements.refer(session, who, vacancy_id=vacancy_id, person_id=person_id, note=form.text("note"), score=score)
    return go(f"/vacancies/{vacancy_id}", "referred", "referrals")


@router.post("/vacancies/{vacancy_id}/referrals/{referral_id}/stage")
def advance(vacancy_id: UUID, referral_id: UUID, form: FormDep, who: MayRefer, session: WebSessionDep) -> Response:
    """Take a referral a step further, or end it."""
    stage = form.raw("stage")
    if stage not in set(ReferralStage):
        raise Invalid(FieldFault("/stage", "Not a choice of the list"))
    placements.advance(session, who, referral_id, form.version(), ReferralStage(stage))
    return go(f"/vacancies/{vacancy_id}", "advanced", "referrals")
