"""Placing people together over REST: a household, and the municipality's whole picture."""

from dataclasses import dataclass
from itertools import dropwhile, islice
from math import isfinite
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import MayMatch, PageDep, SessionDep, StateDep, link_next
from api.problems import responses
from api.v1.explaining import ExplainQuery, GatesQuery, told
from kompetanse.matching import placing, planning
from kompetanse.matching.explanation import Explain, Verdict
from kompetanse.matching.placing import HouseholdPlacements, Together
from kompetanse.matching.planning import Pair, WholePicture
from kompetanse.paging import PageRequest, cut
from kompetanse.sharing import offering
from schemas.placing import AdultOut, ChildrenOut, PairOut, PlacedOut, PlacementsOut, PlanOut, TogetherOut

router = APIRouter(tags=["matching"])

WithinQuery = Annotated[
    int, Query(ge=0, le=600, description="Minutes between two workplaces that are near each other.")
]


@dataclass(frozen=True, slots=True)
class PlacementsQuery:
    """Which placements of a household are asked for."""

    within: WithinQuery = placing.WITHIN
    limit: Annotated[int, Query(ge=1, le=50, description="At most how many ways.")] = 5
    elsewhere: Annotated[bool, Query(description="Also vacancies of neighbours with an agreement.")] = True
    gates: GatesQuery = None
    explain: ExplainQuery = Explain.FULL


@dataclass(frozen=True, slots=True)
class PlanQuery:
    """Which plan is asked for."""

    within: WithinQuery = placing.WITHIN
    bonus: Annotated[
        float, Query(ge=0, le=2, description="What a household counts more that is placed near each other.")
    ] = placing.TOGETHER_BONUS
    gates: GatesQuery = None
    explain: ExplainQuery = Explain.SUMMARY


@router.get("/households/{household_id}/placements", responses=responses(404, 409, 422))
def placements(
    household_id: UUID,
    asked: Annotated[PlacementsQuery, Depends()],
    who: MayMatch,
    session: SessionDep,
    state: StateDep,
) -> PlacementsOut:
    """The best ways to place the adults of a household together, each explained. Suggestions to discuss.

    409 when the household has no adult who can be placed. Whose address is protected is never placed elsewhere.
    """
    offered = offering.open_vacancies(state.database, session, who) if asked.elsewhere else ()
    found = placing.placements_for(
        session,
        who,
        household_id,
        within=asked.within,
        limit=asked.limit,
        elsewhere=offered,
        verdict=asked.gates,
    )
    return _placements(found, asked.explain)


@router.get("/matching/plan", responses=responses(422))
def plan(
    request: Request,
    response: Response,
    asked: Annotated[PlanQuery, Depends()],
    who: MayMatch,
    session: SessionDep,
    page: PageDep,
) -> PlanOut:
    """Everybody who seeks, in the open positions where all together fit best.

    This is a suggestion to discuss with those whom it is about, never a decision. Each page finds the plan anew, which
    takes up to twenty seconds where it is large; a plan that is not proven best says how far from it it can be.
    """
    picture = planning.whole_picture(session, who, within=asked.within, bonus=asked.bonus)
    pairs = _page(picture, page, asked.gates)
    found = cut(pairs, page.limit, [one.person.id for one in pairs])
    return PlanOut(
        next=link_next(request, response, found),
        seeking=picture.seeking,
        positions=picture.positions,
        placed=len(picture.pairs),
        households=picture.households,
        together=picture.together,
        within=picture.within,
        value=picture.plan.value,
        bound=picture.plan.bound,
        gap=picture.plan.gap if isfinite(picture.plan.gap) else None,
        optimal=picture.plan.optimal,
        seconds=picture.plan.seconds_building + picture.plan.seconds_solving,
        pairs=[_pair(picture, one, asked.explain) for one in found.items],
    )


def _page(picture: WholePicture, page: PageRequest, gates: Verdict | None) -> list[Pair]:
    """The pairs after the cursor, one more than are asked for; only these are explained."""
    after = page.after
    rest = dropwhile(lambda one: after is not None and one.person.id <= after, picture.pairs)
    wanted = (one for one in rest if gates is None or picture.explain(one).verdict is gates)
    return list(islice(wanted, page.limit + 1))


def _pair(picture: WholePicture, pair: Pair, explain: Explain) -> PairOut:
    return PairOut(
        given_name=pair.person.given_name,
        family_name=pair.person.family_name,
        title=pair.vacancy.title,
        unit=pair.vacancy.unit,
        household_id=pair.household_id,
        match=told(picture.explain(pair), explain),
    )


def _placements(found: HouseholdPlacements, explain: Explain) -> PlacementsOut:
    adults = [
        AdultOut(person_id=one.id, given_name=one.given_name, family_name=one.family_name) for one in found.adults
    ]
    return PlacementsOut(
        adults=adults,
        children=ChildrenOut.model_validate(found.children),
        within=found.within,
        ways=[_together(one, explain) for one in found.ways],
    )


def _together(way: Together, explain: Explain) -> TogetherOut:
    placed = [
        PlacedOut(
            person_id=one.person_id,
            vacancy_id=one.vacancy_id,
            title=one.title,
            municipality_no=one.municipality_no,
            match=told(one.match, explain),
        )
        for one in way.placed
        if one is not None
    ]
    return TogetherOut(
        placed=placed,
        score=way.score,
        bonus=way.bonus,
        minutes_apart=way.minutes_apart,
        kindergarten=way.kindergarten,
        school=way.school,
    )
