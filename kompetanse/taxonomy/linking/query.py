"""A text as a shelf sees it: folded, in trigrams and in terms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.compounds import Splitter
from kompetanse.taxonomy.linking.ngrams import trigrams
from kompetanse.taxonomy.linking.normalising import fold
from kompetanse.taxonomy.linking.shelf import Shelf
from kompetanse.taxonomy.linking.terms import terms

LONGEST = 200
"""Letters of a text that are read: what is longer is no name of anything."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a text is compared by.

    `folded`: empty when there is nothing to find; `grams`: int64[N], its trigrams; `terms`: int64[M], those of its
    terms that the shelf has; `strangers`: how many more there are.
    """

    text: str
    folded: str
    grams: NDArray[np.int64]
    terms: NDArray[np.int64]
    strangers: int

    @classmethod
    def of(cls, text: str, shelf: Shelf, splitter: Splitter) -> "Query":
        """Read a text."""
        folded = fold(text[:LONGEST])
        stems = terms(folded, splitter)
        known = [number for stem in stems if (number := shelf.terms.position(stem)) is not None]
        grams = trigrams(folded) if folded else np.empty(0, np.int64)
        return cls(text[:LONGEST], folded, grams, np.array(known, np.int64), len(stems) - len(known))
