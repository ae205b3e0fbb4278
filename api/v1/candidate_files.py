"""The candidates of a vacancy as a file over REST."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.dependencies import MayMatch, SessionDep
from api.problems import responses
from api.v1.explaining import GatesQuery
from kompetanse.exchange import candidates
from kompetanse.exchange.csv_safe import TableSchema
from kompetanse.matching.ordering import Wanted
from schemas.exchange import TableSchemaOut

router = APIRouter(tags=["matching"])

_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The file."}
}


@router.get(
    "/vacancies/{vacancy_id}/candidates.csv", response_class=Response, responses={**responses(404, 422), **_CSV}
)
def candidates_file(
    vacancy_id: UUID,
    who: MayMatch,
    session: SessionDep,
    limit: Annotated[int, Query(ge=1, le=1000, description="At most how many candidates.")] = 200,
    gates: GatesQuery = None,
) -> Response:
    """The people who fit a vacancy best, as CSV: one row for each candidate and requirement.

    UTF-8 with BOM, semicolons, decimal commas. The very reasons of the list, with those set aside and excluded at its
    end; the columns are described in `/api/v1/matching/candidates.schema.json`.
    """
    chunks = candidates.export_candidates(session, who, vacancy_id, Wanted(limit, verdict=gates))
    return Response(
        b"".join(chunks),
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": 'attachment; filename="candidates.csv"', "Cache-Control": "no-store"},
    )


@router.get("/matching/candidates.schema.json", response_model=TableSchemaOut, responses=responses())
def describe_columns(_: MayMatch) -> TableSchema:
    """The columns of that file as a Frictionless Table Schema, in both languages."""
    return candidates.schema()
