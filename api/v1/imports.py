"""Files into the registry over REST."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.dependencies import MayImport, SessionDep, StateDep
from api.problems import responses
from api.uploads import UPLOAD_BODY, UploadDep
from kompetanse.exchange import service
from kompetanse.exchange.limits import MEGABYTE, Limits
from schemas.exchange import ImportReportOut

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
        sealer=state.sealer,
        limits=Limits(file_bytes=state.settings.max_upload_megabytes * MEGABYTE),
    )
    return ImportReportOut.model_validate(report)
