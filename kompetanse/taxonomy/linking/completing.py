"""Proposes concepts to somebody who is typing: labels that begin so, then words that do, then what resembles it."""

import numpy as np

from kompetanse.taxonomy.linking.labels import Hit
from kompetanse.taxonomy.linking.ngrams import trigrams
from kompetanse.taxonomy.linking.normalising import fold
from kompetanse.taxonomy.linking.query import LONGEST
from kompetanse.taxonomy.linking.scoring import Scored, highest, likeness
from kompetanse.taxonomy.linking.searching import Searcher

# What a beginning counts, out of 1: that the label begins so and not only a word of it, that it is in the language of
# the person, how much of the label is typed, that it is the concept's name and no synonym, and that it is curated.
_AT_START, _SPOKEN, _TYPED, _PREFERRED, _CURATED = 0.3, 0.1, 0.3, 0.05, 0.05
_BEGINS = 0.2
# What merely resembles the text stays below what begins so; what is less like it is noise.
_RESEMBLES, _LEAST = np.float32(0.2), 0.75
# How many letters more or fewer a misspelt word may have, and how many labels are compared letter by letter.
_OFF_BY, _COMPARED = 2, 200


def completions(searcher: Searcher, text: str, language: str | None, limit: int) -> list[Hit]:
    """At most `limit` concepts, best first."""
    folded = fold(text[:LONGEST])
    if not folded or limit < 1:
        return []
    hits = _beginning(searcher, folded, language, limit)
    if len(hits) < limit and len(folded) > 2:
        known = {hit.uri for hit in hits}
        hits += [hit for hit in _resembling(searcher, folded, limit) if hit.uri not in known]
    return hits[:limit]


def _beginning(searcher: Searcher, folded: str, language: str | None, limit: int) -> list[Hit]:
    shelf = searcher.shelf
    found = shelf.beginning(folded)
    labels, offsets = shelf.word_label[found], shelf.word_offset[found]
    scores = (
        _BEGINS
        + _AT_START * (offsets == 0)
        + _SPOKEN * (shelf.label_language[labels] == searcher.language(language))
        + _TYPED * len(folded) / np.maximum(shelf.lengths[labels], len(folded))
        + _PREFERRED * shelf.preferred[labels]
        + _CURATED * shelf.curated[labels]
    )
    concepts = shelf.label_concept[labels]
    best = np.zeros(len(shelf.concepts))
    np.maximum.at(best, concepts, scores)
    chosen = highest(best, limit)
    return [
        searcher.hit(int(labels[(concepts == concept) & (scores == best[concept])].min()), float(best[concept]))
        for concept in chosen[np.argsort(-best[chosen], kind="stable")]
    ]


def _resembling(searcher: Searcher, folded: str, limit: int) -> list[Hit]:
    """Concepts with a label that is spelt nearly so."""
    shelf = searcher.shelf
    like = shelf.grams.cosines(trigrams(folded))
    as_long = np.abs(shelf.lengths.astype(np.int32) - len(folded)) <= _OFF_BY
    labels = highest(np.where(as_long, like, 0), _COMPARED).astype(np.int32)
    spelling = likeness(shelf, folded, labels)
    near = spelling >= _LEAST
    return searcher.hits(Scored(labels[near], _RESEMBLES * spelling[near]), limit)
