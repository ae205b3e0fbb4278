"""Builds a shelf from labels; what takes seconds is done here, once at import."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.compounds import COMPOUNDING, Splitter
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.linking.ngrams import GRAMS, trigrams_of_all
from kompetanse.taxonomy.linking.normalising import fold
from kompetanse.taxonomy.linking.shelf import Features, Shelf
from kompetanse.taxonomy.linking.terms import terms
from kompetanse.taxonomy.linking.texts import Texts
from kompetanse.taxonomy.linking.vocabulary import Counted

_GROUP = re.compile(r"/isco/C(\d+)$")
# Trigrams of this many labels are sorted at a time, which bounds the memory.
_PORTION = 50_000

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def shelve(labels: Iterable[Label], languages: Sequence[str]) -> Shelf:
    """Build the arrays of labels of one kind; labels without a letter or digit are left out."""
    folded = ((fold(label.text.replace("?", " ")), label) for label in labels)
    rows = sorted(
        {(one.concept, one.language, not one.preferred, form, one.text) for form, one in folded if form},
        key=lambda row: row,
    )
    forms = [row[3] for row in rows]
    concepts, concept = np.unique(np.array([row[0] for row in rows], object), return_inverse=True)
    language = np.array([languages.index(row[1]) for row in rows], np.int64)
    # Languages are sorted, so entries come in the order of the rows.
    entries, first, entry = np.unique(concept * len(languages) + language, return_index=True, return_inverse=True)
    counted = Counted(form for form, row in zip(forms, rows, strict=True) if row[1] in COMPOUNDING)
    vocabulary = counted.packed()
    stems, words = _words(forms, Splitter(counted, 500_000))
    return Shelf(
        concepts=Texts.of(list(concepts)),
        level=np.array([_level(uri) for uri in concepts], np.uint8),
        entry_concept=concept[first].astype(np.int32),
        entry_language=language[first].astype(np.uint8),
        entry_labels=np.append(first, len(rows)).astype(np.int32),
        label_entry=entry.astype(np.int32),
        preferred=np.array([not row[2] for row in rows], np.bool_),
        written=Texts.of([row[4] for row in rows]),
        folded=Texts.of(forms),
        by_text=np.array(sorted(range(len(forms)), key=lambda at: forms[at].encode()), np.int32),
        grams=_features(_grams(forms), entry, len(entries), GRAMS),
        words=_features(words, entry, len(entries), len(stems)),
        terms=Texts.of(stems),
        vocabulary=vocabulary.words,
        counts=vocabulary.counts,
    )


def _level(uri: str) -> int:
    """How many digits the code of an ISCO group has, by its URI; 0 for what is no group."""
    group = _GROUP.search(uri)
    return len(group[1]) if group else 0


def _grams(forms: list[str]) -> Pairs:
    """Trigrams and the label each is in, sorted by label."""
    found = [trigrams_of_all(forms[at : at + _PORTION]) for at in range(0, max(len(forms), 1), _PORTION)]
    features = np.concatenate([grams for grams, _ in found])
    owners = np.concatenate([positions + at * _PORTION for at, (_, positions) in enumerate(found)]).astype(np.int64)
    order = np.argsort(owners, kind="stable")
    return features[order], owners[order]


def _words(forms: list[str], splitter: Splitter) -> tuple[list[str], Pairs]:
    """Distinct terms, sorted; terms by their numbers, and the label each is in."""
    split = [terms(form, splitter) for form in forms]
    stems = sorted({term for one in split for term in one})
    number = {term: position for position, term in enumerate(stems)}
    features = np.array([number[term] for one in split for term in one], np.int64)
    owners = np.repeat(np.arange(len(forms)), [len(one) for one in split])
    return stems, (features, owners)


def _features(pairs: Pairs, entry: NDArray[np.int64], entries: int, size: int) -> Features:
    features, owners = pairs
    keys = np.unique(features * max(entries, 1) + entry[owners])
    of_entries, in_entries = keys // max(entries, 1), keys % max(entries, 1)
    counts = np.bincount(of_entries, minlength=size)
    rarity = ((np.log((1 + entries) / (1 + counts)) + 1) ** 2).astype(np.float32)
    smallest = np.uint16 if size <= np.iinfo(np.uint16).max else np.int32
    return Features(
        rarity=rarity,
        entries=in_entries.astype(np.int32),
        entry_starts=_starts(counts),
        entry_norms=_norms(in_entries, rarity[of_entries], entries),
        labels=features.astype(smallest),
        label_starts=_starts(np.bincount(owners, minlength=len(entry))),
        label_norms=_norms(owners, rarity[features], len(entry)),
    )


def _norms(owners: NDArray[np.int64], squares: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Lengths of vectors, 1 for those without a feature."""
    squared = np.bincount(owners, squares, minlength=size)
    return np.sqrt(np.where(squared > 0, squared, 1)).astype(np.float32)


def _starts(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where each group begins, and where the last ends, from the groups' sizes."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
