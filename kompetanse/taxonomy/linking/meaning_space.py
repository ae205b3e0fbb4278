"""Finds the meanings of words by latent semantic analysis, and places concepts among them; done once, at import.

Every occupation is one document: its names in every language, and the names of the skills that go with it. (Deerwester
et al., Indexing by latent semantic analysis, 1990; over documents in several languages Dumais et al., 1997.)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.linking.meanings import Meanings, unit
from kompetanse.taxonomy.linking.ngrams import GRAMS
from kompetanse.taxonomy.linking.shelf import Postings, Shelf
from kompetanse.taxonomy.linking.texts import Texts

DIMENSIONS = 256
# More directions than are kept, and rounds, until the kept ones are steady.
_SPARE, _ITERATIONS = 64, 8
# What stands in one document only says nothing about others.
_LEAST_DOCUMENTS = 2
# How much a skill's name counts in the document of an occupation, beside the occupation's own names.
_SKILL = 0.5
# Columns and rows that are unpacked at a time, which bounds the memory.
_COLUMNS, _ROWS = 4096, 100

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Counts:
    """A sparse matrix: which row has which feature, int64[N] both, sorted by row, and how much, float32[N]."""

    rows: Ints
    features: Ints
    values: NDArray[np.float32]

    @classmethod
    def of(cls, rows: Ints, features: Ints, values: NDArray[np.float32], size: int) -> "_Counts":
        """Add up what several pairs say of the same row and feature."""
        keys, inverse = np.unique(rows * size + features, return_inverse=True)
        return cls(keys // size, keys % size, np.bincount(inverse, values, len(keys)).astype(np.float32))


def with_meanings(
    shelves: Mapping[ConceptKind, Shelf], relations: Iterable[tuple[str, str]]
) -> tuple[Meanings, dict[ConceptKind, Shelf]]:
    """The meanings of the words on all shelves, and the shelves with their concepts placed among them."""
    terms = sorted({shelf.terms[at] for shelf in shelves.values() for at in range(len(shelf.terms))})
    size = GRAMS + len(terms)
    number = {term: GRAMS + at for at, term in enumerate(terms)}
    numbers = {
        kind: np.array([number[shelf.terms[at]] for at in range(len(shelf.terms))], np.int64)
        for kind, shelf in shelves.items()
    }
    counts = {kind: _of_concepts(shelf, numbers[kind], size) for kind, shelf in shelves.items()}
    vectors = _vectors(_documents(shelves, counts, numbers, relations, size), size)
    used = np.flatnonzero(np.abs(vectors[:GRAMS]).sum(1) > 0)
    meanings = Meanings(
        Texts.of(terms), used.astype(np.int32), vectors[GRAMS:].astype(np.float16), vectors[used].astype(np.float16)
    )
    placed = {
        kind: replace(shelf, meanings=_placed(counts[kind], len(shelf.concepts), vectors))
        for kind, shelf in shelves.items()
    }
    return meanings, placed


def _of_concepts(shelf: Shelf, numbers: Ints, size: int, only: NDArray[np.bool_] | None = None) -> _Counts:
    """In how many languages a feature stands in a concept's labels, or in only those that are named."""
    entry = np.repeat(np.arange(len(shelf.entry_concept)), np.diff(shelf.entry_labels))
    pairs = [_pairs(shelf.grams, np.arange(GRAMS)), _pairs(shelf.words, numbers)]
    features = np.concatenate([features for features, _ in pairs])
    labels = np.concatenate([labels for _, labels in pairs])
    if only is not None:
        features, labels = features[only[labels]], labels[only[labels]]
    entries = entry[labels]
    keys = np.unique(entries * size + features)
    concepts = shelf.entry_concept[keys // size].astype(np.int64)
    return _Counts.of(concepts, keys % size, np.ones(len(keys), np.float32), size)


def _pairs(postings: Postings, numbers: Ints) -> tuple[Ints, NDArray[np.int32]]:
    return np.repeat(numbers, np.diff(postings.starts)), postings.labels


def _documents(
    shelves: Mapping[ConceptKind, Shelf],
    counts: Mapping[ConceptKind, _Counts],
    numbers: Mapping[ConceptKind, Ints],
    relations: Iterable[tuple[str, str]],
    size: int,
) -> _Counts:
    """Occupations, by what stands in their names and in those of their skills."""
    occupations, skills = shelves.get(ConceptKind.OCCUPATION), shelves.get(ConceptKind.SKILL)
    if occupations is None:
        return _Counts(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))
    own = counts[ConceptKind.OCCUPATION]
    if skills is None:
        return own
    occupation = {occupations.concepts[at]: at for at in range(len(occupations.concepts))}
    skill = {skills.concepts[at]: at for at in range(len(skills.concepts))}
    pairs = [(occupation[one], skill[other]) for one, other in relations if one in occupation and other in skill]
    named = _of_concepts(skills, numbers[ConceptKind.SKILL], size, skills.preferred)
    starts = np.searchsorted(named.rows, np.arange(len(skills.concepts) + 1))
    of = [named.features[starts[other] : starts[other + 1]] for _, other in pairs]
    rows = np.repeat(np.array([one for one, _ in pairs], np.int64), [len(features) for features in of])
    return _Counts.of(
        np.concatenate([own.rows, rows]),
        np.concatenate([own.features, *of]),
        np.concatenate([own.values, np.full(len(rows), _SKILL, np.float32)]),
        size,
    )


def _vectors(documents: _Counts, size: int) -> NDArray[np.float32]:
    """The vectors of features, float32[size, D], as they are to be added up; 0 for those that say nothing."""
    count = int(documents.rows.max(initial=-1)) + 1
    found = np.bincount(documents.features, minlength=size)
    rarity = np.log((1 + count) / (1 + found)) + 1
    kept = np.flatnonzero(found >= _LEAST_DOCUMENTS)
    matrix = _weighted(documents, kept, rarity, count)
    gram = np.zeros((count, count), np.float32)
    for _, block in _blocks(matrix, count, len(kept)):
        gram += block @ block.T
    squares, left = _leading(gram)
    singular = np.sqrt(np.maximum(squares, np.finfo(np.float32).eps))
    vectors = np.zeros((size, len(squares)), np.float32)
    for at, block in _blocks(matrix, count, len(kept)):
        vectors[kept[at : at + block.shape[1]]] = block.T @ left
    # Halfway between the space of documents and the one where all directions count alike: best on melo-dev.
    vectors *= rarity[:, None].astype(np.float32)
    vectors /= singular**1.5
    return vectors


def _weighted(documents: _Counts, kept: Ints, rarity: NDArray[np.float64], count: int) -> _Counts:
    """The kept features, renumbered and sorted, so weighed that every document has length 1."""
    chosen = np.isin(documents.features, kept)
    rows, features = documents.rows[chosen], documents.features[chosen]
    values = np.maximum(1 + np.log(documents.values[chosen]), 0) * rarity[features]
    lengths = np.sqrt(np.bincount(rows, values**2, count))
    order = np.argsort(features, kind="stable")
    values = (values / lengths[rows])[order].astype(np.float32)
    return _Counts(rows[order], np.searchsorted(kept, features[order]), values)


def _leading(gram: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The largest eigenvalues of a symmetric matrix, and their vectors as columns, by subspace iteration."""
    columns = min(DIMENSIONS + _SPARE, len(gram))
    basis = np.random.default_rng(0).standard_normal((len(gram), columns)).astype(np.float32)
    for _ in range(_ITERATIONS):
        basis, _ = np.linalg.qr(gram @ basis)
    values, vectors = np.linalg.eigh(basis.T @ gram @ basis)
    best = np.argsort(-values)[:DIMENSIONS]
    return values[best], basis @ vectors[:, best]


def _blocks(matrix: _Counts, count: int, size: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The columns of a matrix that is sorted by feature, unpacked a portion at a time, and where each begins."""
    for at in range(0, size, _COLUMNS):
        first, end = np.searchsorted(matrix.features, [at, at + _COLUMNS])
        block = np.zeros((count, min(_COLUMNS, size - at)), np.float32)
        block[matrix.rows[first:end], matrix.features[first:end] - at] = matrix.values[first:end]
        yield at, block


def _placed(counts: _Counts, concepts: int, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The meanings of concepts: those of what stands in their names, added up; float32[concepts, D]."""
    placed = np.zeros((concepts, vectors.shape[1]), np.float32)
    weights = 1 + np.log(counts.values[:, None])
    for at in range(0, concepts, _ROWS):
        first, end = np.searchsorted(counts.rows, [at, at + _ROWS])
        rows = counts.rows[first:end]
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        added = vectors[counts.features[first:end]] * weights[first:end]
        placed[rows[starts]] = np.add.reduceat(added, starts)
    return unit(placed)
