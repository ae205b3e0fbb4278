"""Class profiles: the only thing about people that a neighbour is told. No class here can hold a name or an id."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from uuid import UUID

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ClassAttribute
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.occupations import StyrkCode
from kompetanse.errors import FieldFault, Invalid
from kompetanse.sharing.hierarchies import (
    ANY,
    NOT_STATED,
    Hierarchy,
    age_hierarchy,
    arrival_hierarchy,
    country_hierarchy,
    education_hierarchy,
    municipality_hierarchy,
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

    Attributes:
        unit: the household, or the person who belongs to none: it is counted, and not published.
        age: in whole years.
        country: of origin, ISO 3166-1 alpha-2.
        arrival: the year in which she came to Norway.
        municipality: that registers her, by number.
    """

    unit: UUID
    occupation: StyrkCode | str | None
    norwegian: Cefr | None
    education: EducationLevel | None
    age: int | None = None
    country: str | None = None
    arrival: int | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class SharedClass:
    """At least k units that are alike as far as it says.

    Attributes:
        occupation: STYRK-08 code of one to four digits, "any" or "not stated".
        norwegian: CEFR level, its band A, B or C, "any" or "not stated".
        education: NUS2000 level 0-8, "low", "mid", "high", "any" or "not stated".
        size_band: how many units.
        age: "30–34", "under 35" and so on, "any" or "not stated"; None where it is not told.
        country: ISO 3166-1 alpha-2, a region, "nordic or eea", "elsewhere", "any" or "not stated"; None likewise.
        arrival: three or nine years, "any" or "not stated"; None likewise.
        municipality: its number, that of its county, or "any"; None where the municipality tells of its own alone.

    Raises:
        Invalid: a value that no hierarchy holds. So nothing else, be it a text or a date, can be put in.
    """

    occupation: str
    norwegian: str
    education: str
    size_band: SizeBand
    age: str | None = None
    country: str | None = None
    arrival: str | None = None
    municipality: str | None = None

    def __post_init__(self) -> None:
        for hierarchy in hierarchies(EVERY_ATTRIBUTE, year=_FAR):
            value = getattr(self, hierarchy.name)
            if value not in hierarchy.labels and not (value is None and hierarchy.name in EVERY_ATTRIBUTE):
                raise Invalid(FieldFault(f"/{hierarchy.name}", "Not a generalised value", "Use one of its labels"))
        if not isinstance(self.size_band, SizeBand):
            raise Invalid(FieldFault("/size_band", "Not a size band", "Use size_band()"))

    def order(self) -> tuple[str, ...]:
        """Its values, to sort classes by."""
        values = (self.occupation, self.norwegian, self.education, self.size_band.value)
        return (*values, *(getattr(self, name) or "" for name in EVERY_ATTRIBUTE))

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


MUNICIPALITY = "municipality"
"""What classes tell too when several municipalities make them together."""

EVERY_ATTRIBUTE: tuple[str, ...] = (*(one.value for one in ClassAttribute), MUNICIPALITY)
"""All that classes can tell beside occupation, Norwegian and education."""

_FAR = 2098
"""A year of arrival that is far enough to know every period by its name."""


@cache
def hierarchies(attributes: tuple[str, ...] = (), *, year: int = _FAR) -> tuple[Hierarchy, ...]:
    """The hierarchies of what a class tells: occupation, Norwegian, education, and then `attributes`.

    Args:
        attributes: of `EVERY_ATTRIBUTE`, in whatever order; a class has them in the order of that.
        year: the last in which somebody can have come.
    """
    made: dict[str, Callable[[], Hierarchy]] = {
        ClassAttribute.AGE.value: age_hierarchy,
        ClassAttribute.COUNTRY.value: country_hierarchy,
        ClassAttribute.ARRIVAL.value: lambda: arrival_hierarchy(year),
        MUNICIPALITY: municipality_hierarchy,
    }
    told = (made[name]() for name in EVERY_ATTRIBUTE if name in attributes)
    return (occupation_hierarchy(), norwegian_hierarchy(), education_hierarchy(), *told)
