"""Keys of rows that lead nowhere: a keyed hash of whom a row is of, with a secret that ends with the extract.

A hash alone would not do: whoever has our ids, or guesses them, hashes them too. The secret is random, never leaves
memory, and is gone when the file is made, so nobody leads a key back to a person, the municipality neither (ENISA,
Pseudonymisation techniques and best practices, 2019, 5.1 and 5.2: a message authentication code, with fully randomised
pseudonyms). Each table has a secret of its own made of it, so the keys of two tables have nothing in common.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SECRET_BYTES = 32
_DIGITS = 32
"""Hexadecimal: 128 bits, so that two rows never share a key."""


class Pseudonyms:
    """Makes the keys of one extract."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(_SECRET_BYTES)

    def keys(self, table: str, ids: Sequence[bytes], people: NDArray[np.int32]) -> NDArray[np.bytes_]:
        """A key for each row of a table, bytes[n] of 32 hexadecimal digits; rows of one person do not share one.

        Args:
            table: its name.
            ids: of the people, by their numbers.
            people: int32[n], the number of the person that each row is of.
        """
        secret = hmac.digest(self._secret, table.encode(), hashlib.sha256)
        entries: dict[int, int] = {}
        made = np.empty(len(people), dtype=f"S{_DIGITS}")
        for row, person in enumerate(people.tolist()):
            entry = entries[person] = entries.get(person, 0) + 1
            message = ids[person] + entry.to_bytes(4, "big")
            made[row] = hmac.digest(secret, message, hashlib.sha256).hex()[:_DIGITS].encode()
        return made
