"""Files into the registry: the spreadsheet that the municipality has."""

import hashlib
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web.dependencies import FormDep, MayImport, WebSessionDep
from api.web.faults import Complaint, complaints
from api.web.forms import Filled, Typed
from api.web.pages import page
from kompetanse.errors import FieldFault
from kompetanse.exchange import service as exchange
from kompetanse.exchange.limits import MEGABYTE, Limits
from kompetanse.exchange.service import ImportReport, TableRefused

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent. `digest` proves that the file that is imported is the one that was tried."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


@router.get("/import")
def choose_file(request: Request, _who: MayImport, state: StateDep) -> Response:
    """The form for a spreadsheet of newcomers."""
    return _import_page(request, state, Filled())


@router.post("/import")
def import_file(request: Request, form: FormDep, who: MayImport, session: WebSessionDep, state: StateDep) -> Response:
    """Try a file and report every row; import it when it is the one that was tried.

    The file is kept nowhere between the two: the browser sends it again.
    """
    upload = _upload(form)
    if upload is None:
        return _import_page(request, state, Filled(form, complaints([FieldFault("/file", "Not a file")])))
    apply = form.ticked("apply")
    if apply and form.raw("digest") != upload.digest:
        other = FieldFault("/file", "Not the file that was tried")
        return _import_page(request, state, Filled(form, complaints([other])))
    try:
        report = exchange.import_people(
            session,
            who,
            upload.content,
            upload.name,
            apply=apply,
            despite_duplicates=form.ticked("despite_duplicates"),
            sealer=state.sealer,
            limits=Limits(file_bytes=state.settings.max_upload_megabytes * MEGABYTE),
        )
    except TableRefused as error:  # its texts are bokmål already
        told = [Complaint("file", f"{fault.detail}. {fault.hint}") for fault in error.faults]
        return _import_page(request, state, Filled(form, told))
    return _import_page(request, state, Filled(form), report, upload.digest)


def _upload(form: Typed) -> Upload | None:
    sent = form.files.get("file")
    content = sent.file.read() if sent is not None else b""
    return Upload(sent.filename or "", content) if sent is not None and content else None


def _import_page(
    request: Request, state: State, form: Filled, report: ImportReport | None = None, digest: str = ""
) -> Response:
    return page(
        request,
        "exchange/import.html",
        422 if form.complaints else 200,
        form=form,
        report=report,
        digest=digest,
        most=state.settings.max_upload_megabytes,
    )
