"""Vacancies out of the job service's feed over REST: entries one by one, and what readings of the feed changed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import MayReadVacancies, MayWriteVacancies, PageDep, SessionDep, link_next
from api.problems import responses
from kompetanse.feeds import importing, service
from schemas.feeds import (
    FeedEntryIn,
    FeedImportOut,
    FeedStateOut,
    IntakeChangeList,
    IntakeChangeOut,
    IntakeList,
    IntakeOut,
)

router = APIRouter(prefix="/feed", tags=["vacancies"])


@router.post("/entries", responses=responses(409, 422))
def import_entry(body: FeedEntryIn, who: MayWriteVacancies, session: SessionDep) -> FeedImportOut:
    """Create, change or close the vacancy of one feed entry. Sending it again changes nothing."""
    return FeedImportOut.model_validate(importing.import_feed_entry(session, who, body.model_dump_json()))


@router.get("", responses=responses())
def state(who: MayReadVacancies, session: SessionDep) -> FeedStateOut:
    """When the feed was read last, how that ended, and when it is read next."""
    return FeedStateOut.model_validate(service.state_of(session, who))


@router.post("/readings", status_code=202, responses=responses(409))
def ask(who: MayWriteVacancies, session: SessionDep) -> FeedStateOut:
    """Have the feed read as soon as the server gets to it, within seconds."""
    service.ask(session, who)
    return FeedStateOut.model_validate(service.state_of(session, who))


@router.get("/intakes", responses=responses(422))
def intakes(
    who: MayReadVacancies,
    session: SessionDep,
    page: PageDep,
    request: Request,
    response: Response,
    all_of_them: Annotated[bool, Query(alias="all", description="Also those that changed nothing.")] = False,
) -> IntakeList:
    """The times that advertisements came in, the newest first."""
    found = service.list_intakes(session, who, page, all_of_them=all_of_them)
    items = [IntakeOut.model_validate(one) for one in found.items]
    return IntakeList(items=items, next=link_next(request, response, found))


@router.get("/intakes/{intake_id}", responses=responses(404))
def intake(intake_id: UUID, who: MayReadVacancies, session: SessionDep) -> IntakeOut:
    """One time that advertisements came in."""
    return IntakeOut.model_validate(service.read_intake(session, who, intake_id))


@router.get("/intakes/{intake_id}/changes", responses=responses(404, 422))
def changes(
    intake_id: UUID, who: MayReadVacancies, session: SessionDep, page: PageDep, request: Request, response: Response
) -> IntakeChangeList:
    """The vacancies that came, changed and went, and what could not be read."""
    found = service.list_changes(session, who, intake_id, page)
    items = [IntakeChangeOut.model_validate(one) for one in found.items]
    return IntakeChangeList(items=items, next=link_next(request, response, found))
