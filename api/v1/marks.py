"""Pinning, setting aside and annotating candidates over REST."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import IfMatch, MayMatch, SessionDep, set_etag
from api.problems import responses
from kompetanse.matching import marks
from schemas.marks import MarkIn, MarkList, MarkOut

router = APIRouter(tags=["matching"])


@router.get("/vacancies/{vacancy_id}/marks", responses=responses(404, 422))
def of_vacancy(vacancy_id: UUID, who: MayMatch, session: SessionDep) -> MarkList:
    """What is decided about a vacancy's candidates. Each `version` is the `ETag` of its pair."""
    found = marks.marks_of(session, who, vacancy_id)
    return MarkList(items=[MarkOut.model_validate(one) for one in found.values()])


@router.get("/people/{person_id}/marks", responses=responses(404, 422))
def of_person(person_id: UUID, who: MayMatch, session: SessionDep) -> MarkList:
    """What is decided about a person for the vacancies that she was looked at for."""
    found = marks.marks_for_person(session, who, person_id)
    return MarkList(items=[MarkOut.model_validate(one) for one in found.values()])


@router.put("/vacancies/{vacancy_id}/candidates/{person_id}/mark", responses=responses(404, 409, 412, 422, 428))
def mark(
    vacancy_id: UUID,
    person_id: UUID,
    body: MarkIn,
    who: MayMatch,
    version: IfMatch,
    session: SessionDep,
    response: Response,
) -> MarkOut:
    """Pin a person, set her aside for this vacancy, or write a note. `If-Match` is `"0"` where nothing stands."""
    stored = marks.mark(
        session,
        who,
        vacancy_id,
        person_id,
        version or None,
        mark=body.mark,
        reason=body.reason,
        note=body.note,
    )
    set_etag(response, stored.version)
    return MarkOut.model_validate(stored)


@router.delete(
    "/vacancies/{vacancy_id}/candidates/{person_id}/mark", status_code=204, responses=responses(404, 412, 422, 428)
)
def clear(vacancy_id: UUID, person_id: UUID, who: MayMatch, version: IfMatch, session: SessionDep) -> None:
    """Take away what was decided about a person for this vacancy, the note too."""
    marks.clear(session, who, vacancy_id, person_id, version)
