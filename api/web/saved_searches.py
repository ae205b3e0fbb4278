"""Searches that are kept: saving, opening, watching and deleting one."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.dependencies import StateDep
from api.web import searches
from api.web.dependencies import FormDep, MayReadPeople, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled
from api.web.pages import go, page
from api.web.people_list import Seen, fresh_url, people_page
from kompetanse.competence import searches as kept
from kompetanse.errors import Invalid

router = APIRouter(prefix="/people/searches")


@router.get("")
def show_all(request: Request, who: MayReadPeople, session: WebSessionDep) -> Response:
    """The visitor's own searches, and those that colleagues share."""
    news = {one.search_id: one.people for one in kept.news(session, who)}
    return page(request, "people/searches.html", searches=kept.every_search(session, who), news=news)


@router.post("")
def save(request: Request, form: FormDep, who: MayReadPeople, session: WebSessionDep, state: StateDep) -> Response:
    """Keep the search that is shown; one of the visitor's own of the same name asks for this from now on."""
    wanted = searches.unseal(state.sealer, who, form.raw("search"))
    try:
        saved = kept.save(session, who, form.raw("name"), wanted, shared=form.ticked("shared"))
    except Invalid as error:
        keeping = Filled(form, complaints(error.faults), prefix="keep")
        return people_page(request, session, state, who, Seen(wanted, keeping=keeping))
    if form.ticked("watch"):
        kept.watch(session, who, saved.id)
    return go(f"/people?saved={saved.id}", "search-saved")


@router.get("/{search_id}")
def open_search(search_id: UUID, who: MayReadPeople, session: WebSessionDep) -> Response:
    """The page of a search. A page that is fetched, perhaps by a browser ahead of its reader, marks nobody as seen."""
    return go(f"/people?saved={kept.read(session, who, search_id).id}")


@router.post("/{search_id}/news")
def show_news(search_id: UUID, _form: FormDep, who: MayReadPeople, session: WebSessionDep, state: StateDep) -> Response:
    """Show just those who are new to the visitor, who has seen them by that."""
    return RedirectResponse(fresh_url(state, who, kept.open_search(session, who, search_id)) or "/people", 303)


@router.post("/{search_id}/watch")
def watch(search_id: UUID, _form: FormDep, who: MayReadPeople, session: WebSessionDep) -> Response:
    """Tell the visitor when somebody new fits."""
    kept.watch(session, who, search_id)
    return go("/people/searches", "watched")


@router.post("/{search_id}/end-watch")
def end_watch(search_id: UUID, _form: FormDep, who: MayReadPeople, session: WebSessionDep) -> Response:
    """Tell her no more."""
    kept.end_watch(session, who, search_id)
    return go("/people/searches", "unwatched")


@router.get("/{search_id}/delete")
def ask_delete(request: Request, search_id: UUID, who: MayReadPeople, session: WebSessionDep) -> Response:
    """Ask before a search is forgotten, which cannot be undone."""
    return page(request, "people/search_delete.html", search=kept.read(session, who, search_id))


@router.post("/{search_id}/delete")
def delete(search_id: UUID, form: FormDep, who: MayReadPeople, session: WebSessionDep) -> Response:
    """Forget one of the visitor's own searches."""
    kept.delete(session, who, search_id, form.version())
    return go("/people/searches", "search-deleted")
