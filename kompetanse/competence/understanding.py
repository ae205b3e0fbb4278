"""What the words of a people search mean: work and skills in any language, and names as others spell them."""

from dataclasses import replace

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.lists import fold
from kompetanse.finding.criteria import MEANT, SPELLINGS, PeopleFilter, Understood
from kompetanse.people import queries
from kompetanse.people.rules import spellings
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.lexicon import Lexicon

SHORTEST_WORD = 3
SHORTEST_BEGINNING = 5
"""From how long on the beginning of an occupation's name means it: shorter ones begin too many names of people."""


def understand(session: Session, actor: Actor, wanted: PeopleFilter) -> Understood:
    """What a search means: the skill that the filter names, and the occupations and the skill that its text does."""
    text = wanted.text.strip()
    means = len(text) >= SHORTEST_WORD and _may_name(text)
    if not means and not wanted.skill:
        return Understood()
    words = taxonomy.lexicon(session, actor)
    key = words.skill_key(wanted.skill) if wanted.skill else ""
    if not means:
        return Understood(key)
    skill = words.skill(text)
    return Understood(key, _occupations(words, text), skill.uri if skill else "")


def as_others_spell(session: Session, actor: Actor, wanted: PeopleFilter, understood: Understood) -> Understood | None:
    """The search with names that are spelt like its words; None where there are none, or it means something else."""
    words = queries.words_of(wanted.text)
    if not words or understood.competence or not _may_name(wanted.text):
        return None
    names = session.exec(queries.name_keys(actor, archived=wanted.archived))
    found = spellings(words, names, SPELLINGS)
    return replace(understood, spellings=tuple(map(tuple, found))) if found else None


def _may_name(text: str) -> bool:
    """Whether a text can be words: neither a number nor an e-mail address."""
    return not any(sign.isdigit() or sign == "@" for sign in text)


def _occupations(words: Lexicon, text: str) -> tuple[str, ...]:
    """The occupation that a text names, or else those whose names begin with it, by STYRK-08 code."""
    named = words.occupation(text)
    if named is not None:
        return (named.styrk,) if named.styrk else ()
    beginning = fold(text)
    if len(beginning) < SHORTEST_BEGINNING:
        return ()
    begun = words.complete(text, ConceptKind.OCCUPATION, limit=2 * MEANT)
    codes = [one.concept.styrk for one in begun if one.concept.styrk and fold(one.label).startswith(beginning)]
    return tuple(dict.fromkeys(codes))[:MEANT]
