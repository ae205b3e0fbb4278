"""Rules that change by law, as dated data: the mapping of competence under the Integration Act.

Integreringsloven is lov 2020-11-06-127, in force from 1 January 2021 for permits granted from that day on. The values
were read from preparatory works and from the directorate's guides, not from the consolidated act, and the act is
amended often: a lawyer should check them before anybody relies on them. When the law changes, add a value with the
day from which it applies; never change one that stands.
"""

from calendar import monthrange
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from kompetanse.codes.residence import ResidenceBasis

T = TypeVar("T")


class MappingPart(StrEnum):
    """What a mapping of competence must cover at least (§ 10)."""

    LANGUAGE = "language"
    EDUCATION = "education"
    WORK = "work"
    OTHER = "other"  # other relevant competence


class MappingState(StrEnum):
    """Where the statutory mapping of a person stands."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"  # the day of settlement is not stated, or lies before the act


@dataclass(frozen=True, slots=True)
class Ages:
    """An age group; both ends belong to it."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """What a rule says from a day on, until the next one, and where that is written."""

    valid_from: date
    value: T
    source: str


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A rule by its name: what it said and says, earliest first."""

    name: str
    values: tuple[Dated[T], ...]


@dataclass(frozen=True, slots=True)
class Undated(Generic[T]):
    """A change that was adopted, but whose day of commencement is not confirmed: no rule follows it yet."""

    rule: Rule[T]
    value: T
    source: str


@dataclass(frozen=True, slots=True)
class MappingStatus:
    """Where a mapping stands, what it lacks, and the last day for it (None: not known)."""

    state: MappingState
    missing: tuple[MappingPart, ...]
    due_on: date | None


_IN_FORCE = date(2021, 1, 1)

MAPPING_PARTS: Rule[frozenset[MappingPart]] = Rule(
    "mapping.parts",
    (
        Dated(
            _IN_FORCE,
            frozenset(MappingPart),
            "integreringsloven § 10 (before settlement: § 6): at least language, education, work experience and other "
            "relevant competence",
        ),
    ),
)
MAPPING_MONTHS: Rule[int] = Rule(
    "mapping.months",
    (
        Dated(
            _IN_FORCE,
            3,
            "integreringsloven §§ 10 and 12: the mapping comes before the decision on the programme, which is due "
            "three months after settlement or claim (IMDi's guide to the act, 5.2.1)",
        ),
    ),
)
PROGRAMME_AGES: Rule[Ages] = Rule(
    "programme.ages",
    (Dated(_IN_FORCE, Ages(18, 55), "integreringsloven § 8: the age when the permit was granted"),),
)
PROGRAMME_BASES: Rule[frozenset[ResidenceBasis]] = Rule(
    "programme.bases",
    (
        Dated(
            _IN_FORCE,
            frozenset({ResidenceBasis.PROTECTION, ResidenceBasis.COLLECTIVE_PROTECTION, ResidenceBasis.FAMILY}),
            "integreringsloven § 9: protection and humanitarian grounds, collective protection (utlendingsloven § 34), "
            "and family of these, not every family",
        ),
    ),
)
COLLECTIVE_CHAPTER: Rule[bool] = Rule(
    "collective_protection.chapter_6a",
    (
        Dated(
            date(2022, 6, 15),
            True,
            "integreringsloven chapter 6A, for permits under utlendingsloven § 34 from 11 March 2022: no duty of "
            "mapping before settlement (§ 37 a); where the chapter is silent, the act's other rules apply",
        ),
        Dated(
            date(2026, 7, 1),
            False,
            "the chapter was to end on 1 July 2026 (Prop. 81 L (2024–2025) 11.1.2); whether it was prolonged is not "
            "checked",
        ),
    ),
)
RULES = (MAPPING_PARTS, MAPPING_MONTHS, PROGRAMME_AGES, PROGRAMME_BASES, COLLECTIVE_CHAPTER)

UNDATED = (
    Undated(
        PROGRAMME_AGES,
        Ages(18, 60),
        "Prop. 81 L (2024–2025), Innst. 410 L (2024–2025), before the Storting on 6 June 2025: to and including 60",
    ),
)


def rule_on(rule: Rule[T], day: date) -> Dated[T] | None:
    """What a rule says on a day, with its source; None before it said anything.

    >>> rule_on(PROGRAMME_AGES, date(2023, 5, 1)).value
    Ages(least=18, most=55)
    """
    return max((one for one in rule.values if one.valid_from <= day), key=lambda one: one.valid_from, default=None)


def in_target_group(basis: ResidenceBasis | None, age_when_granted: int | None, granted_on: date | None) -> bool | None:
    """Whether somebody may have the right and duty to a programme, and so to a mapping; None: not enough is stated.

    True is "may": residence by agreement with the authorities, and whose family somebody is, are for the caseworker.
    """
    if basis is None or granted_on is None:
        return None
    bases, ages = rule_on(PROGRAMME_BASES, granted_on), rule_on(PROGRAMME_AGES, granted_on)
    if bases is None or ages is None or basis not in bases.value:
        return False
    return None if age_when_granted is None else ages.value.least <= age_when_granted <= ages.value.most


def mapping_status(parts_done: AbstractSet[MappingPart], settled_on: date | None, today: date) -> MappingStatus:
    """Where the statutory mapping stands. `settled_on` is the day of settlement, or of the claim for a programme.

    The last day is still in time. What is complete is done, whenever the person settled.
    """
    parts = rule_on(MAPPING_PARTS, max(settled_on or today, _IN_FORCE))
    missing = tuple(part for part in MappingPart if parts and part in parts.value and part not in parts_done)
    months = rule_on(MAPPING_MONTHS, settled_on) if settled_on else None
    due_on = _months_after(settled_on, months.value) if settled_on and months else None
    if not missing:
        return MappingStatus(MappingState.DONE, missing, due_on)
    if due_on is None:
        return MappingStatus(MappingState.UNKNOWN, missing, due_on)
    return MappingStatus(MappingState.OVERDUE if today > due_on else MappingState.DUE, missing, due_on)


def _months_after(day: date, months: int) -> date:
    """The same day some months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
