"""The taxonomy as people use it: words linked and found, concepts named, and a municipality's own words learned."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.codes.occupations import is_occupation
from kompetanse.errors import FieldFault, Invalid, NotFound
from kompetanse.taxonomy import current, queries
from kompetanse.taxonomy.concepts import LINKABLE, Concept, ConceptKind, Need
from kompetanse.taxonomy.lexicon import Found, Lexicon, synonym_key
from kompetanse.taxonomy.starter import Needs, starter
from kompetanse.taxonomy.starter import fingerprint as starter_edition
from kompetanse.taxonomy.tables import LocalSynonym, StoredConcept

__all__ = [
    "Found",
    "Hierarchy",
    "Lexicon",
    "add_synonym",
    "concepts",
    "demand_for_skills",
    "edition",
    "hierarchy",
    "lexicon",
    "list_synonyms",
    "needs_of",
    "remove_synonym",
]


def lexicon(session: Session, actor: Actor) -> Lexicon:
    """What words mean in the actor's municipality."""
    own = {(one.kind, one.key): one.uri for one in session.exec(queries.synonyms(actor))}
    seen: dict[str, Concept | None] = {}

    def known(uri: str) -> Concept | None:
        if uri not in seen:
            seen[uri] = starter().concepts.get(uri) or concepts(session, [uri]).get(uri)
        return seen[uri]

    derived = session.info.get("derived")
    by_meaning = current.by_meaning(derived) if session.info.get("semantic") else None
    return Lexicon(current.linker(derived), known, own, by_meaning)


def concepts(session: Session, uris: Collection[str]) -> dict[str, Concept]:
    """Concepts by URI, also retired ones; a URI that nothing has is left out."""
    shipped = starter().concepts
    found = {uri: shipped[uri] for uri in uris if uri in shipped}
    imported = [uri for uri in uris if uri not in found]
    if not imported:
        return found
    names: dict[str, dict[str, str]] = {}
    for uri, language, text in session.exec(queries.preferred_names(imported)):
        names.setdefault(uri, {})[language] = text
    for one in session.exec(queries.concepts_by_uri(imported)):
        if one.kind in LINKABLE and one.uri in names:
            found[one.uri] = _concept(one, names[one.uri])
    return found


def _concept(stored: StoredConcept, names: dict[str, str]) -> Concept:
    if stored.kind is ConceptKind.SKILL:
        return Concept(stored.uri, stored.kind, names, group=stored.code)
    return Concept(stored.uri, stored.kind, names, styrk=styrk_of(stored.code))


def styrk_of(isco: str | None) -> str | None:
    """The STYRK-08 code of an ISCO-08 code, which is the same where STYRK-08 has it; None where it has not.

    STYRK-08 leaves out some unit groups of ISCO-08 and has some of its own (Statistics Norway, notater 17/2011).
    """
    return isco if isco and is_occupation(isco) else None


def needs_of(session: Session, occupations: Collection[str]) -> dict[str, Needs]:
    """The skills that occupations need, by the occupations' URIs: our own lists', or else what was imported."""
    shipped = starter().needs
    found = {uri: shipped[uri] for uri in occupations if uri in shipped}
    imported: dict[str, dict[Need, list[str]]] = {}
    for row in session.exec(queries.needs([uri for uri in occupations if uri not in found])):
        imported.setdefault(row.occupation, {}).setdefault(row.need, []).append(row.skill)
    for uri, by_need in imported.items():
        found[uri] = Needs(tuple(by_need.get(Need.ESSENTIAL, ())), tuple(by_need.get(Need.OPTIONAL, ())))
    return found


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """How skills stand above each other: pairs of a skill and one directly above it, and each skill's group."""

    broader: tuple[tuple[str, str], ...]
    groups: Mapping[str, str]


def edition(session: Session) -> tuple[str, ...]:
    """What the taxonomy is made of: whatever is derived from it is made anew when this changes."""
    return (starter_edition(), *(one.fingerprint for one in session.exec(queries.releases())))


def demand_for_skills(session: Session) -> tuple[int, dict[str, int]]:
    """How many occupations there are, and how many of them cannot do without each skill."""
    shipped = starter().needs
    counts = Counter(skill for needed in shipped.values() for skill in needed.essential)
    imported = {skill: count for skill, count in session.execute(queries.demand_for_skills())}  # noqa: C416 - rows are no pairs
    occupations = session.scalar(queries.occupations_with_needs()) or 0
    return max(occupations, len(shipped)), {**counts, **imported}


def hierarchy(session: Session) -> Hierarchy:
    """The hierarchy of skills: our own lists' groups, and all that was imported."""
    groups = {uri: one.group for uri, one in starter().concepts.items() if one.kind is ConceptKind.SKILL and one.group}
    broader: list[tuple[str, str]] = []
    for uri, above, kind, code in session.execute(queries.above_skills()):
        if kind is ConceptKind.SKILL:
            broader.append((uri, above))
        else:
            groups.setdefault(uri, code or above)
    return Hierarchy(tuple(broader), groups)


def list_synonyms(session: Session, actor: Actor) -> list[LocalSynonym]:
    """The municipality's own words, by kind and text."""
    actor = actor.doing(Operation.READ_PROFILES)
    return list(session.exec(queries.synonyms(actor)))


def add_synonym(session: Session, actor: Actor, kind: ConceptKind, text: str, uri: str) -> LocalSynonym:
    """Link a word once and for all, in this municipality; anew when it was linked before.

    Raises:
        Invalid: nothing is written, or the concept is no such skill or occupation.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    key = synonym_key(text)
    if not any(sign.isalnum() for sign in key) or len(text) > 200:
        raise Invalid(
            FieldFault("/text", "Nothing is written", "Write the word as people write it, at most 200 letters")
        )
    concept = concepts(session, [uri]).get(uri)
    if concept is None or concept.kind is not kind:
        raise Invalid(FieldFault("/uri", "Not a concept of this kind", "Choose one that the search finds"))
    synonym = session.exec(queries.synonyms(actor).where(LocalSynonym.kind == kind, LocalSynonym.key == key)).first()
    if synonym is None:
        synonym = LocalSynonym(municipality_no=actor.municipality_no, kind=kind, key=key, text=text.strip(), uri=uri)
        session.add(synonym)
    synonym.text, synonym.uri = text.strip(), uri
    session.flush()
    audit.record(session, actor, "link", "local_synonym", [synonym.id], ["uri"])
    return synonym


def remove_synonym(session: Session, actor: Actor, synonym_id: UUID) -> None:
    """Forget one of the municipality's own words; what was linked by it stays linked. Raises NotFound."""
    actor = actor.doing(Operation.MAP_COMPETENCE)
    synonym = session.exec(queries.synonyms(actor).where(LocalSynonym.id == synonym_id)).one_or_none()
    if synonym is None:
        raise NotFound("word")
    session.delete(synonym)
    audit.record(session, actor, "remove", "local_synonym", [synonym_id])
