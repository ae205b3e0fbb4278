"""What written words mean: skills and occupations linked, found and related. Pure: no session, clock or network."""

from kompetanse.codes.lists import fold
from kompetanse.taxonomy.concepts import Concept, ConceptKind
from kompetanse.taxonomy.starter import vocabulary

__all__ = ["Concept", "ConceptKind", "concept", "link_occupation", "link_skill", "search", "skill_key", "skills_for"]

UNLINKED = "text:"
"""What the key of a skill begins with that no concept fits."""

_KEY_LENGTH = 200


def link_skill(text: str) -> Concept | None:
    """The skill that a text names in any language of the lists; None when none or several fit.

    One skill a text: taking "excel, Visma" apart is the importer's business.
    """
    return vocabulary().labels[ConceptKind.SKILL].link(text)


def link_occupation(text: str) -> Concept | None:
    """The occupation that a title names, in any language of the lists; None when none or several fit.

    A title that lost letters to an encoding ("ksi?gowa") links when exactly one occupation fits. Tails such
    as "10 år" or "(2009-2015)" must be gone.
    """
    return vocabulary().labels[ConceptKind.OCCUPATION].link(text)


def skill_key(label: str) -> str:
    """What a skill is compared by: its concept's URI, or `text:` and the folded words when none fits.

    >>> skill_key("Navlebrodd  à la Frøya")
    'text:navlebrodd a la froya'
    """
    concept = link_skill(label)
    return concept.uri if concept else f"{UNLINKED}{fold(label)}"[:_KEY_LENGTH]


def concept(uri: str) -> Concept | None:
    """The concept of a URI, None when the lists do not have it."""
    return vocabulary().concepts.get(uri)


def skills_for(occupation: str) -> tuple[Concept, ...]:
    """The skills that an occupation, by URI or four-digit STYRK-08 code, cannot do without.

    Empty when the lists do not say: that is not the same as needing none.
    """
    words = vocabulary()
    uris = [one.uri for one in words.concepts.values() if one.styrk == occupation] or [occupation]
    keys = dict.fromkeys(key for uri in uris for key in words.essential.get(uri, ()))
    return tuple(words.concepts[key] for key in keys)


def search(text: str, kind: ConceptKind, limit: int = 10) -> list[Concept]:
    """At most `limit` concepts for somebody who is typing, best first."""
    return vocabulary().labels[kind].search(text, limit)
