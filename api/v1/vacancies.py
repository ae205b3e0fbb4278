"""Vacancies over REST."""

from dataclasses import dataclass
from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import (
    IfMatch,
    MayReadVacancies,
    MayWriteVacancies,
    OnceDep,
    PageDep,
    SessionDep,
    link_next,
    set_etag,
)
from api.problems import responses
from kompetanse.codes.work import VacancyStatus
from kompetanse.vacancies import service
from kompetanse.vacancies.service import LanguageDemand, SkillDemand, VacancyFields, VacancyFilter, VacancyRecord
from schemas.base import Styrk
from schemas.vacancies import VacancyChange, VacancyCreate, VacancyEnd, VacancyList, VacancyOut, VacancySummary

router = APIRouter(prefix="/vacancies", tags=["vacancies"])


@dataclass(frozen=True, slots=True)
class VacancyQuery:
    """The filters of the list, as query parameters."""

    text: Annotated[str, Query(max_length=100, description="Words in title, unit, employer or place.")] = ""
    status: VacancyStatus | None = None
    unit: Annotated[str | None, Query(max_length=120)] = None
    styrk: Annotated[Styrk | None, Query(description="STYRK-08 code or the beginning of one.")] = None


@router.get("", responses=responses(422))
def find(
    wanted: Annotated[VacancyQuery, Depends()],
    who: MayReadVacancies,
    session: SessionDep,
    page: PageDep,
    request: Request,
    response: Response,
) -> VacancyList:
    """Vacancies by deadline, those without one last. HR clients see their own unit's."""
    chosen = VacancyFilter(wanted.text, wanted.status, wanted.unit, wanted.styrk)
    found = service.list_vacancies(session, who, chosen, page)
    items = [VacancySummary.model_validate(vacancy) for vacancy in found.items]
    return VacancyList(items=items, next=link_next(request, response, found), total=found.total or 0)


@router.post("", status_code=201, responses=responses(409, 422))
def create(
    body: VacancyCreate, who: MayWriteVacancies, session: SessionDep, once: OnceDep, response: Response
) -> VacancyOut:
    """Write down an open position."""
    vacancy_id = once.create(lambda: service.create(session, who, vacancy_fields(body)).vacancy.id)
    response.headers["Location"] = f"/api/v1/vacancies/{vacancy_id}"
    return answer(service.read(session, who, vacancy_id), response)


@router.get("/{vacancy_id}", responses=responses(404))
def read(vacancy_id: UUID, who: MayReadVacancies, session: SessionDep, response: Response) -> VacancyOut:
    """A vacancy with what it asks for."""
    return answer(service.read(session, who, vacancy_id), response)


@router.patch("/{vacancy_id}", responses=responses(404, 412, 422, 428))
def change(
    vacancy_id: UUID,
    body: VacancyChange,
    who: MayWriteVacancies,
    version: IfMatch,
    session: SessionDep,
    response: Response,
) -> VacancyOut:
    """Change the fields that are sent; a list of requirements is replaced as a whole."""
    return answer(service.change(session, who, vacancy_id, version, vacancy_fields(body)), response)


@router.post("/{vacancy_id}/close", responses=responses(404, 409, 412, 422, 428))
def close(
    vacancy_id: UUID,
    body: VacancyEnd,
    who: MayWriteVacancies,
    version: IfMatch,
    session: SessionDep,
    response: Response,
) -> VacancyOut:
    """End an open vacancy: filled, or closed without anybody."""
    return answer(service.close(session, who, vacancy_id, version, body.status), response)


def vacancy_fields(body: VacancyChange) -> VacancyFields:
    """What a body says of a vacancy, as the domain takes it."""
    stated = body.stated()
    if "skills" in stated:
        stated["skills"] = [SkillDemand(one.label, one.importance) for one in body.skills]
    if "languages" in stated:
        stated["languages"] = [LanguageDemand(one.language, one.minimum, one.required) for one in body.languages]
    return cast(VacancyFields, stated)


def answer(record: VacancyRecord, response: Response) -> VacancyOut:
    """A vacancy as the interface tells it, and its version as ETag.

    A list of codes comes out of its column as plain text, which the contract reads: no reason to warn.
    """
    set_etag(response, record.vacancy.version)
    demands = {
        "skills": [one.model_dump() for one in record.skills],
        "languages": [one.model_dump() for one in record.languages],
        "licences": [one.licence for one in record.licences],
    }
    return VacancyOut.model_validate({**record.vacancy.model_dump(warnings=False), **demands})
