"""Attackers: each reads what recipients got, and knows everybody's values, household and presence at every release.

None shares code with the ledger. What cannot be seen but can be recomputed (the program is public, and the attacker
knows all that goes in) is taken as known: who is in which class.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from kompetanse.sharing.classes import SizeBand
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.releases import Labels, Population, Release, Values

Sight = Mapping[UUID, tuple[Labels, SizeBand]]
"""One release as a recipient sees it: a handle for each class, its labels, its band."""


def seen(release: Release) -> Sight:
    return {one.class_id: (one.labels, one.band) for one in release.classes}


def under(labels: Labels, values: Values, hierarchies: Sequence[Hierarchy]) -> bool:
    rows = zip(labels, values, hierarchies, strict=True)
    return all(word in hierarchy.paths[hierarchy.place(leaf)] for word, leaf, hierarchy in rows)


def fitting(sight: Sight, population: Population, hierarchies: Sequence[Hierarchy]) -> dict[UUID, set[UUID]]:
    """Whoever was there and fits a class, by what is seen alone."""
    return {
        handle: {person for person, one in population.items() if under(labels, one.values, hierarchies)}
        for handle, (labels, _) in sight.items()
    }


def followed(
    releases: Sequence[Release], populations: Sequence[Population], hierarchies: Sequence[Hierarchy]
) -> Iterator[set[UUID]]:
    """Follow handles for as long as they described somebody, and keep whoever fitted the labels at each release.

    Yields:
        Who is left, for each course of handles that somebody took.
    """
    fits = [fitting(seen(one), people, hierarchies) for one, people in zip(releases, populations, strict=True)]
    courses: dict[UUID, list[tuple[int, UUID]]] = defaultdict(list)
    for number, release in enumerate(releases):
        for one in release.classes:
            for person in one.members:
                courses[person].append((number, one.class_id))
    for course in {tuple(steps) for steps in courses.values()}:
        yield set.intersection(*(fits[number][handle] for number, handle in course))


def intersected(views: Sequence[Sequence[Release]]) -> Iterator[tuple[UUID, set[UUID], int]]:
    """The intersection attack by one recipient, or by several who put together what each of them got.

    Yields:
        For everybody ever described: she, those whom nothing told apart from her, and how many households they were
        at the release at which they were fewest.
    """
    classes = [one for releases in views for release in releases for one in release.classes]
    mine: dict[UUID, list[int]] = defaultdict(list)
    for number, one in enumerate(classes):
        for person in one.members:
            mine[person].append(number)
    for person, numbers in mine.items():
        candidates = set.intersection(*(set(classes[number].members) for number in numbers))
        units = [{classes[number].members[other] for other in candidates} for number in numbers]
        yield person, candidates, min(map(len, units))


@dataclass(frozen=True, slots=True)
class Tally:
    """How an attack went: people attacked, those with fewer than k units of candidates, those with one only."""

    attacked: int
    below_k: int
    singled_out: int


def tally(views: Sequence[Sequence[Release]], k: int) -> Tally:
    counts = [units for _, _, units in intersected(views)]
    return Tally(len(counts), sum(n < k for n in counts), sum(n == 1 for n in counts))


def without(known: Collection[UUID], release: Release) -> Release:
    """What is left of a release to an attacker who takes away the people whom she knows."""
    left = (
        replace(one, members={person: unit for person, unit in one.members.items() if person not in known})
        for one in release.classes
    )
    return replace(release, classes=tuple(one for one in left if one.members))


def band_changes(releases: Sequence[Release]) -> Iterator[tuple[int, int]]:
    """Every change of a class's band while k is the same: how many households came or went meanwhile, and k.

    The attacker knows all who came and went but one, and hopes that the change tells of that one: so counts, between
    the release with the new band and whichever with the old one differs most from it, how many it may have been.
    """
    shown: dict[UUID, tuple[SizeBand, int, list[set[UUID]]]] = {}
    for release in releases:
        for one in release.classes:
            units = set(one.members.values())
            band, k, before = shown.get(one.class_id, (one.band, release.k, []))
            if band != one.band and k == release.k:
                yield max(len(units ^ earlier) for earlier in before), k
            same = (band, k) == (one.band, release.k)
            shown[one.class_id] = (one.band, release.k, [*before, units] if same else [units])
