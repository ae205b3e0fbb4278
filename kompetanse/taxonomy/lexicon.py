"""What written words mean in one municipality: its own synonyms first, then the labels of every language. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import zip_longest
from typing import Protocol

from kompetanse.codes.lists import fold
from kompetanse.taxonomy.concepts import Concept, ConceptKind
from kompetanse.taxonomy.linking import store
from kompetanse.taxonomy.linking.linker import Hit, Linker
from kompetanse.taxonomy.starter import starter

UNLINKED = "text:"
"""What the key of a skill begins with that no concept fits."""

_KEY_LENGTH = 200
# A label that fits less well than this, and is no link, is right as often as what is near in meaning or less.
_WEAK = 0.6

Synonyms = Mapping[tuple[ConceptKind, str], str]
"""A municipality's own words by kind and key: URIs."""


@dataclass(frozen=True, slots=True)
class Found:
    """A concept that was found, by which of its labels, and how sure that is (0 to 1)."""

    concept: Concept
    score: float
    label: str
    language: str


class ByMeaning(Protocol):
    """Finds concepts that no label leads to."""

    def nearest(self, text: str, kind: ConceptKind, language: str | None, limit: int) -> list[tuple[str, float]]:
        """At most `limit` URIs of concepts near in meaning, with how near (0 to 1), nearest first."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Links, finds and proposes concepts for what people write.

    `known` gives the concept of a URI, None when there is none (any more). `by_meaning` is asked by `search` alone, and
    only when no label names what is meant: nothing is ever linked by it.
    """

    linker: Linker
    known: Callable[[str], Concept | None]
    synonyms: Synonyms
    by_meaning: ByMeaning | None = None

    def concept(self, uri: str) -> Concept | None:
        """The concept of a URI, None when neither the lists nor what was imported has it."""
        return self.known(uri)

    def link(self, text: str, kind: ConceptKind, language: str | None = None) -> Concept | None:
        """The one concept that a text clearly names, in any language; None when none does, or several.

        One thing a text: taking "excel, Visma" apart is the importer's business. `language` (ISO 639-1) is a hint.
        """
        own = self.synonyms.get((kind, synonym_key(text)))
        if own is not None:
            return self.known(own)
        hit = self.linker.link(text, kind, language=language)
        return self.known(hit.uri) if hit else None

    def is_own_word(self, text: str, kind: ConceptKind) -> bool:
        """Whether the municipality has linked a text once and for all."""
        return (kind, synonym_key(text)) in self.synonyms

    def skill(self, text: str, language: str | None = None) -> Concept | None:
        """The skill that a text names; see `link`."""
        return self.link(text, ConceptKind.SKILL, language)

    def occupation(self, text: str, language: str | None = None) -> Concept | None:
        """The occupation that a title names; see `link`."""
        return self.link(text, ConceptKind.OCCUPATION, language)

    def skill_key(self, label: str) -> str:
        """What a skill is compared by: its concept's URI, or `text:` and the folded words when none fits."""
        concept = self.skill(label)
        return concept.uri if concept else text_key(label)

    def search(
        self,
        text: str,
        kind: ConceptKind,
        language: str | None = None,
        limit: int = 10,
        near: Collection[str] = (),
    ) -> list[Found]:
        """At most `limit` concepts that a text may mean, best first; `near` are concepts that the person has."""
        hits = self.linker.search(text, kind, language=language, limit=limit, near=near)
        found = self._found(text, kind, hits, limit)
        if self.by_meaning is None or self.link(text, kind, language) is not None:
            return found
        strong = [one for one in found if one.score >= _WEAK]
        weak = found[len(strong) :]
        near_in_meaning = self._near_in_meaning(self.by_meaning.nearest(text, kind, language, limit))
        return _without_repeats([*strong, *_by_turns(near_in_meaning, weak)])[:limit]

    def complete(self, text: str, kind: ConceptKind, language: str | None = None, limit: int = 10) -> list[Found]:
        """At most `limit` concepts for somebody who is typing, best first."""
        return self._found(text, kind, self.linker.complete(text, kind, language=language, limit=limit), limit)

    def for_many_rows(self) -> "Lexicon":
        """The same words, each distinct text linked once: a file says the same few things in every row."""
        return _Remembering(self.linker, self.known, self.synonyms, self.by_meaning)

    def _found(self, text: str, kind: ConceptKind, hits: Collection[Hit], limit: int) -> list[Found]:
        own = self.synonyms.get((kind, synonym_key(text)))
        found = [Found(concept, 1.0, text, "") for concept in [self.known(own) if own else None] if concept]
        for hit in hits:
            concept = self.known(hit.uri)
            if concept is not None and concept.uri != own:
                found.append(Found(concept, hit.score, hit.label, hit.language))
        return found[:limit]

    def _near_in_meaning(self, hits: Collection[tuple[str, float]]) -> list[Found]:
        known = ((self.known(uri), nearness) for uri, nearness in hits)
        return [Found(one, _WEAK * nearness, one.name("en"), "en") for one, nearness in known if one is not None]


def _by_turns(one: Collection[Found], other: Collection[Found]) -> Iterator[Found]:
    """The first of both, the second of both and so on."""
    return (found for pair in zip_longest(one, other) for found in pair if found is not None)


def _without_repeats(found: Collection[Found]) -> list[Found]:
    """Each concept once, where it first stands; none is said to be surer than one before it."""
    kept: dict[str, Found] = {}
    least = 1.0
    for one in found:
        if one.concept.uri not in kept:
            least = min(least, one.score)
            kept[one.concept.uri] = replace(one, score=least)
    return list(kept.values())


def synonym_key(text: str) -> str:
    """What a municipality's own words are compared by."""
    return fold(text)[:_KEY_LENGTH]


def text_key(label: str) -> str:
    """The key of a skill that no concept fits.

    >>> text_key("Navlebrodd  à la Frøya")
    'text:navlebrodd a la froya'
    """
    return f"{UNLINKED}{fold(label)}"[:_KEY_LENGTH]


@cache
def starter_linker() -> Linker:
    """The linker of the starter lists alone."""
    return store.in_memory(starter().labels, starter().relations())


@cache
def starter_lexicon() -> Lexicon:
    """What words mean where nothing was imported and nobody has words of their own."""
    return Lexicon(starter_linker(), starter().concepts.get, {})


@dataclass(frozen=True, slots=True)
class _Remembering(Lexicon):
    """A lexicon that keeps what it linked; for the time of one file, as it never forgets."""

    linked: dict[tuple[str, ConceptKind, str | None], Concept | None] = field(default_factory=dict)

    def link(self, text: str, kind: ConceptKind, language: str | None = None) -> Concept | None:
        """See `Lexicon.link`."""
        key = text, kind, language
        if key not in self.linked:
            self.linked[key] = Lexicon.link(self, text, kind, language)
        return self.linked[key]
