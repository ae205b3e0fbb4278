"""The taxonomy over REST: what words mean, what occupations need, and a municipality's own words."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlmodel import Session

from api.dependencies import MayMap, MayReadProfiles, MayReadVacancies, SessionDep
from api.problems import responses
from kompetanse.competence import unlinked
from kompetanse.errors import NotFound
from kompetanse.taxonomy import service
from kompetanse.taxonomy.concepts import Concept, ConceptKind
from schemas.taxonomy import (
    ConceptOut,
    FoundConcepts,
    FoundOut,
    NeedsOut,
    SynonymIn,
    SynonymList,
    SynonymOut,
    UnlinkedTerms,
)

router = APIRouter(prefix="/taxonomy", tags=["taxonomy"])

Words = Annotated[str, Query(max_length=200, description="As a person writes it, in any language.")]
Kind = Annotated[str, Query(pattern="^(skill|occupation)$", description="What is meant: skill or occupation.")]
Hint = Annotated[str | None, Query(pattern="^[a-z]{2,3}$", description="The language of the words (ISO 639-1).")]
Shown = Annotated[str, Query(pattern="^[a-z]{2,3}$", description="The language to name concepts in (ISO 639-1).")]
Limit = Annotated[int, Query(ge=1, le=50, description="At most how many.")]


@router.get("/search", responses=responses(422))
def search(
    who: MayReadVacancies,
    session: SessionDep,
    text: Words,
    kind: Kind,
    language: Hint = None,
    shown: Shown = "nb",
    limit: Limit = 10,
) -> FoundConcepts:
    """What a text may mean, best first, whatever language it is written in."""
    lexicon = service.lexicon(session, who)
    linked = lexicon.link(text, ConceptKind(kind), language)
    found = lexicon.search(text, ConceptKind(kind), language, limit)
    return FoundConcepts(linked=linked.uri if linked else None, items=_found(found, shown))


@router.get("/complete", responses=responses(422))
def complete(
    who: MayReadVacancies,
    session: SessionDep,
    text: Words,
    kind: Kind,
    language: Hint = None,
    shown: Shown = "nb",
    limit: Limit = 10,
) -> FoundConcepts:
    """Proposals for somebody who is typing."""
    found = service.lexicon(session, who).complete(text, ConceptKind(kind), language, limit)
    return FoundConcepts(linked=None, items=_found(found, shown))


@router.get("/concept", responses=responses(404, 422))
def read(
    who: MayReadVacancies,
    session: SessionDep,
    uri: Annotated[str, Query(max_length=255)],
    shown: Shown = "nb",
) -> NeedsOut:
    """A concept by its URI, with the skills that an occupation needs."""
    concept = service.concepts(session, [uri]).get(uri)
    if concept is None:
        raise NotFound("concept")
    needs = service.needs_of(session, [uri]).get(uri)
    return NeedsOut(
        **told(concept, shown),
        essential=_concepts(session, needs.essential if needs else (), shown),
        optional=_concepts(session, needs.optional if needs else (), shown),
    )


@router.get("/synonyms", responses=responses())
def list_synonyms(who: MayReadProfiles, session: SessionDep) -> SynonymList:
    """The words that this municipality linked by hand."""
    return SynonymList(items=[SynonymOut.model_validate(one) for one in service.list_synonyms(session, who)])


@router.post("/synonyms", status_code=201, responses=responses(422))
def add_synonym(body: SynonymIn, who: MayMap, session: SessionDep) -> SynonymOut:
    """Link a word once and for all in this municipality; what is written with it already is linked too."""
    synonym = unlinked.link(session, who, ConceptKind(body.kind), body.text, body.uri)
    return SynonymOut.model_validate(synonym)


@router.delete("/synonyms/{synonym_id}", status_code=204, responses=responses(404, 422))
def remove_synonym(synonym_id: UUID, who: MayMap, session: SessionDep) -> None:
    """Forget a word; what was linked by it stays linked."""
    service.remove_synonym(session, who, synonym_id)


@router.get("/unlinked", responses=responses())
def list_unlinked(who: MayReadProfiles, session: SessionDep) -> UnlinkedTerms:
    """Words in profiles that no concept fitted, the most frequent first."""
    return UnlinkedTerms.model_validate({"items": unlinked.list_terms(session, who)})


def _found(found: Iterable[service.Found], shown: str) -> list[FoundOut]:
    return [
        FoundOut(**told(one.concept, shown), score=round(one.score, 4), label=one.label, language=one.language)
        for one in found
    ]


def _concepts(session: Session, uris: Iterable[str], shown: str) -> list[ConceptOut]:
    wanted = list(uris)
    known = service.concepts(session, wanted)
    return [ConceptOut(**told(known[uri], shown)) for uri in wanted if uri in known]


def told(concept: Concept, shown: str) -> dict[str, str | None]:
    """A concept as every answer tells it, named in a language."""
    return {
        "uri": concept.uri,
        "kind": concept.kind.value,
        "name": concept.name(shown),
        "styrk": concept.styrk,
        "group": concept.group,
    }
