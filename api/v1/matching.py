"""Matches over REST."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import MayMatch, PageDep, SessionDep, link_next
from api.problems import responses
from kompetanse.matching import service
from kompetanse.matching.explanation import Match, Ranking, Verdict
from kompetanse.matching.ordering import Wanted
from kompetanse.matching.service import RankedCandidates, RankedVacancies
from kompetanse.paging import Page
from schemas.matching import CandidateOut, CandidatesOut, MatchOut, OpportunitiesOut, OpportunityOut

router = APIRouter(tags=["matching"])


class Explain(StrEnum):
    """How much of a match is told."""

    FULL = "full"
    SUMMARY = "summary"


SUMMARY_REASONS = 4
"""So many of the strongest reasons a summary tells; all that exclude, and the next question, it always tells."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which matches are asked for, and how much of each."""

    wanted: Wanted
    explain: Explain


async def get_asked(
    page: PageDep,
    gates: Annotated[
        Verdict | None, Query(description="Only those of whom the gates say this: passes, unknown or fails.")
    ] = None,
    explain: Annotated[
        Explain, Query(description="Every reason; or the strongest four, what excludes, and the next question.")
    ] = Explain.FULL,
) -> Asked:
    """Which part of a ranking is asked for."""
    return Asked(Wanted(page.limit, page.after, gates), explain)


AskedDep = Annotated[Asked, Depends(get_asked)]


@router.get("/vacancies/{vacancy_id}/candidates", responses=responses(404, 422))
def candidates(
    request: Request, response: Response, vacancy_id: UUID, who: MayMatch, session: SessionDep, asked: AskedDep
) -> CandidatesOut:
    """The people who fit a vacancy best, each with reasons. A suggestion: the coordinator decides."""
    ranked = service.candidates_for(session, who, vacancy_id, asked.wanted)
    found = ranked.ranking
    return CandidatesOut(
        next=link_next(request, response, Page(found.matches, found.next)),
        considered=found.considered,
        counts=dict(found.counts),
        matches=_candidates(ranked, found.matches, asked.explain),
        pinned=_candidates(ranked, ranked.pinned, asked.explain),
        set_aside=_candidates(ranked, ranked.set_aside, asked.explain),
        excluded=_candidates(ranked, found.excluded, asked.explain),
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


def _candidates(ranked: RankedCandidates, matches: Iterable[Match], explain: Explain) -> list[CandidateOut]:
    return [
        CandidateOut(
            **_explained(one, ranked.ranking, one.person_id, explain),
            given_name=ranked.people[one.person_id].given_name,
            family_name=ranked.people[one.person_id].family_name,
            unused_competence=one.person_id in ranked.unused,
        )
        for one in matches
    ]


def _opportunities(ranked: RankedVacancies, matches: Iterable[Match], explain: Explain) -> list[OpportunityOut]:
    return [
        OpportunityOut(
            **_explained(one, ranked.ranking, one.vacancy_id, explain),
            title=ranked.vacancies[one.vacancy_id].title,
            unit=ranked.vacancies[one.vacancy_id].unit,
            unused_competence=one.vacancy_id in ranked.unused,
        )
        for one in matches
    ]


def _explained(match: Match, ranking: Ranking, ranked_id: UUID, explain: Explain) -> dict[str, Any]:
    told = MatchOut.model_validate(match).model_dump()
    told["rank"] = ranking.ranks.get(ranked_id)
    if explain is Explain.SUMMARY:
        strongest = match.strongest[:SUMMARY_REASONS]
        pairs = zip(match.reasons, told["reasons"], strict=True)
        told["reasons"] = [reason for one, reason in pairs if one.excludes or one in strongest]
        told["questions"] = told["questions"][:1]
    return told
