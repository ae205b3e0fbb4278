"""What neighbours read over REST."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from api.dependencies import MayReadShared, SessionDep
from api.problems import responses
from kompetanse.sharing import service
from schemas.base import Styrk
from schemas.sharing import SharedClassesOut, SharedClassOut

router = APIRouter(prefix="/shared", tags=["sharing"])


@router.get("/classes", response_model=SharedClassesOut, responses=responses(304, 422))
def list_classes(
    who: MayReadShared,
    session: SessionDep,
    response: Response,
    occupation: Annotated[Styrk | None, Query(description="Only classes within this STYRK-08 code.")] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> SharedClassesOut | Response:
    """Classes of consenting people. No class describes fewer than k of them, and none can be tied to a person."""
    view = service.shared_classes(session, who)
    classes = [
        SharedClassOut.model_validate(c) for c in view.classes if not occupation or c.occupation.startswith(occupation)
    ]
    answer = SharedClassesOut(municipality_no=view.municipality_no, k=view.k, classes=classes)
    etag = f'"{hashlib.sha256(answer.model_dump_json().encode()).hexdigest()[:32]}"'
    if if_none_match == etag:
        return Response(status_code=304, headers={"ETag": etag})
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return answer
