"""How much each thing counts. One documented place; the version goes with every result."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType

from kompetanse.codes.work import Evidence, RecognitionStatus, SkillLevel
from kompetanse.errors import FieldFault, Invalid

VERSION = "2026-2"


@dataclass(frozen=True, slots=True)
class Weights:
    """What a met requirement of each kind counts, before normalising by what the vacancy states.

    Occupation and essential skills decide most: they are what the work is. Education counts for itself even
    where the occupation fits, because it opens the better paid half of a field. Wishes count as much as a
    licence: somebody who wants the job stays. Interests break ties. Nothing that is protected has a weight.
    """

    occupation: float = 30.0
    essential_skill: float = 10.0
    trainable_skill: float = 4.0
    language: float = 10.0
    education: float = 12.0
    experience: float = 6.0
    licence: float = 6.0
    authorisation: float = 12.0
    work_permission: float = 2.0
    percentage: float = 5.0
    shifts: float = 4.0
    start: float = 2.0
    commute: float = 4.0
    wish: float = 6.0
    interest: float = 1.0
    version: str = VERSION


DEFAULT = Weights()

UNKNOWN_SHARE = 0.35
"""What an unknown counts of its weight: more than missing (0), less than half. It is a question to ask."""

SAME_UNIT_GROUP, SAME_MINOR_GROUP, SAME_SUB_MAJOR_GROUP, SAME_MAJOR_GROUP = 0.9, 0.7, 0.4, 0.15
"""Closeness of two occupations by how long a prefix their ISCO-08 codes share (four, three, two, one digits), where
they are not the same ESCO occupation (1)."""

FULL_EXPERIENCE_MONTHS = 36
"""After this long in an occupation, more months count nothing more."""

LEAST_EXPERIENCE_SHARE = 0.6
"""What an occupation counts with no months at all, or with months that are not stated."""

THROUGH_SKILLS = 0.9
"""What an occupation counts that somebody never held, but whose essential skills she has, all of them; rare ones say
more of it than common ones."""

NARROWER, BROADER, SIBLING, SAME_GROUP = 0.9, 0.6, 0.5, 0.4
"""What a skill counts that is narrower than the one asked for, broader, or has the same broader one or group."""

EVIDENCE: Mapping[Evidence | None, float] = MappingProxyType(
    {
        None: 0.9,
        Evidence.CLAIMED: 0.9,
        Evidence.EXEMPLIFIED: 0.92,
        Evidence.DOCUMENTED: 0.96,
        Evidence.ASSESSED: 1.0,
        Evidence.RECOGNISED: 1.0,
    }
)
"""What a skill counts by how it is known."""

LEVEL: Mapping[SkillLevel | None, float] = MappingProxyType({SkillLevel.FOUNDATION: 0.85})
"""What a skill counts by how well it is mastered, 1 where not named here."""

FRESH_YEARS, FADING_A_YEAR, LEAST_FRESHNESS = 5, 0.02, 0.8
"""A skill last used longer ago than this fades by so much a year, down to the least."""

LANGUAGE_BY_STEPS_ABOVE = (0.9, 0.95, 1.0)
"""What a language counts at the level asked for, one step above it, and two or more."""

RECOGNITION: Mapping[RecognitionStatus | None, float] = MappingProxyType(
    {
        None: 0.95,
        RecognitionStatus.NOT_APPLIED: 0.9,
        RecognitionStatus.APPLIED: 0.95,
        RecognitionStatus.RECOGNISED: 1.0,
        RecognitionStatus.PARTLY: 0.9,
        RecognitionStatus.REFUSED: 0.6,
    }
)
"""What an education from upper secondary school on counts by where its recognition stands: it is a step, no verdict."""

USUAL_COMMUTE = 45
"""Minutes one way that are nobody's obstacle, where she said nothing of it."""

LEAST_FACTOR, MOST_FACTOR = 0.5, 2.0
"""How far a municipality may tune a weight from its default."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a weight is where nobody tuned it, and the least and the most that it may be tuned to."""

    default: float
    least: float
    most: float


def bounds() -> dict[str, Bounds]:
    """Every weight that can be tuned, by name."""
    named = {name: value for name, value in asdict(DEFAULT).items() if name != "version"}
    return {name: Bounds(value, value * LEAST_FACTOR, value * MOST_FACTOR) for name, value in named.items()}


def tuned(values: Mapping[str, float]) -> Weights:
    """The weights with a municipality's own values, which the version then tells apart.

    Raises:
        Invalid: a name that is no weight, or a value out of bounds, with its pointer into `/values`.
    """
    known = bounds()
    faults = []
    for name, value in values.items():
        if name not in known:  # the pointer does not repeat it: it could be anything that somebody typed
            faults.append(FieldFault("/values", "Not the name of a weight", f"Use {', '.join(known)}"))
        elif not known[name].least <= value <= known[name].most:
            hint = f"Write a number from {known[name].least:g} to {known[name].most:g}"
            faults.append(FieldFault(f"/values/{name}", "Out of bounds", hint))
    if faults:
        raise Invalid(*faults)
    changed = {name: float(value) for name, value in values.items() if value != known[name].default}
    if not changed:
        return DEFAULT
    digest = hashlib.sha256(repr(sorted(changed.items())).encode()).hexdigest()[:8]
    return replace(DEFAULT, **changed, version=f"{VERSION}+{digest}")


def standing(values: Mapping[str, float]) -> Weights:
    """The weights with values that were accepted once, as far as this version's bounds let them stand."""
    known = bounds()
    kept = {
        name: min(max(value, known[name].least), known[name].most) for name, value in values.items() if name in known
    }
    return tuned(kept)
