"""What matching knows of the world: how skills and occupations hang together. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log

from kompetanse.matching.features import VacancyFeatures
from kompetanse.matching.relatives import Relatives

USUAL_RARITY = 5.0
"""Of a skill in words of its own, which no list counts: about that of most skills in ESCO."""


def rarity(occupations: int, needing: int) -> float:
    """How rare a skill is that so many of some occupations need: TF-IDF's inverse document frequency, smoothed."""
    return log((1 + occupations) / (1 + needing)) + 1.0


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Skills near each other, the essential skills of occupations by ESCO concept, and how rare skills are.

    `rarity` is 1 for a skill that every occupation needs and more the fewer need it; what is not in it is as rare as
    `USUAL_RARITY`.
    """

    relatives: Relatives = field(default_factory=Relatives)
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rarity: Mapping[str, float] = field(default_factory=dict)

    def rarities(self, keys: Iterable[str]) -> list[float]:
        """How rare each of some skills is, as parts of their sum times their number: 1 on average.

        What tells an occupation from others is what few others need.
        """
        rare = [self.rarity.get(key, USUAL_RARITY) for key in keys]
        mean = sum(rare) / len(rare) if rare else 1.0
        return [one / mean for one in rare]

    def needs_of(self, vacancy: VacancyFeatures) -> tuple[str, ...]:
        """The essential skills of a vacancy's occupation; nothing where it is not named."""
        return self.needs.get(vacancy.concept, ()) if vacancy.concept else ()

    def about(self, vacancy: VacancyFeatures) -> tuple[str, ...]:
        """The concepts that a vacancy's work is about: the occupation, and what it needs."""
        return (vacancy.concept, *self.needs_of(vacancy)) if vacancy.concept else ()


NOTHING = Knowledge()
"""No hierarchy at all: skills count by themselves."""
