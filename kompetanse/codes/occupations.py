"""Occupations: STYRK-08, Statistics Norway's edition of ISCO-08, from major groups down to occupations."""

import re
from dataclasses import dataclass
from typing import NewType

from kompetanse.codes.lists import kept, read_list
from kompetanse.errors import UnknownCode

StyrkCode = NewType("StyrkCode", str)
"""A STYRK-08 code of one to four digits."""

NOT_IDENTIFIABLE = "00"  # the part of STYRK-08 that says "not stated": it is no occupation

# "3313", "33.13", "7411.01" (the job service adds two digits of its own), each perhaps with a name behind
_WRITTEN = re.compile(r"\s*(?:(\d{2})\.(\d{2})|(\d{1,4})(?:\.\d+)?)(?![\d.])", re.ASCII)

# ISCO-08, volume 1, table 1 (ILO 2012): skill levels of major groups; those with several, by sub-major group.
SKILL_LEVELS = {
    "01": 4, "02": 2, "03": 1, "11": 4, "12": 4, "13": 4, "14": 3,
    "2": 4, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Occupation:
    """A group of STYRK-08. `level` is the number of digits: 1 major group … 4 occupation.

    `name_en` is the title that ISCO-08 gives the group; "" for one that STYRK-08 gets anew, until it has one here.
    """

    code: str
    name_nb: str
    name_en: str
    level: int


@kept
def _occupations() -> dict[str, Occupation]:
    english = {code: name for code, name in read_list("isco08_en")}  # noqa: C416 - rows are tuples of any length
    return {code: Occupation(code, name, english.get(code, ""), len(code)) for code, name in read_list("styrk08")}


def occupations() -> tuple[Occupation, ...]:
    """Every group, in the order of the codes within each level."""
    return tuple(_occupations().values())


def is_occupation(code: str) -> bool:
    """Whether STYRK-08 has the code, at any level."""
    return code in _occupations()


def occupation(code: str) -> Occupation:
    """The group of a code.

    Raises:
        UnknownCode: STYRK-08 does not have it.
    """
    try:
        return _occupations()[code]
    except KeyError:
        raise UnknownCode("STYRK-08") from None


def parent_of(code: str) -> str | None:
    """The group that holds a code: "2221" → "222"; None for a major group.

    Raises:
        UnknownCode: STYRK-08 does not have the code.
    """
    return next(iter(ancestors(code)), None)


def ancestors(code: str) -> tuple[str, ...]:
    """The groups that hold a code, nearest first: "2221" → ("222", "22", "2").

    Raises:
        UnknownCode: STYRK-08 does not have the code.
    """
    occupation(code)
    return tuple(code[:length] for length in range(len(code) - 1, 0, -1))


def skill_level(code: str) -> int | None:
    """The ISCO-08 skill level, 1 (elementary) to 4 (several years of higher education).

    None where the standard gives none: major groups 0 and 1 as a whole, and "not stated".
    """
    return SKILL_LEVELS.get(code[:1]) or SKILL_LEVELS.get(code[:2])


def normalise_styrk(text: str) -> str | None:
    """Read a STYRK-08 code as lists write it: "33.13" → "3313", "7411.01" → "7411", "2223 Sykepleiere" → "2223".

    None for what is no code, and for "0000 not stated", which is no occupation either.
    """
    found = _WRITTEN.match(text)
    if found is None:
        return None
    code = found[3] or found[1] + found[2]
    return code if is_occupation(code) and not code.startswith(NOT_IDENTIFIABLE) else None
