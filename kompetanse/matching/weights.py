"""How much each thing counts. One documented place; the version goes with every result."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What a met requirement of each kind counts, before normalising by what the vacancy states.

    Occupation and essential skills decide most: they are what the work is. Education counts for itself even
    where the occupation fits, because it opens the better paid half of a field. Wishes count as much as a
    trainable skill: somebody who wants the job stays. Nothing that is protected has a weight.
    """

    occupation: float = 30.0
    essential_skill: float = 10.0
    trainable_skill: float = 4.0
    language: float = 10.0
    education: float = 12.0
    licence: float = 6.0
    authorisation: float = 12.0
    work_permission: float = 2.0
    percentage: float = 5.0
    shifts: float = 4.0
    start: float = 2.0
    wish: float = 6.0

    unknown_share: float = 0.35
    """What an unknown counts of its weight: more than missing (0), less than half. It is a question to ask."""

    same_unit_group: float = 1.0
    same_minor_group: float = 0.7
    same_sub_major_group: float = 0.4
    same_major_group: float = 0.15
    """Closeness of two occupations by how long a prefix their ISCO-08 codes share (four, three, two, one digits)."""

    full_experience_months: int = 36
    """After this long in an occupation, more months count nothing more."""

    least_experience_share: float = 0.6
    """What an occupation counts with no months at all, or with months that are not stated."""

    version: str = "2026-1"


DEFAULT = Weights()
