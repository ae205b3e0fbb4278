"""Class profiles: the only thing about people that a neighbour is told. No class here can hold a name or an id."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.occupations import StyrkCode
from kompetanse.errors import FieldFault, Invalid
from kompetanse.sharing.hierarchies import (
    ANY,
    NOT_STATED,
    Hierarchy,
    education_hierarchy,
    norwegian_hierarchy,
    occupation_hierarchy,
)


class SizeBand(StrEnum):
    """How many units a class describes at least, never the count: a count would show each who comes and goes.

    A band is kept while few come and go, so its upper edge may be too low: see `ledger`.
    """

    FROM_5 = "5–9"
    FROM_10 = "10–19"
    FROM_20 = "20–49"
    FROM_50 = "50+"


SIZE_BANDS: tuple[SizeBand, ...] = tuple(SizeBand)
"""Smallest first."""

_BAND_STARTS = (5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class ShareableProfile:
    """What is read of one person who consents, before it is generalised. Never leaves the municipality.

    `unit` is the household, or the person who belongs to none: it is counted, and not published.
    """

    unit: UUID
    occupation: StyrkCode | str | None
    norwegian: Cefr | None
    education: EducationLevel | None


@dataclass(frozen=True, slots=True, order=True)
class SharedClass:
    """At least k units that are alike as far as it says.

    Attributes:
        occupation: STYRK-08 code of one to four digits, "any" or "not stated".
        norwegian: CEFR level, its band A, B or C, "any" or "not stated".
        education: NUS2000 level 0-8, "low", "mid", "high", "any" or "not stated".
        size_band: how many units.

    Raises:
        Invalid: a value that no hierarchy holds. So nothing else, be it a text or a date, can be put in.
    """

    occupation: str
    norwegian: str
    education: str
    size_band: SizeBand

    def __post_init__(self) -> None:
        for hierarchy, value in zip(hierarchies(), (self.occupation, self.norwegian, self.education), strict=True):
            if value not in hierarchy.labels:
                raise Invalid(FieldFault(f"/{hierarchy.name}", "Not a generalised value", "Use one of its labels"))
        if not isinstance(self.size_band, SizeBand):
            raise Invalid(FieldFault("/size_band", "Not a size band", "Use size_band()"))

    @property
    def occupation_level(self) -> int:
        """Digits of the occupation code: 4 unit group … 1 major group; 0 when any, or not stated."""
        return 0 if self.occupation in {ANY, NOT_STATED} else len(self.occupation)


def size_band(units: int) -> SizeBand:
    """The band of a number of units.

    Raises:
        Invalid: fewer than the smallest band begins with; there is no band for few.
    """
    for start, band in zip(reversed(_BAND_STARTS), reversed(SIZE_BANDS), strict=True):
        if units >= start:
            return band
    raise Invalid(FieldFault("/size_band", "Too few to describe", f"A class holds at least {_BAND_STARTS[0]}"))


def hierarchies() -> tuple[Hierarchy, Hierarchy, Hierarchy]:
    """The hierarchies of what a class tells, in its order: occupation, Norwegian, education."""
    return occupation_hierarchy(), norwegian_hierarchy(), education_hierarchy()
