"""Character trigrams of folded texts, as numbers; words are apart, and their boundaries count as letters."""

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.normalising import ALPHABET, LOST

SIGNS = len(ALPHABET)
GRAMS = SIGNS**3
_CODES = np.zeros(256, np.int64)
_CODES[np.frombuffer(ALPHABET.encode(), np.uint8)] = np.arange(SIGNS)
_LOST = ALPHABET.index(LOST)


def trigrams(text: str) -> NDArray[np.int64]:
    """The distinct trigrams of one folded text, int64[N], sorted, without those that hold a lost letter."""
    codes = _codes(text)
    lost = codes == _LOST
    whole = ~(lost[:-2] | lost[1:-1] | lost[2:])
    return np.unique(_trigrams(codes)[whole & (codes[1:-1] != 0)])


def trigrams_of_all(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The distinct trigrams of many texts: `grams` int64[N] and the text each is in, `positions` int32[N].

    Sorted by trigram, then text. The texts must not hold lost letters.
    """
    padded = [f"{text} " for text in texts]
    owners = np.repeat(np.arange(len(texts)), [len(one) for one in padded])
    codes = _codes("".join(padded)[:-1])
    inside = codes[1:-1] != 0  # what is centred on a space lies over two words
    keys = np.unique(_trigrams(codes)[inside] * len(texts) + owners[: len(inside)][inside])
    return keys // max(len(texts), 1), (keys % max(len(texts), 1)).astype(np.int32)


def _codes(text: str) -> NDArray[np.int64]:
    return _CODES[np.frombuffer(f" {text} ".encode(), np.uint8)]


def _trigrams(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Trigrams of the letters' codes: the n-th is centred on the n-th letter of the text inside the boundaries."""
    return (codes[:-2] * SIGNS + codes[1:-1]) * SIGNS + codes[2:]
