"""The vacancies that fit a person: the whole list, best first, of which her page shows the beginning."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.dependencies import MayMatch, WebSessionDep
from api.web.pages import go, page
from api.web.rankings import Shown, ShownDep, ways
from api.web.reasons import reason_concepts
from kompetanse.actor import Actor
from kompetanse.errors import Invalid
from kompetanse.matching import marks
from kompetanse.matching import service as matching
from kompetanse.matching.service import RankedVacancies
from kompetanse.people import service as people
from kompetanse.placements import service as placements

router = APIRouter(prefix="/people/{person_id}")


@router.get("/opportunities")
def show(request: Request, person_id: UUID, who: MayMatch, session: WebSessionDep, shown: ShownDep) -> Response:
    """Open vacancies with the score of each and why; what was decided of a pair stands by its own vacancy alone."""
    person = people.get(session, who, person_id)
    if person.archived_at is not None:
        return go(f"/people/{person_id}")  # which says that she is matched with nothing
    ranked, shown = _ranked(session, who, person_id, shown)
    ranking = ranked.ranking
    return page(
        request,
        "people/opportunities.html",
        person=person,
        ranked=ranked,
        ranking=ranking,
        concepts=reason_concepts(session, (*ranking.matches, *ranking.excluded)),
        ways=ways(shown, ranking),
        marks=marks.marks_for_person(session, who, person_id),
        referred={view.referral.vacancy_id: view.referral for view in placements.referrals_of(session, who, person_id)},
    )


def _ranked(session: Session, who: Actor, person_id: UUID, shown: Shown) -> tuple[RankedVacancies, Shown]:
    """The page that is asked for; the first where it begins after a vacancy that is in the ranking no longer."""
    try:
        return matching.opportunities_for(session, who, person_id, shown.wanted), shown
    except Invalid:
        return matching.opportunities_for(session, who, person_id, shown.beginning.wanted), shown.beginning
