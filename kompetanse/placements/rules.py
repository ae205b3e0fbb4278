"""Which stages of a referral follow which, when each is followed up, and whom HR may see.

Pure: no session, clock or I/O.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from kompetanse.codes.work import ReferralStage

NEXT_STAGES: Mapping[ReferralStage, frozenset[ReferralStage]] = MappingProxyType(
    {
        ReferralStage.PROPOSED: frozenset(
            {ReferralStage.ACCEPTED_BY_PERSON, ReferralStage.DECLINED, ReferralStage.WITHDRAWN}
        ),
        ReferralStage.ACCEPTED_BY_PERSON: frozenset(
            {ReferralStage.SENT, ReferralStage.DECLINED, ReferralStage.WITHDRAWN}
        ),
        ReferralStage.SENT: frozenset(
            {ReferralStage.INTERVIEW, ReferralStage.HIRED, ReferralStage.DECLINED, ReferralStage.WITHDRAWN}
        ),
        ReferralStage.INTERVIEW: frozenset({ReferralStage.HIRED, ReferralStage.DECLINED, ReferralStage.WITHDRAWN}),
        ReferralStage.HIRED: frozenset(),
        ReferralStage.DECLINED: frozenset({ReferralStage.PROPOSED}),
        ReferralStage.WITHDRAWN: frozenset({ReferralStage.PROPOSED}),
    }
)
"""Nobody is sent to an employer before she has said yes herself. One that ended without work can begin anew, from
the first stage; one that ended in work is final."""

ENDED: frozenset[ReferralStage] = frozenset({ReferralStage.HIRED, ReferralStage.DECLINED, ReferralStage.WITHDRAWN})
"""Nothing more is waited for."""

FOLLOW_UP_AFTER: Mapping[ReferralStage, timedelta] = MappingProxyType(
    {
        ReferralStage.PROPOSED: timedelta(days=1),
        ReferralStage.ACCEPTED_BY_PERSON: timedelta(days=1),
        ReferralStage.SENT: timedelta(days=7),
        ReferralStage.INTERVIEW: timedelta(days=7),
    }
)
"""How long a referral rests in a stage before somebody asks how it goes. One that has ended waits for nobody."""

UNDONE_WITHIN = timedelta(days=1)
"""How long a referral can have been made by mistake. Later the person was asked, or somebody waits for her answer, and
it is withdrawn, which leaves it to be seen."""

SHOWN_TO_HR: frozenset[ReferralStage] = frozenset({ReferralStage.SENT, ReferralStage.INTERVIEW, ReferralStage.HIRED})
"""A unit sees whom it was sent, and no longer those who declined or were withdrawn: they may never have been sent."""

ON_PAPER: frozenset[ReferralStage] = frozenset(
    {ReferralStage.ACCEPTED_BY_PERSON, ReferralStage.SENT, ReferralStage.INTERVIEW}
)
"""Whom a unit's leader is told of on paper: who has said yes herself, and whose referral goes on."""


def may_advance(now: ReferralStage, then: ReferralStage) -> bool:
    """Whether a referral can go from one stage to another."""
    return then in NEXT_STAGES[now]


def follow_up_on(stage: ReferralStage, touched_on: date) -> date | None:
    """The day on which a referral is followed up that was touched last on a day; None when it has ended."""
    rest = FOLLOW_UP_AFTER.get(stage)
    return None if rest is None else touched_on + rest


def stands_as_made(stage: ReferralStage, version: int) -> bool:
    """Whether nothing was done with a referral since it was made, so that taking it back loses nothing."""
    return stage is ReferralStage.PROPOSED and version == 1


def may_be_undone(stage: ReferralStage, version: int, age: timedelta) -> bool:
    """Whether a referral can be taken back as if it had not been made: it stands so, and was made a moment ago."""
    return stands_as_made(stage, version) and age <= UNDONE_WITHIN
