"""What has been released about people, period by period: the ledger's value types. Never leaves the municipality.

Kept as rows it is (period, k, version of the hierarchies), (period, class, labels, band, banded, fallen), (period,
class, person, unit) and (version, hierarchies); all are only ever added to, but for `fallen`, which is set once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from kompetanse.codes.occupations import NOT_IDENTIFIABLE
from kompetanse.sharing.classes import MUNICIPALITY, ShareableProfile, SizeBand
from kompetanse.sharing.hierarchies import ANY, NOT_STATED, Hierarchy, age_band, arrival_period

Values = tuple[str, ...]
"""A leaf of each hierarchy, in the hierarchies' order."""

Labels = tuple[str, ...]
"""A word of each hierarchy, at whatever level."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One who may be described now: she consents, and has no protected address.

    Attributes:
        unit: her household, or herself when she belongs to none.
        values: what is stated of her.
    """

    unit: UUID
    values: Values


Population = Mapping[UUID, Registered]
"""Everybody who may be described now, by person."""


@dataclass(frozen=True, slots=True)
class ReleasedClass:
    """One class of one release.

    Attributes:
        class_id: the same from release to release.
        labels: what is said of everybody in it.
        band: the band that is shown; its lower edge is never above the number of units.
        banded: the period of the release at which the band was last set.
        members: those whom the class describes, each with her unit at this release.
    """

    class_id: UUID
    labels: Labels
    band: SizeBand
    banded: int
    members: Mapping[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Release:
    """What every recipient got for one period.

    Attributes:
        period: rises from release to release.
        k: fewest units that every class was held to; the largest that any recipient was promised.
        hierarchies: those that the labels are words of.
        classes: in the order of their labels, of which no two are the same.
        fallen: classes that were withdrawn after this release and before the next.
        pool: the municipalities that made it together; empty of one alone.
    """

    period: int
    k: int
    hierarchies: tuple[Hierarchy, ...]
    classes: tuple[ReleasedClass, ...]
    fallen: frozenset[UUID] = frozenset()
    pool: tuple[str, ...] = ()

    @property
    def standing(self) -> tuple[ReleasedClass, ...]:
        """The classes that recipients see until the next release."""
        return tuple(one for one in self.classes if one.class_id not in self.fallen)


History = Sequence[Release]
"""Every release that ever was, the oldest first."""


class Undescribed(StrEnum):
    """Why no class describes somebody who may be described."""

    WAITING = "waiting"
    """Too few are like her so far."""
    OUTGROWN = "outgrown"
    """Her values have changed, and are no longer under her class's labels."""
    SPENT = "spent"
    """Too few are left of those who were described together with her all along: no later release mends that."""


@dataclass(frozen=True, slots=True)
class Coarsened:
    """A class whose labels became coarser."""

    class_id: UUID
    before: Labels
    after: Labels


@dataclass(frozen=True, slots=True)
class Proposal:
    """A release that is made and not yet kept, and how it differs from the one before. For the municipality alone.

    Attributes:
        release: what is to be kept and shown.
        born: classes that are new, in the order of their labels.
        coarsened: classes that stay and say less.
        absorbed: classes that have come to say the same as another, by the one that they are part of now.
        withdrawn: classes that end, since nobody in them has k candidates any more under words that say anything.
        undescribed: whoever may be described and is in no class, and why.
    """

    release: Release
    born: tuple[UUID, ...]
    coarsened: tuple[Coarsened, ...]
    absorbed: Mapping[UUID, UUID]
    withdrawn: tuple[UUID, ...]
    undescribed: Mapping[UUID, Undescribed]


def registered(profile: ShareableProfile, hierarchies: Sequence[Hierarchy]) -> Registered:
    """A profile as the ledger reads it: a leaf of every hierarchy."""
    return Registered(profile.unit, tuple(_LEAVES[one.name](profile) or NOT_STATED for one in hierarchies))


def _occupation(profile: ShareableProfile) -> str | None:
    known = profile.occupation is not None and not profile.occupation.startswith(NOT_IDENTIFIABLE)
    return profile.occupation if known else None


_LEAVES: Mapping[str, Callable[[ShareableProfile], str | None]] = {
    "occupation": _occupation,
    "norwegian": lambda one: one.norwegian,
    "education": lambda one: one.education,
    "age": lambda one: None if one.age is None else age_band(one.age),
    "country": lambda one: one.country,
    "arrival": lambda one: None if one.arrival is None else arrival_period(one.arrival),
    MUNICIPALITY: lambda one: one.municipality,
}
"""The leaf of a profile by the name of the hierarchy; None where nothing is stated."""


def conformed(history: History, hierarchies: Sequence[Hierarchy], municipality_no: str) -> list[Release]:
    """Earlier releases as if they had told exactly of `hierarchies`, so that the next one can be held against them.

    What they did not tell of is "any", but for the municipality: a release that did not name it told of
    `municipality_no` alone. What is not told of any more is left out, which says less.
    """
    untold = {MUNICIPALITY: municipality_no}
    found = []
    for release in history:
        then = {one.name: (place, one) for place, one in enumerate(release.hierarchies)}
        words = tuple(then[one.name][1] if one.name in then else one for one in hierarchies)
        classes = (
            replace(
                one,
                labels=tuple(
                    one.labels[then[name.name][0]] if name.name in then else untold.get(name.name, ANY)
                    for name in hierarchies
                ),
            )
            for one in release.classes
        )
        found.append(replace(release, hierarchies=words, classes=tuple(sorted(classes, key=lambda one: one.labels))))
    return found


def version(hierarchies: Sequence[Hierarchy]) -> str:
    """A fingerprint of hierarchies, to be kept with a release: another as soon as a leaf, group or name is another."""
    said = repr([(one.name, one.levels, one.paths) for one in hierarchies])
    return sha256(said.encode()).hexdigest()[:16]
