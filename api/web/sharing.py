"""What neighbours see of the municipality's newcomers, shown to its own coordinator."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.dependencies import MayReadProfiles, WebSessionDep
from api.web.pages import page
from kompetanse import clock
from kompetanse.sharing import service as sharing

router = APIRouter()


@router.get("/sharing")
def show(request: Request, who: MayReadProfiles, session: WebSessionDep) -> Response:
    """The classes exactly as a neighbour reads them, with whom they are shared, and how many are in no class."""
    view, suppressed = sharing.preview(session, who)
    return page(
        request,
        "sharing/preview.html",
        view=view,
        suppressed=suppressed,
        agreements=sharing.agreements(session, who),
        on=clock.today(),
    )
