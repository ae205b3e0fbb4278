"""An invented town over time: households come and go, Norwegian gets better, consents lapse and return."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from random import Random
from uuid import UUID

from kompetanse.codes.cefr import Cefr
from kompetanse.demo.backgrounds import BACKGROUNDS
from kompetanse.sharing.hierarchies import (
    NOT_STATED,
    education_hierarchy,
    norwegian_hierarchy,
    occupation_hierarchy,
)
from kompetanse.sharing.ledger import Headroom, next_release
from kompetanse.sharing.releases import Population, Proposal, Registered, Release, Values

HIERARCHIES = (occupation_hierarchy(), norwegian_hierarchy(), education_hierarchy())

CHURN = 0.025
"""Share of households that leave in a month; as many come."""

BETTER = {"A": 0.06, "B": 0.03, "C": 0.01}
"""Share of those at a band of CEFR who reach the next level in a month."""

_COMING, _THERE = (40, 30, 20, 8, 2), (15, 25, 30, 20, 10)
_LEVELS = tuple(Cefr)


Make = Callable[..., Proposal]


@dataclass(slots=True)
class Town:
    """So many who may be described, at every moment; `people` is who they are now."""

    size: int = 850
    seed: int = 1
    people: dict[UUID, Registered] = field(init=False, default_factory=dict)
    _chance: Random = field(init=False)
    _ids: Iterator[int] = field(init=False, default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._chance = Random(self.seed)
        while len(self.people) < self.size:
            self._arrive(_THERE)

    def months(self, number: int) -> None:
        """Let time pass."""
        for _ in range(number):
            units = sorted({one.unit for one in self.people.values()})
            gone = {unit for unit in units if self._chance.random() < CHURN}
            self.people = {person: one for person, one in self.people.items() if one.unit not in gone}
            self.people = {person: self._older(one) for person, one in self.people.items()}
            while len(self.people) < self.size:
                self._arrive(_COMING)

    def _arrive(self, levels: Sequence[int]) -> None:
        unit = UUID(int=next(self._ids) << 64)
        for _ in range(self._chance.choices((1, 2, 3), (30, 60, 10))[0]):
            self.people[UUID(int=next(self._ids))] = Registered(unit, self._values(levels))

    def _values(self, levels: Sequence[int]) -> Values:
        background = self._chance.choices(BACKGROUNDS, [one.share for one in BACKGROUNDS])[0]
        education = str(background.education or NOT_STATED)
        return (
            self._chance.choices((background.styrk, "8160", NOT_STATED), (75, 13, 12))[0],
            self._chance.choices((*_LEVELS[:5], NOT_STATED), (*levels, 18))[0],
            self._chance.choices((education, self._chance.choice("23467"), NOT_STATED), (65, 15, 20))[0],
        )

    def _older(self, one: Registered) -> Registered:
        occupation, norwegian, education = one.values
        if norwegian in _LEVELS[:-1] and self._chance.random() < BETTER[norwegian[0]]:
            norwegian = _LEVELS[_LEVELS.index(Cefr(norwegian)) + 1]
        return replace(one, values=(occupation, norwegian, education))


@dataclass(frozen=True, slots=True)
class Story:
    """What happened: who might be described at each release, and what was released."""

    populations: tuple[Population, ...]
    proposals: tuple[Proposal, ...]

    @property
    def releases(self) -> tuple[Release, ...]:
        return tuple(one.release for one in self.proposals)


def ids(first: int = 1 << 100) -> Iterator[UUID]:
    return (UUID(int=number) for number in count(first))


def story(populations: Sequence[Population], k: int = 5, make: Make = next_release) -> Story:
    """A release after each change."""
    proposals: list[Proposal] = []
    fresh = ids()
    for period, population in enumerate(populations):
        history = [one.release for one in proposals]
        proposals.append(
            make(history, population, k, period=period, hierarchies=HIERARCHIES, new_id=partial(next, fresh))
        )
    return Story(tuple(populations), tuple(proposals))


def years(size: int = 850, *, releases: int = 12, months: int = 1, seed: int = 1) -> tuple[Population, ...]:
    """Who might be described, at each of so many releases so many months apart."""
    town = Town(size, seed)
    populations: list[Population] = [dict(town.people)]
    while len(populations) < releases:
        town.months(months)
        populations.append(dict(town.people))
    return tuple(populations)


def naive(populations: Sequence[Population], k: int = 5) -> tuple[Release, ...]:
    """Each release made as if there had been none before it, as fine as k allows."""
    make = partial(next_release, [], k=k, hierarchies=HIERARCHIES, headroom=Headroom(1, 1))
    new = ids()
    return tuple(
        make(population=population, period=period, new_id=partial(next, new)).release
        for period, population in enumerate(populations)
    )
