"""A person's own data over REST: everything, a JSON Resume, a CV to print."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.dependencies import MayHandOut, SessionDep
from api.problems import responses
from kompetanse.own_data import service

router = APIRouter(prefix="/people/{person_id}/own-data", tags=["own data"])

_PRIVATE = {"Cache-Control": "no-store"}
_PDF: dict[int | str, Any] = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("", responses=responses(404))
def everything(person_id: UUID, who: MayHandOut, session: SessionDep, response: Response) -> dict[str, Any]:
    """All that the registry holds about a person, by table, with who did what with it (GDPR art. 15 and 20)."""
    response.headers.update(_PRIVATE)
    return service.everything(session, who, person_id)


@router.get("/resume", responses=responses(404))
def resume(person_id: UUID, who: MayHandOut, session: SessionDep, response: Response) -> dict[str, Any]:
    """The profile as a JSON Resume 1.0, which other programs read."""
    response.headers.update(_PRIVATE)
    return service.json_resume(session, who, person_id)


@router.get("/cv", response_class=Response, responses={**_PDF, **responses(404, 422)})
def curriculum(
    person_id: UUID,
    who: MayHandOut,
    session: SessionDep,
    language: Annotated[
        str, Query(pattern="^[a-z]{3}$", description="ISO 639-3: nob, nno, eng, pol, lit, ukr, ara.")
    ] = "nob",
) -> Response:
    """The profile as a CV to print: PDF, tagged for screen readers."""
    made = service.curriculum(session, who, person_id, language)
    headers = {**_PRIVATE, "Content-Disposition": 'attachment; filename="cv.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)
