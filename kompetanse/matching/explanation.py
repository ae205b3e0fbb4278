"""What a match says for itself: the same object for the page, the API and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

ENGINE_VERSION = "2"


class Outcome(StrEnum):
    """How a person stands to a requirement."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a gate says. Unknown never excludes: it asks."""

    PASSES = "passes"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Explain(StrEnum):
    """How much of a match is told."""

    FULL = "full"
    SUMMARY = "summary"


SUMMARY_REASONS = 4
"""So many of the strongest reasons a summary tells; all that exclude, and the next question, it always tells."""


class RequirementKind(StrEnum):
    """What kind of requirement, or wish, a reason is about."""

    OCCUPATION = "occupation"
    EXPERIENCE = "experience"
    SKILL = "skill"
    LANGUAGE = "language"
    EDUCATION = "education"
    LICENCE = "licence"
    AUTHORISATION = "authorisation"
    WORK_PERMISSION = "work_permission"
    MINIMUM_AGE = "minimum_age"
    PROTECTION = "protection"
    PERCENTAGE = "percentage"
    SHIFTS = "shifts"
    START = "start"
    COMMUTE = "commute"
    WISH = "wish"
    INTEREST = "interest"


class ClosingKind(StrEnum):
    """What could close a gap."""

    ASK = "ask"
    LANGUAGE_COURSE = "language_course"
    TRAINING = "training"
    EDUCATION = "education"
    RECOGNITION = "recognition"
    LICENCE = "licence"
    AUTHORISATION = "authorisation"
    PERMIT = "permit"
    AGREE = "agree"


@dataclass(frozen=True, slots=True)
class Way:
    """The nearest way to close a gap. `offer_id` is of the course on offer; None for the step that anybody takes.

    `weeks` are the least and the most from start to paper in hand; `by` is who offers it, or decides.
    """

    name_nb: str
    name_en: str
    weeks: tuple[int, int] | None
    by: str | None
    offer_id: UUID | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """What would close a gap, up to which level where there is one, and the score that it would give.

    `way` is the nearest way to it (`nearest`), where one is known.
    """

    kind: ClosingKind
    to: str | None
    score_after: float
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """How the person stands to one requirement, and what that counts.

    `key` is the code or concept that it is about, `label` the words of the vacancy where it has its own.
    `required` and `has` are codes, numbers and dates, for the reader's language to render. `contribution` is
    part of the score; `possible` what it could have been. A `gate` that fails excludes. `through` says by which way
    a requirement is met in part (`grades.Through`), where it is not the straight one. `months` is how long an
    occupation was held.
    """

    kind: RequirementKind
    key: str | None
    label: str | None
    outcome: Outcome
    gate: bool
    required: str | None
    has: str | None
    contribution: float
    possible: float
    closes: Closing | None = None
    through: str | None = None
    months: int | None = None

    @property
    def asks(self) -> bool:
        """Whether it is not known and should be asked."""
        return self.closes is not None and self.closes.kind is ClosingKind.ASK

    @property
    def excludes(self) -> bool:
        """Whether this alone keeps the person from the vacancy. Half way through a gate is outside."""
        return self.gate and self.outcome in {Outcome.MISSING, Outcome.PARTLY}


@dataclass(frozen=True, slots=True)
class Match:
    """One person and one vacancy. The contributions of the reasons add up to the score."""

    person_id: UUID
    vacancy_id: UUID
    score: float
    reasons: tuple[Reason, ...]
    weights_version: str
    engine_version: str = ENGINE_VERSION

    @property
    def verdict(self) -> Verdict:
        """What the gates say together."""
        if any(reason.excludes for reason in self.reasons):
            return Verdict.FAILS
        asks = any(reason.gate and reason.outcome is Outcome.UNKNOWN for reason in self.reasons)
        return Verdict.UNKNOWN if asks else Verdict.PASSES

    @property
    def excluded(self) -> bool:
        """Whether a gate fails."""
        return self.verdict is Verdict.FAILS

    @property
    def questions(self) -> tuple[Reason, ...]:
        """What is not known and should be asked, gates first."""
        unknown = [reason for reason in self.reasons if reason.asks]
        return tuple(sorted(unknown, key=lambda reason: (not reason.gate, -reason.possible)))

    @property
    def strongest(self) -> tuple[Reason, ...]:
        """What speaks for the person, most first: what a coordinator says before all else."""
        met = [reason for reason in self.reasons if reason.outcome in {Outcome.MET, Outcome.PARTLY}]
        return tuple(sorted(met, key=lambda reason: -reason.contribution))

    def told(self, explain: Explain) -> tuple[Reason, ...]:
        """The reasons that are told, in the order of all; a summary's do not add up to the score."""
        if explain is Explain.FULL:
            return self.reasons
        strongest = self.strongest[:SUMMARY_REASONS]
        return tuple(reason for reason in self.reasons if reason.excludes or reason in strongest)

    def asked(self, explain: Explain) -> tuple[Reason, ...]:
        """The questions that are told: of a summary the next one."""
        return self.questions if explain is Explain.FULL else self.questions[:1]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A part of a ranking: matches, best first; the best of those whom a gate excludes, with why.

    `ranks` from 1 of everybody whom no gate excludes, by score alone; `considered` is how many were looked at, and
    `counts` what the gates said to how many. `next` is where the next part begins after, None at the end.
    """

    matches: Sequence[Match]
    excluded: Sequence[Match]
    considered: int
    counts: Mapping[Verdict, int]
    ranks: Mapping[UUID, int]
    next: UUID | None = None
