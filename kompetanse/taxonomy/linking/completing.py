"""Proposes concepts to somebody who is typing: labels that begin so, then words that do, then what resembles it."""

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.labels import Hit
from kompetanse.taxonomy.linking.normalising import fold
from kompetanse.taxonomy.linking.query import LONGEST
from kompetanse.taxonomy.linking.scoring import Scored
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
    best = _best_of_each(shelf.label_concept[labels], scores, labels)
    order = best[np.lexsort((labels[best], -scores[best]))][:limit]
    return [searcher.hit(int(labels[at]), float(scores[at])) for at in order]


def _resembling(searcher: Searcher, text: str, language: str | None, limit: int) -> list[Hit]:
    """Concepts with a label that fits or is spelt nearly so: half of a word says little by its trigrams."""
    scored = searcher.scored(searcher.query(text), language)
    likeness = (scored.scores + scored.spelling) / 2
    likely = np.flatnonzero(np.maximum(scored.scores, scored.spelling) >= _LEAST)
    order = likely[np.argsort(-likeness[likely], kind="stable")]
    return searcher.hits(
        Scored(scored.labels[order], (_RESEMBLES * likeness[order]).astype(np.float32), scored.spelling[order]), limit
    )


def _best_of_each(
    groups: NDArray[np.int32], scores: NDArray[np.float64], labels: NDArray[np.int32]
) -> NDArray[np.intp]:
    """The position of the highest score of each group, the first label's among equals."""
    order = np.lexsort((labels, -scores, groups))
    sorted_groups = groups[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = sorted_groups[1:] != sorted_groups[:-1]
    return order[first]
