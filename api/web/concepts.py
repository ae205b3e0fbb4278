"""Proposals of concepts while somebody types, as parts of pages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.web.dependencies import MayReadProfiles, WebSessionDep
from api.web.pages import page
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import ConceptKind

router = APIRouter(prefix="/words")

PROPOSED = 6


async def get_typed(
    title: Annotated[str, Query(max_length=200)] = "",
    label: Annotated[str, Query(max_length=200)] = "",
    key: Annotated[str, Query(max_length=200)] = "",
) -> str:
    """What is typed, by whichever name its field has."""
    return (title or label or key).strip()


TypedDep = Annotated[str, Depends(get_typed)]


@router.get("/{kind}")
def propose(
    request: Request,
    kind: ConceptKind,
    who: MayReadProfiles,
    session: WebSessionDep,
    words: TypedDep,
    prefix: Annotated[str, Query(pattern="^[a-z-]{1,40}$")] = "concept",
    beside: Annotated[str | None, Query(pattern="^[a-z]{2}$")] = None,
) -> Response:
    """What the words in a field may mean, to choose from; what they clearly mean is chosen already.

    `prefix` tells the choices of several fields of one page apart; `beside` is another language to name them in too.
    """
    lexicon = taxonomy.lexicon(session, who)
    linked = lexicon.link(words, kind) if words else None
    found = [one.concept for one in lexicon.complete(words, kind, limit=PROPOSED)] if words else []
    if linked and linked not in found:
        found = [linked, *found[: PROPOSED - 1]]
    return page(
        request,
        "people/choices.html",
        found=found,
        linked=linked.uri if linked else None,
        text=words,
        prefix=prefix,
        beside=beside,
        concepts={},
    )
