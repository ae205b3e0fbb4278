"""Small histories told by hand or by chance, over two little hierarchies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.ledger import DEFAULT_HEADROOM, Headroom, next_release
from kompetanse.sharing.releases import Population, Proposal, Registered, Release, ReleasedClass
from tests.sharing.registries import tree, unit
from tests.sharing.towns import ids

TREES = (tree("trade", 9, 3), tree("step", 4, 2))
"""Leaves "1/0" … "1/8" under "3/0" … "3/2" under "9/0"; and "1/0" … "1/3" under "2/0", "2/1" under "4/0"."""


def person(number: int) -> UUID:
    """Ids of people and of households are of different ranges, as they are of different tables."""
    return UUID(int=number + (1 << 64))


def one(trade: int = 0, step: int = 0, household: int = 0) -> Registered:
    return Registered(unit(household), (f"1/{trade}", f"1/{step}"))


def people(numbers: range, trade: int = 0, step: int = 0) -> dict[UUID, Registered]:
    """Each in a household of her own."""
    return {person(number): one(trade, step, number) for number in numbers}


@dataclass(slots=True)
class Ledger:
    """Releases made one after the other."""

    k: int = 5
    headroom: Headroom = DEFAULT_HEADROOM
    hierarchies: tuple[Hierarchy, ...] = TREES
    releases: list[Release] = field(default_factory=list)
    new_id: partial[UUID] = field(default_factory=lambda: partial(next, ids()))

    def release(self, population: Population, **changes: object) -> Proposal:
        arguments: dict[str, object] = {
            "k": self.k,
            "period": len(self.releases),
            "hierarchies": self.hierarchies,
            "new_id": self.new_id,
            "headroom": self.headroom,
            **changes,
        }
        proposal = next_release(self.releases, population, **arguments)  # type: ignore[arg-type]
        self.releases.append(proposal.release)
        return proposal


def only(release: Release) -> ReleasedClass:
    (shown,) = release.classes
    return shown


def told(release: Release) -> dict[tuple[str, ...], tuple[str, int]]:
    """What each class says, with its band and how many it describes."""
    return {shown.labels: (shown.band.value, len(shown.members)) for shown in release.classes}


@dataclass(frozen=True, slots=True)
class Fate:
    """How lively a small town is: chances at each step."""

    leaves: float
    lapses: float
    changes: float
    moves: float
    comers: int


FATES = st.builds(Fate, st.floats(0, 0.3), st.floats(0, 0.2), st.floats(0, 0.4), st.floats(0, 0.1), st.integers(0, 15))


@st.composite
def lives(draw: st.DrawFn) -> list[dict[UUID, Registered]]:
    """Who may be described at each of up to seven releases: people come, leave, lapse, change, and move together."""
    chance, first = Random(draw(st.integers(0, 2**32))), draw(st.integers(10, 70))
    fates = draw(st.lists(FATES, min_size=1, max_size=6))
    town = {person(number): _anyone(chance, number) for number in range(first)}
    told_of = [dict(town)]
    for fate in fates:
        town = {who: it for who, it in town.items() if chance.random() >= fate.leaves}
        town = {who: _older(chance, fate, it) for who, it in town.items()}
        first += 1000
        town |= {person(number): _anyone(chance, number) for number in range(first, first + fate.comers)}
        told_of.append({who: it for who, it in town.items() if chance.random() >= fate.lapses})
    return told_of


def _anyone(chance: Random, number: int) -> Registered:
    household = number if chance.random() < 0.7 else number - number % 3
    return one(chance.choice((0, 0, 0, 0, 1, 3, 8)), chance.choice((0, 0, 0, 1, 3)), household)


def _older(chance: Random, fate: Fate, it: Registered) -> Registered:
    values = (it.values[0], f"1/{chance.randrange(4)}") if chance.random() < fate.changes else it.values
    moved = chance.random() < fate.moves
    return Registered(unit(chance.randrange(70)) if moved else it.unit, values)


def shuffled(population: Mapping[UUID, Registered], chance: Random) -> dict[UUID, Registered]:
    rows: Sequence[tuple[UUID, Registered]] = list(population.items())
    return dict(chance.sample(rows, len(rows)))
