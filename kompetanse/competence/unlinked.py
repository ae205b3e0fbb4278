"""Words that no concept fitted: listed with how often they stand, and linked once and for all by the coordinator."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.competence import history, queries
from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.parts import Written, stored
from kompetanse.competence.queries import Titled
from kompetanse.competence.tables import Experience, Skill, WishedOccupation
from kompetanse.database import count_up
from kompetanse.people import queries as people_queries
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import Concept, ConceptKind
from kompetanse.taxonomy.lexicon import synonym_key, text_key
from kompetanse.taxonomy.tables import LocalSynonym

__all__ = ["Term", "link", "link_everywhere", "list_terms"]


@dataclass(frozen=True, slots=True)
class Term:
    """Words as they are mostly written, and how many entries of profiles have them."""

    kind: ConceptKind
    text: str
    count: int


def list_terms(session: Session, actor: Actor, limit: int = 200) -> list[Term]:
    """What stands unlinked in the municipality's profiles, the most frequent first.

    The words of somebody with a protected address are among them, and nobody's name is. What was linked already and
    stands unlinked only beside the same concept, which the person has, is no work and left out; so is what an encoding
    left no letter of.
    """
    actor = actor.doing(Operation.READ_PROFILES)
    counted: dict[tuple[ConceptKind, str], Counter[str]] = {}
    for kind, text in _texts(session, actor):
        if any(sign.isalnum() for sign in text):
            counted.setdefault((kind, synonym_key(text)), Counter())[text] += 1
    terms = [Term(kind, texts.most_common(1)[0][0], texts.total()) for (kind, _), texts in counted.items()]
    audit.record(session, actor, "list", "profile", [], ["unlinked"])
    return sorted(terms, key=lambda term: (-term.count, term.text.casefold()))[:limit]


def _texts(session: Session, actor: Actor) -> list[tuple[ConceptKind, str]]:
    own = {one.key: one.uri for one in taxonomy.list_synonyms(session, actor) if one.kind is ConceptKind.SKILL}
    held = set(session.exec(queries.held_skills(actor, own.values())))
    skills = [
        (ConceptKind.SKILL, label)
        for person_id, label in session.exec(queries.unlinked_skills(actor))
        if (person_id, own.get(synonym_key(label))) not in held
    ]
    titles = [
        *session.exec(queries.unlinked_titles(actor, Experience)),
        *session.exec(queries.unlinked_titles(actor, WishedOccupation)),
    ]
    return skills + [(ConceptKind.OCCUPATION, one) for one in titles]


def link_everywhere(session: Session, kind: ConceptKind, text: str, uri: str) -> list[str]:
    """Link a word in every municipality of the deployment, for an administrator; the municipalities. Raises Invalid."""
    found = list(session.scalars(people_queries.municipalities()))
    for municipality_no in found:
        link(session, system_actor(municipality_no), kind, text, uri)
    return found


def link(session: Session, actor: Actor, kind: ConceptKind, text: str, uri: str) -> LocalSynonym:
    """Link a word once and for all, and every entry of the municipality's profiles that has it and is not linked.

    What the person said is not touched. Raises Invalid as `taxonomy.add_synonym` does.
    """
    synonym = taxonomy.add_synonym(session, actor, kind, text, uri)
    concept = taxonomy.concepts(session, [uri])[uri]
    actor = actor.doing(Operation.MAP_COMPETENCE)
    if kind is ConceptKind.SKILL:
        _link_skills(session, actor, text, concept)
    else:
        _link_titles(session, actor, ProfilePart.EXPERIENCES, Experience, text, concept)
        _link_titles(session, actor, ProfilePart.WISHED_OCCUPATIONS, WishedOccupation, text, concept)
    return synonym


def _link_skills(session: Session, actor: Actor, text: str, concept: Concept) -> None:
    """A skill whose concept the person has already stays as it is: nothing is thrown away."""
    held = set(session.exec(queries.holders_of_skill(actor, concept.uri)))
    for skill in session.exec(queries.skills_of_key(actor, text_key(text))):
        if skill.person_id not in held:
            before = stored(skill)
            skill.key = concept.uri
            _changed(session, actor, ProfilePart.SKILLS, skill, before)


def _link_titles(
    session: Session, actor: Actor, part: ProfilePart, table: type[Titled], text: str, concept: Concept
) -> None:
    key = synonym_key(text)
    for row in session.exec(queries.unlinked_rows(actor, table)).all():
        if synonym_key(row.title) == key:
            before = stored(row)
            row.styrk, row.concept = concept.styrk, concept.uri
            _changed(session, actor, part, row, before)


def _changed(
    session: Session,
    actor: Actor,
    part: ProfilePart,
    row: Skill | Experience | WishedOccupation,
    before: dict[str, object],
) -> None:
    profile = session.exec(queries.profile_of(actor, row.person_id)).one()
    count_up(profile)
    session.flush()
    history.note(session, actor, profile, part.value, Written(row.id, before, stored(row)), by_word=True)
    audit.record(session, actor, "link", "profile", [row.person_id], [part.attribute])
