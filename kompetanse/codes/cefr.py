"""The Common European Framework of Reference's levels (Council of Europe 2001, companion volume 2020)."""

from enum import StrEnum
from functools import cache

from kompetanse.codes.lists import read_list


class Cefr(StrEnum):
    """A level of command of a language, lowest first; the order of the strings is the order of the levels."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class CefrBand(StrEnum):
    """What two levels have in common: a basic, an independent or a proficient user."""

    BASIC = "A"
    INDEPENDENT = "B"
    PROFICIENT = "C"


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {code: (nb, en) for code, nb, en in read_list("cefr")}


def names(level: Cefr | CefrBand) -> tuple[str, str]:
    """The name of a level or band in bokmål and in English."""
    return _names()[level]


def band(level: Cefr) -> CefrBand:
    """The band that a level belongs to."""
    return CefrBand(level[0])


class FiveValues(StrEnum):
    """The job service's scale of language, lowest first."""

    NONE = "none"
    BASIC = "basic"
    GOOD = "good"
    FLUENT = "fluent"
    MOTHER_TONGUE = "mother_tongue"


def to_five_values(level: Cefr | None, *, mother_tongue: bool = False) -> FiveValues | None:
    """A level on the job service's scale: A is basic, B is good, C is fluent. The step within each is lost.

    None, not stated, stays None: the scale's "none" is a stated lack, which no level says.
    """
    if mother_tongue:
        return FiveValues.MOTHER_TONGUE
    return None if level is None else {"A": FiveValues.BASIC, "B": FiveValues.GOOD, "C": FiveValues.FLUENT}[level[0]]


def from_five_values(value: FiveValues) -> Cefr | None:
    """The least level that a value of the job service's scale can mean; None for "none" and for a mother tongue.

    Reading it back loses nothing more: `to_five_values` of the level is the value again.
    """
    return {FiveValues.BASIC: Cefr.A1, FiveValues.GOOD: Cefr.B1, FiveValues.FLUENT: Cefr.C1}.get(value)


def meets(required: Cefr, has: Cefr | None) -> bool:
    """Whether a level satisfies a requirement; a level that is not stated satisfies none."""
    return has is not None and has >= required
