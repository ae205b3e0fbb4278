"""Who could be meant: those whom no release tells apart from a person. Pure sets; knows no label and no attribute.

A person's *trail* is the set of classes, each of one release, that described her. Whoever was described by all of
them too is a candidate for her: all that was ever released about her is as true of the candidate. A person's
candidates only ever become fewer, so one release never mends what an earlier one gave away (the intersection attack:
Ganta, Kasiviswanathan & Smith, Composition attacks and auxiliary information in data privacy, KDD 2008).

An *insider* is a municipality that makes releases together with others: it knows its own people and can take them away.
So whoever it does not know needs k units of candidates among those whom it does not know either.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kompetanse.sharing.releases import History, Population

Trail = frozenset[int]

Insiders = Sequence[Collection[UUID]]
"""The people whom each insider knows."""

Crowd = tuple[Trail, frozenset[int]]
"""What a crowd has in common: the trail, and which insiders know them."""

_UNTOLD: Trail = frozenset()
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Past:
    """Everything ever released, as far as it tells people apart.

    Attributes:
        trails: for each person ever described, the numbers of the classes, each of one release, that described her.
        homes: the class that each belongs to, followed through classes that were taken up by others.
        kin: the unit of each person. Who were ever of one household count as one for good, or a household that
            splits would become several to count.
        known_to: the insiders who know a person, by number; nobody knows those who are not there.
        insiders: how many there are.
    """

    trails: Mapping[UUID, Trail]
    homes: Mapping[UUID, UUID]
    kin: Mapping[UUID, UUID]
    known_to: Mapping[UUID, frozenset[int]] = field(default_factory=dict)
    insiders: int = 0

    def units(self, people: Iterable[UUID]) -> set[UUID]:
        """The units that people are."""
        return {self.kin[person] for person in people}

    def unsafe(self, people: Collection[UUID], k: int) -> set[UUID]:
        """Those of a class to be whom it cannot describe: they would have fewer than k units of candidates in it.

        Each one left out is no candidate for the others either, so it is asked again until nobody more falls out.
        """
        crowds = self._crowds(people)
        while weak := [crowd for crowd in crowds if self._candidates(crowd, crowds) < k]:
            for crowd in weak:
                del crowds[crowd]
        return {person for person in people if self._crowd_of(person) not in crowds}

    def fewest(self, people: Collection[UUID]) -> int:
        """Units among the candidates of whoever in a class has fewest; 0 for nobody."""
        crowds = self._crowds(people)
        return min((self._candidates(crowd, crowds) for crowd in crowds), default=0)

    def _crowds(self, people: Iterable[UUID]) -> dict[Crowd, set[UUID]]:
        """The units of those with one and the same trail whom the same insiders know."""
        crowds: dict[Crowd, set[UUID]] = defaultdict(set)
        for person in people:
            crowds[self._crowd_of(person)].add(self.kin[person])
        return crowds

    def _crowd_of(self, person: UUID) -> Crowd:
        return self.trails.get(person, _UNTOLD), self.known_to.get(person, _NOBODY)

    def _candidates(self, crowd: Crowd, crowds: Mapping[Crowd, set[UUID]]) -> int:
        """Units that one of a crowd cannot be told from, by who knows nobody and by each insider to whom she is new.

        Who knows nobody is told least, so she need be asked only where there is no insider to ask.
        """
        trail, known_to = crowd
        alike = [(other, units) for (other_trail, other), units in crowds.items() if trail <= other_trail]
        strangers = [one for one in range(self.insiders) if one not in known_to]
        if not strangers:
            return len(set().union(*(units for _, units in alike)))
        return min(
            len(set().union(*(units for other, units in alike if stranger not in other))) for stranger in strangers
        )


def past(history: History, population: Population, insiders: Insiders = ()) -> Past:
    """Read all releases, and the households of today; `insiders` are the people whom each of them knows."""
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
        _known_to(insiders),
        len(insiders),
    )


def _known_to(insiders: Insiders) -> dict[UUID, frozenset[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    for number, people in enumerate(insiders):
        for person in people:
            found[person].add(number)
    return {person: frozenset(numbers) for person, numbers in found.items()}


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
