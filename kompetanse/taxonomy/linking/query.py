"""A text as a shelf sees it: folded, in trigrams and in terms, whole and by the names that strokes part."""

import re
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

# "Eventansvarig/Eventkoordinator", "Projektledare: kultur": each side may be the better name.
_ASIDE = re.compile(r"[/:;|]")
_MOST_PARTS, _SHORTEST_PART = 4, 3


@dataclass(frozen=True, slots=True)
class Words:
    """What a text, or a part of it, is compared by.

    `grams`: int64[N], its trigrams; `stems`: its terms; `terms`: int64[M], those of them that the shelf has.
    """

    grams: NDArray[np.int64]
    stems: tuple[str, ...]
    terms: NDArray[np.int64]

    @property
    def strangers(self) -> int:
        """How many terms the shelf does not have."""
        return len(self.stems) - len(self.terms)

    @classmethod
    def of(cls, folded: str, shelf: Shelf, splitter: Splitter) -> "Words":
        """Read a folded text."""
        stems = tuple(terms(folded, splitter))
        known = [number for stem in stems if (number := shelf.terms.position(stem)) is not None]
        grams = trigrams(folded) if folded else np.empty(0, np.int64)
        return cls(grams, stems, np.array(known, np.int64))


@dataclass(frozen=True, slots=True)
class Query:
    """`folded` is empty when there is nothing to find; `parts` are those of a text of several names, else none."""

    folded: str
    whole: Words
    parts: tuple[Words, ...]

    @classmethod
    def of(cls, text: str, shelf: Shelf, splitter: Splitter) -> "Query":
        """Read a text."""
        folded = fold(text[:LONGEST])
        forms = [fold(part) for part in _ASIDE.split(text[:LONGEST])]
        forms = [form for form in dict.fromkeys(forms) if len(form) >= _SHORTEST_PART][:_MOST_PARTS]
        parts = tuple(Words.of(form, shelf, splitter) for form in forms) if len(forms) > 1 else ()
        return cls(folded, Words.of(folded, shelf, splitter), parts)
