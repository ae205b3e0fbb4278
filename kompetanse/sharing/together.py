"""The ledgers of municipalities as if they were one, and back. Pure.

Each keeps its own people only. A class that they made together stands in the ledger of each, under one id.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from kompetanse.sharing.candidates import Insiders
from kompetanse.sharing.classes import MUNICIPALITY
from kompetanse.sharing.hierarchies import ANY, municipality_hierarchy
from kompetanse.sharing.releases import Population, Proposal, Release, ReleasedClass
from kompetanse.sharing.verify import Unsafe


def together(ledgers: Mapping[str, Sequence[Release]]) -> list[Release]:
    """One history out of those of several municipalities, by number, whose releases use the same hierarchies.

    Where one of them made no release in a period, that of the one before was still what everybody read. A class that
    fell in one ledger, at whatever time, has fallen.

    Raises:
        Unsafe: a class stands in several ledgers and was not made together.
    """
    found = []
    for period in sorted({release.period for ledger in ledgers.values() for release in ledger}):
        read = [[one for one in ledger if one.period <= period] for ledger in ledgers.values()]
        releases = [ledger[-1] for ledger in read if ledger]
        found.append(
            Release(
                period=period,
                k=max(one.k for one in releases),
                hierarchies=releases[-1].hierarchies,
                classes=_joined(releases),
                fallen=frozenset(class_id for ledger in read for one in ledger for class_id in one.fallen),
            )
        )
    return found


def _joined(releases: Sequence[Release]) -> tuple[ReleasedClass, ...]:
    """The classes of releases, those of one id as one."""
    members: dict[UUID, dict[UUID, UUID]] = defaultdict(dict)
    classes: dict[UUID, ReleasedClass] = {}
    pools: dict[UUID, tuple[int, tuple[str, ...]]] = {}
    for release in releases:
        for one in release.classes:
            made = (release.period, release.pool)
            if pools.setdefault(one.class_id, made) != made or (one.class_id in classes and not release.pool):
                raise Unsafe("A class stands in several ledgers, and was not made together")
            members[one.class_id].update(one.members)
            classes[one.class_id] = one
    joined = (replace(one, members=dict(sorted(members[one.class_id].items()))) for one in classes.values())
    return tuple(sorted(joined, key=lambda one: (one.labels, one.class_id)))


def insiders_of(
    ledgers: Mapping[str, Sequence[Release]], now: Mapping[str, Collection[UUID]] | None = None
) -> Insiders:
    """The people whom each municipality of a pool knows: those it ever described, and those it may describe now.

    One that makes its classes alone has no insider.
    """
    if len(ledgers) == 1:
        return ()
    return [
        {person for then in ledger for made in then.classes for person in made.members}
        | set((now or {}).get(number, ()))
        for number, ledger in ledgers.items()
    ]


def own_part(proposal: Proposal, municipality_no: str, population: Population) -> Proposal:
    """What one municipality keeps of a release that was made together: the classes that may be of it, and its people.

    A class is there by what it says, whether anybody of the municipality is in it or not: else that it is there would
    say so.
    """
    release = proposal.release
    place = [one.name for one in release.hierarchies].index(MUNICIPALITY)
    homes = {person: one.values[place] for person, one in population.items()}
    kept = tuple(
        replace(one, members={who: unit for who, unit in one.members.items() if homes[who] == municipality_no})
        for one in release.classes
        if may_be_of(one.labels[place], municipality_no)
    )
    known = {one.class_id for one in kept}
    return Proposal(
        release=replace(release, classes=kept),
        born=tuple(one for one in proposal.born if one in known),
        coarsened=tuple(one for one in proposal.coarsened if one.class_id in known),
        absorbed={one: other for one, other in proposal.absorbed.items() if other in known},
        withdrawn=(),
        undescribed={who: why for who, why in proposal.undescribed.items() if homes.get(who) == municipality_no},
    )


def may_be_of(label: str | None, municipality_no: str) -> bool:
    """Whether a class of a label may describe people of a municipality; one that says nothing of it describes its own.

    >>> may_be_of("50", "5014"), may_be_of("5056", "5014")
    (True, False)
    """
    if label is None or label in {ANY, municipality_no}:
        return True
    return any(path[0] == municipality_no and label in path for path in municipality_hierarchy().paths)
