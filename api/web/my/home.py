"""Her first page: where everything is, and what waits for her."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.my.dependencies import HerselfDep, MayReadOwn, OwnSessionDep
from api.web.my.pages import own_page
from kompetanse.self_service import service

router = APIRouter()


@router.get("/")
def show(request: Request, visitor: HerselfDep, who: MayReadOwn, session: OwnSessionDep) -> Response:
    """The way on to each page."""
    return own_page(
        request,
        "home.html",
        first_name=visitor.name,
        municipality_no=who.municipality_no,
        questions=service.count_questions(session, visitor.actor),
    )
