"""What a unit's leader is told of a match: which requirements, and how much of each. Pure: no session, clock or I/O.

Only what she needs to judge who fits the work leaves (GDPR art. 5 (1) c). What a match knows beside that, of home,
age, wishes and permits, stays with the coordinator.
"""

from collections.abc import Sequence
from dataclasses import replace

from kompetanse.matching.explanation import Match, Outcome, Reason, RequirementKind

TOLD: frozenset[RequirementKind] = frozenset(
    {
        RequirementKind.OCCUPATION,
        RequirementKind.EXPERIENCE,
        RequirementKind.SKILL,
        RequirementKind.LANGUAGE,
        RequirementKind.EDUCATION,
        RequirementKind.LICENCE,
        RequirementKind.AUTHORISATION,
        RequirementKind.WORK_PERMISSION,
        RequirementKind.PERCENTAGE,
        RequirementKind.SHIFTS,
        RequirementKind.START,
    }
)
"""What the work asks for, and how she stands to it."""

WITHHELD: frozenset[RequirementKind] = frozenset(
    {
        RequirementKind.MINIMUM_AGE,  # tells when she was born
        RequirementKind.PROTECTION,  # tells that she hides
        RequirementKind.COMMUTE,  # tells where she lives
        RequirementKind.WISH,  # what she would rather do is hers to say
        RequirementKind.INTEREST,
    }
)
"""What a leader is not told; every kind of requirement is either told or withheld, and a test sees to it."""


def told_to_leader(match: Match) -> tuple[Reason, ...]:
    """The reasons of a match that a leader reads. Of the right to work she is told that it is there, not until when."""
    return tuple(_told(one) for one in match.reasons if one.kind in TOLD)


def _told(reason: Reason) -> Reason:
    return replace(reason, has=None) if reason.kind is RequirementKind.WORK_PERMISSION else reason


def strengths(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What speaks for her, most first; related work is experience, and no gap."""
    speaking = [one for one in reasons if one.outcome is Outcome.MET or _related(one)]
    return tuple(sorted(speaking, key=lambda one: -one.contribution))


def gaps(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What she has in part or lacks, what must be there first."""
    short = [one for one in reasons if one.outcome in {Outcome.PARTLY, Outcome.MISSING} and not _related(one)]
    return tuple(sorted(short, key=lambda one: (not one.gate, one.contribution - one.possible)))


def _related(reason: Reason) -> bool:
    return reason.kind is RequirementKind.OCCUPATION and reason.outcome is Outcome.PARTLY


def questions(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What is not known and can be asked in the interview, what must be there first."""
    unknown = [one for one in reasons if one.asks]
    return tuple(sorted(unknown, key=lambda one: (not one.gate, -one.possible)))
