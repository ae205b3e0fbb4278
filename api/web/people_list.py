"""The page of the people's list: search as one types, filters, columns, and what is done with those who are shown."""

from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from api.dependencies import StateDep
from api.state import State
from api.web import formats, people_columns, people_filters, searches
from api.web.dependencies import PAGE_LENGTH, CookiesDep, FormDep, MayReadPeople, WebPageDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed, filled
from api.web.i18n import gettext as _
from api.web.i18n import language
from api.web.names import name_lists
from api.web.occupations import as_occupation
from api.web.pages import page
from kompetanse.actor import Actor
from kompetanse.competence import listing
from kompetanse.competence import searches as kept
from kompetanse.competence.searches import KeptSearch
from kompetanse.errors import Invalid
from kompetanse.finding import lists
from kompetanse.finding.criteria import NO_SEARCH, PeopleFilter, Understood, asked_for
from kompetanse.paging import PageRequest
from kompetanse.taxonomy import service as taxonomy

router = APIRouter(prefix="/people")

FIRST_PAGE = PageRequest(PAGE_LENGTH)
_ALWAYS_SHOWN = frozenset({"text", "occupation", "skill", "not_mapped", "archived", "fresh_in"})
"""What can be asked for without opening the rest of the filters."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows, and what was wrong in its search (`refused`) or in the form that keeps it (`keeping`)."""

    wanted: PeopleFilter
    paging: PageRequest = FIRST_PAGE
    search: KeptSearch | None = None
    refused: Filled | None = None
    keeping: Filled | None = None


@router.get("")
def show_list(
    request: Request,
    who: MayReadPeople,
    session: WebSessionDep,
    state: StateDep,
    paging: WebPageDep,
    sealed: Annotated[str, Query(alias="search", max_length=4000)] = "",
    saved: Annotated[UUID | None, Query()] = None,
) -> Response:
    """Newcomers, as the sealed search wants them, or one that is saved."""
    search = kept.read(session, who, saved) if saved else None
    wanted = (search.wanted or NO_SEARCH) if search else searches.unseal(state.sealer, who, sealed)
    return people_page(request, session, state, who, Seen(wanted, paging, search))


@router.post("/search")
def search(request: Request, form: FormDep, who: MayReadPeople, state: StateDep, session: WebSessionDep) -> Response:
    """Turn a search into an address without the words: what is searched for is often a name."""
    try:
        wanted = people_filters.people_filter(form, taxonomy.lexicon(session, who))
    except Invalid as error:
        refused = Filled(form, complaints(error.faults))
        return people_page(request, session, state, who, Seen(NO_SEARCH, refused=refused))
    return RedirectResponse(searches.address(state.sealer, who, wanted), 303)


@router.post("/search/without")
def search_without(form: FormDep, who: MayReadPeople, state: StateDep) -> Response:
    """The search without one of its conditions."""
    wanted = searches.unseal(state.sealer, who, form.raw("search"))
    return RedirectResponse(
        searches.address(state.sealer, who, people_filters.without(wanted, form.raw("without"))), 303
    )


@router.post("/columns")
def choose_columns(form: FormDep, who: MayReadPeople, state: StateDep, cookies: CookiesDep) -> Response:
    """Let this browser show other columns."""
    wanted = searches.unseal(state.sealer, who, form.raw("search"))
    answer = RedirectResponse(searches.address(state.sealer, who, wanted), 303)
    people_columns.keep(answer, form, cookies)
    return answer


def people_page(request: Request, session: Session, state: State, who: Actor, seen: Seen) -> Response:
    """The page, or the page with what was wrong in one of its forms."""
    wanted = seen.wanted
    columns = people_columns.chosen(request)
    found = listing.search(session, who, wanted, seen.paging, people_columns.read_besides(columns))
    named = lists.names(session, who)
    following = request.url.include_query_params(cursor=str(found.page.next)).remove_query_params("notice")
    first = request.url.remove_query_params(["cursor", "notice"])
    names = name_lists()
    return page(
        request,
        "people/list.html",
        422 if seen.refused or seen.keeping else 200,
        form=seen.refused or Filled(people_filters.search_form(wanted)),
        keeping=seen.keeping or Filled(_keeping(seen.search), prefix="keep"),
        people=found.page,
        rows=people_columns.rows(session, who, found.page.items, columns),
        columns=columns,
        all_columns=list(people_columns.COLUMNS.values()),
        searching=wanted != NO_SEARCH,
        more_filters=bool(seen.refused) or bool(asked_for(wanted) - _ALWAYS_SHOWN),
        told=list(people_filters.told(wanted, named)),
        understood=_understood(session, found.understood),
        spelt=bool(found.understood.spellings),
        sealed=searches.seal(state.sealer, who, wanted),
        search=seen.search,
        news=kept.news_of(session, who, seen.search) if seen.search else 0,
        fresh_url=fresh_url(state, who, seen.search) if seen.search else None,
        lists=[(str(list_id), name) for list_id, name in named.items()],
        filters=people_filters,
        next_url=f"{following.path}?{following.query}" if found.page.next else None,
        first_url=f"{first.path}?{first.query}" if seen.paging.after else None,
        country_names=names["country_names"],
        language_names=names["language_names"],
    )


def _keeping(search: KeptSearch | None) -> Typed:
    own = search is not None and search.own
    return filled(
        name=search.name if search and own else None, shared="yes" if search and own and search.shared else None
    )


def fresh_url(state: State, who: Actor, search: KeptSearch) -> str | None:
    """Where those are who were new to a watched search when they were looked at last; None where nobody ever was."""
    if search.watch_id is None or search.wanted is None or not search.fresh:
        return None
    return searches.address(state.sealer, who, replace(search.wanted, fresh_in=search.watch_id))


def _understood(session: Session, understood: Understood) -> str | None:
    """Whom the text found besides those of the name, in words."""
    skill = taxonomy.concepts(session, [understood.skill]).get(understood.skill) if understood.skill else None
    told = [_("har arbeidet %(what)s") % {"what": as_occupation(code)} for code in understood.occupations]
    told += [_("kan %(what)s") % {"what": formats.inside(skill.name(language()))}] if skill else []
    if not told:
        return None
    joined = _(" eller ").join(filter(None, [", ".join(told[:-1]), told[-1]]))
    return _("Viser også dem som %(what)s.") % {"what": joined}
