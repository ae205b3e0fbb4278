"""Files for the job service over REST, and the record of them."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime

from api.dependencies import MayExport, PageDep, SessionDep, StateDep, link_next
from api.problems import responses
from kompetanse.codes.exports import ExportShape
from kompetanse.exchange import job_seekers, job_service, packaging
from kompetanse.exchange.csv_safe import DataPackage, Resource, TableSchema
from kompetanse.exchange.job_service import Wanted
from schemas.exchange import ExportOut, ExportsOut, PackageIn, PackageOut, ResourceOut, TableSchemaOut

router = APIRouter(prefix="/exports", tags=["exports"])

FILENAME, PACKAGE, RECORDS = "job-service.csv", "job-service.zip", "/api/v1/exports"
CSV_TYPE = "text/csv; charset=utf-8; header=present"

_LINK = {"Link": {"schema": {"type": "string"}, "description": "Its record, with rows and SHA-256 when it is whole."}}
_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/csv": {"schema": {"type": "string"}}},
        "description": "The file, as it is made.",
        "headers": _LINK,
    }
}
_ZIP: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        "description": "The package.",
        "headers": _LINK,
    }
}


@router.get(f"/{FILENAME}", response_class=StreamingResponse, responses={**responses(422), **_CSV})
def export_job_service(
    who: MayExport,
    state: StateDep,
    since: Annotated[
        AwareDatetime | None, Query(description="Only whom something changed about from then on, and whom to delete.")
    ] = None,
) -> StreamingResponse:
    """Everybody whose consent to it stands, as CSV: UTF-8 with BOM, semicolons, decimal commas, ISO dates.

    `Link: rel="describedby"` leads to the record of this export: compare its SHA-256 when you have read all.
    """
    export = job_service.export_job_service(state.database, who, Wanted(since=since))
    return sent(export.chunks, FILENAME, CSV_TYPE, f"{RECORDS}/{export.id}")


@router.post(f"/{PACKAGE}", response_class=StreamingResponse, responses={**responses(422), **_ZIP})
def export_package(who: MayExport, state: StateDep, body: PackageIn) -> StreamingResponse:
    """The same people as a zip: one CSV a part, and `datapackage.json` with their columns, rows and digests."""
    password = body.password.get_secret_value() if body.password else None
    wanted = Wanted(ExportShape.PACKAGE, since=body.since, password=password)
    export = job_service.export_job_service(state.database, who, wanted)
    return sent(export.chunks, PACKAGE, "application/zip", f"{RECORDS}/{export.id}")


@router.get("", responses=responses(422))
def list_exports(
    request: Request, response: Response, who: MayExport, session: SessionDep, page: PageDep
) -> ExportsOut:
    """The exports that were begun, newest first: by whom, of what, how many, and whether they are whole."""
    found = job_service.exports(session, who, page)
    return ExportsOut(
        items=[ExportOut.model_validate(one) for one in found.items], next=link_next(request, response, found)
    )


@router.get("/job-service.schema.json", response_model=TableSchemaOut, responses=responses())
def describe_columns(_: MayExport) -> TableSchema:
    """The columns of the CSV as a Frictionless Table Schema, in both languages."""
    return job_seekers.schema()


@router.get("/job-service.resource.json", response_model=ResourceOut, responses=responses())
def describe_file(_: MayExport) -> Resource:
    """The CSV as a Frictionless Data Resource: its dialect, encoding and columns."""
    return job_seekers.resource(FILENAME)


@router.get("/job-service.datapackage.json", response_model=PackageOut, responses=responses())
def describe_package(who: MayExport) -> DataPackage:
    """The package's files as a Frictionless Data Package: dialects, columns, and how they are joined."""
    return packaging.description(who.municipality_no)


@router.get("/{export_id}", responses=responses(404, 422))
def read_export(export_id: UUID, who: MayExport, session: SessionDep) -> ExportOut:
    """One export: its rows and SHA-256, when its file is whole."""
    return ExportOut.model_validate(job_service.read_export(session, who, export_id))


def sent(chunks: Iterator[bytes], filename: str, media_type: str, record: str) -> StreamingResponse:
    """A file as it is made. When the making fails the connection breaks, so that no half file looks whole."""
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "Cache-Control": "no-store",
        "Link": f'<{record}>; rel="describedby"',
    }
    return StreamingResponse(chunks, media_type=media_type, headers=headers)
