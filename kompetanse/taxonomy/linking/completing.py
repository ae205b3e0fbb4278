"""Proposes concepts to somebody who is typing: labels that begin so, then words that do, then what resembles it."""

import numpy as np

from kompetanse.taxonomy.linking.labels import Hit
from kompetanse.taxonomy.linking.normalising import fold
from kompetanse.taxonomy.linking.query import LONGEST
from kompetanse.taxonomy.linking.scoring import Scored, highest
from kompetanse.taxonomy.linking.searching import Searcher

# What a beginning counts, out of 1: that the label begins so and not only a word of it, that it is in the language of
# the person, how much of the label is typed, that it is the concept's name and no synonym, and that it is curated.
_AT_START, _SPOKEN, _TYPED, _PREFERRED, _CURATED = 0.3, 0.1, 0.3, 0.05, 0.05
_BEGINS = 0.2
# What merely resembles the text stays below what begins so; what is less like it is noise.
_RESEMBLES, _LEAST = 0.2, 0.75


def completions(searcher: Searcher, text: str, language: str | None, limit: int) -> list[Hit]:
    """At most `limit` concepts, best first."""
    folded = fold(text[:LONGEST])
    if not folded or limit < 1:
        return []
    hits = _beginning(searcher, folded, language, limit)
    if len(hits) < limit and len(folded) > 2:
        known = {hit.uri for hit in hits}
        hits += [hit for hit in _resembling(searcher, text, language, limit) if hit.uri not in known]
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


def _resembling(searcher: Searcher, text: str, language: str | None, limit: int) -> list[Hit]:
    """Concepts with a label that fits or is spelt nearly so: half of a word says little by its trigrams."""
    scored = searcher.scored(searcher.query(text), language)
    likeness = _RESEMBLES * (scored.scores + scored.spelling) / 2
    likely = np.flatnonzero(np.maximum(scored.scores, scored.spelling) >= _LEAST)
    found = Scored(scored.labels[likely], likeness[likely].astype(np.float32), scored.spelling[likely])
    return searcher.hits(found, limit)
