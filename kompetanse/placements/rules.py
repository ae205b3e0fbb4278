"""Which stages of a referral follow which, and whom HR may see. Pure: no session, clock or I/O."""

from collections.abc import Mapping
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

SHOWN_TO_HR: frozenset[ReferralStage] = frozenset({ReferralStage.SENT, ReferralStage.INTERVIEW, ReferralStage.HIRED})
"""A unit sees whom it was sent, and no longer those who declined or were withdrawn: they may never have been sent."""


def may_advance(now: ReferralStage, then: ReferralStage) -> bool:
    """Whether a referral can go from one stage to another."""
    return then in NEXT_STAGES[now]
