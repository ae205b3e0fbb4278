"""Requirements that a vacancy's text speaks for: a page of its own, as reading a long text takes a moment."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.dependencies import FormDep, MayWriteVacancies, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go, page
from api.web.requirements import requirement_groups
from kompetanse.actor import Actor
from kompetanse.errors import Invalid
from kompetanse.feeds import proposing
from kompetanse.vacancies import service as vacancies

router = APIRouter(prefix="/vacancies/{vacancy_id}/proposals")


@router.get("")
def show(request: Request, vacancy_id: UUID, who: MayWriteVacancies, session: WebSessionDep) -> Response:
    """What the text asks for and the vacancy does not say yet, with the words that do."""
    return _page(request, session, who, vacancy_id, Filled())


@router.post("")
def accept(
    request: Request, vacancy_id: UUID, form: FormDep, who: MayWriteVacancies, session: WebSessionDep
) -> Response:
    """Make the chosen proposals requirements."""
    try:
        proposing.accept(session, who, vacancy_id, form.version(), form.all("chosen"))
    except Invalid as error:
        return _page(request, session, who, vacancy_id, Filled(form, complaints(error.faults)))
    return go(f"/vacancies/{vacancy_id}", "requirements-added")


def _page(request: Request, session: Session, who: Actor, vacancy_id: UUID, form: Filled) -> Response:
    record = vacancies.read(session, who, vacancy_id)
    return page(
        request,
        "vacancies/proposals.html",
        422 if form.complaints else 200,
        vacancy=record.vacancy,
        form=form,
        proposals=requirement_groups(proposing.propose(session, who, record)),
    )
