"""Requirements that a vacancy's text speaks for: chosen ones become the vacancy's own."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web import vacancy_page
from api.web.dependencies import FormDep, MayWriteVacancies, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go
from api.web.rankings import ShownDep
from api.web.requirements import PROPOSALS
from kompetanse.errors import Invalid
from kompetanse.feeds import proposing

router = APIRouter(prefix="/vacancies/{vacancy_id}")


@router.post("/proposals")
def accept(
    request: Request,
    vacancy_id: UUID,
    form: FormDep,
    who: MayWriteVacancies,
    session: WebSessionDep,
    shown: ShownDep,
) -> Response:
    """Make the chosen proposals requirements."""
    try:
        proposing.accept(session, who, vacancy_id, form.version(), form.all("chosen"))
    except Invalid as error:
        refused = Filled(form, complaints(error.faults), prefix=PROPOSALS)
        return vacancy_page.show(request, session, who, vacancy_id, shown, refused)
    return go(f"/vacancies/{vacancy_id}", "requirements-added")
