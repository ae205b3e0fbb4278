"""Builds a shelf from labels; what takes seconds is done here, once at import."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.compounds import COMPOUNDING, Splitter
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.linking.ngrams import GRAMS, trigrams_of_all
from kompetanse.taxonomy.linking.normalising import fold
from kompetanse.taxonomy.linking.shelf import Postings, Shelf
from kompetanse.taxonomy.linking.terms import terms
from kompetanse.taxonomy.linking.texts import Texts
from kompetanse.taxonomy.linking.vocabulary import Counted

_GROUP = re.compile(r"/isco/C(\d+)$")
# Trigrams of this many labels are sorted at a time, which bounds the memory.
_PORTION = 50_000
# Longer labels are no names; their words past this are not found by beginnings.
_LONGEST = np.iinfo(np.uint16).max

Pairs = tuple[NDArray[np.int64], NDArray[np.int32]]


def shelve(labels: Iterable[Label]) -> Shelf:
    """Build the arrays of labels of one kind; labels without a letter or digit are left out."""
    rows = _merged(labels)
    forms = [row.folded for row in rows]
    concepts, concept = _numbered([row.concept for row in rows])
    languages, language = _numbered([row.language for row in rows])
    entry_first = _changes(concept * len(languages) + language)
    counted = Counted(form for form, row in zip(forms, rows, strict=True) if row.language in COMPOUNDING)
    vocabulary = counted.packed()
    stems, words = _words(forms, Splitter(counted, 500_000))
    starting = sorted(_word_starts(forms), key=lambda one: one[0])
    return Shelf(
        concepts=Texts.of(concepts),
        languages=Texts.of(languages),
        concept_labels=np.append(_changes(concept), len(rows)).astype(np.int32),
        entry_labels=np.append(entry_first, len(rows)).astype(np.int32),
        entry_concept=concept[entry_first].astype(np.int32),
        label_concept=concept.astype(np.int32),
        label_language=language.astype(np.uint8),
        preferred=np.array([not row.synonym for row in rows], np.bool_),
        curated=np.array([row.curated for row in rows], np.bool_),
        lengths=np.array([min(len(form), _LONGEST) for form in forms], np.uint16),
        written=Texts.of([row.text for row in rows]),
        folded=Texts.of(forms),
        by_text=np.array(sorted(range(len(forms)), key=lambda at: forms[at].encode()), np.int32),
        word_label=np.array([label for _, label, _ in starting], np.int32),
        word_offset=np.array([offset for *_, offset in starting], np.uint16),
        grams=_postings(_grams(forms), len(forms), GRAMS),
        words=_postings(words, len(forms), len(stems)),
        terms=Texts.of(stems),
        vocabulary=vocabulary.words,
        counts=vocabulary.counts,
        level=np.array([_level(uri) for uri in concepts], np.uint8),
        meanings=np.zeros((len(concepts), 0), np.float32),
    )


class _Row(NamedTuple):
    """A label in the order of a shelf."""

    concept: str
    language: str
    synonym: bool
    folded: str
    text: str
    curated: bool


def _merged(labels: Iterable[Label]) -> list[_Row]:
    """The labels, sorted; what several sources say of the same text is one row."""
    found: dict[tuple[str, str, str], tuple[bool, bool]] = {}
    for one in labels:
        key = one.concept, one.language, one.text
        preferred, curated = found.get(key, (False, False))
        found[key] = preferred or one.preferred, curated or one.curated
    rows = (
        # A question mark in a label is none of a letter that was lost.
        _Row(concept, language, not preferred, fold(text.replace("?", " ")), text, curated)
        for (concept, language, text), (preferred, curated) in found.items()
    )
    return sorted(row for row in rows if row.folded)


def _level(uri: str) -> int:
    """How many digits the code of an ISCO group has, by its URI; 0 for what is no group."""
    group = _GROUP.search(uri)
    return len(group[1]) if group else 0


def _numbered(values: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The distinct values, sorted, and each value's number among them."""
    distinct = sorted(set(values))
    number = {value: position for position, value in enumerate(distinct)}
    return distinct, np.array([number[value] for value in values], np.int64)


def _changes(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where a run of equal values begins."""
    return np.flatnonzero(np.diff(values, prepend=-1))


def _word_starts(forms: Sequence[str]) -> Iterator[tuple[bytes, int, int]]:
    """What follows from each word of each text, the text's number, and where the word begins."""
    for label, form in enumerate(forms):
        offset = 0
        for word in form.split():
            if offset <= _LONGEST:
                yield form[offset:].encode(), label, offset
            offset += len(word) + 1


def _grams(forms: list[str]) -> Pairs:
    """Trigrams, and the label each is in."""
    found = [trigrams_of_all(forms[at : at + _PORTION]) for at in range(0, max(len(forms), 1), _PORTION)]
    features = np.concatenate([grams for grams, _ in found])
    return features, np.concatenate([owners + at * _PORTION for at, (_, owners) in enumerate(found)]).astype(np.int32)


def _words(forms: list[str], splitter: Splitter) -> tuple[list[str], Pairs]:
    """Distinct terms, sorted; terms by their numbers, and the label each is in."""
    split = [terms(form, splitter) for form in forms]
    stems = sorted({term for one in split for term in one})
    number = {term: position for position, term in enumerate(stems)}
    features = np.array([number[term] for one in split for term in one], np.int64)
    return stems, (features, np.repeat(np.arange(len(forms), dtype=np.int32), [len(one) for one in split]))


def _postings(pairs: Pairs, labels: int, size: int) -> Postings:
    """Postings of distinct pairs of a feature and a label."""
    features, owners = pairs
    order = np.argsort(features, kind="stable")
    counts = np.bincount(features, minlength=size)
    rarity = ((np.log((1 + labels) / (1 + counts)) + 1) ** 2).astype(np.float32)
    squares = np.bincount(owners, rarity[features], labels)
    return Postings(
        labels=owners[order],
        starts=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)]),
        rarity=rarity,
        norms=np.sqrt(np.where(squares > 0, squares, 1)).astype(np.float32),
    )
