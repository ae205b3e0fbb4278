"""Who could be meant: those whom no release tells apart from a person. Pure sets; knows no label and no attribute.

A person's *trail* is the set of classes, each of one release, that described her. Whoever was described by all of
them too is a candidate for her: all that was ever released about her is as true of the candidate. A person's
candidates only ever become fewer, so one release never mends what an earlier one gave away (the intersection attack:
Ganta, Kasiviswanathan & Smith, Composition attacks and auxiliary information in data privacy, KDD 2008).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from kompetanse.sharing.releases import History, Population

Trail = frozenset[int]

_UNTOLD: Trail = frozenset()


@dataclass(frozen=True, slots=True)
class Past:
    """Everything ever released, as far as it tells people apart.

    Attributes:
        trails: for each person ever described, the numbers of the classes, each of one release, that described her.
        homes: the class that each belongs to, followed through classes that were taken up by others.
        kin: the unit of each person. Who were ever of one household count as one for good, or a household that
            splits would become several to count.
    """

    trails: Mapping[UUID, Trail]
    homes: Mapping[UUID, UUID]
    kin: Mapping[UUID, UUID]

    def units(self, people: Iterable[UUID]) -> set[UUID]:
        """The units that people are."""
        return {self.kin[person] for person in people}

    def unsafe(self, people: Collection[UUID], k: int) -> set[UUID]:
        """Those of a class to be whom it cannot describe: they would have fewer than k units of candidates in it.

        Each one left out is no candidate for the others either, so it is asked again until nobody more falls out.
        """
        crowds = self._crowds(people)
        while weak := [trail for trail in crowds if _candidates(trail, crowds) < k]:
            for trail in weak:
                del crowds[trail]
        return {person for person in people if self.trails.get(person, _UNTOLD) not in crowds}

    def fewest(self, people: Collection[UUID]) -> int:
        """Units among the candidates of whoever in a class has fewest; 0 for nobody."""
        crowds = self._crowds(people)
        return min((_candidates(trail, crowds) for trail in crowds), default=0)

    def _crowds(self, people: Iterable[UUID]) -> dict[Trail, set[UUID]]:
        """The units of those with one and the same trail."""
        crowds: dict[Trail, set[UUID]] = defaultdict(set)
        for person in people:
            crowds[self.trails.get(person, _UNTOLD)].add(self.kin[person])
        return crowds


def past(history: History, population: Population) -> Past:
    """Read all releases, and the households of today."""
    trails: dict[UUID, list[int]] = defaultdict(list)
    homes: dict[UUID, UUID] = {}
    heirs: dict[UUID, UUID] = {}
    units = {(person, one.unit) for person, one in population.items()}
    for number, one in enumerate(one for release in history for one in release.classes):
        units.update(one.members.items())
        for person in one.members:
            trails[person].append(number)
            heirs[homes.get(person, one.class_id)] = one.class_id
            homes[person] = one.class_id
    return Past(
        {person: frozenset(steps) for person, steps in trails.items()},
        {person: _followed(home, heirs) for person, home in homes.items()},
        _joined(units),
    )


def _candidates(trail: Trail, crowds: Mapping[Trail, set[UUID]]) -> int:
    return len(set().union(*(units for other, units in crowds.items() if trail <= other)))


def _joined(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """A representative of everybody's connected component, people and units being the nodes (union-find)."""
    above: dict[UUID, UUID] = {}
    for pair in pairs:
        for node in pair:
            above.setdefault(node, node)
        one, other = (_followed(node, above) for node in pair)
        above[max(one, other)] = min(one, other)
    return {node: _followed(node, above) for node in above}


def _followed(node: UUID, above: Mapping[UUID, UUID]) -> UUID:
    while (higher := above[node]) != node:
        node = higher
    return node
