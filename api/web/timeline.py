"""What has happened with a person, by date."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.web.dependencies import PAGE_LENGTH, MayReadProfiles, WebSessionDep
from api.web.pages import page
from api.web.timeline_words import THEMES, told
from kompetanse.chronicle import service as chronicle
from kompetanse.chronicle.service import Theme
from kompetanse.identity import service as identity
from kompetanse.people import service as people

router = APIRouter(prefix="/people/{person_id}")


@router.get("/timeline")
def show(
    request: Request,
    person_id: UUID,
    who: MayReadProfiles,
    session: WebSessionDep,
    theme: Annotated[Theme | None, Query()] = None,
    before: Annotated[datetime | None, Query()] = None,
) -> Response:
    """A page of the timeline, of one theme or of all."""
    before = before if before and before.tzinfo and date.min < before.date() < date.max else None
    found = chronicle.timeline(session, who, person_id, theme=theme, before=before, limit=PAGE_LENGTH)
    return page(
        request,
        "people/timeline.html",
        person=people.get(session, who, person_id),
        events=[(one, told(one)) for one in found.events],
        names=identity.names_of(session, who, {one.by for one in found.events if one.by}),
        themes=THEMES,
        theme=theme,
        path=request.url.path,
        next_before=found.before.isoformat() if found.before else None,
        first=before is None,
    )
