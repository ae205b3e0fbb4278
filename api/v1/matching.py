"""Matches over REST."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.dependencies import MayMatch, SessionDep
from api.problems import responses
from kompetanse.matching import service
from kompetanse.matching.explanation import Match
from kompetanse.matching.service import RankedCandidates, RankedVacancies
from schemas.matching import CandidateOut, CandidatesOut, FittingVacanciesOut, FittingVacancyOut, MatchOut

router = APIRouter(tags=["matching"])

Limit = Annotated[int, Query(ge=1, le=100, description="At most how many of each.")]


@router.get("/vacancies/{vacancy_id}/candidates", responses=responses(404, 422))
def candidates(vacancy_id: UUID, who: MayMatch, session: SessionDep, limit: Limit = 20) -> CandidatesOut:
    """The people who fit a vacancy best, each with reasons. A suggestion: the coordinator decides."""
    ranked = service.candidates_for(session, who, vacancy_id, limit)
    found = ranked.ranking
    return CandidatesOut(
        considered=found.considered,
        matches=_candidates(ranked, found.matches),
        excluded=_candidates(ranked, found.excluded),
    )


@router.get("/people/{person_id}/vacancies", responses=responses(404, 422))
def vacancies(person_id: UUID, who: MayMatch, session: SessionDep, limit: Limit = 20) -> FittingVacanciesOut:
    """The open vacancies that fit a person best, each with reasons."""
    ranked = service.vacancies_for(session, who, person_id, limit)
    found = ranked.ranking
    return FittingVacanciesOut(
        considered=found.considered,
        matches=_vacancies(ranked, found.matches),
        excluded=_vacancies(ranked, found.excluded),
    )


def _candidates(ranked: RankedCandidates, matches: Iterable[Match]) -> list[CandidateOut]:
    return [
        CandidateOut(
            **_explained(one),
            given_name=ranked.people[one.person_id].given_name,
            family_name=ranked.people[one.person_id].family_name,
        )
        for one in matches
    ]


def _vacancies(ranked: RankedVacancies, matches: Iterable[Match]) -> list[FittingVacancyOut]:
    return [
        FittingVacancyOut(
            **_explained(one),
            title=ranked.vacancies[one.vacancy_id].title,
            unit=ranked.vacancies[one.vacancy_id].unit,
        )
        for one in matches
    ]


def _explained(match: Match) -> dict[str, object]:
    return MatchOut.model_validate(match).model_dump()
