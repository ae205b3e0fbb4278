"""Class profiles: the only thing about people that a neighbour is told. No class here can hold a name or an id."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.occupations import NOT_IDENTIFIABLE, StyrkCode
from kompetanse.errors import FieldFault, Invalid
from kompetanse.sharing.generalise import SUPPRESSED, generalise
from kompetanse.sharing.hierarchies import (
    ANY,
    NOT_STATED,
    Hierarchy,
    education_hierarchy,
    norwegian_hierarchy,
    occupation_hierarchy,
)
from kompetanse.sharing.verify import class_sizes, demand


class SizeBand(StrEnum):
    """How many units a class describes, never the count: a count would show each who comes and goes."""

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
                raise Invalid(FieldFault(f"/{hierarchy.name}", "Not a generalised value", "Use publish()"))
        if not isinstance(self.size_band, SizeBand):
            raise Invalid(FieldFault("/size_band", "Not a size band", "Use size_band()"))

    @property
    def occupation_level(self) -> int:
        """Digits of the occupation code: 4 unit group … 1 major group; 0 when any, or not stated."""
        return 0 if self.occupation in {ANY, NOT_STATED} else len(self.occupation)


@dataclass(frozen=True, slots=True)
class Publication:
    """Classes to share, in the order of their values; and how many people are in none.

    `suppressed` is for the municipality's own report. It is a count, often below k: never give it to a recipient.
    """

    classes: tuple[SharedClass, ...]
    suppressed: int


def size_band(units: int) -> SizeBand:
    """The band of a number of units.

    Raises:
        Invalid: fewer than the smallest band begins with; there is no band for few.
    """
    for start, band in zip(reversed(_BAND_STARTS), reversed(SIZE_BANDS), strict=True):
        if units >= start:
            return band
    raise Invalid(FieldFault("/size_band", "Too few to describe", f"A class holds at least {_BAND_STARTS[0]}"))


def publish(profiles: Iterable[ShareableProfile], k: int) -> Publication:
    """Describe people by classes of at least k units each.

    Every person is in exactly one class or in none, and a class counts its own members only. A coarse class
    such as ("3", any, any) holds those whom no finer class could take in, and its band leaves the finer ones
    out. Taking published classes from each other therefore gives nothing smaller: all sizes are of disjoint
    sets of at least k units, so any sum of them is too, and one set is never part of another that is also
    published. An attacker who knows all three values of a person, and this program, finds the one class that
    the person would be in, and there at least k units. The attacker can also tell that a coarse class holds
    nobody who fits a finer one that came before it, and that each finer group that is missing had fewer than k
    left: both are about groups, and leave the k of the class untouched.

    What it does not protect against: that somebody is registered and consents at all, where that is known
    otherwise; a band's edge crossed between two releases, or the same people published with another k for
    another recipient. Releases over time need the ledger, and all recipients must get one and the same
    publication, made with the largest k that any of them was promised.

    No payload beside the size is published, so there is nothing that l-diversity would protect here.

    Raises:
        Invalid: k is below the floor, or a code is in no code list.
        Unsafe: the independent count disagrees; nothing is published.
    """
    people = list(profiles)
    units = _unit_numbers(people)
    records = np.array([_places(person) for person in people], dtype=np.int64).reshape(-1, len(hierarchies()))
    made = generalise(records, hierarchies(), k, units=units)
    labels, classes = _described(records, made.levels, made.classes)
    demand(classes, k, units=units)
    sizes = class_sizes(classes, units=units).tolist()
    shared = (SharedClass(*words, size_band(size)) for words, size in zip(labels, sizes, strict=True))
    return Publication(tuple(sorted(shared)), int(made.suppressed.sum()))


def hierarchies() -> tuple[Hierarchy, Hierarchy, Hierarchy]:
    """The hierarchies of what a class tells, in its order: occupation, Norwegian, education."""
    return occupation_hierarchy(), norwegian_hierarchy(), education_hierarchy()


def _places(person: ShareableProfile) -> tuple[int, ...]:
    # "0000 cannot be identified" is STYRK-08's way to say that nothing is stated.
    known = person.occupation if not (person.occupation or "").startswith(NOT_IDENTIFIABLE) else None
    leaves = (known, person.norwegian, person.education)
    return tuple(
        hierarchy.place(NOT_STATED if leaf is None else str(leaf))
        for hierarchy, leaf in zip(hierarchies(), leaves, strict=True)
    )


def _unit_numbers(people: Sequence[ShareableProfile]) -> NDArray[np.int64]:
    numbers: dict[UUID, int] = {}
    return np.array([numbers.setdefault(person.unit, len(numbers)) for person in people], dtype=np.int64)


Labels = tuple[str, str, str]


def _described(
    records: NDArray[np.int64], levels: NDArray[np.int8], classes: NDArray[np.int64]
) -> tuple[list[Labels], NDArray[np.int64]]:
    """What is said of each class, and each person's class numbered by that (int64[n]).

    Classes made apart may come out with the same words ("33" known to two digits, and "33" generalised): they
    are one, or their sizes would tell the two kinds apart.
    """
    numbers: dict[Labels, int] = {}
    ids, first = np.unique(classes, return_index=True)
    renumbered = np.full(len(ids), SUPPRESSED, dtype=np.int64)
    for position, (number, row) in enumerate(zip(ids, first, strict=True)):
        if number != SUPPRESSED:
            words = _words(records[row], levels[row])
            renumbered[position] = numbers.setdefault(words, len(numbers))
    return list(numbers), renumbered[np.searchsorted(ids, classes)]


def _words(record: NDArray[np.int64], levels: NDArray[np.int8]) -> Labels:
    occupation, norwegian, education = (
        hierarchy.paths[leaf][level] for hierarchy, leaf, level in zip(hierarchies(), record, levels, strict=True)
    )
    return occupation, norwegian, education
