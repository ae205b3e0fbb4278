"""How well each label of a shelf fits a text: several signals, fused with fixed weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from kompetanse.taxonomy.linking.query import Query
from kompetanse.taxonomy.linking.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts; fixed on the development tasks of melo-dev, where `make bench` measures them.

    `grams`, `terms`: the label's own cosines by trigrams and by terms; `spelling`: its likeness by letters in their
    order; `others`: the best cosine by trigrams among the same concept's labels in other languages. `spoken` is added
    for labels in the language of the person. `shortlist`: how many labels are compared by all signals.
    """

    grams: float = 1.0
    terms: float = 0.2
    spelling: float = 0.2
    others: float = 0.5
    spoken: float = 0.05
    shortlist: int = 400

    @property
    def whole(self) -> float:
        """What a label that fits by every signal gets, but for its language."""
        return self.grams + self.terms + self.spelling + self.others


WEIGHTS = Weights()
# A label that is the text exactly is above every label that is not.
_EXACT = 0.95


@dataclass(frozen=True, slots=True)
class Scored:
    """Labels, the best first, equals in the shelf's order.

    `labels`: int32[N]; `scores`: float32[N], how well each fits, 0 to 1; `spelling`: float32[N], the part of it that
    likeness by letters has, 0 to 1.
    """

    labels: NDArray[np.int32]
    scores: NDArray[np.float32]
    spelling: NDArray[np.float32]


def score(shelf: Shelf, query: Query, language: int | None = None, weights: Weights = WEIGHTS) -> Scored:
    """The labels that fit a text best, at most as many as the shortlist holds.

    `language`: the shelf's number of the language that the person writes in, where it is known.
    """
    grams = shelf.grams.cosines(query.grams)
    words = shelf.words.cosines(query.terms, query.strangers)
    others = weights.others * _in_other_languages(shelf, grams)
    rough = weights.grams * grams + weights.terms * words
    rough += np.where(rough > 0, others, 0)
    chosen = _highest(rough, weights.shortlist)
    if not len(chosen):
        return Scored(chosen, np.empty(0, np.float32), np.empty(0, np.float32))
    texts = [shelf.folded[label] for label in chosen.tolist()]
    spelling = process.cdist([query.folded], texts, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
    fused = (rough[chosen] + weights.spelling * spelling) / weights.whole
    exact = np.array([text == query.folded for text in texts])
    fused = np.where(exact, _EXACT + (1 - _EXACT) * fused, _EXACT * fused)
    if language is not None:
        fused += weights.spoken * (shelf.label_language[chosen] == language)
        fused /= 1 + weights.spoken
    fused = np.clip(fused, 0, 1).astype(np.float32)
    best = np.lexsort((chosen, -fused))
    return Scored(chosen[best], fused[best], spelling[best])


def _in_other_languages(shelf: Shelf, grams: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each label the best cosine among its concept's labels in other languages, float32[labels]."""
    if not len(grams):
        return grams
    by_entry = np.maximum.reduceat(grams, shelf.entry_labels[:-1])
    first = np.searchsorted(shelf.entry_concept, np.arange(len(shelf.concepts)))
    best = np.maximum.reduceat(by_entry, first)
    of_entry = best[shelf.entry_concept]
    is_best = by_entry >= of_entry
    second = np.maximum.reduceat(np.where(is_best, 0, by_entry), first)
    several = np.add.reduceat(is_best.astype(np.int32), first) > 1
    second = np.where(several, best, second)
    other = np.where(is_best, second[shelf.entry_concept], of_entry)
    return np.repeat(other, np.diff(shelf.entry_labels)).astype(np.float32)


def _highest(values: NDArray[np.float32], count: int) -> NDArray[np.int32]:
    """Positions of the highest values above 0, in the order of the positions."""
    found = np.flatnonzero(values > 0)
    if len(found) > count:
        found = np.sort(found[np.argpartition(-values[found], count)[:count]])
    return found.astype(np.int32)
