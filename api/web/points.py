"""What each reason of a match counts, in points of a hundred: rounded so that what is read adds up to the score. Pure.

A point is a per cent of the score. Each is shown with one decimal, and their sum is the score with one decimal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from kompetanse.matching.explanation import Match

_TENTHS = 1000
"""Tenths of a point in a full score."""

_NOTHING_LOST = 1e-9


@dataclass(frozen=True, slots=True)
class Points:
    """What one reason counts, and could have counted at most."""

    counted: float
    possible: float


def points(match: Match) -> tuple[Points, ...]:
    """The points of each reason, in the order of the reasons."""
    counted = _adding_up([reason.contribution * _TENTHS for reason in match.reasons], round(match.score * _TENTHS))
    return tuple(
        Points(shown / 10, _possible(reason.possible, reason.contribution, shown) / 10)
        for reason, shown in zip(match.reasons, counted, strict=True)
    )


def total(match: Match) -> float:
    """The score in points."""
    return round(match.score * _TENTHS) / 10


def _possible(possible: float, contribution: float, shown: int) -> int:
    """What a reason could count, in tenths: exactly what is shown of it where all of it counts."""
    return shown if possible - contribution < _NOTHING_LOST else max(shown, round(possible * _TENTHS))


def _adding_up(exact: Sequence[float], whole: int) -> list[int]:
    """Whole numbers that add up to `whole`, each less than one from the exact (the method of largest remainders)."""
    rounded = [floor(one) for one in exact]
    most_cut = sorted(range(len(exact)), key=lambda place: rounded[place] - exact[place])
    for place in most_cut[: whole - sum(rounded)]:
        rounded[place] += 1
    return rounded
