"""Searches one shelf: from a text to scored labels, and from those to concepts."""

from collections.abc import Mapping

import numpy as np

from kompetanse.taxonomy.linking.compounds import Splitter
from kompetanse.taxonomy.linking.labels import Hit
from kompetanse.taxonomy.linking.meanings import Meanings
from kompetanse.taxonomy.linking.query import Query
from kompetanse.taxonomy.linking.scoring import Scored, score
from kompetanse.taxonomy.linking.shelf import Shelf
from kompetanse.taxonomy.linking.vocabulary import Vocabulary

# A concept that goes with everything else that the person has gets this much nearer to certain.
_CONTEXT = 0.15
_NORWEGIAN = {"no": "nb", "nn": "nb"}


class Searcher:
    """A shelf, the meanings of its words, and what is made from them once."""

    def __init__(self, shelf: Shelf, meanings: Meanings) -> None:
        self.shelf = shelf
        self.meanings = meanings
        self.vocabulary = Vocabulary(shelf.vocabulary, shelf.counts)
        self.splitter = Splitter(self.vocabulary)
        self.languages = [shelf.languages[at] for at in range(len(shelf.languages))]
        self._numbers = {code: number for number, code in enumerate(self.languages)}

    def language(self, code: str | None) -> int | None:
        """The shelf's number of a language, None for one that it has no labels in; Norwegian is one language."""
        if code is None:
            return None
        return self._numbers.get(code, self._numbers.get(_NORWEGIAN.get(code, code)))

    def query(self, text: str) -> Query:
        """Read a text as this shelf sees it."""
        return Query.of(text, self.shelf, self.splitter)

    def scored(self, query: Query, language: str | None = None) -> Scored:
        """The labels that fit a text best."""
        meaning = self.meanings.vector(query.whole.grams, query.whole.stems)
        return score(self.shelf, query, meaning, self.language(language))

    def hits(self, scored: Scored, limit: int, related: Mapping[str, float] | None = None) -> list[Hit]:
        """The concepts of scored labels, each by its best label, best first.

        `related`: how well concepts go with what else the person has, 0 to 1, by URI.
        """
        scores = scored.scores
        starts = np.flatnonzero(np.diff(self.shelf.label_concept[scored.labels], prepend=-1))
        if not len(starts) or limit < 1:
            return []
        best = np.maximum.reduceat(scores, starts)
        at_best = np.flatnonzero(scores == np.repeat(best, np.diff(starts, append=len(scores))))
        first = at_best[np.searchsorted(at_best, starts)]
        order = np.argsort(-best, kind="stable")
        chosen = first[order if related else order[:limit]]
        pairs = zip(scored.labels[chosen].tolist(), scores[chosen].tolist(), strict=True)
        hits = [self.hit(label, value) for label, value in pairs]
        if related:
            hits = sorted((_in_context(hit, related) for hit in hits), key=lambda hit: -hit.score)
        return hits[:limit]

    def hit(self, label: int, value: float) -> Hit:
        """A label as a hit."""
        shelf = self.shelf
        return Hit(
            uri=shelf.concepts[int(shelf.label_concept[label])],
            score=min(max(value, 0.0), 1.0),
            label=shelf.written[label],
            language=self.languages[shelf.label_language[label]],
        )


def _in_context(hit: Hit, related: Mapping[str, float]) -> Hit:
    bonus = _CONTEXT * related.get(hit.uri, 0.0) * (1 - hit.score)
    return Hit(hit.uri, hit.score + bonus, hit.label, hit.language)
