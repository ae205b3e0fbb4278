"""Counts as a page may show them: in full to whoever may know everybody, else with small groups hidden. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from kompetanse.codes.countries import country
from kompetanse.competence.unused import Unused
from kompetanse.errors import UnknownCode
from kompetanse.sharing.statistics import HIDDEN, count, protect

NOT_STATED = ""
"""The code of the bar of those of whom nothing is stated."""

FEW = 3
"""On the map, fewer people than this are told as fewer than this."""

QUARTERS = 12
"""So many quarters of arrivals are told one by one; before them all are one."""

EARLIER, YEAR_ONLY = "earlier", "year"
"""Arrivals before those quarters, and of which the month is not known."""


class Figure(StrEnum):
    """What newcomers are counted by."""

    ORIGIN = "origin"
    OCCUPATION = "occupation"
    NORWEGIAN = "norwegian"
    EDUCATION = "education"
    ARRIVAL = "arrival"
    MAPPING = "mapping"
    UNUSED = "unused"


_ALWAYS_STATED = frozenset({Figure.MAPPING})


class Mapped(StrEnum):
    """Whether a mapping conversation was held."""

    DONE = "done"
    NOT_YET = "not_yet"


class Lying(StrEnum):
    """How far the present work is below what somebody can; see `competence.unused`."""

    USED = "used"
    SAME_LEVEL = "same_level"
    ONE_BELOW = "one_below"
    MORE_BELOW = "more_below"
    NO_WORK = "no_work"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many people have a code; None where that is hidden."""

    code: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Series:
    """One chart: its bars in their own order, not stated last, and how many people they are of."""

    figure: Figure
    bars: tuple[Bar, ...]
    people: int | None


def series(
    figure: Figure, values: Sequence[str], codes: Sequence[str | None], units: Sequence[int], *, exact: bool
) -> Series:
    """Count people by code.

    Args:
        figure: what is counted.
        values: every code that has a bar, in order. A code that is not among them counts as not stated.
        codes: of each person, None where nothing is stated.
        units: the household of each, of which a count must be of several to be shown.
        exact: whether the reader may know everybody, and so every count; else counts are published (`statistics`).
    """
    bars, people = counts(values, codes, units, exact=exact, always_stated=figure in _ALWAYS_STATED)
    return Series(figure, bars, people)


def counts(
    values: Sequence[str],
    codes: Sequence[str | None],
    units: Sequence[int],
    *,
    exact: bool,
    always_stated: bool = False,
) -> tuple[tuple[Bar, ...], int | None]:
    """The bars, not stated last unless it is `always_stated`, and how many people there are; else as of `series`."""
    bars = tuple(values) if always_stated else (*values, NOT_STATED)
    places = {value: place for place, value in enumerate(bars)}
    at = np.array([places.get(code or NOT_STATED, len(bars) - 1) for code in codes], dtype=np.int64)
    counted = count([at], (len(bars),), units=np.array(units, dtype=np.int64))
    shown = counted.people if exact else protect(counted)
    told = [None if one == HIDDEN else int(one) for one in shown.tolist()]
    return tuple(Bar(code, one) for code, one in zip(bars, told[:-1], strict=True)), told[-1]


def region_of(alpha2: str | None) -> str | None:
    """The part of the world of a country; None where it is not stated, or is no more."""
    try:
        return country(alpha2).region.value if alpha2 else None
    except UnknownCode:
        return None


def quarters(today: date) -> tuple[str, ...]:
    """The last quarters, oldest first, as "2026-3": those whose arrivals are told one by one."""
    last = today.year * 4 + (today.month - 1) // 3
    return tuple(f"{one // 4}-{one % 4 + 1}" for one in range(last - QUARTERS + 1, last + 1))


def quarter_of(arrived: str | None, today: date) -> str | None:
    """The quarter of a date of reduced precision; of one that is yet to come None, as that is a slip."""
    if arrived is None or arrived > today.isoformat():
        return None
    told = quarters(today)
    if int(arrived[:4]) < int(told[0][:4]):
        return EARLIER
    if len(arrived) == 4:
        return YEAR_ONLY
    quarter = f"{arrived[:4]}-{(int(arrived[5:7]) - 1) // 3 + 1}"
    return quarter if quarter in told else EARLIER


def lying(found: Unused | None, *, known: bool) -> str | None:
    """How far the present work is below what somebody can; None where neither work nor education is `known`."""
    if not known:
        return None
    if found is None:
        return Lying.USED
    if found.steps is None:
        return Lying.NO_WORK
    return {0: Lying.SAME_LEVEL, 1: Lying.ONE_BELOW}.get(found.steps, Lying.MORE_BELOW)


def few(people: int | None) -> bool:
    """Whether so few people are somewhere that the map does not tell how many."""
    return people is not None and 0 < people < FEW
