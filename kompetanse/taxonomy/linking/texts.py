"""Many texts in two arrays that can be memory-mapped: their bytes, and where each begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by position.

    `data`: uint8[bytes], the texts in UTF-8 one after the other; `starts`: int64[texts + 1].
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        """Pack texts."""
        encoded = [text.encode() for text in texts]
        starts = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(one) for one in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, position: int) -> str:
        return self.bytes(position).decode()

    def bytes(self, position: int, offset: int = 0) -> bytes:
        """A text in UTF-8, without its first `offset` bytes."""
        return self.data[self.starts[position] + offset : self.starts[position + 1]].tobytes()

    def from_prefix(self, prefix: str) -> tuple[int, int]:
        """The positions, first and one past the last, of the texts that begin so; the texts must be sorted by bytes."""
        wanted = prefix.encode()
        # No byte of UTF-8 is 0xff, so this is past every text that begins with the prefix.
        return first_at_least(wanted, len(self), self.bytes), first_at_least(wanted + b"\xff", len(self), self.bytes)

    def position(self, text: str) -> int | None:
        """Where a text is, None when it is not there; the texts must be sorted by bytes."""
        wanted = text.encode()
        first = first_at_least(wanted, len(self), self.bytes)
        return first if first < len(self) and self.bytes(first) == wanted else None


def first_at_least(wanted: bytes, size: int, at: Callable[[int], bytes]) -> int:
    """The first of `size` sorted positions whose bytes are not before the wanted ones; `size` when none is."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if at(middle) < wanted:
            low = middle + 1
        else:
            high = middle
    return low
