"""Referrals in words: what the next step is called where one takes it, and when a referral is followed up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from api.web.formats import day
from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse import clock
from kompetanse.codes.work import ReferralStage
from kompetanse.placements import rules
from kompetanse.placements.shortlist import Absent


class ReferralLike(Protocol):
    """What of a referral is told."""

    @property
    def stage(self) -> ReferralStage: ...  # noqa: D102
    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def created_at(self) -> datetime: ...  # noqa: D102
    @property
    def updated_at(self) -> datetime: ...  # noqa: D102


STEPS: Mapping[ReferralStage, str] = {
    ReferralStage.PROPOSED: _("Formidle igjen"),
    ReferralStage.ACCEPTED_BY_PERSON: _("Har sagt ja"),
    ReferralStage.SENT: _("Er sendt til enheten"),
    ReferralStage.INTERVIEW: _("Skal på intervju"),
    ReferralStage.DECLINED: _("Har sagt nei"),
    ReferralStage.WITHDRAWN: _("Trekk"),
}
"""What the button says that takes a referral to a stage. To be hired is final: it has a form of its own."""

WAITS_FOR: Mapping[ReferralStage, str] = {
    ReferralStage.PROPOSED: _("Spør personen. Enheten får ikke navnet før svaret er ja."),
    ReferralStage.ACCEPTED_BY_PERSON: _("Send til enheten, gjerne på kortlisten."),
    ReferralStage.SENT: _("Hør med enheten."),
    ReferralStage.INTERVIEW: _("Hør hvordan intervjuet gikk."),
}
"""What is done next."""

ABSENT: Mapping[Absent, str] = {
    Absent.NOT_REFERRED: _("Er ikke formidlet til stillingen."),
    Absent.NOT_ASKED: _("Har ikke sagt ja ennå. Spør først."),
    Absent.ENDED: _("Formidlingen er avsluttet."),
}
"""Why somebody who was chosen is not on the shortlist."""

FORWARD = (ReferralStage.ACCEPTED_BY_PERSON, ReferralStage.SENT, ReferralStage.INTERVIEW, ReferralStage.PROPOSED)
BACKWARD = (ReferralStage.DECLINED, ReferralStage.WITHDRAWN)


def forward(stage: ReferralStage | str, *, stopped: bool = False) -> ReferralStage | None:
    """The step that leads on from a stage; none for whom `stopped` says that she goes no further."""
    ways = rules.NEXT_STAGES[ReferralStage(stage)]
    return None if stopped else next((one for one in FORWARD if one in ways), None)


def backward(referral: ReferralLike) -> list[ReferralStage]:
    """The steps that end a referral without work."""
    return [one for one in BACKWARD if one in rules.NEXT_STAGES[referral.stage]]


def may_be_hired(referral: ReferralLike) -> bool:
    """Whether it can end in work."""
    return ReferralStage.HIRED in rules.NEXT_STAGES[referral.stage]


def undoable(referral: ReferralLike) -> bool:
    """Whether it can be taken back as if it had not been made."""
    return rules.may_be_undone(referral.stage, referral.version, clock.now() - referral.created_at)


def ended(referral: ReferralLike) -> bool:
    """Whether nothing more is waited for."""
    return referral.stage in rules.ENDED


def follow_up(referral: ReferralLike) -> str | None:
    """When it is followed up; None when it has ended."""
    due = rules.follow_up_on(referral.stage, referral.updated_at.astimezone(clock.OSLO).date())
    if due is None:
        return None
    if due <= clock.today():
        return gettext(_("Følges opp i dag"))
    return gettext(_("Følges opp %(day)s")) % {"day": day(due)}
