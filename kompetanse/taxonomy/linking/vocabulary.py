"""The words of an index, sorted, with how often compounding languages have each: what compounds are split by."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.texts import Texts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of folded labels of compounding languages.

    `words`: sorted by bytes; `counts`: int32[words], how many labels have each.
    """

    words: Texts
    counts: NDArray[np.int32]

    def count(self, word: str) -> int:
        """How many labels have a word."""
        position = self.words.position(word)
        return 0 if position is None else int(self.counts[position])

    def family(self, beginning: str) -> int:
        """How many words begin so."""
        first, end = self.words.from_prefix(beginning)
        return end - first


class Counted:
    """The same of texts in memory: for building, when every word is asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(word for text in texts for word in set(text.split()) if word.isalpha())
        self._words = sorted(self._counts)

    def count(self, word: str) -> int:
        """How many texts have a word."""
        return self._counts.get(word, 0)

    def family(self, beginning: str) -> int:
        """How many words begin so; words are ASCII, so `{` is past every letter."""
        return bisect_left(self._words, beginning + "{") - bisect_left(self._words, beginning)

    def packed(self) -> Vocabulary:
        """The words as arrays."""
        words: Sequence[str] = self._words
        return Vocabulary(Texts.of(words), np.array([self._counts[word] for word in words], np.int32))
