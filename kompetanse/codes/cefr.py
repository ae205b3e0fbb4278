"""The Common European Framework of Reference's levels (Council of Europe 2001, companion volume 2020)."""

from enum import StrEnum


class Cefr(StrEnum):
    """A level of command of a language, lowest first; the order of the strings is the order of the levels."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


def meets(required: Cefr, has: Cefr | None) -> bool:
    """Whether a level satisfies a requirement; a level that is not stated satisfies none."""
    return has is not None and has >= required
