"""Files into the registry over REST."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import MayImport, PageDep, SessionDep, StateDep, link_next
from api.problems import responses
from api.uploads import UPLOAD_BODY, UploadDep
from kompetanse.codes.imports import ImportKind
from kompetanse.exchange import imports, service
from kompetanse.exchange.limits import MEGABYTE, Limits
from kompetanse.exchange.service import Sent
from schemas.exchange import ImportList, ImportOut, ImportReportOut, ImportViewOut

router = APIRouter(prefix="/imports", tags=["imports"])


def get_sent(
    state: StateDep,
    upload: UploadDep,
    despite_duplicates: Annotated[bool, Query(description="Register rows although somebody alike is there.")] = False,
) -> Sent:
    """The form's file, and what was decided about it."""
    return Sent(
        upload.content,
        upload.filename,
        despite_duplicates,
        upload.mapping,
        state.sealer,
        Limits(file_bytes=state.settings.max_upload_megabytes * MEGABYTE),
    )


SentDep = Annotated[Sent, Depends(get_sent)]
_FILE = {"schema": {"type": "string", "format": "binary"}}
_COPY: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "text/csv": _FILE,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _FILE,
        },
        "description": "The copy.",
    }
}


@router.post("/{kind}", responses=responses(413, 422), openapi_extra=dict(UPLOAD_BODY))
def import_file(
    kind: ImportKind,
    who: MayImport,
    sent: SentDep,
    session: SessionDep,
    apply: Annotated[bool, Query(description="Write; without it the request is a dry run.")] = False,
) -> ImportReportOut:
    """Read a spreadsheet: a report of every row, and with `apply` the import, all rows or none."""
    return ImportReportOut.model_validate(service.import_file(session, who, kind, sent, apply=apply))


@router.post(
    "/{kind}/report",
    response_class=Response,
    responses={**responses(413, 422), **_COPY},
    openapi_extra=dict(UPLOAD_BODY),
)
def copy_with_report(kind: ImportKind, who: MayImport, sent: SentDep, session: SessionDep) -> Response:
    """The spreadsheet as it came, CSV or a workbook, with what a dry run says of each row in its first column."""
    copy = service.copy_with_report(session, who, kind, sent)
    named = {"Content-Disposition": f'attachment; filename="{copy.name}"', "Cache-Control": "no-store"}
    return Response(copy.content, media_type=copy.media_type, headers=named)


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
