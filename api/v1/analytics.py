"""The analytics extract over REST, for the municipality's own analysts and their programs, and what was made."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from api.dependencies import MayExportAnalytics, PageDep, SessionDep, StateDep, link_next
from api.problems import responses
from api.v1.exports import sent
from kompetanse.analytics import package, service
from kompetanse.analytics.package import AnalyticsPackage
from schemas.analytics import AnalyticsIn, AnalyticsPackageOut, AnalyticsRunOut, AnalyticsRunsOut

router = APIRouter(prefix="/exports", tags=["exports"])

FILENAME, RECORDS = "analytics.zip", "/api/v1/exports/analytics"

_LINK = {"Link": {"schema": {"type": "string"}, "description": "Its record, with rows and SHA-256 when it is whole."}}
_ZIP: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        "description": "The extract.",
        "headers": _LINK,
    }
}


@router.post(f"/{FILENAME}", response_class=StreamingResponse, responses={**responses(422), **_ZIP})
def make_extract(who: MayExportAnalytics, state: StateDep, body: AnalyticsIn) -> StreamingResponse:
    """Who lives here and what they can, pseudonymised: each row stands for at least `threshold` households.

    A zip with each table as CSV and Parquet, counts of them, the data dictionary, and `datapackage.json`.
    """
    threshold = state.settings.analytics_threshold
    made = service.make_extract(state.database, who, threshold=threshold, formats=body.formats)
    return sent(made.chunks, FILENAME, "application/zip", f"{RECORDS}/{made.id}")


@router.get("/analytics", responses=responses(422))
def list_extracts(
    request: Request, response: Response, who: MayExportAnalytics, session: SessionDep, page: PageDep
) -> AnalyticsRunsOut:
    """The extracts that were begun, newest first: by whom, of how many people, and whether they are whole."""
    found = service.extracts(session, who, page)
    return AnalyticsRunsOut(
        items=[AnalyticsRunOut.model_validate(one) for one in found.items], next=link_next(request, response, found)
    )


@router.get("/analytics.datapackage.json", response_model=AnalyticsPackageOut, responses=responses())
def describe_extract(who: MayExportAnalytics, state: StateDep) -> AnalyticsPackage:
    """The tables of an extract and their columns in both languages, as a Frictionless Data Package."""
    return package.description(who.municipality_no, state.settings.analytics_threshold)


@router.get("/analytics/{extract_id}", responses=responses(404, 422))
def read_extract(extract_id: UUID, who: MayExportAnalytics, session: SessionDep) -> AnalyticsRunOut:
    """One extract: its rows and SHA-256, when its file is whole."""
    return AnalyticsRunOut.model_validate(service.read_extract(session, who, extract_id))
