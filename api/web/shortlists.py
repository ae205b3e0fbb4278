"""The shortlist of a vacancy: a page to print for the unit's leader, with nothing more than she needs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.web.dependencies import FormDep, MayRefer, WebSessionDep
from api.web.pages import go, local, page
from api.web.reasons import paper
from kompetanse.codes.work import ReferralStage
from kompetanse.errors import FieldFault, Invalid
from kompetanse.people.rules import name_order
from kompetanse.placements import service as placements
from kompetanse.placements.shortlist import shortlist

router = APIRouter(prefix="/vacancies/{vacancy_id}/shortlist")


@router.get("")
def show(
    request: Request,
    vacancy_id: UUID,
    who: MayRefer,
    session: WebSessionDep,
    candidate: Annotated[list[UUID] | None, Query(max_length=20)] = None,
) -> Response:
    """The candidates who are ticked; where none is, those who are referred."""
    found = shortlist(session, who, vacancy_id, candidate or [])
    listed = sorted(found.listed, key=lambda one: name_order(one.family_name, one.given_name))
    return page(
        request,
        "vacancies/shortlist.html",
        found=found,
        vacancy=found.vacancy,
        sheets=[(one, paper(one.reasons)) for one in listed],
    )


@router.post("/sent")
def sent(vacancy_id: UUID, form: FormDep, who: MayRefer, session: WebSessionDep) -> Response:
    """Say that those on the paper who have said yes are sent to the unit: all of them, or none."""
    for one in form.all("referral"):
        referral_id, _, version = one.partition(".")
        try:
            placements.advance(session, who, UUID(referral_id), int(version), ReferralStage.SENT)
        except ValueError:
            raise Invalid(FieldFault("/referral", "Not a choice of the list")) from None
    return go(local(form.raw("back"), f"/vacancies/{vacancy_id}/shortlist"), "sent")
