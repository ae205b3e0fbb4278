"""Whether a group fares as its equals do: people of the same qualifications who belong to other groups. Pure.

The reading aid is the four-fifths rule of the US Uniform Guidelines on Employee Selection Procedures (29 CFR 1607.4 D):
a rate below 80 % of another's is a reason to look. It is no test, and no proof of anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FOUR_FIFTHS = 0.8

Labels = Sequence[str]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Compared:
    """A group's rate and that of its equals; how many of the group have any; and what chance alone would give.

    `chance` is where 95 of 100 ratios lie when the same people are dealt to the groups anew, each among her equals.
    """

    people: int
    rate: float
    of_equals: float
    chance: tuple[float, float]

    @property
    def ratio(self) -> float:
        """The group's rate in terms of its equals'; 1 is alike, nobody being selected among them."""
        return _ratio(self.rate, self.of_equals)


def compared(values: Sequence[float], groups: Labels, classes: Labels, seed: int = 0) -> Mapping[str, Compared]:
    """Each group against its equals, by name.

    `values` are what each person got (1 when selected, or a share), `classes` whom she is equally qualified with. Of a
    class that has people of one group only nobody is compared. The equals' rate is theirs in each class, weighed by how
    many of the group are in it.
    """
    value = np.asarray(values, float)
    names, group = np.unique(np.asarray(groups), return_inverse=True)
    _, of_class = np.unique(np.asarray(classes), return_inverse=True)
    shuffled = [_dealt(group, of_class, np.random.default_rng((seed, number))) for number in range(400)]
    found = {}
    for number, name in enumerate(names.tolist()):
        people, rate, of_equals = _rates(value, group == number, of_class)
        if people:
            ratios = [_ratio(*_rates(value, dealt == number, of_class)[1:]) for dealt in shuffled]
            low, high = np.percentile(ratios, (2.5, 97.5))
            found[name] = Compared(people, rate, of_equals, (float(low), float(high)))
    return found


def _rates(value: NDArray[np.float64], inside: NDArray[np.bool_], of_class: Numbers) -> tuple[int, float, float]:
    """How many of a group have equals, the group's rate, and theirs."""
    own, others = np.bincount(of_class, inside), np.bincount(of_class, ~inside)
    both = (own > 0) & (others > 0)
    count = own[both].sum()
    if not count:
        return 0, 0.0, 0.0
    own_sum, other_sum = np.bincount(of_class, value * inside)[both], np.bincount(of_class, value * ~inside)[both]
    return int(count), float(own_sum.sum() / count), float((other_sum / others[both] * own[both]).sum() / count)


def _dealt(group: Numbers, of_class: Numbers, chance: np.random.Generator) -> Numbers:
    """The same groups within each class, dealt to its people anew."""
    place, drawn = np.lexsort((np.arange(len(group)), of_class)), np.lexsort((chance.random(len(group)), of_class))
    dealt = np.empty_like(group)
    dealt[place] = group[drawn]
    return dealt


def _ratio(rate: float, other: float) -> float:
    return rate / other if other else 1.0 if rate == other else float("inf")
