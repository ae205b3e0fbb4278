"""Free text over REST: suggestions out of a CV, and the chosen ones added at once."""

from typing import cast
from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import IfMatch, MayMap, SessionDep, set_etag
from api.problems import responses
from api.uploads import UPLOAD_BODY, UploadDep
from api.v1.profiles import WRITES, document_of
from kompetanse.competence import service, suggesting
from kompetanse.competence.service import PartFields, ProfilePart
from kompetanse.competence.suggesting import Chosen
from kompetanse.exchange.cv_files import service as cv_files
from kompetanse.exchange.cv_files.files import source_of
from kompetanse.exchange.cv_files.service import Read
from schemas.competence import ProfileOut, Stating
from schemas.extraction import AcceptIn, SuggestionOut, SuggestionsOut, TextIn

router = APIRouter(prefix="/people/{person_id}/profile/extract", tags=["profiles"])


@router.post("", responses=responses(404, 422))
def extract(person_id: UUID, body: TextIn, who: MayMap, session: SessionDep, response: Response) -> SuggestionsOut:
    """Suggest entries out of a text; what the profile has is left out. Neither text nor suggestions are stored."""
    return _suggested(cv_files.propose(session, who, person_id, body.text), response)


@router.post("/file", responses=responses(404, 413, 422), openapi_extra=dict(UPLOAD_BODY))
def extract_file(
    person_id: UUID, who: MayMap, upload: UploadDep, session: SessionDep, response: Response
) -> SuggestionsOut:
    """Suggest entries out of a CV: Europass (PDF or XML), JSON Resume, PDF, Word or text. The file is not stored."""
    return _suggested(cv_files.propose(session, who, person_id, source_of(upload.content)), response)


@router.post("/accept", responses=WRITES)
def accept(
    person_id: UUID, body: AcceptIn, who: MayMap, version: IfMatch, session: SessionDep, response: Response
) -> ProfileOut:
    """Add the chosen entries as one change: all of them or none. The profile as it is then."""
    suggesting.accept(session, who, person_id, version, _chosen(body))
    found = service.read_person_profile(session, who, person_id)
    set_etag(response, found.profile.version)
    return document_of(found)


def _suggested(read: Read, response: Response) -> SuggestionsOut:
    set_etag(response, read.found.version)
    items = [SuggestionOut.model_validate(one) for one in read.found.items]
    return SuggestionsOut(version=read.found.version, text=read.text, items=items)


def _chosen(body: AcceptIn) -> list[Chosen]:
    entries: list[tuple[ProfilePart, list[Stating]]] = [(part, getattr(body, part.attribute)) for part in ProfilePart]
    return [Chosen(part, cast(PartFields, one.stated())) for part, listed in entries for one in listed]
