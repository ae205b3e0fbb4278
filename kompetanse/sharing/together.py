"""The ledgers of municipalities as if they were one, and back. Pure.

Each keeps its own people only. A class that they made together stands in the ledger of each, under one id.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from kompetanse.sharing.classes import MUNICIPALITY
from kompetanse.sharing.hierarchies import ANY, Hierarchy, municipality_hierarchy
from kompetanse.sharing.releases import Labels, Population, Release, ReleasedClass


def together(ledgers: Mapping[str, Sequence[Release]]) -> list[Release]:
    """One history out of those of several municipalities, by number.

    Where one of them made no release in a period, that of the one before was still what everybody read.
    """
    periods = sorted({release.period for ledger in ledgers.values() for release in ledger})
    found = []
    for period in periods:
        stood = [[one for one in ledger if one.period <= period][-1:] for ledger in ledgers.values()]
        releases = [one for newest in stood for one in newest]
        found.append(
            Release(
                period=period,
                k=max(one.k for one in releases),
                hierarchies=releases[-1].hierarchies,
                classes=_joined(releases),
                fallen=frozenset(class_id for one in releases for class_id in one.fallen),
            )
        )
    return found


def _joined(releases: Sequence[Release]) -> tuple[ReleasedClass, ...]:
    """The classes of releases, those of one id as one."""
    members: dict[UUID, dict[UUID, UUID]] = defaultdict(dict)
    classes: dict[UUID, ReleasedClass] = {}
    for release in releases:
        for one in release.classes:
            members[one.class_id].update(one.members)
            classes[one.class_id] = one
    joined = (replace(one, members=dict(sorted(members[one.class_id].items()))) for one in classes.values())
    return tuple(sorted(joined, key=lambda one: (one.labels, one.class_id)))


def part_of(release: Release, municipality_no: str, population: Population) -> Release:
    """What one municipality keeps of a release that was made together: the classes that may be of it, and its people.

    A class is there by what it says, whether anybody of the municipality is in it or not: else that it is there would
    say so.
    """
    place = _place(release.hierarchies)
    kept = (
        replace(
            one,
            members={
                person: unit
                for person, unit in one.members.items()
                if population[person].values[place] == municipality_no
            },
        )
        for one in release.classes
        if may_be_of(one.labels[place], municipality_no)
    )
    return replace(release, classes=tuple(kept))


def may_be_of(label: str | None, municipality_no: str) -> bool:
    """Whether a class of a label may describe people of a municipality; one that says nothing of it describes its own.

    >>> may_be_of("50", "5014"), may_be_of("5056", "5014")
    (True, False)
    """
    if label is None or label in {ANY, municipality_no}:
        return True
    return any(path[0] == municipality_no and label in path for path in municipality_hierarchy().paths)


def _place(hierarchies: Sequence[Hierarchy]) -> int:
    return [one.name for one in hierarchies].index(MUNICIPALITY)


def labelled(labels: Labels, hierarchies: Sequence[Hierarchy]) -> str | None:
    """What labels say of the municipality; None where they say nothing of it."""
    return dict(zip((one.name for one in hierarchies), labels, strict=True)).get(MUNICIPALITY)
