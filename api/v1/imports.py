"""Files into the registry over REST."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import MayImport, PageDep, SessionDep, StateDep, link_next
from api.problems import responses
from api.uploads import UPLOAD_BODY, UploadDep
from kompetanse.exchange import imports, service
from kompetanse.exchange.limits import MEGABYTE, Limits
from schemas.exchange import ImportList, ImportOut, ImportReportOut, ImportViewOut

router = APIRouter(prefix="/imports", tags=["imports"])


@router.post("/people", responses=responses(413, 422), openapi_extra=dict(UPLOAD_BODY))
def import_people(
    who: MayImport,
    state: StateDep,
    upload: UploadDep,
    session: SessionDep,
    apply: Annotated[bool, Query(description="Write; without it the request is a dry run.")] = False,
    despite_duplicates: Annotated[bool, Query(description="Register rows although somebody alike is there.")] = False,
) -> ImportReportOut:
    """Read a newcomers' spreadsheet: a report of every row, and with `apply` the import, all rows or none."""
    report = service.import_people(
        session,
        who,
        upload.content,
        upload.filename,
        apply=apply,
        despite_duplicates=despite_duplicates,
        stated=upload.mapping,
        sealer=state.sealer,
        limits=Limits(file_bytes=state.settings.max_upload_megabytes * MEGABYTE),
    )
    return ImportReportOut.model_validate(report)


@router.get("", responses=responses(422))
def list_imports(
    who: MayImport, page: PageDep, session: SessionDep, request: Request, response: Response
) -> ImportList:
    """The imports that were made, newest first: counts, and nothing of what stood in the files."""
    found = imports.list_imports(session, who, page)
    items = [ImportOut.model_validate(run) for run in found.items]
    return ImportList(items=items, next=link_next(request, response, found))


@router.get("/{import_id}", responses=responses(404, 422))
def read_import(import_id: UUID, who: MayImport, session: SessionDep) -> ImportViewOut:
    """An import, and the rows whose records were changed since; it can be undone while there are none."""
    return ImportViewOut.model_validate(imports.read_import(session, who, import_id))


@router.post("/{import_id}/undo", responses=responses(404, 409, 422))
def undo_import(import_id: UUID, who: MayImport, session: SessionDep) -> ImportOut:
    """Take away everything that an import made, in one transaction; 409 names the rows that were changed since."""
    return ImportOut.model_validate(imports.undo_import(session, who, import_id))
