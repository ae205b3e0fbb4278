"""What matching knows of the world: how skills and occupations hang together. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kompetanse.matching.features import VacancyFeatures
from kompetanse.matching.relatives import Relatives


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Skills near each other, and the essential skills of occupations by ESCO concept."""

    relatives: Relatives = field(default_factory=Relatives)
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def needs_of(self, vacancy: VacancyFeatures) -> tuple[str, ...]:
        """The essential skills of a vacancy's occupation; nothing where it is not named."""
        return self.needs.get(vacancy.concept, ()) if vacancy.concept else ()

    def about(self, vacancy: VacancyFeatures) -> tuple[str, ...]:
        """The concepts that a vacancy's work is about: the occupation, and what it needs."""
        return (vacancy.concept, *self.needs_of(vacancy)) if vacancy.concept else ()


NOTHING = Knowledge()
"""No hierarchy at all: skills count by themselves."""
