"""What would help over REST: steps for a person, easier demands for a vacancy."""

from uuid import UUID

from fastapi import APIRouter

from api.dependencies import MayMatch, SessionDep
from api.problems import responses
from kompetanse.matching import gaps
from kompetanse.matching.gaps import Within
from schemas.courses import CourseOfferOut
from schemas.gaps import (
    BroughtOut,
    BroughtPerson,
    OpenedOut,
    OpenedVacancy,
    RelaxationOut,
    RelaxationsOut,
    StepOut,
    StepsOut,
)

router = APIRouter(tags=["matching"])


@router.get("/people/{person_id}/steps", responses=responses(404, 422))
def steps(person_id: UUID, who: MayMatch, session: SessionDep) -> StepsOut:
    """The steps that bring most vacancies within a person's reach, one at a time, with courses that lead there."""
    found = gaps.steps_for(session, who, person_id)
    return StepsOut(
        good=gaps.GOOD,
        within_reach=found.within_reach,
        considered=found.considered,
        steps=[
            OpenedOut(
                step=StepOut.model_validate(one.step),
                vacancies=[_opened(within) for within in one.vacancies],
                rise=one.rise,
                offers=[CourseOfferOut.model_validate(offer) for offer in one.offers],
            )
            for one in found.opened
        ],
    )


def _opened(within: Within) -> OpenedVacancy:
    vacancy = within.vacancy
    return OpenedVacancy(
        id=vacancy.id,
        title=vacancy.title,
        unit=vacancy.unit,
        score=within.score,
        score_after=within.score_after,
    )


@router.get("/vacancies/{vacancy_id}/relaxations", responses=responses(404, 422))
def relaxations(vacancy_id: UUID, who: MayMatch, session: SessionDep) -> RelaxationsOut:
    """What a vacancy could ask less of, one thing at a time, and whom each brings within reach."""
    found = gaps.relaxations_for(session, who, vacancy_id)
    return RelaxationsOut(
        good=gaps.GOOD,
        within_reach=found.within_reach,
        considered=found.considered,
        relaxations=[
            BroughtOut(
                relaxation=RelaxationOut.model_validate(one.relaxation),
                people=[BroughtPerson.model_validate(person) for person in one.people],
            )
            for one in found.brought
        ],
    )
