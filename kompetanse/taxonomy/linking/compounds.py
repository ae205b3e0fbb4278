"""Takes Norwegian, Danish, Swedish, German and Estonian compounds apart by the words that an index has."""

from functools import lru_cache
from typing import Protocol

COMPOUNDING = frozenset({"no", "nb", "nn", "da", "sv", "de", "et"})
"""Languages that write compounds as one word."""

_LEAST_COMPOUND, _LEAST_HEAD, _LEAST_MODIFIER = 7, 4, 3
# A modifier that is no word of its own ("renholds-", "skips-") begins several words; found by trying.
_FAMILY, _LEAST_STEM = 4, 4
_LINKING = "se"
_ENOUGH = 20


class Words(Protocol):
    """The words of an index."""

    def count(self, word: str) -> int:
        """How many texts in compounding languages have the word; 0 for a word that none has."""

    def family(self, beginning: str) -> int:
        """How many words begin so."""


class Splitter:
    """Takes words apart by the words of one index; the answers are kept, as the same words come again."""

    def __init__(self, words: Words, remembered: int = 50_000) -> None:
        self._words = words
        self.split = lru_cache(maxsize=remembered)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word in their order, modifiers before the head; the word alone when it has none."""
        if len(word) < _LEAST_COMPOUND or not word.isalpha():
            return (word,)
        best: tuple[tuple[bool, int, int], str, str] | None = None
        for cut in range(_LEAST_MODIFIER, len(word) - _LEAST_HEAD + 1):
            head = word[cut:]
            heads = self._words.count(head)
            if not heads:
                continue
            for modifier in _modifiers(word[:cut]):
                rank = self._rank(modifier, head, heads)
                if rank and (best is None or rank > best[0]):
                    best = rank, modifier, head
        return (word,) if best is None else (*self.split(best[1]), *self.split(best[2]))

    def _rank(self, modifier: str, head: str, heads: int) -> tuple[bool, int, int] | None:
        modifiers = self._words.count(modifier)
        stem = len(modifier) >= _LEAST_STEM and heads > 1 and self._words.family(modifier) >= _FAMILY
        if not modifiers and not stem:
            return None
        return bool(modifiers), min(heads, _ENOUGH) + min(modifiers, _ENOUGH), len(head)


def _modifiers(written: str) -> tuple[str, ...]:
    """A modifier as written, and without its linking letter."""
    if written[-1] in _LINKING and len(written) > _LEAST_MODIFIER:
        return written, written[:-1]
    return (written,)
