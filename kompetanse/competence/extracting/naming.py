"""Finds occupations and skills among the words of a text: by every run of words that names one.

Linking a text costs milliseconds where nothing fits, so runs of words are looked up first by the stems of the names
that the lexicon's lists have; only what is found there, and a bounded number of likely phrases, is linked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kompetanse.competence.extracting.written import Written
from kompetanse.taxonomy.concepts import Concept, ConceptKind
from kompetanse.taxonomy.lexicon import Lexicon
from kompetanse.taxonomy.linking.normalising import fold
from kompetanse.taxonomy.linking.stems import stem
from kompetanse.taxonomy.starter import starter

_WORD = re.compile(r"[\w+#]+(?:['/.-][\w+#]+)*")
# Endings of the Slavic instrumental that the stems of names do not know.
_ENDINGS = (
    (re.compile(r"(?<=\w{3})(?:ою|ой)(?!\w)"), "а"),
    (re.compile(r"(?<=\w[цшщчж])ей(?!\w)"), "а"),
    (re.compile(r"(?<=\w{3})(?:ею|ей)(?!\w)"), "я"),
    (re.compile(r"(?<=\w{3})(?:ем|єм|ом)(?!\w)"), ""),
    (re.compile(r"(?<=\w{3})i?em(?!\w)"), ""),
)
_MOST_WORDS = 6
_LEAST_LETTERS = 2
_MOST_ATTEMPTS = 120
"""Phrases of a text that may be linked without a name that fits: what bounds the time."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Named:
    """A concept, and the words in the folded text that name it. `words`: how many."""

    concept: Concept
    start: int
    end: int
    words: int


@lru_cache(maxsize=50_000)
def _key(text: str) -> str:
    return " ".join(stem(word) for word in fold(text).split())


@lru_cache(maxsize=50_000)
def _base(text: str) -> str:
    """A phrase without the endings of "worked as": медсестрой becomes медсестра, nauczycielem nauczyciel."""
    for ending, base in _ENDINGS:
        text = ending.sub(base, text)
    return text


@cache
def _names() -> dict[ConceptKind, frozenset[str]]:
    """The stems of every name in the shipped lists."""
    found: dict[ConceptKind, set[str]] = {}
    for label in starter().labels:
        found.setdefault(label.kind, set()).add(_key(label.text))
    return {kind: frozenset(keys) for kind, keys in found.items()}


@dataclass(slots=True)
class Naming:
    """Links the words of one text; every phrase once."""

    written: Written
    lexicon: Lexicon
    _linked: dict[tuple[ConceptKind, str], Concept | None] = field(default_factory=dict)
    _attempts: int = 0

    def likely(self, kind: ConceptKind, start: int, end: int) -> Named | None:
        """The concept that a whole phrase names, also when it is inflected, compound or misspelt."""
        text = self.written.original(start, end)
        words = len(text.split())
        if not 0 < words <= _MOST_WORDS or len(text) > _LONGEST or not any(letter.isalpha() for letter in text):
            return None
        if (kind, text) not in self._linked and not self._is_name(kind, text):
            if self._attempts >= _MOST_ATTEMPTS:
                return None
            self._attempts += 1
        concept = self._link(kind, text)
        return Named(concept, start, end, words) if concept else None

    def named(self, kind: ConceptKind, start: int, end: int) -> Iterator[Named]:
        """The concepts that runs of words name, longest first and apart from each other, in their order."""
        words = [(found.start(), found.end()) for found in _WORD.finditer(self.written.folded, start, end)]
        at = 0
        while at < len(words):
            one = self._longest(kind, words, at)
            if one is None:
                at += 1
            else:
                yield one
                at += one.words

    def _longest(self, kind: ConceptKind, words: list[tuple[int, int]], at: int) -> Named | None:
        for many in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            start, end = words[at][0], words[at + many - 1][1]
            text = self.written.original(start, end)
            if len(text) > _LEAST_LETTERS and self._is_name(kind, text):
                concept = self._link(kind, text)
                if concept is not None:
                    return Named(concept, start, end, many)
        return None

    def _is_name(self, kind: ConceptKind, text: str) -> bool:
        known = _names()[kind]
        return _key(text) in known or _key(_base(text)) in known or self.lexicon.is_own_word(text, kind)

    def _link(self, kind: ConceptKind, text: str) -> Concept | None:
        if (kind, text) not in self._linked:
            base = _base(text)
            linked = self.lexicon.link(text, kind)
            if linked is None and base != text and _key(base) in _names()[kind]:
                linked = self.lexicon.link(base, kind)
            self._linked[kind, text] = linked
        return self._linked[kind, text]
