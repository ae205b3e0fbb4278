"""A grade: how far a person meets one requirement, from 0 to 1, or that it is not known."""

from dataclasses import dataclass
from enum import StrEnum

from kompetanse.matching.explanation import Outcome

MET, HALF, MISSING = 1.0, 0.5, 0.0


class Through(StrEnum):
    """By which way a requirement is met, where it is not the straight one."""

    NARROWER = "narrower"
    BROADER = "broader"
    SIBLING = "sibling"
    SAME_GROUP = "same_group"
    SKILLS = "skills"
    CENTRE = "centre"
    """Reckoned from the centre of the municipality, since nobody stated where the person lives."""


@dataclass(frozen=True, slots=True)
class Grade:
    """How far a requirement is met: a share from 0 to 1 (None: not known), and what the person has.

    `met`: it is, though more would count more. `through`: the way there, where it is not the straight one. `months` of
    an occupation.
    """

    share: float | None
    has: str | None = None
    met: bool = False
    through: Through | None = None
    months: int | None = None

    @property
    def outcome(self) -> Outcome:
        """The share in words."""
        if self.share is None:
            return Outcome.UNKNOWN
        if self.met or self.share >= MET:
            return Outcome.MET
        return Outcome.PARTLY if self.share > MISSING else Outcome.MISSING


UNKNOWN = Grade(None)
