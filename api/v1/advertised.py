"""What a vacancy's advertisement says beside its fields, over REST: proposed requirements, and whom to ask."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import IfMatch, MayMatch, MayReadVacancies, MayWriteVacancies, SessionDep, set_etag
from api.problems import responses
from api.v1.vacancies import answer
from kompetanse.feeds import proposing, service
from kompetanse.vacancies import service as vacancies
from schemas.feeds import (
    AcceptRequirementsIn,
    AdvertisedContactOut,
    AdvertisedContactsOut,
    RequirementOut,
    RequirementsOut,
)
from schemas.vacancies import VacancyOut

router = APIRouter(prefix="/vacancies/{vacancy_id}", tags=["vacancies"])


@router.get("/proposals", responses=responses(404))
def propose(vacancy_id: UUID, who: MayReadVacancies, session: SessionDep, response: Response) -> RequirementsOut:
    """What the vacancy's text asks for and its requirements do not say yet. Matching does not count it."""
    record = vacancies.read(session, who, vacancy_id)
    items = [RequirementOut.model_validate(one) for one in proposing.propose(session, who, record)]
    set_etag(response, record.vacancy.version)
    return RequirementsOut(version=record.vacancy.version, items=items)


@router.post("/proposals/accept", responses=responses(404, 412, 422, 428))
def accept(
    vacancy_id: UUID,
    body: AcceptRequirementsIn,
    who: MayWriteVacancies,
    version: IfMatch,
    session: SessionDep,
    response: Response,
) -> VacancyOut:
    """Make proposals requirements of the vacancy, as one change."""
    record = proposing.accept(session, who, vacancy_id, version, body.keys)
    return answer(record, response)


@router.get("/contacts", responses=responses(404))
def contacts(vacancy_id: UUID, who: MayMatch, session: SessionDep) -> AdvertisedContactsOut:
    """Whom the advertisement names to ask, for as long as it is published."""
    found = service.contacts_of(session, who, vacancy_id)
    return AdvertisedContactsOut(items=[AdvertisedContactOut.model_validate(one) for one in found])
