"""What newcomers say on their own pages that they are interested in: the coordinator says that she has seen it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.web.dependencies import FormDep, MayRefer, WebSessionDep
from api.web.pages import go
from kompetanse.placements import interest

router = APIRouter()


@router.post("/interests/{interest_id}/seen")
def seen(
    interest_id: UUID, _form: FormDep, who: MayRefer, session: WebSessionDep, back: Annotated[str, Query()] = ""
) -> Response:
    """Say that an interest was seen; back to the page that it was said on."""
    said = interest.seen(session, who, interest_id)
    places = {"person": f"/people/{said.person_id}", "vacancy": f"/vacancies/{said.vacancy_id}"}
    return go(places.get(back, "/"), "interest-seen", "interests" if back in places else "")
