"""Files for partners over REST."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from api.dependencies import MayExport, StateDep
from api.problems import responses
from kompetanse.exchange import job_service
from schemas.exchange import ResourceOut, TableSchemaOut

router = APIRouter(prefix="/exports", tags=["exports"])

FILENAME = "job-service.csv"

_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The file, as it is made."}
}


@router.get(f"/{FILENAME}", response_class=StreamingResponse, responses={**responses(), **_CSV})
def export_job_service(who: MayExport, state: StateDep) -> StreamingResponse:
    """Everybody whose consent to it stands, as CSV: UTF-8 with BOM, semicolons, decimal commas, ISO dates."""
    return StreamingResponse(
        job_service.export_job_service(state.database, who),
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{FILENAME}"', "Cache-Control": "no-store"},
    )


@router.get("/job-service.schema.json", response_model=TableSchemaOut, responses=responses())
def describe_columns(_: MayExport) -> job_service.TableSchema:
    """The columns of that file as a Frictionless Table Schema, in both languages."""
    return job_service.schema()


@router.get("/job-service.resource.json", response_model=ResourceOut, responses=responses())
def describe_file(_: MayExport) -> job_service.Resource:
    """The file as a Frictionless Data Resource: its dialect, encoding and columns."""
    return job_service.resource(FILENAME)
