"""Files into the registry and out of it: the spreadsheet that the municipality has, and the job service's list."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response, StreamingResponse

from api.dependencies import StateDep
from api.state import State
from api.web.dependencies import FormDep, MayExport, MayImport, WebSessionDep
from api.web.faults import Complaint, complaints
from api.web.forms import Filled, Typed
from api.web.pages import page
from kompetanse.actor import Actor
from kompetanse.errors import FieldFault
from kompetanse.exchange import job_service
from kompetanse.exchange import service as exchange
from kompetanse.exchange.limits import MEGABYTE, Limits
from kompetanse.exchange.mapping import Stated
from kompetanse.exchange.people_columns import COLUMNS
from kompetanse.exchange.service import ImportReport, PeopleMeant, TableRefused

router = APIRouter()

FILENAME = "jobbformidling.csv"
MEANING = "meaning-"
"""Begins the name of the field in which a column's meaning is chosen; behind it stands the digest of its heading."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent. `digest` proves that the file that is imported is the one that was tried."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Tried:
    """What a page tells of a file: its columns, and how its rows went or would go; None where they cannot be read."""

    digest: str = ""
    columns: Sequence[PeopleMeant] = ()
    report: ImportReport | None = None

    @property
    def columns_digest(self) -> str:
        """Proves that the columns are read as they were when the file was tried."""
        return columns_digest(self.columns)


@router.get("/import")
def choose_file(request: Request, _who: MayImport, state: StateDep) -> Response:
    """The form for a spreadsheet of newcomers."""
    return _import_page(request, state, Filled())


@router.post("/import")
def import_file(request: Request, form: FormDep, who: MayImport, session: WebSessionDep, state: StateDep) -> Response:
    """Try a file and report every row; import it when it is the one that was tried, its columns read as they were.

    The file is kept nowhere between the two: the browser sends it again.
    """
    upload = _upload(form)
    if upload is None:
        return _refused(request, state, form, "Not a file")
    apply = form.ticked("apply")
    if apply and form.raw("digest") != upload.digest:
        return _refused(request, state, form, "Not the file that was tried")
    tried = Tried(upload.digest)
    try:
        columns = exchange.people_columns(
            session, who, upload.content, upload.name, stated=_stated(form), limits=_limits(state)
        )[1]
        tried = Tried(upload.digest, columns)
        if apply and form.raw("columns") != tried.columns_digest:
            return _refused(request, state, form, "Not the columns that were tried", tried)
        report = _read(session, who, upload, form, state, apply=apply)
    except TableRefused as error:
        return _import_page(request, state, Filled(form, _told(error)), tried)
    return _import_page(request, state, Filled(form), Tried(upload.digest, columns, report))


@router.post("/import/copy")
def copy_file(request: Request, form: FormDep, who: MayImport, session: WebSessionDep, state: StateDep) -> Response:
    """The file with what is wrong with each row in its first column; nothing is stored."""
    upload = _upload(form)
    if upload is None:
        return _refused(request, state, form, "Not a file")
    try:
        copy = exchange.copy_with_report(
            session,
            who,
            upload.content,
            upload.name,
            despite_duplicates=form.ticked("despite_duplicates"),
            stated=_stated(form),
            sealer=state.sealer,
            limits=_limits(state),
        )
    except TableRefused as error:
        return _import_page(request, state, Filled(form, _told(error)))
    named = {"Content-Disposition": f'attachment; filename="{copy.name}"'}
    return Response(copy.content, media_type=copy.media_type, headers=named)


@router.get("/export")
def choose_export(request: Request, _who: MayExport) -> Response:
    """What leaves the municipality, to whom, and whose consent it takes."""
    return page(request, "exchange/export.html", columns=job_service.COLUMNS, filename=FILENAME)


@router.get(f"/export/{FILENAME}")
def export_job_service(who: MayExport, state: StateDep) -> Response:
    """The job service's list, sent as it is made."""
    return StreamingResponse(
        job_service.export_job_service(state.database, who),
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{FILENAME}"'},
    )


def columns_digest(columns: Sequence[PeopleMeant]) -> str:
    """SHA-256 of what columns are read as."""
    return hashlib.sha256("\n".join(f"{one.digest} {one.field}" for one in columns).encode()).hexdigest()


def _read(session: Session, who: Actor, upload: Upload, form: Typed, state: State, *, apply: bool) -> ImportReport:
    return exchange.import_people(
        session,
        who,
        upload.content,
        upload.name,
        apply=apply,
        despite_duplicates=form.ticked("despite_duplicates"),
        stated=_stated(form),
        sealer=state.sealer,
        limits=_limits(state),
    )


def _upload(form: Typed) -> Upload | None:
    sent = form.files.get("file")
    content = sent.file.read() if sent is not None else b""
    return Upload(sent.filename or "", content) if sent is not None and content else None


def _stated(form: Typed) -> Stated:
    """What was chosen for each column; a choice that is no field is as if nothing was chosen."""
    chosen = {name.removeprefix(MEANING): form.raw(name) for name in form.texts if name.startswith(MEANING)}
    return Stated({digest: field for digest, field in chosen.items() if not field or COLUMNS.of_field(field)})


def _told(error: TableRefused) -> list[Complaint]:
    """What is wrong with a file; its texts are bokmål already."""
    return [Complaint("file", f"{fault.detail}. {fault.hint}") for fault in error.faults]


def _limits(state: State) -> Limits:
    return Limits(file_bytes=state.settings.max_upload_megabytes * MEGABYTE)


def _refused(request: Request, state: State, form: Typed, fault: str, tried: Tried | None = None) -> Response:
    return _import_page(request, state, Filled(form, complaints([FieldFault("/file", fault)])), tried)


def _import_page(request: Request, state: State, form: Filled, tried: Tried | None = None) -> Response:
    return page(
        request,
        "exchange/import.html",
        422 if form.complaints else 200,
        form=form,
        tried=tried or Tried(),
        fields=sorted(COLUMNS.columns, key=lambda one: one.label_nb),
        meaning=MEANING,
        most=state.settings.max_upload_megabytes,
    )
