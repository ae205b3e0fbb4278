"""Placing people together: the adults of a household, and everybody who seeks. Suggestions to discuss."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web.dependencies import MayMatch, WebSessionDep
from api.web.pages import page
from api.web.reasons import reason_concepts
from kompetanse.matching import placing, planning
from kompetanse.people import households
from kompetanse.placements import service as placements
from kompetanse.sharing import offering

router = APIRouter()

Within = Annotated[int, Query(ge=0, le=240)]


@router.get("/households/{household_id}/placements")
def household(
    request: Request,
    household_id: UUID,
    who: MayMatch,
    session: WebSessionDep,
    state: StateDep,
    within: Within = placing.WITHIN,
) -> Response:
    """The best ways to place the adults of a household, also in vacancies of neighbours with an agreement."""
    view = households.read_household(session, who, household_id)
    offered = offering.open_vacancies(state.database, session, who)
    found = placing.placements_for(session, who, household_id, within=within, elsewhere=offered)
    placed = [one for way in found.ways for one in way.placed if one is not None]
    pairs = {(one.vacancy_id, one.person_id) for one in placed}
    return page(
        request,
        "people/placements.html",
        household=view,
        found=found,
        people={one.id: one for one in found.adults},
        own=who.municipality_no,
        within=within,
        concepts=reason_concepts(session, [one.match for one in placed]),
        referred=placements.referrals_among(session, who, pairs),
    )


@router.get("/matching/plan")
def plan(request: Request, who: MayMatch, session: WebSessionDep, within: Within = placing.WITHIN) -> Response:
    """Everybody who seeks, in the open positions where all together fit best."""
    found = planning.whole_picture(session, who, within=within)
    pairs = sorted(found.pairs, key=lambda one: (one.vacancy.title, one.vacancy.id, one.person.family_name))
    referred = placements.referrals_among(session, who, {(one.vacancy.id, one.person.id) for one in pairs})
    return page(request, "matching/plan.html", found=found, pairs=pairs, within=within, referred=referred)
