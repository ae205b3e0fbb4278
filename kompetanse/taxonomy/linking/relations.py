"""Which skills go with which occupations, as arrays: what a text means is likelier what goes with the rest."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.texts import Texts


@dataclass(frozen=True, slots=True)
class Relations:
    """Pairs of concepts, seen from both.

    `uris`: sorted; `related`: int32[N], the numbers of the concepts that go with each, which begin at `starts`:
    int64[uris + 1].
    """

    uris: Texts
    related: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Relations":
        """Pack pairs of URIs, such as an occupation and a skill that it needs."""
        both = sorted({pair for one, other in pairs for pair in ((one, other), (other, one))})
        uris = sorted({one for one, _ in both})
        number = {uri: position for position, uri in enumerate(uris)}
        counts = np.bincount(np.array([number[one] for one, _ in both], np.int64), minlength=len(uris))
        return cls(
            Texts.of(uris),
            np.array([number[other] for _, other in both], np.int32),
            np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)]),
        )

    def beside(self, uris: Collection[str]) -> dict[str, float]:
        """The concepts that go with some of these, and with how large a share of them, 0 to 1."""
        known = [position for uri in set(uris) if (position := self.uris.position(uri)) is not None]
        found = Counter(
            other for one in known for other in self.related[self.starts[one] : self.starts[one + 1]].tolist()
        )
        return {self.uris[other]: count / len(known) for other, count in found.items()}
