"""Links text in any language to concepts: the one door to what this package does."""

from collections.abc import Collection, Mapping

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.linking.completing import completions
from kompetanse.taxonomy.linking.confidence import confident
from kompetanse.taxonomy.linking.labels import Hit
from kompetanse.taxonomy.linking.meanings import Meanings
from kompetanse.taxonomy.linking.parts import parts
from kompetanse.taxonomy.linking.relations import Relations
from kompetanse.taxonomy.linking.searching import Searcher
from kompetanse.taxonomy.linking.shelf import Shelf

__all__ = ["Hit", "Linker", "parts"]


class Linker:
    """One pooled index of every label in every language, a shelf for each kind of concept.

    A `language` (ISO 639-1) is what the person chose: labels in it count a little more, none is left out for it. Safe
    to share between threads.
    """

    def __init__(self, shelves: Mapping[ConceptKind, Shelf], meanings: Meanings, relations: Relations) -> None:
        self._searchers = {kind: Searcher(shelf, meanings) for kind, shelf in shelves.items()}
        self._relations = relations

    @property
    def kinds(self) -> frozenset[ConceptKind]:
        """The kinds of concept that there are labels of."""
        return frozenset(self._searchers)

    def searcher(self, kind: ConceptKind) -> Searcher:
        """What searches the labels of a kind, for those who measure label by label."""
        return self._searchers[kind]

    def search(
        self,
        text: str,
        kind: ConceptKind,
        *,
        language: str | None = None,
        limit: int = 10,
        near: Collection[str] = (),
    ) -> list[Hit]:
        """The concepts that a text in any language may mean, best first.

        `near`: URIs of what the person has; what goes with them (an occupation with its skills) counts a little more.
        """
        searcher = self._searchers.get(kind)
        if searcher is None:
            return []
        scored = searcher.scored(searcher.query(text), language)
        return searcher.hits(scored, limit, self._relations.beside(near) if near else None)

    def complete(self, text: str, kind: ConceptKind, *, language: str | None = None, limit: int = 10) -> list[Hit]:
        """Concepts for somebody who is typing: labels that begin so, words in them that do, then what is like it."""
        searcher = self._searchers.get(kind)
        return [] if searcher is None else completions(searcher, text, language, limit)

    def link(self, text: str, kind: ConceptKind, *, language: str | None = None) -> Hit | None:
        """The one concept that a text names, None when it may be none or several.

        A text names one thing: what lists several is taken apart by `parts` first.
        """
        searcher = self._searchers.get(kind)
        return None if searcher is None else confident(searcher, text, language)
