"""What the coordinator works through: unused competence, what is missing, old or runs out, and words not linked."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.concepts import PROPOSED
from api.web.dependencies import FormDep, MayMap, MayReadProfiles, WebPageDep, WebSessionDep
from api.web.pages import go, page
from api.web.reading import Reader
from kompetanse.actor import Actor
from kompetanse.competence import unlinked, worklists
from kompetanse.paging import Page, PageRequest
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import ConceptKind

router = APIRouter(prefix="/worklists")


class Worklist(StrEnum):
    """The lists, named as in addresses."""

    UNUSED = "unused"
    INCOMPLETE = "incomplete"
    STALE = "stale"
    RUNNING_OUT = "running-out"
    UNMAPPED = "unmapped"
    UNRECOGNISED = "unrecognised"


_LISTS: Mapping[Worklist, Callable[[Session, Actor, PageRequest], Page[Any]]] = {
    Worklist.UNUSED: worklists.list_unused,
    Worklist.INCOMPLETE: worklists.list_incomplete,
    Worklist.STALE: worklists.list_stale,
    Worklist.RUNNING_OUT: worklists.list_running_out,
    Worklist.UNMAPPED: worklists.list_unmapped,
    Worklist.UNRECOGNISED: worklists.list_unrecognised,
}


@router.get("")
def first(_: MayReadProfiles) -> Response:
    """The list that is looked at most."""
    return go("/worklists/unused")


@router.get("/unlinked")
def show_unlinked(request: Request, who: MayReadProfiles, session: WebSessionDep) -> Response:
    """Words that no concept fitted, each with what it may mean."""
    terms = unlinked.list_terms(session, who, limit=50)
    lexicon = taxonomy.lexicon(session, who)
    proposed = [(one, [hit.concept for hit in lexicon.search(one.text, one.kind, limit=PROPOSED)]) for one in terms]
    own = taxonomy.list_synonyms(session, who)
    concepts = taxonomy.concepts(session, {one.uri for one in own})
    return page(request, "worklists/unlinked.html", terms=proposed, synonyms=own, concepts=concepts, list="unlinked")


@router.post("/unlinked")
def link(form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """Link a word once and for all."""
    reader = Reader(form)
    kind = reader.choice("kind", ConceptKind) or ConceptKind.SKILL
    reader.refuse()
    unlinked.link(session, who, kind, form.raw("text"), form.raw("uri"))
    return go("/worklists/unlinked", "linked")


@router.post("/unlinked/{synonym_id}/remove")
def forget(synonym_id: UUID, form: FormDep, who: MayMap, session: WebSessionDep) -> Response:
    """Forget one of the municipality's own words."""
    taxonomy.remove_synonym(session, who, synonym_id)
    return go("/worklists/unlinked", "forgotten")


@router.get("/{name}")
def show(
    request: Request, name: Worklist, who: MayReadProfiles, session: WebSessionDep, paging: WebPageDep
) -> Response:
    """One of the lists of people."""
    found = _LISTS[name](session, who, paging)
    following = request.url.include_query_params(cursor=str(found.next))
    return page(
        request,
        "worklists/list.html",
        list=name.value,
        found=found,
        next_url=f"{following.path}?{following.query}" if found.next else None,
        first_url=request.url.path if paging.after else None,
    )
