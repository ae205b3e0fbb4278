"""Matches over REST."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from api.dependencies import MayMatch, PageDep, SessionDep, link_next
from api.problems import responses
from api.v1.explaining import ExplainQuery, GatesQuery, told
from kompetanse import clock
from kompetanse.matching import following, service
from kompetanse.matching.explanation import Explain, Match
from kompetanse.matching.following import AsOf
from kompetanse.matching.ordering import Wanted
from kompetanse.matching.service import RankedCandidates, RankedVacancies
from kompetanse.paging import Page
from schemas.matching import CandidateOut, CandidatesOut, NewlyMetOut, OpportunitiesOut, OpportunityOut, RefreshedOut

router = APIRouter(tags=["matching"])


@dataclass(frozen=True, slots=True)
class Asked:
    """Which matches are asked for, and how much of each."""

    wanted: Wanted
    explain: Explain


async def get_asked(page: PageDep, gates: GatesQuery = None, explain: ExplainQuery = Explain.FULL) -> Asked:
    """Which part of a ranking is asked for."""
    return Asked(Wanted(page.limit, page.after, gates), explain)


AskedDep = Annotated[Asked, Depends(get_asked)]


@router.get("/vacancies/{vacancy_id}/candidates", responses=responses(404, 422))
def candidates(
    request: Request, response: Response, vacancy_id: UUID, who: MayMatch, session: SessionDep, asked: AskedDep
) -> CandidatesOut:
    """The people who fit a vacancy best, each with reasons. A suggestion: the coordinator decides.

    Scores are of this moment. What is `new` or changed since is told by the results that were stored `as_of` then.
    """
    ranked = service.candidates_for(session, who, vacancy_id, asked.wanted)
    stored = following.as_of(session, who, vacancy_id, clock.now() - following.NEW_FOR)
    found, explain = ranked.ranking, asked.explain
    return CandidatesOut(
        as_of=stored.matched_at,
        next=link_next(request, response, Page(found.matches, found.next)),
        considered=found.considered,
        counts=dict(found.counts),
        matches=_candidates(ranked, stored, found.matches, explain),
        pinned=_candidates(ranked, stored, ranked.pinned, explain),
        set_aside=_candidates(ranked, stored, ranked.set_aside, explain),
        excluded=_candidates(ranked, stored, found.excluded, explain),
    )


@router.get("/people/{person_id}/opportunities", responses=responses(404, 422))
def opportunities(
    request: Request, response: Response, person_id: UUID, who: MayMatch, session: SessionDep, asked: AskedDep
) -> OpportunitiesOut:
    """The open vacancies that fit a person best, each with reasons."""
    ranked = service.opportunities_for(session, who, person_id, asked.wanted)
    found = ranked.ranking
    return OpportunitiesOut(
        next=link_next(request, response, Page(found.matches, found.next)),
        considered=found.considered,
        counts=dict(found.counts),
        matches=_opportunities(ranked, found.matches, asked.explain),
        excluded=_opportunities(ranked, found.excluded, asked.explain),
    )


@router.post("/matching/refresh", responses=responses(409))
def refresh(who: MayMatch, session: SessionDep) -> RefreshedOut:
    """Match again whatever changed since the last time, and store the best of each open vacancy.

    Rankings are always of the moment; what is stored tells who is new and who changed.
    """
    return RefreshedOut.model_validate(following.refresh(session, who))


@router.get("/matching/newly-met", responses=responses())
def newly_met(who: MayMatch, session: SessionDep) -> list[NewlyMetOut]:
    """The open vacancies for which somebody came among the best within the last seven days, as of the last refresh."""
    met = following.newly_met(session, who, clock.now() - following.NEW_FOR)
    return [NewlyMetOut(vacancy_id=one.vacancy.id, title=one.vacancy.title, people=one.people) for one in met]


def _candidates(
    ranked: RankedCandidates, stored: AsOf, matches: Iterable[Match], explain: Explain
) -> list[CandidateOut]:
    return [
        CandidateOut(
            **told(one, explain, ranked.ranking.ranks.get(one.person_id)).model_dump(),
            given_name=ranked.people[one.person_id].given_name,
            family_name=ranked.people[one.person_id].family_name,
            unused_competence=one.person_id in ranked.unused,
            new=one.person_id in stored.found,
            changed_since=one.person_id in stored.changed,
        )
        for one in matches
    ]


def _opportunities(ranked: RankedVacancies, matches: Iterable[Match], explain: Explain) -> list[OpportunityOut]:
    return [
        OpportunityOut(
            **told(one, explain, ranked.ranking.ranks.get(one.vacancy_id)).model_dump(),
            title=ranked.vacancies[one.vacancy_id].title,
            unit=ranked.vacancies[one.vacancy_id].unit,
            unused_competence=one.vacancy_id in ranked.unused,
        )
        for one in matches
    ]
