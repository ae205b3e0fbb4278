"""Vacancies out of the job service's feed over REST."""

from fastapi import APIRouter

from api.dependencies import MayWriteVacancies, SessionDep
from api.problems import responses
from kompetanse.feeds import importing
from schemas.exchange import FeedEntryIn, FeedImportOut

router = APIRouter(prefix="/feed", tags=["vacancies"])


@router.post("/entries", responses=responses(409, 422))
def import_entry(body: FeedEntryIn, who: MayWriteVacancies, session: SessionDep) -> FeedImportOut:
    """Create, change or close the vacancy of one feed entry. Sending it again changes nothing."""
    return FeedImportOut.model_validate(importing.import_feed_entry(session, who, body.model_dump_json()))
