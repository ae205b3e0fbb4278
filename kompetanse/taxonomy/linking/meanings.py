"""What words have to do with each other across languages, as vectors that are added up to those of texts.

Words and trigrams that stand in the names of the same things have like vectors, so that `sveis`, `spaw` and `weld` are
near each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.texts import Texts


@dataclass(frozen=True, slots=True)
class Meanings:
    """Vectors of terms and of trigrams.

    `terms`: sorted; `grams`: int32[G], sorted; `term_vectors`: float16[terms, D]; `gram_vectors`: float16[G, D].
    """

    terms: Texts
    grams: NDArray[np.int32]
    term_vectors: NDArray[np.float16]
    gram_vectors: NDArray[np.float16]

    def vector(self, grams: NDArray[np.int64], terms: Iterable[str]) -> NDArray[np.float32]:
        """The meaning of a text of these distinct trigrams and terms, float32[D], of length 1, or 0 when unknown."""
        rows = np.flatnonzero(np.isin(self.grams, grams, assume_unique=True))
        positions = [position for term in terms if (position := self.terms.position(term)) is not None]
        total = self.gram_vectors[rows].sum(0, dtype=np.float32) + self.term_vectors[positions].sum(0, dtype=np.float32)
        alone: NDArray[np.float32] = unit(total[None])[0]
        return alone


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors of length 1, float32[N, D]; those of length 0 stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: NDArray[np.float32] = np.divide(vectors, np.where(lengths > 0, lengths, 1), dtype=np.float32)
    return units
