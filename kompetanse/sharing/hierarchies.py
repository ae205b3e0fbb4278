"""Generalisation hierarchies: how each shared value grows coarser, step by step, until it says nothing.

A hierarchy is data that the guarantee leans on, so a faulty one cannot be built. Knows no person.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import Region, countries
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.municipalities import municipalities
from kompetanse.codes.occupations import NOT_IDENTIFIABLE, occupations
from kompetanse.errors import FieldFault, Invalid

ANY = "any"
"""The top of every built-in hierarchy: the value may be anything, or not stated."""

NOT_STATED = "not stated"
"""An ordinary leaf: a person of whom the value is unknown is neither the lowest level nor "no"."""

Path = tuple[str, ...]
"""A leaf and its generalisation at every level, finest first."""

# Statistics Norway's three steps: compulsory school, upper secondary and vocational, university and college.
_EDUCATION_BANDS = {"low": "012", "mid": "345", "high": "678"}


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """One attribute's leaves, in their order, and the group that each belongs to at every level.

    Attributes:
        name: of the attribute.
        levels: names of the levels, finest first.
        paths: for each leaf its label at every level; `paths[i][0]` is the leaf itself.
        groups: int32[levels, leaves], the number of the leaf's group, in the order of the leaves.
        losses: float64[levels, leaves], in [0, 1]: (leaves covered - 1) / (leaves in the domain - 1), the
            normalised certainty penalty (Xu et al., Utility-based anonymization, KDD 2006).
        labels: every label at every level, all that a generalised value can say.

    Raises:
        Invalid: the hierarchy is not complete, nested or contiguous; the fault says where.
    """

    name: str
    levels: tuple[str, ...]
    paths: tuple[Path, ...]
    groups: NDArray[np.int32] = field(init=False, repr=False, compare=False)
    losses: NDArray[np.float64] = field(init=False, repr=False, compare=False)
    labels: frozenset[str] = field(init=False, repr=False, compare=False)
    _places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._check_complete()
        for level in range(len(self.levels)):
            self._check_contiguous(level)
        for level in range(len(self.levels) - 1):
            self._check_nested(level)
        groups = np.array([self._group_numbers(level) for level in range(len(self.levels))], dtype=np.int32)
        covered = np.array([np.bincount(row)[row] for row in groups])
        object.__setattr__(self, "groups", groups)
        object.__setattr__(self, "losses", (covered - 1) / max(len(self.paths) - 1, 1))
        object.__setattr__(self, "labels", frozenset(label for path in self.paths for label in path))
        object.__setattr__(self, "_places", {path[0]: place for place, path in enumerate(self.paths)})

    def place(self, leaf: str) -> int:
        """The place of a leaf among the leaves.

        Raises:
            Invalid: the hierarchy has no such leaf.
        """
        try:
            return self._places[leaf]
        except KeyError:
            fault = FieldFault(f"/{self.name}", f"Not a value of {self.name}", "Use a value of its code list")
            raise Invalid(fault) from None

    def _check_complete(self) -> None:
        if not self.levels or not self.paths:
            raise self._fault("is empty", "Give at least one level and one leaf")
        for path in self.paths:
            if len(path) != len(self.levels) or not all(path):
                raise self._fault(f"is not complete: {path[:1]}", "Give each leaf one label a level")
        if len({path[0] for path in self.paths}) < len(self.paths):
            raise self._fault("is not complete: a leaf stands twice", "Name each leaf once")
        if len({path[-1] for path in self.paths}) > 1:
            raise self._fault("is not complete: several tops", "Let the last level hold every leaf in one group")

    def _check_contiguous(self, level: int) -> None:
        runs = Counter(label for label, _ in groupby(path[level] for path in self.paths))
        label, times = runs.most_common(1)[0]
        if times > 1:
            where = f"{self.levels[level]} {label!r}"
            raise self._fault(f"is not contiguous at {where}", "Order the leaves so that each group is one run")

    def _check_nested(self, level: int) -> None:
        parents: dict[str, str] = {}
        for path in self.paths:
            if parents.setdefault(path[level], path[level + 1]) != path[level + 1]:
                where = f"{self.levels[level]} {path[level]!r}"
                raise self._fault(f"is not nested at {where}", "Let each group lie in one group of the next level")

    def _group_numbers(self, level: int) -> list[int]:
        runs = groupby(path[level] for path in self.paths)
        return [number for number, (_, run) in enumerate(runs) for _ in run]

    def _fault(self, what: str, hint: str) -> Invalid:
        return Invalid(FieldFault(f"/{self.name}", f"The hierarchy {self.name!r} {what}", hint))


def with_not_stated(name: str, levels: tuple[str, ...], paths: Iterable[Path]) -> Hierarchy:
    """A hierarchy of these paths with a last leaf "not stated", under a top that says nothing."""
    unknown = (*(NOT_STATED for _ in levels), ANY)
    return Hierarchy(name, (*levels, ANY), (*((*path, ANY) for path in paths), unknown))


@cache
def occupation_hierarchy() -> Hierarchy:
    """STYRK-08 (ISCO-08): unit group → minor → sub-major → major group → any.

    A person whose occupation is known only as "33" is a leaf too, and stays "33" until the others get there.
    """
    codes = sorted(one.code for one in occupations() if not one.code.startswith(NOT_IDENTIFIABLE))
    levels = ("unit group", "minor group", "sub-major group", "major group")
    return with_not_stated("occupation", levels, (tuple(code[:digits] for digits in (4, 3, 2, 1)) for code in codes))


@cache
def norwegian_hierarchy() -> Hierarchy:
    """CEFR level → A basic, B independent, C proficient user → any (Council of Europe 2001, ch. 3.2)."""
    return with_not_stated("norwegian", ("level", "band"), ((level.value, level.value[0]) for level in Cefr))


@cache
def education_hierarchy() -> Hierarchy:
    """NUS2000 level → low, mid, high → any."""
    band = {digit: name for name, digits in _EDUCATION_BANDS.items() for digit in digits}
    levels = ((level.value, band[level.value]) for level in EducationLevel)
    return with_not_stated("education", ("level", "band"), levels)


# The rest is off by default: an agreement has to ask for it, and each more makes all the others coarser.

_AGE_STEP, _AGE_FIRST, _AGE_LAST = 5, 20, 70  # whoever is younger or older than working age is one group each
_AGE_WIDE = ((0, "under 35"), (35, "35–49"), (50, "50 and over"))


def age_band(years: int) -> str:
    """The leaf of an age in whole years: "under 20", "20–24" … "65–69", "70 and over".

    Raises:
        Invalid: below zero.
    """
    if years < 0:
        raise Invalid(FieldFault("/age", "An age is not below zero", "Give whole years"))
    if years < _AGE_FIRST:
        return f"under {_AGE_FIRST}"
    if years >= _AGE_LAST:
        return f"{_AGE_LAST} and over"
    first = years - years % _AGE_STEP
    return f"{first}–{first + _AGE_STEP - 1}"


@cache
def age_hierarchy() -> Hierarchy:
    """Five years → under 35, 35–49, 50 and over → any."""
    starts = (0, *range(_AGE_FIRST, _AGE_LAST + 1, _AGE_STEP))
    wide = (max(one for one in _AGE_WIDE if one[0] <= years)[1] for years in starts)
    return with_not_stated("age", ("five years", "band"), zip(map(age_band, starts), wide, strict=True))


@cache
def country_hierarchy() -> Hierarchy:
    """ISO 3166-1 → region (`codes.countries.Region`) → in the EEA or the Nordic countries, or elsewhere → any."""
    near = {Region.NORDIC, Region.EEA}
    free = {region: "nordic or eea" if region in near else "elsewhere" for region in Region}
    paths = ((one.alpha2, one.region.value, free[one.region]) for one in countries())
    levels = ("country", "region", "free movement")
    return with_not_stated("country", levels, sorted(paths, key=lambda path: path[::-1]))


_ARRIVAL_STEP, _ARRIVAL_WIDE, _ARRIVAL_FIRST = 3, 9, 1998
"""Periods lie on a grid of their own, not on today's date: somebody stays in one and the same from year to year."""


def arrival_period(year: int) -> str:
    """The leaf of a year of arrival: "before 1998", "1998–2000", "2001–2003" and so on."""
    return _period(year, _ARRIVAL_STEP)


@cache
def arrival_hierarchy(until: int) -> Hierarchy:
    """Three years → nine years → any, from 1998 to the period of the year `until`.

    Raises:
        Invalid: `until` is before 1998.
    """
    if until < _ARRIVAL_FIRST:
        fault = FieldFault("/arrival", "The periods begin later", f"Use {_ARRIVAL_FIRST} or later")
        raise Invalid(fault)
    years = (_ARRIVAL_FIRST - 1, *range(_ARRIVAL_FIRST, until + 1, _ARRIVAL_STEP))
    paths = ((_period(year, _ARRIVAL_STEP), _period(year, _ARRIVAL_WIDE)) for year in years)
    return with_not_stated("arrival", ("three years", "nine years"), paths)


def _period(year: int, length: int) -> str:
    if year < _ARRIVAL_FIRST:
        return f"before {_ARRIVAL_FIRST}"
    first = year - (year - _ARRIVAL_FIRST) % length
    return f"{first}–{first + length - 1}"


@cache
def municipality_hierarchy() -> Hierarchy:
    """Municipality → county → any; both by number, as the first two digits of one are the other."""
    levels = ("municipality", "county")
    return with_not_stated("municipality", levels, ((one.number, one.number[:2]) for one in municipalities()))
