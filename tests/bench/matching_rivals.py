"""What matching is compared with: shared skills counted, and words weighed by how rare they are. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Scores = NDArray[np.float64]


def overlap(held: Sequence[Collection[str]], asked: Sequence[Collection[str]]) -> Scores:
    """How many skills each person and each vacancy share: [n, m]."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(chain.from_iterable([*held, *asked])))}
    return np.asarray((_counts(held, numbers).sign() @ _counts(asked, numbers).sign().T).toarray())


def jaccard(held: Sequence[Collection[str]], asked: Sequence[Collection[str]]) -> Scores:
    """What they share, of all that either has: [n, m]. Nobody has nothing at all."""
    shared = overlap(held, asked)
    sizes = np.array([len(one) for one in held])[:, None] + np.array([len(one) for one in asked])
    found: Scores = shared / (sizes - shared)
    return found


def tf_idf(queries: Sequence[str], texts: Sequence[str]) -> Scores:
    """The cosine of words, each weighed by how few of the texts have it: [n, m].

    Salton and Buckley 1988, smoothed as is usual: ln((1 + texts) / (1 + texts with the word)) + 1.
    """
    words, asked = [_words(one) for one in texts], [_words(one) for one in queries]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(chain.from_iterable(words)))}
    counts, of_queries = _counts(words, numbers), _counts(asked, numbers)
    rarity = np.log((1 + len(texts)) / (1 + np.asarray(counts.sign().sum(axis=0)))) + 1
    return np.asarray((_unit(of_queries * rarity) @ _unit(counts * rarity).T).toarray())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _counts(parts: Sequence[Collection[str]], numbers: dict[str, int]) -> sparse.csr_array:
    """How often each part has each key that has a number: [parts, keys]."""
    counted = [Counter(numbers[key] for key in part if key in numbers) for part in parts]
    ends = np.cumsum([0, *(len(one) for one in counted)])
    columns, times = [list(chain.from_iterable(getattr(one, name)() for one in counted)) for name in ("keys", "values")]
    return sparse.csr_array((np.array(times, float), np.array(columns, int), ends), shape=(len(parts), len(numbers)))


def _unit(rows: sparse.csr_array) -> sparse.csr_array:
    """Rows of length 1; a row of nothing stays so."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)))
    return sparse.csr_array(rows / np.maximum(lengths, 1e-12)[:, None])


def first_ranks(scores: Scores, right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The rank of the best right one in each row, counted from 1: [n, m] both to [n].

    Where others have the same score, it is the mean over all orders of the equals. Every row has a right one.
    """
    best = np.where(right, scores, -np.inf).max(axis=1, keepdims=True)
    better, equal = (scores > best).sum(axis=1), scores == best
    found: NDArray[np.float64] = 1 + better + (equal & ~right).sum(axis=1) / ((equal & right).sum(axis=1) + 1)
    return found
