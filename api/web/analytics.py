"""The analytics extract: what is in it, what it promises, and which were made before."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.v1.analytics import RECORDS
from api.v1.exports import sent
from api.web.dependencies import FormDep, MayExportAnalytics, WebPageDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed
from api.web.pages import page
from kompetanse.actor import Actor
from kompetanse.analytics import service
from kompetanse.analytics.dictionary import FILES
from kompetanse.codes.exports import AnalyticsFormat
from kompetanse.errors import Invalid
from kompetanse.identity import service as identity
from kompetanse.paging import PageRequest

router = APIRouter()

PATH, FILENAME = "/export/analytics", "analyseuttrekk.zip"


@router.get(PATH)
def choose_extract(
    request: Request, who: MayExportAnalytics, session: WebSessionDep, paging: WebPageDep, state: StateDep
) -> Response:
    """What an extract holds of whom, and those that were made."""
    return _page(request, session, who, paging, state.settings.analytics_threshold)


@router.post(f"{PATH}/{FILENAME}")
def make_extract(request: Request, form: FormDep, who: MayExportAnalytics, state: StateDep) -> Response:
    """The extract, sent as it is made."""
    # No session from the signature: it would hold SQLite's one lock for writing while the extract wants it.
    threshold = state.settings.analytics_threshold
    formats = [one for one in AnalyticsFormat if one.value in form.all("formats")]
    try:
        made = service.make_extract(state.database, who, threshold=threshold, formats=formats)
    except Invalid as error:
        with state.database.session(who.municipality_no, write=False) as session:
            filled = Filled(form, complaints(error.faults))
            return _page(request, session, who, PageRequest(), threshold, filled)
    return sent(made.chunks, FILENAME, "application/zip", f"{RECORDS}/{made.id}")


def _page(
    request: Request, session: Session, who: Actor, paging: PageRequest, threshold: int, form: Filled | None = None
) -> Response:
    found = service.extracts(session, who, paging)
    return page(
        request,
        "exchange/analytics.html",
        422 if form else 200,
        form=form or Filled(Typed({"formats": [one.value for one in AnalyticsFormat]})),
        formats=[(AnalyticsFormat.PARQUET.value, "Parquet"), (AnalyticsFormat.CSV.value, "CSV")],
        action=f"{PATH}/{FILENAME}",
        outlook=service.outlook(session, who, threshold),
        threshold=threshold,
        tables=[(name, title, fields) for name, ((title, _), fields) in FILES.items()],
        extracts=found.items,
        names=identity.names_of(session, who, {one.made_by for one in found.items}),
        next_url=f"{PATH}?cursor={found.next}" if found.next else None,
        first_url=PATH if paging.after else None,
    )
