"""Files for the job service: what leaves the municipality, for those who said yes, and what left before."""

import secrets
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.v1.exports import CSV_TYPE, RECORDS, sent
from api.web.dependencies import FormDep, MayExport, WebPageDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, filled
from api.web.pages import page
from kompetanse.actor import Actor
from kompetanse.codes.exports import ExportShape
from kompetanse.errors import Invalid, NotFound
from kompetanse.exchange import job_seekers, job_service
from kompetanse.exchange.job_service import LEAST_PASSWORD, Wanted
from kompetanse.identity import service as identity
from kompetanse.paging import PageRequest

router = APIRouter()

FILENAME, PACKAGE = "jobbformidling.csv", "jobbformidling.zip"
_PASSWORD_BYTES = 15
"""As random as 20 letters and digits: nobody guesses it, and it can be read out on the telephone."""


@router.get("/export")
def choose_export(request: Request, who: MayExport, session: WebSessionDep, paging: WebPageDep) -> Response:
    """What can be sent, to whom, whose consent it takes, and what was sent before."""
    return _export_page(request, session, who, paging)


@router.get(f"/export/{FILENAME}")
def export_job_service(
    who: MayExport, session: WebSessionDep, state: StateDep, since: Annotated[UUID | str, Query()] = ""
) -> Response:
    """The job service's list, sent as it is made."""
    wanted = Wanted(since=_began(session, who, since))
    export = job_service.export_job_service(state.database, who, wanted)
    return sent(export.chunks, FILENAME, CSV_TYPE, f"{RECORDS}/{export.id}")


@router.post(f"/export/{PACKAGE}")
def export_package(request: Request, form: FormDep, who: MayExport, state: StateDep) -> Response:
    """The package, encrypted unless that is unticked. The password is in the form alone, and kept nowhere."""
    password = form.raw("password").strip() if form.ticked("encrypt") else None
    # No session from the signature: it would hold SQLite's one lock for writing while the export wants it.
    with state.database.session(who.municipality_no, write=False) as session:
        wanted = Wanted(ExportShape.PACKAGE, since=_began(session, who, form.raw("since")), password=password)
    try:
        export = job_service.export_job_service(state.database, who, wanted)
    except Invalid as error:
        with state.database.session(who.municipality_no, write=False) as session:
            return _export_page(request, session, who, PageRequest(), Filled(form, complaints(error.faults)))
    return sent(export.chunks, PACKAGE, "application/zip", f"{RECORDS}/{export.id}")


def _began(session: Session, who: Actor, export_id: UUID | str) -> datetime | None:
    """When the export that was chosen began; None when none was. Raises NotFound."""
    if not export_id:
        return None
    try:
        chosen = UUID(str(export_id))
    except ValueError:
        raise NotFound("export") from None
    return job_service.read_export(session, who, chosen).began_at


def _export_page(
    request: Request, session: Session, who: Actor, paging: PageRequest, form: Filled | None = None
) -> Response:
    found = job_service.exports(session, who, paging)
    made = secrets.token_urlsafe(_PASSWORD_BYTES)
    return page(
        request,
        "exchange/export.html",
        422 if form else 200,
        form=form or Filled(filled(password=made, encrypt="yes")),
        columns=job_seekers.WIDE,
        parts=job_seekers.PARTS,
        filename=FILENAME,
        package=PACKAGE,
        least_password=LEAST_PASSWORD,
        exports=found.items,
        names=identity.names_of(session, who, {one.made_by for one in found.items}),
        next_url=f"/export?cursor={found.next}" if found.next else None,
        first_url="/export" if paging.after else None,
    )
