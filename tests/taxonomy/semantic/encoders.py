"""A stand-in for the model: texts that mean the same, as a test says, have the same vector."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.semantic.mapping import normalised

DIMENSIONS = 32


class MadeUp:
    """Vectors by chance, the same for the same text; `meanings`: what a text means, where that is another text."""

    def __init__(self, meanings: Mapping[str, str] | None = None, name: str = "made up 1") -> None:
        self.name = name
        self.encoded: list[str] = []
        self._meanings = meanings or {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        return normalised(np.array([self._vector(self._meanings.get(text, text)) for text in texts]))

    def _vector(self, meaning: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.sha256(meaning.encode()).digest()[:8], "big")
        return np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)
