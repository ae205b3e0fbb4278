"""How well each label of a shelf fits a text: several signals, fused with fixed weights."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from kompetanse.taxonomy.linking.query import Query, Words
from kompetanse.taxonomy.linking.shelf import Postings, Shelf

Floats = NDArray[np.float32]
Labels = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts; fixed on the development tasks of melo-dev, where `make bench` measures them.

    `grams`, `terms`: a label's own cosines by trigrams and by terms; `others`: the best cosine by trigrams among its
    concept's labels in other languages; `meaning`: how near its concept is to the text among the meanings of words;
    `spelling`: its likeness by letters in their order. `spoken` is added for labels in the language of the person.

    Where groups of occupations stand on a shelf, as in melo-dev: `unit_group` is added for those of four digits, which
    stand for what is classified nowhere else, and `broad_group` taken from broader ones.
    """

    grams: float = 1.0
    terms: float = 0.35
    others: float = 0.5
    meaning: float = 0.4
    spelling: float = 0.05
    spoken: float = 0.1
    unit_group: float = 0.3
    broad_group: float = 0.5

    @property
    def whole(self) -> float:
        """What a label that fits by every signal gets."""
        return self.grams + self.terms + self.others + self.meaning + self.spelling


WEIGHTS = Weights()
# How many concepts are looked at by all signals, and how many of their labels are compared by letters.
_CONCEPTS, _SPELT = 150, 200
# A label that is the text exactly is above every label that is not.
_EXACT = 0.95
# Of a text of several names each label fits the whole and its best part, half and half.
_HALF = np.float32(0.5)


@dataclass(frozen=True, slots=True)
class Scored:
    """Labels in the order of the shelf, so that those of a concept stand together.

    `labels`: int32[N]; `scores`: float32[N], how well each fits, 0 to 1; `spelling`: float32[N], how like each is by
    letters, 0 to 1, and 0 where that was not looked at.
    """

    labels: Labels
    scores: Floats
    spelling: Floats

    def best(self, count: int) -> Labels:
        """The labels that fit best, in that order."""
        chosen = highest(self.scores, count)
        return self.labels[chosen[np.argsort(-self.scores[chosen], kind="stable")]]


def score(
    shelf: Shelf, query: Query, meaning: Floats, language: int | None = None, weights: Weights = WEIGHTS
) -> Scored:
    """The labels of the concepts that fit a text best.

    `meaning`: float32[D], the text among the meanings of words; `language`: the shelf's number of the language that
    the person writes in, where it is known.
    """
    grams = _cosines(shelf.grams, query, lambda words: (words.grams, 0))
    own = weights.grams * grams
    own += weights.terms * _cosines(shelf.words, query, lambda words: (words.terms, words.strangers))
    # By einsum, as a matrix product of this size would wake the threads of the linear algebra library.
    meant = weights.meaning * np.maximum(np.einsum("ij,j->i", shelf.meanings, meaning), 0)
    labels = _labels(shelf, highest(np.maximum.reduceat(own, shelf.concept_labels[:-1]) + meant, _CONCEPTS))
    concepts = shelf.label_concept[labels]
    fused = own[labels] + weights.others * _in_other_languages(shelf, labels, grams[labels]) + meant[concepts]
    spelling = _spelling(shelf, query.folded, labels, fused)
    fused += weights.spelling * spelling + _of_groups(shelf.level[concepts], weights)
    if language is not None:
        fused += weights.spoken * (shelf.label_language[labels] == language)
    exact = np.isin(labels, shelf.named(query.folded))
    fused = np.clip(fused / (weights.whole + weights.spoken), 0, 1)
    fused = np.where(exact, _EXACT + (1 - _EXACT) * fused, _EXACT * fused).astype(np.float32)
    return Scored(labels, fused, spelling)


def _cosines(postings: Postings, query: Query, features: Callable[[Words], tuple[NDArray[np.int64], int]]) -> Floats:
    """The cosines of all labels with the whole text, and where it has parts, half and half with the best part."""
    whole = postings.cosines(*features(query.whole))
    if not query.parts:
        return whole
    parts: Floats = np.maximum.reduce([postings.cosines(*features(part)) for part in query.parts])
    return _HALF * (whole + parts)


def highest(values: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """Positions of the highest values above 0, sorted."""
    found = np.flatnonzero(values > 0)
    if len(found) > count:
        found = np.sort(found[np.argpartition(-values[found], count)[:count]])
    return found


def _labels(shelf: Shelf, concepts: NDArray[np.intp]) -> Labels:
    """The labels of concepts, sorted."""
    first = shelf.concept_labels[concepts]
    counts = shelf.concept_labels[concepts + 1] - first
    before = np.cumsum(counts) - counts
    return (np.repeat(first - before, counts) + np.arange(counts.sum())).astype(np.int32)


def _in_other_languages(shelf: Shelf, labels: Labels, grams: Floats) -> Floats:
    """For each label the best cosine among its concept's labels in other languages, float32[N]; labels are sorted."""
    concepts, languages = shelf.label_concept[labels], shelf.label_language[labels]
    new_concept = np.diff(concepts, prepend=-1) != 0
    new_entry = new_concept | (np.diff(languages.astype(np.int16), prepend=-1) != 0)
    entries = np.flatnonzero(new_entry)
    by_entry = np.maximum.reduceat(grams, entries)
    of_concept = np.flatnonzero(new_concept[entries])
    number = np.cumsum(new_concept[entries]) - 1
    best = np.maximum.reduceat(by_entry, of_concept)[number]
    is_best = by_entry >= best
    several = np.add.reduceat(is_best.astype(np.int32), of_concept)[number] > 1
    second = np.maximum.reduceat(np.where(is_best, 0, by_entry), of_concept)[number]
    others = np.where(is_best & ~several, second, best)
    return np.repeat(others, np.diff(entries, append=len(labels)))


def _spelling(shelf: Shelf, folded: str, labels: Labels, fused: Floats) -> Floats:
    """The likeness by letters of the labels that fit best so far, 0 for the others."""
    spelling = np.zeros(len(labels), np.float32)
    chosen = highest(fused, _SPELT)
    texts = [shelf.folded[label] for label in labels[chosen].tolist()]
    if texts:
        spelling[chosen] = process.cdist([folded], texts, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
    return spelling


def _of_groups(level: NDArray[np.uint8], weights: Weights) -> Floats:
    """What is added for labels of groups."""
    added = np.where(level == 4, weights.unit_group, np.where(level > 0, -weights.broad_group, 0))
    return added.astype(np.float32)
