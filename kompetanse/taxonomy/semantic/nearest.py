"""Answers which skills are nearest in meaning to a text in any language."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.semantic.choosing import ENGLISH, KINDS
from kompetanse.taxonomy.semantic.encoding import Encoder
from kompetanse.taxonomy.semantic.mapping import apply
from kompetanse.taxonomy.semantic.vectors import ANY_LANGUAGE, Vectors

# Nineteen of twenty first hits that are right are as near as this, and words that mean no skill seldom are.
_LEAST = 0.89
# A skill has at most two English names that are preferred: ours and ESCO's.
_NAMES_EACH = 2
_NORWEGIAN = {"no": "nb"}


class Semantic:
    """Vectors, and the model that made them, which is loaded when the first text is asked for."""

    def __init__(self, vectors: Vectors, encoder: Callable[[], Encoder]) -> None:
        self.vectors = vectors
        self._encoder = encoder
        self._maps = dict(zip(vectors.languages, vectors.maps, strict=True))

    def nearest(self, text: str, kind: ConceptKind, language: str | None, limit: int) -> list[tuple[str, float]]:
        """At most `limit` URIs of concepts that are near enough in meaning, with how near (0 to 1), nearest first."""
        if kind not in KINDS or limit <= 0 or not any(map(str.isalpha, text)):
            return []
        near = self.vectors.names @ self._vector(text, language)
        best: dict[str, float] = {}
        for at in np.argsort(-near)[: limit * _NAMES_EACH].tolist():
            if near[at] >= _LEAST:
                best.setdefault(self.vectors.uris[at], min(float(near[at]), 1.0))
        return list(best.items())[:limit]

    def _vector(self, text: str, language: str | None) -> NDArray[np.float32]:
        """The text's vector where English ones are, float32[D]."""
        vectors = self._encoder().encode([text])
        code = _NORWEGIAN.get(language or ANY_LANGUAGE, language or ANY_LANGUAGE)
        learnt = None if code == ENGLISH else self._maps.get(code, self._maps.get(ANY_LANGUAGE))
        vector: NDArray[np.float32] = (vectors if learnt is None else apply(learnt, vectors))[0]
        return vector
